"""stages add, rename, remove and move: stages.yaml, the contacts and the journal in one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

STAGES = """\
# Ours.
default: New
stages:
  Hot: {statuses: [New, Active]} # quick
  Cold: {statuses: [Engage]}
statuses:
  New: {touch_every: 2 days, next: [Engage]}

  # We talk.
  Engage:
    touch_every: 7 days

  Active: {touch_every: 14 days, note: required}
views:
  talks: 'status:Engage'
"""
CONTACTS = """\
# Mine.
- {id: ada, name: Ada, status: Engage} # first
- {id: bela, name: Béla, status: engage}
- {id: cleo, name: Cleo, status: New}
- {id: dora, name: Dora, status: Lost in time}
"""
JOURNAL = (
    '{"id":"1m7gz05msb7wj9by","op":"aaaaaa","at":"2026-09-01T10:00:00+00:00","kind":"status",'
    '"contact":"ada","on":"2026-09-01","changes":{"status":["New","Engage"]}}\n'
)
RENAMING = """\
--- stages.yaml
+++ stages.yaml
@@ -4,9 +4,10 @@
   Hot: {statuses: [New, Active]} # quick
-  Cold: {statuses: [Engage]}
+  Cold: {statuses: [Contacted]}
 statuses:
-  New: {touch_every: 2 days, next: [Engage]}
+  New: {touch_every: 2 days, next: [Contacted]}
_
   # We talk.
-  Engage:
+  Contacted:
     touch_every: 7 days
+    aliases: [Engage]
_
@@ -14,2 +15,2 @@
 views:
-  talks: 'status:Engage'
+  talks: 'status:Contacted'
2 match · 2 will change
  ada   Engage → Contacted   never touched
  bela  engage → Contacted   never touched
