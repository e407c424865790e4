"""What the list said on a day, it says of that day for ever."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from leadctl.store.creation import preset_text
from tests.commands import NewBook, Run

START = date(2024, 2, 15)
DAYS = 30
CONTACTS = """\
- {id: ada, name: Ada, status: New, created: 2024-02-10, birthday: 1984-02-29, phone: "555"}
- {id: bo, name: Bo, status: Engage, created: 2023-11-01, last_touch: 2024-01-30, birthday: 03-02}
- {id: cleo, name: Cleo, status: Active, created: 2023-03-01, email: [cleo@example.org]}
- {id: dan, name: Dan, status: Closed, created: 2022-03-01}
- {id: eve, name: Eve, status: Future, created: 2024-01-31, tags: [vip]}
"""
RULES = """\
  rules:
    vip: {where: 'tag:vip created:..-30d', reason: VIP, points: 300, again: 1 week}
"""
REASONS = ("birthday", "touch_due", "stuck", "gone_quiet", "unreachable", "vip", "move_on")


def something(luck: random.Random, today: date) -> tuple[str, ...]:
    """A command such as people type; some are refused, which is as good."""
    who = luck.choice(["ada", "bo", "cleo", "dan", "eve"])
    soon = str(today + timedelta(days=luck.randint(1, 9)))
    ago = str(today - timedelta(days=luck.randint(0, 20)))
    return luck.choice(
        [
            ("touch", who),
            ("touch", who, "--on", ago, "--outcome", "attempted"),
            ("set-status", luck.choice(["Engage", "Closed", "Active", "Inactive"]), who),
            ("snooze", who, soon),
            ("snooze", who, "--remove"),
            ("pin", who, "--until", soon),
            ("dismiss", who, luck.choice(REASONS)),
            ("dismiss", who, luck.choice(REASONS), "--remove"),
            ("todo", "add", who, "ring up", "--due", soon),
            ("set", who, luck.choice(["phone=555", "phone=", "tag+=vip", "touch_every=3 days"])),
            ("undo",),
        ]
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_list_of_a_past_day_is_what_it_was_on_that_day(
    seed: int, run: Run, new_book: NewBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    preset = preset_text("classic").decode()
    new_book(CONTACTS, stages=preset.replace("  rules:\n", RULES, 1))
    luck = random.Random(seed)
    said = {}
    for number in range(DAYS):
        today = START + timedelta(days=number)
        monkeypatch.setenv("LEADCTL_TODAY", str(today))
        for _ in range(luck.randint(0, 3)):
            run(*something(luck, today))
        said[today] = run("prospects", "--json")
    again = {day: run("prospects", "--json", "--as-of", str(day)) for day in said}

    assert all(each.code == 0 for each in said.values())
    assert len({each.out for each in said.values()}) > DAYS / 3
    for day, then in said.items():
        assert again[day] == then, day
