"""`undo`: every command taken back, in every form of a book, and brought back again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import Outcome, Run, tree

#: Rows for contacts, and calls with the people of the book.
LEADS = b"Name,Email,Source\nDora,dora@example.com,Fair\nElla,ella@example.com,Fair\n"
UPDATE = b"Name,Email,Company\nAda,ada@example.com,Analytical\nDora,dora@example.com,\n"
CALLS = b"Email,Date,Type,Note\nada@example.com,2026-11-02,call,long\n"

READS = (
    ("list", "--json"),
    ("prospects", "--json"),
    ("report", "status", "--json"),
    ("show", "ada", "-f", "json"),
)


@pytest.fixture(params=["yaml", "csv", "dir"])
def book(
    request: pytest.FixtureRequest, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Ada, whom nobody has touched, and Bela, who is pinned."""
    root = tmp_path / "book"
    assert run("init", root, "--format", request.param).code == 0
    monkeypatch.chdir(root)
    for words in (
        ("add", "Ada", "--email", "ada@example.com", "--tag", "buyer", "--set", "title="),
        ("add", "Bela", "--email", "bela@example.com", "--phone", "604-555-0102"),
        ("set", "bela", "title=Dr.", "company=Opera"),
        ("set", "ada", "title=Countess", "company=Engines"),
        ("pin", "bela"),
    ):
        assert run(*words).code == 0
    return root


def contact_files(book: Path) -> dict[str, bytes]:
    """The files of the contacts and the stages, but for what leadctl keeps for itself."""
    return {
        path: content
        for path, content in tree(book).items()
        if path.startswith("contacts") or path == "stages.yaml"
    }


def answers(run: Run) -> list[Outcome]:
    return [run(*words) for words in READS]


def last_op(run: Run) -> str:
    rows = json.loads(run("history", "--limit", "1", "--json").out)
    return str(rows[0]["op"])


COMMANDS = {
    "add": (("add", "Ada Zweig", "--email", "z@example.com", "--tag", "vip"), b""),
    "set-status": (("set-status", "Active", "ada"), b""),
    "set-status --where": (("set-status", "Engage", "--where", "status:New", "--yes"), b""),
    "set-status --from": (("set-status", "--from", "-"), b"id,status\nada,Active\nbela,Engage\n"),
    "set": (("set", "ada", "title=", "company=Other", "tag+=seller"), b""),
    "set on many": (("set", "--all", "owner=marta", "tag+=x", "--yes"), b""),
    "touch": (("touch", "ada", "-m", "hello"), b""),
    "touch --status": (("touch", "ada", "--status", "Engage"), b""),
    "touch of somebody pinned": (("touch", "bela", "ada"), b""),
    "snooze": (("snooze", "ada", "+7d"), b""),
    "pin": (("pin", "ada", "-m", "today"), b""),
    "pin --remove": (("pin", "bela", "--remove"), b""),
    "import": (("import", "-"), LEADS),
    "import that updates": (("import", "-", "--on-duplicate", "update"), UPDATE),
    "import of touches": (("import", "-", "--into", "touches"), CALLS),
    "stages add": (("stages", "add", "Parked"), b""),
    "stages rename": (("stages", "rename", "New", "Fresh", "--yes"), b""),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_taken_back_and_brought_back(run: Run, book: Path, name: str) -> None:
    words, stdin = COMMANDS[name]
    files, said = contact_files(book), answers(run)
    assert run(*words, stdin=stdin).code == 0
    done_files, done_said = contact_files(book), answers(run)
    assert (done_files, done_said) != (files, said)

    undone = run("undo")

    assert (undone.code, undone.err) == (0, "")
    assert undone.out.startswith("undid OP: ")
    assert undone.out.endswith(". Undo: leadctl undo OP\n")
    assert answers(run) == said
    assert run("check").code == 0

    assert run("undo", last_op(run)).code == 0
    assert answers(run) == done_said
    assert run("check").code == 0

    assert run("undo").code == 0
    assert answers(run) == said


@pytest.mark.parametrize(
    "name", ["add", "set-status", "set-status --where", "touch", "import", "stages rename"]
)
def test_the_files_are_the_same_to_the_byte_where_values_were_replaced_or_lines_added(
    run: Run, book: Path, name: str
) -> None:
    words, stdin = COMMANDS[name]
    before = contact_files(book)
    run(*words, stdin=stdin)

    assert run("undo").code == 0

    assert contact_files(book) == before


def test_the_journal_is_only_added_to(run: Run, book: Path) -> None:
    run("set-status", "Active", "ada")
    before = (book / "journal.jsonl").read_bytes()

    run("undo")

    after = (book / "journal.jsonl").read_bytes()
    event = json.loads(after.removeprefix(before))
    assert after.startswith(before)
    assert (event["kind"], event["contact"]) == ("undone", "ada")
    assert event["undoes"] == json.loads(before.splitlines()[-1])["op"]
    assert event["changes"] == {"status": ["Active", "New"]}


def test_the_last_command_that_is_not_undone_goes_first(run: Run, book: Path) -> None:
    run("set", "ada", "title=One")
    run("set", "ada", "title=Two")

    titles = []
    for _ in range(2):
        run("undo")
        titles.append(json.loads(run("show", "ada", "--json").out)["title"])

    assert titles == ["One", "Countess"]


def test_an_operation_is_named_by_how_its_id_begins(run: Run, book: Path) -> None:
    run("set", "ada", "title=One")
    op = last_op(run)
    run("set", "bela", "title=Two")

    # Ids are made by chance: all but the last character is as good as unique.
    assert run("undo", op[:5]).out == (
        "undid OP: ada: title: One → Countess. Undo: leadctl undo OP\n"
    )


def test_an_unknown_operation_is_told_with_what_may_be_meant(run: Run, book: Path) -> None:
    op = last_op(run)
    wrong = op[:4] + ("00" if not op.endswith("00") else "11")

    done = run("undo", wrong)

    assert done.code == 2
    assert f'no operation "{wrong}"' in done.err
    assert "`leadctl history` shows the ids" in done.err


def test_a_field_that_was_changed_since_stops_all_of_it(run: Run, book: Path) -> None:
    run("set", "--all", "owner=marta", "--yes")
    first = last_op(run)
    run("set", "ada", "owner=ben")
    second, before = last_op(run), tree(book)

    done = run("undo", first)

    assert done.code == 4
    assert done.err == (
        "leadctl: error: operation OP cannot be undone: something has changed since; "
        "nothing was changed\n"
        '  ada: owner is "ben", expected "marta" (operation OP)\n'
        "hint: undo first what came later: leadctl undo OP\n"
    )
    assert {path: text for path, text in tree(book).items() if "lock" not in path} == {
        path: text for path, text in before.items() if "lock" not in path
    }
    assert run("undo", second).code == 0
    assert run("undo", first).code == 0
    assert json.loads(run("list", "has:owner", "--json").out) == []


def test_what_was_changed_by_hand_is_not_overwritten(run: Run, book: Path) -> None:
    run("set", "ada", "company=Other")
    for path in [*book.glob("contacts*"), *book.glob("contacts/*.yaml")]:
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"Other", b"By hand"))

    done = run("undo")

    assert done.code == 4
    assert '  ada: company is "By hand", expected "Other"\n' in done.err
    assert "by hand or by another program" in done.err


