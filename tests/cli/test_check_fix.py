"""`check --fix`: what is safe is mended, in one operation; what is ambiguous stays a finding."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadctl.cli.commands import COMMANDS
from tests.commands import NewBook, Outcome, Run, tree

TABS = "# people\n- id: ada\n\tname: Ada\n\tstatus: New\n"
QUOTES = "- id: ada\n  name: Ada\n  status: New\n  note: call: back\n  handle: @ada\n"
DATES = """\
- id: ada
  name: Ada
  status: New
  created: 2024-1-2  # from the old book
  last_touch: 01/02/2024
"""
STATUSES = "- id: ada\n  name: Ada\n  status: NEW\n"


def journal(book: Path) -> list[dict[str, object]]:
    text = (book / "journal.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


@dataclass(frozen=True)
class Fix:
    """A fix, the contacts before and after it, and how the first thing that it says begins."""

    name: str
    before: str
    after: str
    said: str


FIXES = (
    Fix("tabs", TABS, TABS.replace("\t", "  "), "contacts.yaml:3:1: fixed (tabs): indented with"),
    Fix(
        "quotes",
        QUOTES,
        QUOTES.replace("call: back", '"call: back"').replace("@ada", '"@ada"'),
        'contacts.yaml:4:3: fixed (quotes): put in quotes: note: "call: back"',
    ),
    Fix(
        "dates",
        DATES.replace("01/02/2024", "2024-02-01"),
        DATES.replace("01/02/2024", "2024-02-01").replace("2024-1-2", "2024-01-02"),
        "contacts.yaml:4:12: fixed (dates): created of ada: 2024-1-2 → 2024-01-02",
    ),
    Fix(
        "statuses",
        STATUSES,
        STATUSES.replace("NEW", "New"),
        "contacts.yaml:3:11: fixed (statuses): status of ada: NEW → New",
    ),
)


@pytest.fixture(params=FIXES, ids=lambda fix: fix.name)
def fix(request: pytest.FixtureRequest) -> Fix:
    found: Fix = request.param
    return found


def data(book: Path) -> dict[str, bytes]:
    """The files of *book* without those that hold no truth."""
    return {name: text for name, text in tree(book).items() if not name.startswith(".leadctl")}


def test_a_fix_mends_the_file_and_nothing_else(run: Run, new_book: NewBook, fix: Fix) -> None:
    book = new_book(fix.before)
    done = run("check", "--fix", fix.name)

    assert done.code == 0
    assert done.out.startswith(fix.said)
    assert (book / "contacts.yaml").read_text() == fix.after
    assert run("check") == Outcome(0, "")


def test_a_fix_is_only_shown_in_a_dry_run(run: Run, new_book: NewBook, fix: Fix) -> None:
    book = new_book(fix.before)
    before = tree(book)
    done = run("check", "--fix", fix.name, "-n")

    assert done.out.startswith(fix.said.replace("fixed", "would be fixed"))
    assert (done.code, done.err) == (0, "dry run: nothing was changed\n")
    assert tree(book) == before


def test_a_fix_does_nothing_the_second_time(run: Run, new_book: NewBook, fix: Fix) -> None:
    book = new_book(fix.before)
    run("check", "--fix", fix.name)
    once = data(book)

    assert run("check", "--fix", fix.name) == Outcome(0, "")
    assert data(book) == once


def test_a_fix_is_one_operation_that_knows_what_was_before(
    run: Run, new_book: NewBook, fix: Fix
) -> None:
    book = new_book(fix.before)
    run("check", "--fix", fix.name)
    (event,) = journal(book)
    whole = {"contacts.yaml": [fix.before, fix.after]}
    fields = {
        "dates": {"created": ["2024-1-2", "2024-01-02"]},
        "statuses": {"status": ["NEW", "New"]},
    }

    assert event["kind"] == "edited"
    assert event["contact"] == ("ada" if fix.name in fields else "contacts.yaml")
    assert event["changes"] == fields.get(fix.name, whole)


@pytest.mark.skipif("undo" not in COMMANDS, reason="there is no undo in this version")
def test_a_fix_can_be_taken_back(run: Run, new_book: NewBook, fix: Fix) -> None:
    book = new_book(fix.before)
    run("check", "--fix", fix.name)
    (event,) = journal(book)
    done = run("undo", str(event["op"]))

    assert done.code == 0, done.err
    # What is no date any more comes back in quotes, so that no program takes it for one.
    found = (book / "contacts.yaml").read_text()
    assert found.replace('"2024-1-2"', "2024-1-2") == fix.before


def test_a_mended_text_is_a_short_line_in_the_history(run: Run, new_book: NewBook) -> None:
    new_book(TABS)
    run("check", "--fix", "tabs")

    assert "contacts.yaml mended" in run("history").out


def test_fields_are_fixed_in_a_csv_file_too(run: Run, new_book: NewBook) -> None:
    book = new_book("id,name,status,created\nada,Ada,NEW,2024-1-2\nbo,Bo,New,2024-01-03\n")
    run("check", "--fix", "dates", "--fix", "statuses")

    assert (book / "contacts.csv").read_text() == (
        "id,name,status,created\nada,Ada,New,2024-01-02\nbo,Bo,New,2024-01-03\n"
    )
    assert [event["changes"] for event in journal(book)] == [
        {"created": ["2024-1-2", "2024-01-02"], "status": ["NEW", "New"]}
    ]


@pytest.fixture
def folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new book with a file for each contact."""
    run("init", tmp_path / "book", "--format", "dir")
    monkeypatch.chdir(tmp_path / "book")
    return tmp_path / "book"


