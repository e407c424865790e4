"""`import`: a verdict a row, all or nothing, and nothing the second time."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.commands import Outcome, Run, tree

LEADS = """\
Name,Email,Phone,Lead Status,Created Time
Ada Lovelace,ada@example.com,604-555-0101,Contacted,"12 Jan, 2026 09:14:00"
Béla Bartók,bela@example.com,604-555-0102,Contcted,2026-02-01
Cleo,,,,
"""
MOVING = Path(__file__).parents[2] / "examples" / "moving"


@pytest.fixture
def book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty book where every change of a status needs a note, and LEADS beside it."""
    root = tmp_path / "book"
    assert run("init", root, "--preset", "calling", "--format", "csv").code == 0
    monkeypatch.chdir(root)
    Path("leads.csv").write_text(LEADS, encoding="utf-8")
    return root


def rows(book: Path) -> list[dict[str, str]]:
    with (book / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def mended(old: str = "", new: str = "") -> bytes:
    return LEADS.replace("Contcted", "Contacted").replace(old or "\0", new).encode()


def test_a_dry_run_gives_a_verdict_on_every_row(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("import", "leads.csv", "-n", "--json")
    data = json.loads(done.out)

    assert (done.code, done.err) == (0, "")
    assert (data["op"], data["dry_run"], data["unchanged"]) == (None, True, 0)
    assert {(each["id"], each["field"]) for each in data["changed"]} >= {("cleo", "name")}
    assert [(row["line"], row["verdict"], row["contact"]) for row in data["rows"]] == [
        (2, "new", "ada-lovelace"),
        (3, "error", None),
        (4, "new", "cleo"),
    ]
    assert tree(book) == before


def test_people_read_the_verdicts_as_a_table(run: Run, book: Path) -> None:
    done = run("import", "-", "-n", stdin=mended())

    assert done == Outcome(
        0,
        """\
line  verdict  contact       what
----  -------  ------------  -----------------------
   2  new      ada-lovelace  Ada Lovelace, Contacted
   3  new      bela-bartok   Béla Bartók, Contacted
   4  new      cleo          Cleo, Not Attempted
3 rows: 3 new
""",
        "dry run: nothing was imported\n",
    )


def test_one_wrong_row_stops_them_all_and_is_named(run: Run, book: Path) -> None:
    before = tree(book)

    assert run("import", "leads.csv") == Outcome(
        3,
        "",
        "leadctl: error: 1 of 3 rows cannot be imported; nothing was imported\n"
        'leads.csv:3: error: status: no status named "Contcted"\n'
        "    3 | Béla Bartók,bela@example.com,604-555-0102,Contcted,2026-02-01\n"
        '    hint: did you mean "Contacted"? say so with --map-value '
        "'status:Contcted=Contacted'\n"
        "hint: mend them, or import the others and keep these: --rejects FILE\n",
    )
    assert tree(book) == before


def test_wrong_rows_can_be_put_aside_with_what_is_wrong(run: Run, book: Path) -> None:
    assert run("import", "leads.csv", "--rejects", "wrong.csv") == Outcome(
        0, "3 rows: 2 new, 1 error. Undo: leadctl undo OP\n", "note: 1 row was put into wrong.csv\n"
    )
    assert [row["id"] for row in rows(book)] == ["ada-lovelace", "cleo"]
    assert (book / "wrong.csv").read_text(encoding="utf-8") == (
        "Name,Email,Phone,Lead Status,Created Time,leadctl: problem\n"
        "Béla Bartók,bela@example.com,604-555-0102,Contcted,2026-02-01,"
        '"status: no status named ""Contcted"""\n'
    )
    assert (book / "wrong.csv").stat().st_mode & 0o777 == 0o600


def test_a_file_of_earlier_rejects_is_not_overwritten(run: Run, book: Path) -> None:
    (book / "wrong.csv").write_text("mine")
    done = run("import", "leads.csv", "--rejects", "wrong.csv")

    assert done == Outcome(
        7,
        "",
        "leadctl: error: wrong.csv is there already; nothing was imported\n"
        "hint: look at it, then move it away or name another file\n",
    )
    assert (book / "wrong.csv").read_text() == "mine"
    assert rows(book) == []


def test_a_value_can_be_said_to_mean_another(run: Run, book: Path) -> None:
    done = run("import", "leads.csv", "--map-value", "status:Contcted=Contacted")

    assert done == Outcome(0, "3 rows: 3 new. Undo: leadctl undo OP\n")
    assert rows(book)[0] == {
        "id": "ada-lovelace",
        "name": "Ada Lovelace",
        "status": "Contacted",
        "company": "",
        "email": "ada@example.com",
        "phone": "604-555-0101",
        "source": "",
        "owner": "",
        "tags": "",
        "created": "2026-01-12T09:14:00",
        "note": "",
    }


def test_the_second_time_nothing_changes(run: Run, book: Path) -> None:
    run("import", "-", stdin=mended())
    before = tree(book)

    assert run("import", "-", stdin=mended()) == Outcome(0, "3 rows: 3 same\n")
    assert tree(book) == before


def test_a_known_contact_that_differs_is_an_error_until_told(run: Run, book: Path) -> None:
    run("import", "-", stdin=mended())
    done = run("import", "-", stdin=mended("0101", "0109"))

    assert done.code == 3
    assert "stdin:2: error: ada-lovelace differs in phone\n" in done.err
    assert rows(book)[0]["phone"] == "604-555-0101"


@pytest.mark.parametrize(
    ("choice", "said", "phone"),
    [
        (
            "update",
            "3 rows: 2 same, 1 update. Undo: leadctl undo OP\n",
            "604-555-0101; 604-555-0109",
        ),
        ("skip", "3 rows: 2 same, 1 skip\n", "604-555-0101"),
    ],
)
def test_a_known_contact_is_updated_or_skipped(
    run: Run, book: Path, choice: str, said: str, phone: str
) -> None:
    run("import", "-", stdin=mended())

    assert run("import", "-", "--on-duplicate", choice, stdin=mended("0101", "0109")).out == said
    assert rows(book)[0]["phone"] == phone


def test_the_rules_of_a_status_hold_for_every_row(run: Run, book: Path) -> None:
    text = b"Name,Status\nDora,Disqualified\nEmil,Contacted\n"
    refused = run("import", "-", stdin=text)
    done = run("import", "-", "--reason", "wrong data", "-m", "from the fair", stdin=text)

    assert refused.code == 3
    assert 'stdin:2: error: a change to "Disqualified" needs a reason, one of: ' in refused.err
    assert done == Outcome(0, "2 rows: 2 new. Undo: leadctl undo OP\n")
    assert "from the fair" in run("history", "emil").out


def test_what_was_imported_says_where_from(run: Run, book: Path) -> None:
    (book / "leads.csv").write_bytes(mended())
    run("import", "leads.csv")
    events = json.loads(run("history", "--json").out)

    assert {event["origin"] for event in events} == {"import leads.csv"}
    assert {event["note"] for event in events} == {"imported from leads.csv"}
    assert events[0]["on"] == "2026-01-12T09:14:00"


def test_the_rules_of_a_file_can_be_kept_in_a_mapping(run: Run, book: Path) -> None:
    (book / "map.yaml").write_text(
        "map: {Full: name, Junk: }\nvalues:\n  status: {hot: Contacted}\nset: {source: Fair}\n"
    )
    done = run("import", "-", "--mapping", "map.yaml", stdin=b"Full,Junk,Status\nEmil,x,hot\n")

    assert done == Outcome(0, "1 row: 1 new. Undo: leadctl undo OP\n")
    assert (rows(book)[0]["name"], rows(book)[0]["source"]) == ("Emil", "Fair")
    assert "junk" not in rows(book)[0]


def test_a_mistake_in_a_mapping_is_located(run: Run, book: Path) -> None:
    (book / "map.yaml").write_text("map:\n  Full: name\nvalus: x\n")

    assert run("import", "leads.csv", "--mapping", "map.yaml") == Outcome(
        3,
        "",
        "leadctl: error: map.yaml cannot be used\n"
        'map.yaml:3:1: error: unknown key "valus" in a mapping file\n'
        '    hint: did you mean "values"?\n',
    )


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("nope.csv",), 2, 'there is no file "nope.csv"\n'),
        (("leads.csv", "--mapping", "nope.yaml"), 2, 'there is no file "nope.yaml"\n'),
        (
            ("leads.csv", "--map", "Nam=name"),
            2,
            'no column is headed "Nam"\nhint: did you mean "Name"',
        ),
        (("leads.csv", "--key", "birthday"), 2, 'no column is mapped to "birthday"\n'),
        (("leads.csv", "--on-duplicate", "merge"), 2, '--on-duplicate cannot be "merge"\n'),
        (("leads.csv", "--into", "deals"), 2, '--into cannot be "deals"\n'),
        (
            ("leads.csv", "--encoding", "utf-16"),
            3,
            "leads.csv cannot be used; nothing was imported",
        ),
    ],
)
def test_an_import_that_makes_no_sense_is_refused(
    run: Run, book: Path, words: tuple[str, ...], code: int, complaint: str
) -> None:
    done = run("import", *words)

    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")
    assert rows(book) == []