def test_a_contact_about_whom_more_is_known_by_now_stays(run: Run, book: Path) -> None:
    run("add", "Zoe")
    op = last_op(run)
    run("touch", "zoe")

    done = run("undo", op)

    assert done.code == 4
    assert "  zoe: something happened later (operation OP)\n" in done.err
    assert run("show", "zoe").code == 0


def test_undone_twice_is_told(run: Run, book: Path) -> None:
    run("set", "ada", "title=One")
    op = last_op(run)
    run("undo")

    done = run("undo", op)

    assert done.code == 4
    assert "is undone already, by" in done.err
    assert "to have it again: leadctl undo OP" in done.err


def test_an_undone_status_does_not_leave_anybody_behind(run: Run, book: Path) -> None:
    run("stages", "add", "Parked")
    op = last_op(run)
    run("set-status", "Parked", "ada")

    done = run("undo", op)

    assert done.code == 4
    assert '  ada is in "Parked"\n' in done.err


def test_touches_of_an_undone_import_can_be_imported_again(run: Run, book: Path) -> None:
    words, stdin = COMMANDS["import of touches"]
    run(*words, stdin=stdin)
    assert run(*words, stdin=stdin).out == "1 row: 1 same\n"
    run("undo")

    again = run(*words, stdin=stdin)

    assert again.out == "1 row: 1 new. Undo: leadctl undo OP\n"


def test_on_a_day_in_between_the_command_was_still_done(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "Zoe")
    monkeypatch.setenv("LEADCTL_TODAY", "2026-11-25")
    run("undo")

    assert "zoe" in run("list", "-f", "ids", "--as-of", "2026-11-23").out
    assert "zoe" not in run("list", "-f", "ids").out
    assert "zoe" not in run("list", "-f", "ids", "--as-of", "2026-11-21").out


def test_history_shows_everything_and_marks_what_is_undone(run: Run, book: Path) -> None:
    run("touch", "ada")
    op = last_op(run)
    run("undo")

    rows = json.loads(run("history", "ada", "--limit", "2", "--json").out)

    assert [row["what"] for row in rows] == ["call, reached (undone)", "undid OP"]
    assert rows[0]["undone_by"] == rows[1]["op"]
    assert rows[1]["undoes"] == op
    assert [row["op"] for row in json.loads(run("history", "--op", op, "--json").out)] == [op]


def test_the_card_does_not_show_what_is_undone(run: Run, book: Path) -> None:
    before = run("show", "ada").out
    run("touch", "ada", "-m", "a slip")
    assert "a slip" in run("show", "ada").out

    run("undo")

    assert run("show", "ada").out == before