def test_each_file_of_a_folder_is_fixed_by_itself(run: Run, folder: Path) -> None:
    (folder / "contacts" / "ada.yaml").write_text("name: Ada\nstatus: NEW\ntags:\n\t- vip\n")
    (folder / "contacts" / "bo.yaml").write_text("name: @bo\nstatus: New\ncreated: 2024-1-2\n")
    words = [word for fix in ("tabs", "quotes", "dates", "statuses") for word in ("--fix", fix)]
    done = run("check", *words)

    assert done.code == 0, done
    assert (folder / "contacts" / "ada.yaml").read_text() == (
        "name: Ada\nstatus: New\ntags:\n  - vip\n"
    )
    assert (folder / "contacts" / "bo.yaml").read_text() == (
        'name: "@bo"\nstatus: New\ncreated: 2024-01-02\n'
    )
    assert [event["contact"] for event in journal(folder)] == [
        "contacts/ada.yaml", "contacts/bo.yaml", "ada", "bo",
    ]  # fmt: skip


def test_a_dry_run_shows_what_follows_from_a_mended_text(run: Run, new_book: NewBook) -> None:
    new_book("- id: ada\n\tname: Ada\n\tstatus: NEW\n")
    done = run("check", "-n", "--fix", "tabs", "--fix", "statuses")

    assert done.out.splitlines()[-1] == (
        "contacts.yaml:3:11: would be fixed (statuses): status of ada: NEW → New"
    )


def test_an_ambiguous_date_stays_a_finding_until_the_order_is_said(
    run: Run, new_book: NewBook
) -> None:
    book = new_book(DATES)
    first = run("check", "--fix", "dates")
    second = run("check", "--fix", "dates", "--date-order", "mdy")

    assert first.code == 1
    assert "contacts.yaml:5:15: error: last_touch:" in first.out
    assert "--fix dates --date-order dmy" in first.out
    assert second.code == 0
    assert "last_touch: 2024-01-02" in (book / "contacts.yaml").read_text()


def test_stages_are_mended_too(run: Run, new_book: NewBook) -> None:
    text = "statuses:\n\tNew: {touch_every: 2 days}\n"
    book = new_book("- {id: ada, name: Ada, status: New}\n", stages=text)
    done = run("check", "stages", "--fix", "tabs")

    assert done.out.startswith("stages.yaml:2:1: fixed (tabs): ")
    assert (book / "stages.yaml").read_text() == text.replace("\t", "  ")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["contacts.yaml", "contacts.csv"])
def test_a_foreign_encoding_becomes_utf8_and_the_original_is_kept(
    run: Run, new_book: NewBook, name: str, encoding: str
) -> None:
    yaml, csv = "- id: zoe\n  name: Zoë\n  status: New\n", "id,name,status\nzoe,Zoë,New\n"
    text = csv if name.endswith("csv") else yaml
    book = new_book(text)
    (book / name).write_bytes(text.encode(encoding))
    done = run("check", "--fix", "encoding")
    (kept,) = (book / ".leadctl" / "quarantine").iterdir()

    assert done.code == 0, done
    assert (book / name).read_text(encoding="utf-8") == text
    assert kept.read_bytes() == text.encode(encoding)
    assert f"the file as it was is kept in .leadctl/quarantine/{kept.name}" in done.err
    assert kept.name in str(journal(book)[0]["note"])


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x02\x03", "- id: é\n  name: ".encode() + b"\xe9\n"]
)
def test_what_may_be_in_any_encoding_stays(run: Run, new_book: NewBook, content: bytes) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n")
    (book / "contacts.yaml").write_bytes(content)
    done = run("check", "--fix", "encoding")

    assert done.code == 1
    assert (book / "contacts.yaml").read_bytes() == content


