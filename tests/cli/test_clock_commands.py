"""`touch`, `snooze`, `pin`: what they record, and what becomes of the prospect list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, clock_only, tree

#: Ada is new and due today; Béla was last touched three weeks ago; Cleo wants to be left alone.
CONTACTS = """\
- {id: ada, name: Ada, status: New, created: 2026-11-22, phone: 604-555-0101}
- {id: bela, name: Béla, status: Engage, created: 2026-10-01, last_touch: 2026-11-01}
- {id: cleo, name: Cleo, status: New, created: 2026-11-22, do_not_contact: yes}
- {id: dora, name: Dora, status: Future, created: 2026-11-20}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, stages=clock_only())


def listed(run: Run, *words: str) -> list[str]:
    done = run("prospects", "-f", "ids", *words)
    assert (done.code, done.err) == (0, "")
    return done.out.split()


def test_after_a_touch_the_contact_leaves_the_list_by_itself(run: Run, book: Path) -> None:
    assert listed(run) == ["ada", "bela"]
    assert run("touch", "ada", "-m", "likes the house") == Outcome(
        0, "ada: touched. Undo: leadctl undo OP\n"
    )
    assert listed(run) == ["bela"]
    assert listed(run, "--as-of", "2026-11-24") == ["bela", "ada"]


def test_a_touch_is_recorded_as_it_was(run: Run, book: Path) -> None:
    run(
        "touch", "bela", "--via", "Email", "--outcome", "ATTEMPTED", "--on", "yesterday", "-m", "no"
    )

    assert run("history", "--no-header").out.startswith("2026-11-21  bela  email, attempted  no  ")
    assert run("list", "bela", "--columns", "touched,reached,due", "-f", "csv").out == (
        "touched,reached,due\n2026-11-21,,2026-11-28\n"
    )


def test_a_touch_in_the_past_never_moves_the_last_one_back(run: Run, book: Path) -> None:
    run("touch", "bela", "--on", "2026-11-20")
    run("touch", "bela", "--on", "2026-09-01")

    assert run("list", "bela", "--columns", "touched,touches", "-f", "csv").out == (
        "touched,touches\n2026-11-20,2\n"
    )


def test_a_touch_may_change_the_status_as_well(run: Run, book: Path) -> None:
    assert run("touch", "ada", "--via", "meeting", "--status", "active", "-m", "ready").code == 0
    assert run("history", "--no-header", "-f", "csv").out.count("ready") == 2
    assert run("list", "ada", "--columns", "status,due", "-f", "csv").out == (
        "status,due\nActive,2026-12-06\n"
    )


def test_several_are_touched_in_one_operation(run: Run, book: Path) -> None:
    assert run("touch", "ada", "bela") == Outcome(0, "2 contacts changed. Undo: leadctl undo OP\n")
    assert listed(run) == []


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("ada", "--on", "2026-12-24"), "a touch cannot lie in the future: 2026-12-24"),
        (("ada", "--on", "someday"), '--on: "someday" is no day'),
        (("ada", "--via", "cal"), '"cal" is no way to touch somebody\nhint: did you mean "call"?'),
        (("ada", "--via", "fax"), '"fax" is no way to touch somebody\nhint: one of: call, email'),
        (("ada", "--outcome", "maybe"), '"maybe" is no outcome\nhint: one of: reached, attempted'),
        (("ada", "--status", "Atcive"), 'no status named "Atcive"\nhint: did you mean "Active"?'),
    ],
)
def test_a_touch_that_makes_no_sense_is_refused(
    run: Run, book: Path, words: tuple[str, ...], complaint: str
) -> None:
    before = tree(book)
    done = run("touch", *words)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")
    assert tree(book) == before


def test_nobody_is_touched_who_does_not_exist(run: Run, book: Path) -> None:
    assert run("touch", "zoe") == Outcome(
        1,
        "",
        'leadctl: error: no contact "zoe"\n'
        "hint: `leadctl list WORD` searches names, companies and e-mails\n",
    )


def test_a_snooze_keeps_off_the_list_until_its_day(run: Run, book: Path) -> None:
    assert run("snooze", "ada", "+3d", "-m", "on holiday") == Outcome(
        0, "ada: snoozed_until: — → 2026-11-25. Undo: leadctl undo OP\n"
    )
    assert listed(run) == ["bela"]
    assert listed(run, "--as-of", "2026-11-24") == ["bela"]
    assert listed(run, "--as-of", "2026-11-25") == ["ada", "bela"]
    assert "snoozed until 2026-11-25" in run("prospects", "--explain", "ada").out


def test_a_snooze_is_no_touch(run: Run, book: Path) -> None:
    run("snooze", "ada", "fri")

    assert run("list", "ada", "--columns", "touches,snoozed_until", "-f", "csv").out == (
        "touches,snoozed_until\n0,2026-11-27\n"
    )


def test_a_snooze_is_taken_back(run: Run, book: Path) -> None:
    run("snooze", "ada", "bela", "+1w")

    assert run("snooze", "--remove", "ada") == Outcome(
        0, "ada: snoozed_until: 2026-11-29 → —. Undo: leadctl undo OP\n"
    )
    assert listed(run) == ["ada"]
    assert run("snooze", "--remove", "ada").out == "nothing to change: 1 contact already so\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("ada",), "snooze wants to know whom and until when\nhint: leadctl snooze ada +3d"),
        (("ada", "yesterday"), "2026-11-21 is not in the future\nhint: say for example +3d"),
        (("ada", "today"), "2026-11-22 is not in the future"),
        (("ada", "someday"), 'until: "someday" is no day'),
    ],
)
def test_a_snooze_that_makes_no_sense_is_refused(
    run: Run, book: Path, words: tuple[str, ...], complaint: str
) -> None:
    done = run("snooze", *words)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")


def test_a_pin_puts_on_the_list_first_of_all_with_its_note(run: Run, book: Path) -> None:
    assert run("pin", "dora", "-m", "ask about the offer") == Outcome(
        0, "dora: pinned: — → yes. Undo: leadctl undo OP\n"
    )
    assert run("prospects", "--columns", "id,reasons", "-f", "csv", "--limit", "1").out == (
        "id,reasons\ndora,pinned: ask about the offer\n"
    )


def test_a_touch_takes_the_pin_off(run: Run, book: Path) -> None:
    run("pin", "dora")
    run("touch", "dora")

    assert listed(run) == ["ada", "bela"]
    assert run("list", "is:pinned", "-f", "ids").out == ""


def test_a_pin_holds_up_to_its_last_day(run: Run, book: Path) -> None:
    assert run("pin", "dora", "--until", "tue").code == 0
    assert listed(run, "--as-of", "2026-11-24")[0] == "dora"
    assert "dora" not in listed(run, "--as-of", "2026-11-25")


def test_a_pin_is_taken_back(run: Run, book: Path) -> None:
    run("pin", "dora")

    assert run("pin", "dora", "--remove").out == "dora: pinned: yes → —. Undo: leadctl undo OP\n"
    assert listed(run) == ["ada", "bela"]


def test_a_pin_into_the_past_is_refused(run: Run, book: Path) -> None:
    assert run("pin", "dora", "--until", "yesterday") == Outcome(
        2, "", "leadctl: error: 2026-11-21 has passed\nhint: say for example fri or +2w\n"
    )


def test_do_not_contact_is_stronger_than_a_pin(run: Run, book: Path) -> None:
    run("pin", "cleo")

    assert listed(run) == ["ada", "bela"]
    assert "do-not-contact" in run("prospects", "--explain", "cleo").out