def test_a_table_that_is_torn_is_not_half_imported(run: Run, book: Path) -> None:
    done = run("import", "-", stdin=b'Name,Phone\nAda,1,2\nBela,"1\n')

    assert (done.code, done.out) == (3, "")
    assert "stdin:2: error: 3 of 2 columns\n" in done.err
    assert "this quote is never closed\n" in done.err


def test_an_empty_file_is_nothing_to_do(run: Run, book: Path) -> None:
    assert run("import", "-") == Outcome(0, "0 rows\n")


def test_the_leads_and_calls_of_another_program_move_in(run: Run, book: Path) -> None:
    leads = ("import", MOVING / "leads.csv", "--map-value", "status:*=Contacted")
    calls = (
        "import", MOVING / "calls.csv", "--into", "touches", "--map", "LEADID=external_id",
        "--set", "via=call", "--map", "Subject=note",
    )  # fmt: skip
    first = (run(*leads).out, run(*calls).out)
    before = tree(book)
    again = (run(*leads).out, run(*calls).out)

    assert first == (
        "12 rows: 12 new. Undo: leadctl undo OP\n",
        "15 rows: 12 new, 3 skip. Undo: leadctl undo OP\n",
    )
    assert again == ("12 rows: 12 same\n", "15 rows: 12 same, 3 skip\n")
    assert tree(book) == before
    assert json.loads(run("show", "ashdown", "--json").out)["touched"] == "2026-01-15"


