"""Each sentence that says what keeps a contact off the prospect list; what bounds the list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.index.cache import build
from leadctl.index.material import Filling
from leadctl.prospecting.criteria import CRITERIA
from leadctl.prospecting.prospects import prospects, reasons_for
from leadctl.prospecting.ranking import ranking
from leadctl.prospecting.why_not import why_not
from leadctl.records import Entry, Event, FollowUp
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, contact, entry, moved, touched


@pytest.mark.parametrize(
    ("fields", "events", "sentence"),
    [
        (
            {"status": "Inactive"},
            [],
            'no touch is due: the touch interval of status "Inactive" is never',
        ),
        ({"touch_every": "never"}, [], "no touch is due: the touch interval of its own is never"),
        ({"status": "Friend"}, [], 'no touch is due: status "Friend" has no touch interval'),
        ({"status": "Gone"}, [], 'no touch is due: status "Gone" has no touch interval'),
        ({}, [], "no touch is due: never touched, and the day it was created is not known"),
        (
            {"status": "Engage", "created": "2026-11-20"},
            [],
            'next touch due 2026-11-27 (created 2026-11-20, every 7 days of status "Engage")',
        ),
        (
            {"touch_every": "1 month"},
            [touched("2026-11-20")],
            "next touch due 2026-12-20 (last touch 2026-11-20, every 1 month of its own)",
        ),
        ({"status": "Engage"}, [touched("2026-11-01")], "a touch is due since 2026-11-08"),
        ({"pinned": "2026-11-20"}, [], "the pin ended on 2026-11-20"),
        (
            {},
            [moved("Engage", "New", "2026-11-20")],
            "not too long in its status before 2026-11-28",
        ),
    ],
)
def test_it_is_said_what_keeps_a_contact_off(
    fields: Mapping[str, str], events: list[Event], sentence: str
) -> None:
    assert sentence in why_not(entry(contact(**fields), events), STAGES, TODAY)


@pytest.mark.parametrize(
    ("due", "plan", "sentence"),
    [
        (date(2026, 11, 20), "", "follow-up k7m2 is due since 2026-11-20: send the offer"),
        (date(2026, 11, 25), "", "follow-up k7m2 is not due before 2026-11-25: send the offer"),
        (
            date(2026, 11, 20),
            "new-lead since 2026-11-19",
            "step k7m2 of plan new-lead is due since 2026-11-20: send the offer",
        ),
    ],
)
def test_a_promise_is_named_while_a_snooze_keeps_it_off(
    due: date, plan: str, sentence: str
) -> None:
    promised = FollowUp("k7m2", "ada", "send the offer", due, {}, plan=plan)
    snoozed = entry(contact(snoozed_until="2026-12-02"))

    said = why_not(replace(snoozed, follow_ups=(promised,)), STAGES, TODAY)

    assert said[:2] == ("snoozed until 2026-12-02", sentence)


def test_a_pin_that_holds_and_a_limit_that_has_passed_are_no_reasons_against() -> None:
    who = entry(contact(pinned="yes"), [moved("Engage", "New", "2026-01-01")])

    said = " ".join(why_not(who, STAGES, TODAY))

    assert "pin" not in said
    assert "too long" not in said


DAYS = st.dates(date(2026, 9, 1), TODAY).map(date.isoformat)
ENTRIES = st.builds(
    lambda fields, touches, move: entry(contact(**fields), [*touches, *move]),
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(["New", "Engage", "Active", "Inactive", "Friend", "Gone"]),
            "created": st.just("") | DAYS,
            "touch_every": st.sampled_from(["", "never", "1 day", "3 days"]),
            "pinned": st.sampled_from(["", "yes", "2026-11-22", "2026-11-21"]),
            "snoozed_until": st.sampled_from(["", "2026-11-22", "2026-11-24"]),
            "do_not_contact": st.sampled_from(["", "", "no", "yes"]),
        }
    ),
    st.lists(st.builds(touched, DAYS), max_size=2),
    st.lists(
        st.builds(moved, st.just("Gone"), st.sampled_from(["New", "Engage"]), DAYS), max_size=1
    ),
)
AHEAD = st.integers(0, 40)


@settings(max_examples=200, deadline=None)
@given(ENTRIES, AHEAD)
def test_the_arithmetic_that_is_told_gives_the_points(who: Entry, ahead_days: int) -> None:
    for reason in reasons_for(who, STAGES, TODAY, ahead_days=ahead_days):
        said = reason.arithmetic.partition(": ")[2]
        sum_text, bound, limit = said.partition(
            ", at least " if ", at least " in said else ", at most "
        )
        plain = re.sub(r" days[a-z ]*", " ", sum_text).replace("×", "*").replace("÷", "//")

        assert re.fullmatch(r"[0-9+*/ -]+", plain)
        told = eval(plain, {"__builtins__": {}})
        nearest = max if bound == ", at least " else min
        assert nearest(told, int(limit or told)) == reason.points


@settings(max_examples=300, deadline=None)
@given(
    st.lists(ENTRIES, max_size=8),
    AHEAD,
    st.sets(st.sampled_from(CRITERIA)),
    st.sampled_from([0, 1, 2, 4]),
)
def test_the_ranking_of_the_index_is_the_order_of_the_list(
    everybody: list[Entry], ahead_days: int, criteria: set[str], limit: int
) -> None:
    stages = replace(STAGES, criteria=replace(STAGES.criteria, on=frozenset(criteria)))
    named = [
        replace(who, contact=replace(who.contact, id=f"{who.contact.id}-{number}"))
        for number, who in enumerate(everybody)
    ]
    wanted = prospects(named, stages, TODAY, ahead_days=ahead_days)
    order = ranking(TODAY, stages, ahead_days=ahead_days)

    index = build(None, Filling(named, (), (), NO_OWN_FIELDS, {}))
    found = index.ranked(order.listed, order.points, tiers=order.tiers, limit=limit)
    index.close()

    assert found == [each.entry for each in wanted][: limit or None]


def test_with_a_limit_who_is_pinned_comes_before_new_leads() -> None:
    people = [
        entry(contact("new", created="2026-01-01")),
        entry(contact("pinned", status="Engage", pinned="yes"), [touched("2026-11-22")]),
    ]
    order = ranking(TODAY, STAGES)
    index = build(None, Filling(people, (), (), NO_OWN_FIELDS, {}))
    found = [
        [each.contact.id for each in index.ranked(order.listed, order.points, tiers=tiers, limit=n)]
        for tiers, n in ((order.tiers, 1), (order.tiers, 2), ((), 0))
    ]
    index.close()

    assert found == [["pinned"], ["pinned", "new"], ["pinned", "new"]]


@given(ENTRIES, AHEAD, AHEAD)
def test_looking_further_ahead_loses_nobody_who_is_awake(who: Entry, one: int, other: int) -> None:
    near, far = sorted((one, other))
    seen = {each.code for each in reasons_for(who, STAGES, TODAY, ahead_days=near)}

    assert seen <= {each.code for each in reasons_for(who, STAGES, TODAY, ahead_days=far)}