def test_a_text_too_large_for_the_journal_is_kept_aside(run: Run, new_book: NewBook) -> None:
    large = (
        f"- id: ada\n  name: Ada\n  status: New\n  note: {'x' * 600_000}\n- id: bo\n\tname: Bo\n"
    )
    book = new_book(f"{large}\tstatus: New\n")
    done = run("check", "--fix", "tabs")
    (kept,) = (book / ".leadctl" / "quarantine").iterdir()

    assert done.code == 0, done
    assert kept.read_text() == f"{large}\tstatus: New\n"
    assert "changes" not in journal(book)[0]
    assert "undo" not in done.err


def test_a_torn_line_of_the_journal_is_put_aside(run: Run, new_book: NewBook) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n", '{"id": "1m00')
    done = run("check", "--fix", "journal")
    (kept,) = (book / ".leadctl" / "quarantine").iterdir()

    assert done.out == 'journal.jsonl:1: fixed (journal): put aside: {"id": "1m00\n'
    assert kept.read_text() == '{"id": "1m00'
    assert (book / "journal.jsonl").read_bytes() == b""


def test_permissions_are_closed_once(run: Run, agent: Path) -> None:
    agent.chmod(0o755)
    (agent / "contacts.yaml").chmod(0o664)
    (agent / ".leadctl").chmod(0o755)
    first = run("check", "--strict", "--fix", "permissions")

    assert first.code == 0, first
    assert first.out.splitlines() == [
        ".: fixed (permissions): mode 0755 → 0700",
        ".leadctl: fixed (permissions): mode 0755 → 0700",
        "contacts.yaml: fixed (permissions): mode 0664 → 0600",
    ]
    assert (agent / "contacts.yaml").stat().st_mode & 0o777 == 0o600
    assert run("check", "--strict", "--fix", "permissions") == Outcome(0, "")


def test_contacts_that_are_meant_to_be_gone_are_accepted(run: Run, new_book: NewBook) -> None:
    crowd = [f"- {{id: c{n}, name: Name {n}, status: New}}\n" for n in range(20)]
    book = new_book("".join(crowd))
    run("set", "c1", "company=ACME")
    (book / "contacts.yaml").write_text("".join(crowd[:5]))
    (book / "journal.jsonl").write_text("")

    assert run("check").code == 1
    assert run("check", "--fix", "shrunk").out.startswith(
        "contacts.yaml: fixed (shrunk): accepted: the book had 20 contacts"
    )
    assert run("check") == Outcome(0, "")


@pytest.mark.parametrize("name", ["conflicts", "duplicates", "drift", "references", "ids"])
def test_what_only_a_person_can_decide_is_refused_with_what_to_do(
    run: Run, agent: Path, name: str
) -> None:
    before = tree(agent)
    done = run("check", "--fix", name)

    assert (done.code, done.out) == (7, "")
    assert done.err.startswith(f'leadctl: error: "{name}" cannot be fixed by a program\nhint: ')
    assert tree(agent) == before


def test_a_fix_that_does_not_exist_is_refused(run: Run, agent: Path) -> None:
    assert run("check", "--fix", "tab") == Outcome(
        2, "", 'leadctl: error: no fix named "tab"\nhint: did you mean "tabs"?\n'
    )


def test_an_order_of_dates_without_dates_to_fix_is_refused(run: Run, agent: Path) -> None:
    assert run("check", "--date-order", "dmy").code == 2


def test_a_program_reads_what_was_fixed_and_what_is_left(run: Run, new_book: NewBook) -> None:
    new_book(DATES)
    data = json.loads(run("check", "--fix", "dates", "--json").out)

    assert data["fixed"] == [
        {
            "fix": "dates",
            "path": "contacts.yaml",
            "line": 4,
            "message": "created of ada: 2024-1-2 → 2024-01-02",
        }
    ]
    assert (len(data["ops"]), data["dry_run"]) == (1, False)
    assert [each["line"] for each in data["problems"]] == [5]
