"""The file of follow-ups as people leave it: comments, mistakes, two at once, a link, very long."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Timer

import pytest

from tests.cli.planned import CSV, YAML, follow_ups_file, ids, make_book, planned
from tests.commands import Run, tree


@pytest.fixture
def book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_book(run, tmp_path / "book", "yaml")
    monkeypatch.chdir(root)
    return root


def write(book: Path, text: str) -> Path:
    path = follow_ups_file(book)
    path.write_text(text, encoding="utf-8")
    return path


def held(book: Path) -> dict[str, bytes]:
    """All files of *book* but for what leadctl keeps for itself."""
    return {path: text for path, text in tree(book).items() if not path.startswith(".leadctl")}


def test_what_goes_takes_its_lines_and_no_others(run: Run, book: Path) -> None:
    before = follow_ups_file(book).read_text()
    gone = before[before.index("- id: w3dn") : before.index("# From here on")]

    assert run("todo", "done", "w3dn").code == 0

    assert follow_ups_file(book).read_text() == before.replace(gone, "")


@pytest.mark.parametrize("word", ["done", "remove"])
def test_a_comment_in_a_follow_up_keeps_it_from_going(run: Run, book: Path, word: str) -> None:
    write(book, YAML.replace("via: email", "via: email  # he hates the phone"))
    before = held(book)

    refused = run("todo", word, "k7m2")

    assert refused.code == 4
    assert "holds a comment, which would be lost with the follow-up" in refused.err
    assert held(book) == before


def test_a_comment_is_not_mistaken_for_a_hash_that_comes_back(run: Run, book: Path) -> None:
    run("todo", "add", "ada", "house # 4", "--due", "fri")
    (new,) = (str(each["id"]) for each in planned(run) if each["what"] == "house # 4")
    assert run("todo", "done", new).code == 0
    write(book, follow_ups_file(book).read_text().replace("via: email", "via: email  # no calls"))

    assert run("undo").code == 0

    assert "# no calls" in follow_ups_file(book).read_text()
    assert new in ids(run)


def test_a_comment_beside_what_changes_stays(run: Run, book: Path) -> None:
    write(book, YAML.replace("due: 2026-11-22", "due: 2026-11-22   # Sunday"))

    assert run("todo", "move", "c40x", "fri").code == 0
    assert "  due: 2026-11-27   # Sunday\n" in follow_ups_file(book).read_text()


def test_two_files_of_follow_ups_are_one_too_many(run: Run, book: Path) -> None:
    (book / "followups.csv").write_text(CSV)
    before = tree(book)

    for words in (("todo", "list"), ("check",), ("touch", "ada"), ("forget", "ada", "--yes")):
        done = run(*words)

        assert done.code == 2
        assert "holds its follow-ups twice: followups.yaml and followups.csv" in done.err
    assert tree(book) == before


def test_one_mistake_hides_nothing_else_and_keeps_the_file_from_being_written(
    run: Run, book: Path
) -> None:
    path = write(book, YAML + "- {id: z9z9, contact: ada-lovelace, due: soon}\n")

    assert run("todo", "list", "-f", "ids").out.split() == ["k7m2", "c40x", "w3dn", "p9rt"]
    assert run("todo", "list", "--strict").code == 3
    for words in (("done", "k7m2"), ("move", "k7m2", "fri"), ("add", "ada", "x", "--due", "fri")):
        refused = run("todo", *words)

        assert refused.code == 3
        assert 'followups.yaml:26:42: error: due: "soon" is no date' in refused.err
    assert run("touch", "ada").code == 0
    assert path.read_text() == YAML + "- {id: z9z9, contact: ada-lovelace, due: soon}\n"


def test_a_follow_up_that_another_program_added_to_meanwhile_is_not_lost(
    run: Run, book: Path
) -> None:
    ids(run)
    write(book, YAML.replace("via: email", "via: email\n  price: high"))

    assert run("todo", "done", "k7m2").code == 0
    assert run("undo").code == 0
    assert "price: high" in follow_ups_file(book).read_text()


def test_an_editor_that_is_just_saving_the_file_is_waited_for(run: Run, book: Path) -> None:
    path, aside = follow_ups_file(book), book / "followups.yaml~"
    ids(run)
    path.rename(aside)
    back = Timer(0.2, lambda: path.write_text(YAML, encoding="utf-8"))
    back.start()
    done = run("todo", "add", "ada", "call", "--due", "fri")
    back.join()

    assert done.code == 0
    assert len(ids(run)) == 5
    assert path.read_text(encoding="utf-8").startswith(YAML)


def test_a_file_in_another_encoding_can_be_mended(run: Run, book: Path) -> None:
    follow_ups_file(book).write_bytes(YAML.replace("roof", "café").encode("cp1252"))

    assert "followups.yaml:23:26: not UTF-8 (byte 0xE9)" in run("todo", "list").err
    assert run("todo", "add", "ada", "call", "--due", "fri").code == 3
    assert run("check", "--fix", "encoding").code == 0
    assert planned(run, "cleo")[0]["what"] == "ask about the café"


def test_tabs_and_quotes_can_be_mended(run: Run, book: Path) -> None:
    text = YAML.replace("  what: send the offer", "\twhat: send: the offer")
    write(book, text)

    assert run("check").code == 1
    assert run("check", "--fix", "tabs", "--fix", "quotes").code == 0
    assert planned(run, "ada")[0]["what"] == "send: the offer"


def test_a_link_stays_a_link(run: Run, book: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = follow_ups_file(book)
    path.rename(elsewhere / "mine.yaml")
    path.symlink_to(elsewhere / "mine.yaml")

    assert run("todo", "done", "k7m2").code == 0
    assert path.is_symlink()
    assert "k7m2" not in (elsewhere / "mine.yaml").read_text()
    assert [each.name for each in elsewhere.iterdir()] == ["mine.yaml"]
    assert "is a link out of the book" in run("check", "permissions").out


def test_a_folder_in_the_place_of_the_file_is_named(run: Run, book: Path) -> None:
    follow_ups_file(book).unlink()
    (book / "followups.yaml").mkdir()

    for words in (("todo", "list"), ("todo", "add", "ada", "call", "--due", "fri"), ("check",)):
        done = run(*words)

        assert done.code == 6
        assert "followups.yaml: it is a folder and not a file" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_file_that_may_not_be_read_is_named(run: Run, book: Path) -> None:
    follow_ups_file(book).chmod(0)

    assert run("todo", "list").code == 6


def test_a_csv_keeps_its_columns_its_order_and_its_line_ends(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book(run, tmp_path / "book", "csv")
    monkeypatch.chdir(root)
    text = "due;contact;id;what;room\r\n2026-11-25;bo-ek;w3dn;papers;east\r\n".replace(";", ",")
    (root / "followups.csv").write_bytes(text.encode())

    assert run("todo", "move", "w3dn", "fri").code == 0
    assert (root / "followups.csv").read_bytes() == text.replace("11-25", "11-27").encode()


@pytest.mark.slow
def test_fifty_thousand_follow_ups_are_read_changed_and_listed(run: Run, book: Path) -> None:
    many = (
        f"- id: x{number}\n  contact: ada-lovelace\n  due: 2027-01-01\n  what: call {number}\n"
        for number in range(50_000)
    )
    write(book, YAML + "".join(many))

    assert run("todo", "done", "x49999").code == 0
    assert run("todo", "list", "--limit", "1", "-f", "ids").out == "k7m2\n"
    assert follow_ups_file(book).read_text().count("- id: ") == 50_003