def test_a_call_of_somebody_unknown_is_an_error(run: Run, book: Path) -> None:
    done = run(
        "import", "-", "--into", "touches", "--set", "via=call",
        stdin=b"External_id,On\n4711,2026-11-01\n",
    )  # fmt: skip

    assert (done.code, done.out) == (3, "")
    assert "stdin:2: error: " in done.err


TWICE = """\
Name;Phone;Status;Last contacted;Notes
Mia Keller;0171 555;Contacted;20/11/2026;first note
Mia Keller;0171 555;Qualified;1/3/2026;second note
Max Moritz;k.A.;Contacted;1/3/2026;
"""


def test_what_is_left_out_of_a_repeated_person_is_told(run: Run, book: Path) -> None:
    Path("twice.csv").write_text(TWICE, encoding="utf-8")

    done = run("import", "twice.csv", "--on-duplicate", "update")

    assert rows(book)[0]["note"] == "first note\nsecond note"
    assert 'note: line 3: left out status "Qualified" (stays "Contacted")\n' in done.err
    assert 'note: line 4: phone "k.A." has no digit' in done.err


def test_a_dry_run_tells_what_would_be_left_out(run: Run, book: Path) -> None:
    Path("twice.csv").write_text(TWICE, encoding="utf-8")

    told = run("import", "twice.csv", "--on-duplicate", "update", "-n").out

    assert 'belongs to line 2; left out status "Qualified" (stays "Contacted")' in told
    assert 'Max Moritz, Contacted; phone "k.A." has no digit' in told


def test_a_dry_run_tells_a_mistake_of_many_rows_once(run: Run, book: Path) -> None:
    people = "\n".join(f"P{n},Warm" for n in range(12))
    Path("warm.csv").write_text(f"Name,Status\n{people}\n", encoding="utf-8")

    told = run("import", "warm.csv", "-n")
    as_json = run("import", "warm.csv", "-n", "--json")

    assert told.out.count('no status named "Warm"') == 1
    assert "12 rows (lines 2, 3, 4, 5, 6, 7, 8, 9, …): status:" in told.out
    assert [row["line"] for row in json.loads(as_json.out)["rows"]] == list(range(2, 14))


def test_a_wrong_date_order_is_answered_with_both(run: Run, book: Path) -> None:
    done = run("import", "leads.csv", "--date-order", "day")

    assert done.code == 2
    assert "hint: one of dmy, mdy" in done.err


def test_a_mapping_to_the_word_of_another_program_names_the_field(run: Run, book: Path) -> None:
    done = run("import", "leads.csv", "-n", "--map", "Created Time=last_contact")

    assert 'did you mean "last_touch"?' in done.err