def test_show_prints_what_would_change_and_changes_nothing(run: Run, book: Path) -> None:
    run("touch", "ada", "--status", "Engage", "-m", "one\ntwo")
    before = contact_files(book), (book / "journal.jsonl").read_bytes()

    shown = run("undo", "--show")
    painted = run("undo", "--show", "--color", "always")

    assert shown == Outcome(
        0,
        "ada\n-status: Engage\n+status: New\n-2026-11-22 call, reached: one ↵ two\n",
    )
    assert "\x1b[31m-status: Engage\x1b[0m\n\x1b[32m+status: New\x1b[0m\n" in painted.out
    assert (contact_files(book), (book / "journal.jsonl").read_bytes()) == before


def test_show_and_a_dry_run_give_the_data_of_a_change(run: Run, book: Path) -> None:
    run("add", "Zoe", "--tag", "vip")
    op = last_op(run)

    shown = json.loads(run("undo", "--show", "--json").out)
    dry = json.loads(run("undo", "-n", "--json").out)
    done = json.loads(run("undo", "--json").out)

    assert (shown["op"], shown["dry_run"]) == (None, True)
    assert shown["changed"][0] == {"id": "zoe", "field": "id", "old": "zoe", "new": None}
    assert {"id": "zoe", "field": "tags", "old": ["vip"], "new": None} in shown["changed"]
    assert dry == shown
    assert (done["dry_run"], done["changed"]) == (False, shown["changed"])
    assert shown["events"] == [{"id": "zoe", "kind": "undone", "on": "2026-11-22", "note": None}]
    assert op


def test_a_dry_run_counts_and_changes_nothing(run: Run, book: Path) -> None:
    run("add", "Zoe")

    done = run("undo", "-n")

    assert done == Outcome(
        0, "1 match · 1 will change\n  zoe  removed   never touched\n",
        "dry run: nothing was changed\n",
    )  # fmt: skip
    assert run("show", "zoe").code == 0


def test_quiet_says_nothing(run: Run, book: Path) -> None:
    run("touch", "ada")

    assert run("undo", "-q") == Outcome(0, "")


def test_an_import_is_undone_as_a_whole(run: Run, book: Path) -> None:
    run("import", "-", stdin=LEADS)

    assert run("undo").out == "undid OP: 2 contacts removed. Undo: leadctl undo OP\n"
    assert run("undo", last_op(run)).out == (
        "undid OP: 2 contacts added again. Undo: leadctl undo OP\n"
    )


def test_a_contact_that_came_back_and_went_again_is_missed_by_nobody(run: Run, book: Path) -> None:
    run("add", "Zoe")
    for _ in range(3):
        assert run("undo", last_op(run)).code == 0

    assert "zoe" not in run("list", "-f", "ids").out
    assert run("check") == Outcome(0, "")


def test_without_anything_done_there_is_nothing_to_undo(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "new")

    done = run("undo", "--book", tmp_path / "new")

    assert done.code == 2
    assert "there is nothing to undo" in done.err


def test_forgetting_cannot_be_taken_back(run: Run, book: Path) -> None:
    assert run("forget", "ada", "--yes").code == 0

    done = run("undo")

    assert done.code == 7
    assert "cannot be undone" in done.err


def test_the_journal_leads_no_write_out_of_the_book(run: Run, book: Path) -> None:
    outside = book.parent / "other.txt"
    outside.write_text("mine")
    line = {
        "id": "9" * 16, "op": "zzzzzz", "at": "2026-11-22T10:00:00+00:00", "kind": "stages",
        "contact": "../other.txt", "on": "2026-11-22", "changes": {"../other.txt": ["x", "mine"]},
    }  # fmt: skip
    with (book / "journal.jsonl").open("a") as journal:
        journal.write(json.dumps(line) + "\n")

    done = run("undo", "zzzzzz")

    assert done.code == 7
    assert outside.read_text() == "mine"


def test_a_planted_link_leads_no_undo_out_of_the_book(run: Run, tmp_path: Path) -> None:
    book, victim = tmp_path / "book", tmp_path / "profile"
    assert run("init", book, "--format", "dir").code == 0
    victim.write_text("umask 077\n", encoding="utf-8")
    path = "contacts/evil.yaml"
    (book / path).symlink_to(victim)
    event = {
        "id": "zzzzzzzzzzzzzzz0", "op": "zzzzzz", "at": "2026-11-22T10:00:00+00:00",
        "kind": "edited", "contact": path, "on": "2026-11-22",
        "changes": {path: ["touch /tmp/x\n", "umask 077\n"]},
    }  # fmt: skip
    (book / "journal.jsonl").write_text(f"{json.dumps(event)}\n", encoding="utf-8")
    done = run("--book", book, "undo")

    assert done.code == 7
    assert victim.read_text("utf-8") == "umask 077\n"
