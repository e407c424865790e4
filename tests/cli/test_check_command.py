"""`check`: silent if all is well, else every finding with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

FAULTY = """\
- id: ada
  name: Ada
  status: Nwe
  created: 2026-02-30
- name: Nobody
  status: New
- id: bela
  name: Béla
  status: new
  birtday: 12-10
- id: ada
  name: Ada again
  status: New
"""
FINDINGS = """\
contacts.yaml:3:11: error: no status named "Nwe"
    3 |   status: Nwe
      |           ^
    hint: did you mean "New"?
contacts.yaml:4:12: error: created: February 2026 has 28 days
    4 |   created: 2026-02-30
      |            ^
    hint: write the date as 2026-11-22
contacts.yaml:5:3: error: this contact has no id
    5 | - name: Nobody
      |   ^
    hint: every contact needs one, such as `id: ada-lovelace`
contacts.yaml:9:11: warning: "new" is an old name or another spelling of "New"
    9 |   status: new
      |           ^
    hint: write "New"; `leadctl check --fix statuses` does it
contacts.yaml:10:12: warning: "birtday" is a field of your own; did you mean "birthday"?
    10 |   birtday: 12-10
       |            ^
    hint: if it is meant, declare it under `fields:` in stages.yaml
contacts.yaml:11:7: error: the id "ada" is used twice; first at contacts.yaml:1:3
    11 | - id: ada
       |       ^
    hint: give one of the two another id, or remove it
