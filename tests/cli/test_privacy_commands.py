"""`export-person` and `forget`: all there is, nothing that stays, and nobody who comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leadctl.records import Event
from leadctl.store.book import open_book
from tests.commands import NewBook, Outcome, Run, tree

CONTACTS = """\
- id: ada
  name: Ada Lovelace
  status: New
  email: [ada@example.com, office@example.com]
  phone: +44 20 7946 0000
  source: Fair
  birthday: 05-17
  consent: newsletter
- id: bob
  name: Bob Stone
  status: Engage
  email: office@example.com
  note: "Ada Lovelace sent him" # and Ada Lovelace paid
- id: cleo
  name: Cleo Marsh
  status: Engage
  do_not_contact: yes
"""
JOURNAL = """\
{"id": "1khwq4cvm0m2g8tq", "op": "8f3k2m", "at": "2026-11-10T09:00:00+00:00", "kind": "added", \
"contact": "ada", "on": "2026-11-10", "by": "marta", "origin": "import ada.csv", \
"changes": {"name": ["", "Ada Lovelace"], "status": ["", "New"], "email": ["", "ada@example.com"]}}
{"id": "1khwq4cvm0m2g8tr", "op": "8f3k2n", "at": "2026-11-11T09:00:00+00:00", "kind": "touched", \
"contact": "ada", "on": "2026-11-11T08:30", "by": "marta", "note": "likes engines", \
"via": "call", "outcome": "reached"}
{"id": "1kj4c0wn5rb9q2xs", "op": "c4xddw", "at": "2026-11-12T16:30:00+00:00", "kind": "touched", \
"contact": "bob", "on": "2026-11-12", "by": "marta", "note": "asked for (020) 7946 0000"}
{"id": "1kj4c0wn5rb9q2xt", "op": "c4xddx", "at": "2026-11-13T16:30:00+00:00", "kind": "undone", \
"contact": "ada", "on": "2026-11-13", "by": "marta", "undoes": "8f3k2n"}
"""
GONE = ("Ada", "ada@", "7946 0000", "engines", "newsletter")


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, JOURNAL)


def data_of(outcome: Outcome) -> dict[str, Any]:
    assert outcome.code == 0, outcome.err
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def files(book: Path) -> dict[str, bytes]:
    """The files of the book, without the folder of the lock."""
    return {name: text for name, text in tree(book).items() if not name.startswith(".leadctl")}


# export-person


def test_an_export_read_back_is_what_the_book_holds(run: Run, book: Path) -> None:
    content = open_book(book).read()
    (record,) = (each for each in content.records if each.values["id"] == "ada")
    told = data_of(run("export-person", "ada", "-f", "json"))

    values = {
        str(row["field"]): tuple(row["value"]) if isinstance(row["value"], list) else row["value"]
        for row in told["fields"]
    }
    assert values == record.values
    assert [event_of(row, told["changes"]) for row in told["events"]] == [
        event for event in content.events if event.contact == "ada"
    ]


def event_of(row: dict[str, object], changes: list[dict[str, object]]) -> Event:
    def value(cell: object) -> str | tuple[str, ...]:
        return tuple(cell) if isinstance(cell, list) else str(cell)

    told = {
        str(each["field"]): (value(each["old"]), value(each["new"]))
        for each in changes
        if each["event"] == row["id"]
    }
    names = set(row) - {"what", "undone_by", "place"}
    return Event(**{name: row[name] or "" for name in names}, changes=told)  # type: ignore[arg-type]


def test_everything_says_where_it_stands(run: Run, book: Path) -> None:
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert {row["field"]: row["place"] for row in told["fields"]}["phone"] == "contacts.yaml:5:10"
    assert [row["place"] for row in told["events"]] == [
        "journal.jsonl:1", "journal.jsonl:2", "journal.jsonl:4",
    ]  # fmt: skip


def test_an_event_that_was_undone_is_there_and_says_so(run: Run, book: Path) -> None:
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert [row["undone_by"] for row in told["events"]] == [None, "c4xddx", None]


def test_an_export_has_what_others_and_pieces_put_aside_say(run: Run, book: Path) -> None:
    (book / ".leadctl" / "quarantine").mkdir(parents=True)
    (book / ".leadctl" / "quarantine" / "piece.txt").write_text('{"contact": "ada", "no')
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert [(row["place"], row["contact"], row["field"]) for row in told["mentions"]] == [
        ("contacts.yaml:12:10", "bob", "email"),
        ("contacts.yaml:13:9", "bob", "note"),
        ("journal.jsonl:3", "bob", "note"),
        (".leadctl/quarantine/piece.txt:1", None, None),
    ]


@pytest.mark.parametrize("form", ["table", "md", "json", "jsonl"])
def test_an_export_is_complete_in_every_form(run: Run, book: Path, form: str) -> None:
    shown = run("export-person", "ada", "-f", form).out

    assert [text for text in (*GONE, "05-17", "Fair") if text not in shown] == []


def test_a_form_without_room_for_all_is_refused(run: Run, book: Path) -> None:
    assert run("export-person", "ada", "-f", "csv").code == 2


def test_whom_only_the_journal_knows_is_exported_by_the_id(run: Run, book: Path) -> None:
    (book / "contacts.yaml").write_text(CONTACTS[CONTACTS.index("- id: bob") :])
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert len(told["events"]) == 3
    assert told["fields"] == []


def test_an_export_writes_nothing_into_the_book(run: Run, book: Path) -> None:
    before = tree(book)
    run("export-person", "ada")

    assert tree(book) == before


def test_nobody_cannot_be_exported(run: Run, book: Path) -> None:
    assert run("export-person", "nobody").code == 1


# forget


def test_a_forgotten_person_is_gone(run: Run, book: Path) -> None:
    done = run("forget", "ada", "--yes", "--reason", "asked by letter")
    text = b"\n".join(files(book).values()).decode()

    assert done.code == 0
    assert [word for word in GONE[1:] if word in text.replace("(020) 7946 0000", "")] == []
    assert text.count("Ada Lovelace") == 2, "what is said about others is left alone"
    assert run("show", "ada").code == 1


def test_reports_add_up_as_before(run: Run, book: Path) -> None:
    run("forget", "ada", "--yes")
    events = [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]

    assert [(event["kind"], event["on"]) for event in events] == [
        ("added", "2026-11-10"),
        ("touched", "2026-11-11"),
        ("touched", "2026-11-12"),
        ("undone", "2026-11-13"),
        ("forgotten", "2026-11-22"),
    ]
    assert events[0]["changes"] == {"status": ["", "New"]}
    assert events[3]["undoes"] == events[1]["op"]
    assert len({event["contact"] for event in events} - {"bob"}) == 1


def test_a_book_with_forgotten_people_is_sound(run: Run, book: Path) -> None:
    run("forget", "ada", "--yes")

    assert run("check", "files", "ids", "journal", "references", "statuses").code == 0
    assert run("history").code == 0


def test_what_is_left_to_the_user_is_named_with_its_places(run: Run, book: Path) -> None:
    out = run("forget", "ada", "--yes").out

    assert "contacts.yaml:5:9: bob note: Ada Lovelace sent him" in out
    assert "journal.jsonl:3: bob note: asked for (020) 7946 0000" in out
    assert "backups, exports" in out
    assert "git" not in out


def test_the_history_of_git_is_named_with_the_command(run: Run, book: Path) -> None:
    (book.parent / ".git").mkdir()
    out = run("forget", "ada", "--yes").out

    assert "git filter-repo --replace-text <(printf '%s\\n' " in out
    assert "'literal:Ada Lovelace==>~'" in out


def test_the_index_is_removed(run: Run, book: Path, private: Path) -> None:
    run("list")
    (cached,) = private.rglob("*.sqlite")
    (cached.parent / f"{cached.name}.77.new").write_bytes(b"Ada Lovelace")
    run("forget", "ada", "--yes")

    assert [path for path in private.rglob("*") if path.is_file()] == []


def test_an_address_that_others_have_is_not_suppressed(run: Run, book: Path) -> None:
    out = run("forget", "ada", "--yes").out

    assert "not suppressed, as others have them: office@example.com" in out
    assert run("add", "Dora", "--email", "office@example.com", "--allow-duplicate").code == 0


def test_off_a_terminal_nothing_happens_without_yes(run: Run, book: Path) -> None:
    before = files(book)
    done = run("forget", "ada")

    assert done.code == 7
    assert "This cannot be undone." in done.err
    assert "hint: nothing was changed; say --yes if it is meant" in done.err
    assert files(book) == before


def test_a_dry_run_shows_the_plan_and_changes_nothing(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("forget", "ada", "-n")

    assert done.code == 0
    assert "contacts.yaml: the contact goes" in done.out
    assert tree(book) == before


def test_a_program_is_told_the_same(run: Run, book: Path) -> None:
    told = data_of(run("forget", "ada", "--yes", "--json"))

    assert (told["contacts"], told["events"], told["addresses"]) == (1, 3, 2)
    assert str(told["forgotten_as"]).startswith("~")
    assert [row["contact"] for row in told["mentions"]] == ["bob", "bob", "bob"]


def test_a_reason_with_the_name_is_refused(run: Run, book: Path) -> None:
    before = files(book)
    done = run("forget", "ada", "--yes", "--reason", "Ada Lovelace asked")

    assert done.code == 2
    assert files(book) == before


def test_who_was_taken_out_by_hand_is_forgotten_by_the_id(run: Run, book: Path) -> None:
    (book / "contacts.yaml").write_text(CONTACTS[CONTACTS.index("- id: bob") :])
    done = run("forget", "ada", "--yes")

    assert done.code == 0
    assert "engines" not in (book / "journal.jsonl").read_text()
    assert run("add", "Ada", "--email", "ada@example.com").code == 7


def test_forgotten_is_forgotten(run: Run, book: Path) -> None:
    run("forget", "ada", "--yes")
    before = files(book)

    assert run("forget", "ada", "--yes").code == 1
    assert files(book) == before


# Nobody comes back


@pytest.fixture
def without_ada(run: Run, book: Path) -> Path:
    assert run("forget", "ada", "--yes").code == 0
    return book


@pytest.mark.parametrize(
    "option", [("--email", "ADA@Example.com"), ("--phone", "0044 (20) 7946 0000")]
)
def test_a_forgotten_address_is_not_added(
    run: Run, without_ada: Path, option: tuple[str, str]
) -> None:
    done = run("add", "Ada", *option)

    assert done.code == 7
    assert f"{option[1]} is of somebody who asked to be forgotten" in done.err
    assert "--allow-suppressed -m WHY" in done.err


def test_who_wants_to_be_back_is_added_with_a_note(run: Run, without_ada: Path) -> None:
    words = ("add", "Ada", "--email", "ada@example.com", "--allow-suppressed")

    assert run(*words).code == 2
    assert run(*words, "-m", "signed up again").code == 0
    assert "signed up again" in run("history", "ada").out


def test_an_import_leaves_forgotten_people_out(run: Run, without_ada: Path) -> None:
    table = b"Name,Email,Phone\nAda,,+44 20 79460000\nDora,dora@example.com,\n"
    done = run("import", "-", stdin=table)

    assert done.code == 0
    assert done.out == "2 rows: 1 new, 1 suppressed. Undo: leadctl undo OP\n"
    assert done.err.endswith("note: 1 row is about people who asked to be forgotten; left out\n")
    assert "Ada\n" not in (without_ada / "contacts.yaml").read_text()


def test_an_import_of_nobody_else_is_refused(run: Run, without_ada: Path) -> None:
    before = files(without_ada)
    done = run("import", "-", stdin=b"Name,Email\nAda,ada@example.com\n")

    assert done.code == 7
    assert "nothing was imported" in done.err
    assert files(without_ada) == before


def test_forgotten_people_are_in_no_file_of_rejects(run: Run, without_ada: Path) -> None:
    table = b"Name,Email,Status\nAda,ada@example.com,New\nDora,d@example.com,Nwe\nEve,e@e.ex,New\n"
    done = run("import", "-", "--rejects", "rejects.csv", stdin=table)

    assert done.code == 0
    assert "ada@example.com" not in (without_ada / "rejects.csv").read_text()


def test_who_is_back_is_imported_like_anybody(run: Run, without_ada: Path) -> None:
    run("add", "Ada", "--email", "ada@example.com", "--allow-suppressed", "-m", "signed up")
    done = run(
        "import", "-", "--on-duplicate", "update", stdin=b"Email,Title\nada@example.com,Dr\n"
    )

    assert done.out == "1 row: 1 update. Undo: leadctl undo OP\n"


def test_a_damaged_list_stops_an_import(run: Run, without_ada: Path) -> None:
    with (without_ada / "suppressed.txt").open("a") as file:
        file.write("<<<<<<< ours\n")
    before = files(without_ada)
    done = run("import", "-", stdin=b"Name,Email\nDora,dora@example.com\n")

    assert done.code == 3
    assert "suppressed.txt:9" in done.err
    assert run("check", "files").code == 1
    assert files(without_ada) == before


# Not to be contacted


def test_an_import_never_lets_anybody_be_contacted_again(run: Run, book: Path) -> None:
    table = b"id,name,do_not_contact,title\ncleo,Cleo Marsh,no,Dr\n"
    done = run("import", "-", "--key", "id", "--on-duplicate", "update", "-v", stdin=table)

    assert done.code == 0
    assert "do_not_contact stays yes" in done.out
    assert "do_not_contact: yes\n" in (book / "contacts.yaml").read_text()


@pytest.mark.parametrize("word", ["do_not_contact=", "dnc=no"])
def test_to_contact_somebody_again_takes_a_note(run: Run, book: Path, word: str) -> None:
    refused = run("set", "cleo", word)
    done = run("set", "cleo", word, "-m", "wrote that mails are fine")

    assert refused.code == 2
    assert "to contact cleo again needs a note that says why" in refused.err
    assert done.code == 0
    assert "wrote that mails are fine" in run("history", "cleo").out


def test_other_fields_are_set_without_a_note(run: Run, book: Path) -> None:
    assert run("set", "cleo", "title=Dr").code == 0
    assert run("set", "cleo", "do_not_contact=yes").code == 0
    assert run("set", "bob", "do_not_contact=no").code == 0


def test_who_is_not_to_be_contacted_is_seen_everywhere_and_on_no_list(run: Run, book: Path) -> None:
    assert "cleo" not in run("prospects", "--ahead", "1y").out
    assert "do_not_contact  yes" in run("show", "cleo").out
    assert "do_not_contact" in run("list").out
    assert "do_not_contact" not in run("list", "bob").out
