"""What is planned for a person: handed out with them, forgotten with them, held against them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.planned import FORMS, follow_ups_file, ids, make_book
from tests.commands import Run, tree


@pytest.fixture(params=FORMS)
def book(
    request: pytest.FixtureRequest, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Zed Zorn, for whom things are planned, were put off, done and dropped."""
    root = make_book(run, tmp_path / "book", request.param)
    monkeypatch.chdir(root)
    run("add", "Zed Zorn", "--email", "zed@zorn.example")
    for what in ("bring sauerkraut", "praise the cellar", "fetch the piano"):
        assert run("todo", "add", "zed-zorn", what, "--due", "fri").code == 0
    run("todo", "add", "zed-zorn", "wish a good month", "--due", "+9d", "--repeat", "monthly")
    cellar, piano, month = (
        run("todo", "list", "zed", "-f", "ids", "--sort", "what").out.split()[at]
        for at in (2, 1, 3)
    )
    run("todo", "done", cellar, "-m", "the Riesling")
    run("todo", "remove", piano, "-m", "sold to his niece")
    run("todo", "move", month, "+12d")
    run("todo", "done", month)
    run("undo")
    return root


OWN = ("zorn", "sauerkraut", "cellar", "piano", "good month", "riesling", "niece")


def test_nothing_that_was_planned_for_somebody_forgotten_is_left(run: Run, book: Path) -> None:
    run("todo", "list")

    assert run("forget", "zed-zorn", "--yes").code == 0

    texts = b"\n".join(tree(book).values()).decode().lower()
    assert [word for word in OWN if word in texts] == []
    assert ids(run) == ["k7m2", "c40x", "w3dn", "p9rt"]
    assert run("check").code == 0


def test_what_is_planned_for_others_and_names_them_is_left_to_decide(run: Run, book: Path) -> None:
    run("todo", "add", "ada", "ask about Zed Zorn", "--due", "fri")

    done = run("forget", "zed-zorn", "--yes")

    assert f"{follow_ups_file(book).name}:" in done.out
    assert "what: ask about Zed Zorn" in done.out
    assert "ask about Zed Zorn" in run("todo", "list", "ada").out


def test_nobody_is_half_forgotten_beside_a_record_that_cannot_be_read(run: Run, book: Path) -> None:
    path = follow_ups_file(book)
    broken = "a1,,2026-11-30,,,,,,\n" if path.suffix == ".csv" else "- {id: a1, due: 2026-11-30}\n"
    path.write_text(path.read_text(encoding="utf-8") + broken, encoding="utf-8")
    before = {name: text for name, text in tree(book).items() if not name.startswith(".leadctl")}

    refused = run("forget", "zed-zorn", "--yes")

    after = {name: text for name, text in tree(book).items() if not name.startswith(".leadctl")}
    assert refused.code == 3
    assert 'follow-up "a1" has no contact' in refused.err
    assert after == before


def test_all_that_is_planned_is_handed_out_with_its_place(run: Run, book: Path) -> None:
    found = json.loads(run("export-person", "zed-zorn", "-f", "json").out)
    name = follow_ups_file(book).name
    planned = {(row["field"], row["value"]) for row in found["follow_ups"]}

    assert ("what", "bring sauerkraut") in planned
    assert ("what", "wish a good month") in planned
    assert all(str(row["place"]).startswith(f"{name}:") for row in found["follow_ups"])
    assert "praise the cellar" in json.dumps(found["changes"])


def test_a_follow_up_for_nobody_is_found_by_check(run: Run, book: Path) -> None:
    path = follow_ups_file(book)
    text = path.read_text(encoding="utf-8").replace("ada-lovelace", "ada")
    path.write_text(text, encoding="utf-8")

    done = run("check", "follow-ups")

    assert done.code == 1
    assert 'follow-up k7m2 is for "ada", but there is no such contact' in done.out
    assert "leadctl todo remove k7m2" in done.out
    assert run("check", "dates").code == 0