"""
EVENT = (
    '{"id": "1m0000000000000a", "op": "aaaaaa", "at": "2026-11-01T10:00:00+00:00", '
    '"kind": "touched", "contact": "%s", "on": "2026-11-01"}\n'
)


@pytest.mark.parametrize("example", ["agent", "brokerage", "calls"])
def test_a_sound_book_passes_in_silence(
    run: Run, example: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(example)

    assert run("check", "--strict") == Outcome(0, "")
    assert run("check", "--json") == Outcome(0, "[]\n")


def test_every_finding_is_shown_with_its_line(run: Run, new_book: NewBook) -> None:
    new_book(FAULTY)

    assert run("check") == Outcome(1, FINDINGS, "leadctl: error: 4 problems found\n")


def test_checking_changes_nothing(run: Run, new_book: NewBook) -> None:
    book = new_book(FAULTY, "nonsense\n")
    before = tree(book)
    run("check")

    assert tree(book) == before


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (("ids",), [5, 11]),
        (("statuses",), [3, 9]),
        (("dates",), [4]),
        (("files",), [10]),
        (("ids", "dates"), [4, 5, 11]),
        (("stages", "journal"), []),
    ],
)
def test_a_check_can_be_chosen(
    run: Run, new_book: NewBook, names: tuple[str, ...], lines: list[int]
) -> None:
    new_book(FAULTY)

    found = json.loads(run("check", *names, "--json").out)
    assert [each["line"] for each in found] == lines
    assert {each["check"] for each in found} <= set(names)


def test_a_program_reads_where_and_how_bad(run: Run, new_book: NewBook) -> None:
    new_book(FAULTY)

    assert json.loads(run("check", "statuses", "--json").out)[1] == {
        "check": "statuses",
        "severity": "warning",
        "path": "contacts.yaml",
        "line": 9,
        "column": 11,
        "message": '"new" is an old name or another spelling of "New"',
        "hint": 'write "New"; `leadctl check --fix statuses` does it',
    }


def test_a_warning_fails_for_who_is_strict(run: Run, new_book: NewBook) -> None:
    new_book("- {id: ada, name: Ada, status: new}\n")
    mild, strict = run("check"), run("check", "--strict")

    assert (mild.code, mild.err) == (0, "")
    assert (strict.code, strict.err) == (1, "leadctl: error: 1 problem found\n")
    assert mild.out == strict.out
    assert ": warning: " in mild.out


def test_the_journal_is_held_against_the_contacts(run: Run, new_book: NewBook) -> None:
    later = (EVENT % "ada").replace("00a", "00b")
    new_book("- {id: ada, name: Ada, status: New}\n", EVENT % "zoe" + "nonsense\n" + later)
    found = json.loads(run("check", "journal", "references", "--json").out)

    assert [(each["line"], each["message"]) for each in found] == [
        (1, 'the journal has 1 event of "zoe", but there is no such contact'),
        (2, "this is not a line of JSON"),
    ]


def test_a_book_that_cannot_be_used_can_be_checked(run: Run, new_book: NewBook) -> None:
    new_book("- id: ada\n\tname: Ada\n", stages="statuses: {New: [}\n")
    done = run("check")

    assert done.code == 1
    assert [line.split(": ")[0] for line in done.out.splitlines() if ": error: " in line] == [
        "contacts.yaml:2:1",
        "stages.yaml:1:18",
    ]


def test_an_empty_stages_file_is_told(run: Run, new_book: NewBook) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n")
    (book / "stages.yaml").write_bytes(b"# later\n")

    assert run("check") == Outcome(
        1,
        "stages.yaml: error: there is nothing in it\n"
        "    hint: copy it from a new book: leadctl init DIR\n",
        "leadctl: error: 1 problem found\n",
    )


def test_a_check_that_does_not_exist_is_refused(run: Run, agent: Path) -> None:
    assert run("check", "status") == Outcome(
        2, "", 'leadctl: error: no check named "status"\nhint: did you mean "statuses"?\n'
    )


def test_one_line_twice_is_a_warning_and_another_event_of_that_id_an_error(
    run: Run, new_book: NewBook
) -> None:
    line = EVENT % "ada"
    other = line.replace("touched", "noted")
    new_book("- {id: ada, name: Ada, status: New}\n", line + line + other)
    found = json.loads(run("check", "journal", "--json").out)

    assert [(each["line"], each["severity"]) for each in found] == [(2, "warning"), (3, "error")]
    assert found[1]["message"].endswith("stands in line 1 already; this event is not counted")


def test_marks_of_a_merge_in_the_journal_are_one_finding(run: Run, new_book: NewBook) -> None:
    ours, theirs = EVENT % "ada", (EVENT % "ada").replace("00a", "00b")
    marked = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n"
    new_book("- {id: ada, name: Ada, status: New}\n", marked)
    found = json.loads(run("check", "--json").out)

    assert [(each["check"], each["line"], each["message"]) for each in found] == [
        ("conflicts", 1, "unresolved merge conflict, lines 1–5")
    ]


@pytest.mark.parametrize("name", ["contacts.yaml", "stages.yaml"])
def test_marks_of_a_merge_in_yaml_are_one_finding(run: Run, new_book: NewBook, name: str) -> None:
    book = new_book("- id: ada\n  name: Ada\n  status: New\n")
    text = (book / name).read_text()
    (book / name).write_text(f"{text}<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n")
    found = json.loads(run("check", "conflicts", "--json").out)

    assert [each["path"] for each in found] == [name]
    assert found[0]["message"].startswith("unresolved merge conflict, lines ")


def test_a_second_version_from_a_sync_program_is_told_with_both_names(
    run: Run, calls: Path
) -> None:
    first = next((calls / "contacts").glob("*.yaml"))
    second = first.with_name(f"{first.stem}.sync-conflict-20261122-093001-ABCDEFG.yaml")
    second.write_bytes(first.read_bytes())
    done = run("check")

    assert done.code == 1
    assert f'"contacts/{second.name}" looks like a second version of "contacts/{first.name}"' in (
        done.out
    )


def test_a_value_cut_short_by_a_comment_is_told(run: Run, new_book: NewBook) -> None:
    new_book("- id: ada\n  name: Ada #1\n  status: New # as agreed\n")
    done = run("check")

    assert (done.code, done.err) == (0, "")
    assert 'contacts.yaml:2:9: warning: "#1" was taken for a comment' in done.out
    assert 'hint: if it belongs to the value: name: "Ada #1"' in done.out


def test_contacts_that_went_away_outside_leadctl_are_told(run: Run, new_book: NewBook) -> None:
    crowd = "".join(f"- {{id: c{n}, name: Name {n}, status: New}}\n" for n in range(20))
    book = new_book(crowd)
    run("set", "c1", "company=ACME")
    (book / "contacts.yaml").write_text("".join((book / "contacts.yaml").read_text()[:120]))
    done = run("check", "files")

    assert done.code == 1
    assert "the book had 20 contacts when leadctl last wrote to it, only" in done.out
    assert "or mend what keeps it from being read" in done.out


def test_what_may_only_be_unreadable_is_not_accepted_as_gone(run: Run, new_book: NewBook) -> None:
    book = new_book("".join(f"- {{id: c{n}, name: Name {n}, status: New}}\n" for n in range(20)))
    run("set", "c1", "company=ACME")
    (book / "contacts.yaml").write_text("<<<<<<< HEAD\n" + (book / "contacts.yaml").read_text())
    refused = run("check", "--fix", "shrunk")

    assert refused.code == 3
    assert "nothing was accepted" in refused.err
    assert "shrunk" not in run("check", "files").out
