"""`dismiss`: one reason leaves the list, and comes back when it arises anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadctl.store.creation import preset_text
from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
- {id: ada, name: Ada, status: Engage, created: 2026-10-01, last_touch: 2026-11-01}
- {id: bo, name: Bo, status: Future, created: 2026-11-20, pinned: yes, email: [bo@example.org]}
- {id: vi, name: Vi, status: Future, created: 2026-11-20, tags: [vip], email: [vi@example.org]}
"""
RULE = "  rules:\n    vip: {where: 'tag:vip', reason: VIP, again: 1 month, next: send flowers}\n"


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, stages=preset_text("classic").decode().replace("  rules:\n", RULE, 1))


def why(run: Run, who: str, *words: str) -> list[str]:
    found = json.loads(run("prospects", "--json", f"id:{who}", *words).out)
    return [code for row in found for code in row["why"]]


def test_a_dismissed_reason_is_off_the_list_and_the_others_stay(run: Run, book: Path) -> None:
    assert why(run, "ada") == ["touch_due", "unreachable"]
    assert run("dismiss", "ada", "unreachable", "-m", "is on a ship") == Outcome(
        0, "ada: unreachable dismissed. Undo: leadctl undo OP\n"
    )

    assert why(run, "ada") == ["touch_due"]
    told = run("prospects", "--explain", "ada").out
    assert "unreachable was dismissed on 2026-11-22 by tester (is on a ship)" in told
    assert "reason dismissed: unreachable" in run("history", "ada").out


def test_a_touch_makes_it_arise_anew(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("dismiss", "ada", "unreachable")
    run("dismiss", "ada", "touch_due")
    assert why(run, "ada") == []
    run("touch", "ada")
    monkeypatch.setenv("LEADCTL_TODAY", "2026-11-30")

    assert why(run, "ada") == ["touch_due"]


@pytest.mark.parametrize("way", [("dismiss", "ada", "touch_due", "--remove"), ("undo",)])
def test_it_counts_again_if_that_is_taken_back(way: tuple[str, ...], run: Run, book: Path) -> None:
    run("dismiss", "ada", "touch_due")
    assert run(*way).code == 0

    assert why(run, "ada") == ["touch_due", "unreachable"]


def test_a_rule_rests_for_as_long_as_it_says(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why(run, "vi") == ["vip"]
    run("dismiss", "vi", "vip")
    told = run("prospects", "--explain", "vi").out
    assert "vip was dismissed on 2026-11-22 by tester; it rests until 2026-12-22" in told

    monkeypatch.setenv("LEADCTL_TODAY", "2026-12-21")
    assert "vip" not in why(run, "vi")
    monkeypatch.setenv("LEADCTL_TODAY", "2026-12-22")
    assert "vip" in why(run, "vi")


def test_dismissing_twice_changes_nothing(run: Run, book: Path) -> None:
    run("dismiss", "ada", "stuck")
    first = run("dismiss", "ada", "touch_due")
    journal = (book / "journal.jsonl").read_bytes()
    second = run("dismiss", "ada", "Touch-Due")

    assert (first.code, second.code) == (0, 0)
    assert (book / "journal.jsonl").read_bytes() == journal


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (("ada", "stuck"), '"ada" has no reason stuck', "reasons today: touch_due, unreachable"),
        (("vi", "stuck"), '"vi" has no reason stuck', "reasons today: vip"),
        (("bo", "pinned"), "a pin is taken off", "leadctl pin bo --remove"),
        (("bo", "follow_up_due"), "follow_up_due is done, moved or removed", "todo done"),
        (("ada", "touch_deu"), 'no reason named "touch_deu"', 'did you mean "touch_due"?'),
        (("ada", "x"), 'no reason named "x"', "reasons: follow_up_due"),
    ],
)
def test_what_cannot_be_dismissed_is_refused(
    words: tuple[str, str], error: str, hint: str, run: Run, book: Path
) -> None:
    done = run("dismiss", *words)

    assert (done.code, done.out) == (2, "")
    assert error in done.err
    assert hint in done.err
    assert (book / "journal.jsonl").read_bytes() == b""


def test_the_reasons_are_completed_with_the_rules_of_the_book(run: Run, book: Path) -> None:
    offered = run("__complete", "bash", "dismiss", "ada", "").out.split()

    assert {"touch_due", "stuck", "vip"} <= set(offered)
    assert "pinned" not in offered


def test_a_rule_that_is_no_query_is_told_and_left_out(run: Run, new_book: NewBook) -> None:
    broken = RULE.replace("tag:vip", "statsu:New")
    new_book(CONTACTS, stages=preset_text("classic").decode().replace("  rules:\n", broken, 1))
    done = run("prospects", "-f", "ids")

    assert (done.code, done.out.split()) == (0, ["bo", "ada"])
    assert 'the rule vip in stages.yaml does not count: no field named "statsu"' in done.err
    assert "rule vip: no field named" in run("stages", "check").out
    assert run("prospects", "--strict").code == 3


def test_the_next_step_of_a_rule_is_what_it_says(run: Run, book: Path) -> None:
    assert "send flowers" in run("prospects", "id:vi").out


def test_a_rule_counts_as_new_from_the_day_on_which_it_holds(run: Run, new_book: NewBook) -> None:
    rule = RULE.replace("tag:vip", "created:..-2d")
    new_book(CONTACTS, stages=preset_text("classic").decode().replace("  rules:\n", rule, 1))

    assert "vi" in run("prospects", "-f", "ids", "--new-since", "yesterday").out.split()
    assert "vi" not in run("prospects", "-f", "ids", "--new-since", "today").out.split()