""".replace("_\n", " \n")


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, JOURNAL, stages=STAGES)


def files(book: Path) -> dict[str, bytes]:
    """The files of the book but for the lock and its like."""
    return {name: text for name, text in tree(book).items() if ".leadctl" not in name}


def statuses(run: Run) -> dict[str, str]:
    rows = run("list", "--columns", "id,status", "-f", "tsv", "--no-header").out.splitlines()
    return dict(row.split("\t") for row in rows)


def events(book: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]


def test_rename_shows_the_difference_and_those_concerned(run: Run, book: Path) -> None:
    before = files(book)

    assert run("stages", "rename", "Engage", "Contacted", "-n") == Outcome(
        0, RENAMING, "dry run: nothing was changed\n"
    )
    assert files(book) == before


def test_rename_asks_and_off_a_terminal_refuses_with_the_plan(run: Run, book: Path) -> None:
    before = files(book)

    assert run("stages", "rename", "Engage", "Contacted") == Outcome(
        7,
        "",
        RENAMING + "leadctl: error: 2 contacts would change without having been named, "
        "and nobody can be asked\n"
        "hint: nothing was changed; say --yes, or --expect 2\n",
    )
    assert files(book) == before


def test_rename_changes_file_contacts_and_journal_in_one_operation(run: Run, book: Path) -> None:
    assert run("stages", "rename", "engage", "Contacted", "--expect", "2") == Outcome(
        0,
        'stages.yaml: renamed "Engage" to "Contacted"; 2 contacts changed. Undo: leadctl undo OP\n',
    )
    assert statuses(run)["bela"] == "Contacted"
    assert "# first" in (book / "contacts.yaml").read_text()
    assert [(each["kind"], each["contact"]) for each in events(book)[1:]] == [
        *(("stages", "stages.yaml"), ("edited", "ada"), ("edited", "bela"))
    ]
    assert len({each["op"] for each in events(book)[1:]}) == 1


def test_rename_is_no_change_of_status(run: Run, book: Path) -> None:
    run("stages", "rename", "Engage", "Contacted", "-y")

    assert json.loads(run("show", "ada", "--json").out)["since"] == "2026-09-01"
    assert run("list", "@talks", "-f", "ids").out == "ada\nbela\n"
    assert run("check", "statuses", "drift", "stages").out.count("error:") == 1


def test_renaming_twice_changes_nothing(run: Run, book: Path) -> None:
    run("stages", "rename", "Engage", "Contacted", "-y")

    assert run("stages", "rename", "Engage", "Contacted") == Outcome(0, "nothing to change\n")


def test_what_was_renamed_by_hand_takes_its_contacts_along(run: Run, book: Path) -> None:
    assert run("stages", "rename", "lost in time", "Active", "-y") == Outcome(
        0,
        'stages.yaml: renamed "lost in time" to "Active"; 1 contact changed. '
        "Undo: leadctl undo OP\n",
    )
    assert statuses(run)["dora"] == "Active"
    assert "aliases: [lost in time]" in (book / "stages.yaml").read_text()


def test_the_hint_for_an_unknown_status_can_be_typed(run: Run, book: Path) -> None:
    assert "leadctl stages rename 'Lost in time' NAME" in run("check", "statuses").out


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (("rename", "Engag", "X"), 'no status named "Engag"', 'did you mean "Engage"?'),
        (
            ("rename", "Engage", "new"),
            'there is a status "New" already',
            "to make them one: leadctl stages remove Engage --into New",
        ),
        (
            ("add", "ENGAGE"),
            'there is a status "Engage" already',
            "`leadctl stages` lists them all",
        ),
        (("add", "X", "--stage", "Hott"), 'no stage named "Hott"', 'did you mean "Hot"?'),
        (("add", "X", "--after", "Nwe"), 'no status named "Nwe"', 'did you mean "New"?'),
        (
            ("add", "X", "--touch-every", "0 days"),
            "--touch-every cannot be nothing at all",
            "at least '1 day', or never",
        ),
        (
            ("move", "New"),
            "it is not said where to",
            "say --after STATUS, --before STATUS, --first, --last or --stage STAGE",
        ),
        (
            ("remove", "New"),
            'new contacts get the status "New"',
            "say which one takes its place: leadctl stages remove New --into Engage",
        ),
        (
            ("remove", "Active", "-m", "x"),
            "nobody changes status without --into",
            "leave --note and --reason out",
        ),
        (
            ("remove", "Engage", "--into", "Active", "-y"),
            'a change to "Active" needs a note',
            'say how it came about: -m "…"',
        ),
    ],
)
def test_what_cannot_be_done_is_refused(
    words: tuple[str, ...], error: str, hint: str, run: Run, book: Path
) -> None:
    if words == ("remove", "New"):
        (book / "contacts.yaml").write_text("[]\n", encoding="utf-8")
    before = files(book)

    assert run("stages", *words) == Outcome(2, "", f"leadctl: error: {error}\nhint: {hint}\n")
    assert files(book) == before


def test_a_status_that_contacts_have_is_removed_only_into_another(run: Run, book: Path) -> None:
    assert run("stages", "remove", "Engage") == Outcome(
        7,
        "",
        'leadctl: error: 2 contacts are in "Engage"\n'
        "hint: say where they go: leadctl stages remove Engage --into STATUS\n",
    )


def test_remove_moves_the_contacts_with_note_and_keeps_the_name_as_an_alias(
    run: Run, book: Path
) -> None:
    done = run("stages", "remove", "Engage", "--into", "active", "-m", "one talk too many", "-y")

    assert done == Outcome(
        0,
        'stages.yaml: removed "Engage" into "Active"; 2 contacts changed. Undo: leadctl undo OP\n',
    )
    assert (book / "stages.yaml").read_text() == STAGES.replace(
        "\n  # We talk.\n  Engage:\n    touch_every: 7 days\n", ""
    ).replace("[Engage]", "[Active]", 2).replace(
        "Cold: {statuses: [Active]", "Cold: {statuses: []"
    ).replace("note: required}", "note: required, aliases: [Engage]}").replace(
        "status:Engage", "status:Active"
    )
    assert [(each["kind"], each.get("note")) for each in events(book)[2:]] == [
        ("status", "one talk too many"),
        ("status", "one talk too many"),
    ]
    assert json.loads(run("show", "ada", "--json").out)["since"] == "2026-11-22"
    assert run("list", "status:engage", "-f", "ids").out == "ada\nbela\n"


def test_what_old_events_say_of_a_removed_status_is_told(run: Run, new_book: NewBook) -> None:
    book = new_book("[]\n", JOURNAL, stages=STAGES.replace("'status:Engage'", "is:due"))

    assert run("stages", "remove", "Engage") == Outcome(
        0,
        'stages.yaml: removed "Engage". Undo: leadctl undo OP\n'
        '1 old event keeps the name "Engage" in the journal\n',
    )
    assert "Engage" not in (book / "stages.yaml").read_text()
    assert run("history").out.count("New → Engage") == 1


def test_add_writes_nothing_but_the_status(run: Run, book: Path) -> None:
    assert run("stages", "add", "NO", "--stage", "hot", "--touch-every", "3d", "--first") == (
        Outcome(0, 'stages.yaml: added "NO" to "Hot". Undo: leadctl undo OP\n')
    )
    assert (book / "stages.yaml").read_text() == STAGES.replace(
        "[New, Active]", '["NO", New, Active]'
    ).replace("statuses:\n  New", 'statuses:\n  "NO": {touch_every: 3 days}\n\n  New')
    assert run("stages", "list", "-f", "ids").out == "NO\nNew\nEngage\nActive\n"


def test_move_changes_the_order_of_the_pipeline(run: Run, book: Path) -> None:
    assert run("stages", "move", "engage", "--first") == Outcome(
        0, 'stages.yaml: moved "Engage" to the beginning. Undo: leadctl undo OP\n'
    )
    assert run("stages", "move", "Engage", "--first") == Outcome(0, "nothing to change\n")
    assert run("stages", "list", "-f", "ids").out == "Engage\nNew\nActive\n"


def test_move_brings_a_status_into_another_stage(run: Run, book: Path) -> None:
    run("stages", "move", "Active", "--stage", "cold", "--before", "Engage")
    rows = json.loads(run("stages", "list", "--json").out)

    assert [(row["status"], row["stage"]) for row in rows] == [
        *(("New", "Hot"), ("Active", "Cold"), ("Engage", "Cold"))
    ]


def test_a_program_reads_the_difference(run: Run, book: Path) -> None:
    done = json.loads(run("stages", "move", "Active", "--first", "-n", "--json").out)

    assert (done["op"], done["dry_run"], done["changed"]) == (None, True, [])
    assert done["events"] == [
        {
            "id": "stages.yaml",
            "kind": "stages",
            "on": "2026-11-22",
            "note": 'moved "Active" to the beginning',
        }
    ]
    assert "+  Active: {touch_every: 14 days, note: required}\n" in done["files"]["stages.yaml"]


def test_unsound_contacts_keep_the_file_from_being_changed(run: Run, new_book: NewBook) -> None:
    book = new_book(CONTACTS + "- {id: ada, name: Twin, status: Engage}\n", stages=STAGES)
    before = files(book)

    assert run("stages", "rename", "Engage", "Contacted", "-y").code == 3
    assert files(book) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("agent", "Engage", "Non-Client: #2"),
        ("brokerage", "Active Buyers/Sellers", "NO"),
        ("calls", "Attempted", "1e3"),
    ],
)
def test_every_form_of_a_book_follows(
    name: str, old: str, new: str, run: Run, request: pytest.FixtureRequest
) -> None:
    book = request.getfixturevalue(name)
    before = run("list", f'status:"{old}"', "--columns", "id,since", "-f", "tsv").out
    past = run("list", "--as-of", "2026-08-01", "--columns", "id,stage", "-f", "tsv").out
    done = run("stages", "rename", old, new, "--yes")

    assert done.code == 0
    assert run("list", f'status:"{new}"', "--columns", "id,since", "-f", "tsv").out == before
    assert run("list", "--as-of", "2026-08-01", "--columns", "id,stage", "-f", "tsv").out == past
    assert run("check", "stages", "statuses", "journal", "drift") == Outcome(0, "")
    assert events(book)[-1]["kind"] == "edited"


def test_removing_into_another_names_the_plans_that_end_elsewhere_now(run: Run, book: Path) -> None:
    (book / "plans").mkdir()
    for name, status in (("calls", "Engage"), ("both", "Engage, Active")):
        text = f"steps: [{{day: 0, kind: call, what: call}}]\nends: {{status: [{status}]}}\n"
        (book / "plans" / f"{name}.yaml").write_text(text)

    done = run("stages", "remove", "Engage", "--into", "Active", "-y", "-m", "ok")

    assert 'plan calls ended with "Engage", and ends with "Active" now\n' in done.out
    assert "both" not in done.out
