"""What may happen to follow-ups: planned, done, put off and dropped, as plans of a change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from leadctl.errors import RequestError
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.planning.todo import Ids, Wanted, add, drop, finish, move
from leadctl.plans import Plan
from leadctl.records import Contact, Event, FollowUp, Value, net_follow_ups
from leadctl.touching import Touch
from tests.people import TODAY, contact, stamp, unplaced

ADA = contact("ada", status="Engage")
BO = contact("bo", status="Engage")
FRIDAY = date(2026, 11, 27)


def follow_up(id_: str = "k7m2", /, **fields: Value) -> FollowUp:
    """A follow-up as a file would give it: send the offer to Ada, due today."""
    values = {"id": id_, "contact": "ada", "due": "2026-11-22", "what": "send the offer", **fields}
    found = read_follow_ups([unplaced({name: value for name, value in values.items() if value})])
    assert not found.problems
    return found.follow_ups[0]


def planned(wanted: Wanted, *contacts: Contact) -> Plan:
    people = contacts or (ADA,)
    return add(people, wanted, today=TODAY, stamp=stamp(), is_taken=lambda _: False)


def done(*follow_ups: FollowUp, touch: Touch | None = None, today: date = TODAY) -> Plan:
    people = {"ada": ADA, "bo": BO}
    return finish(follow_ups, people, touch or Touch(via=""), today=today, stamp=stamp())


def only(plan: Plan) -> Event:
    (event,) = plan.change.events
    return event


def after(follow_up: FollowUp, plan: Plan) -> Mapping[str, Value]:
    """The fields that *follow_up* has after *plan*; none if it is gone."""
    changes = plan.change.follow_ups[follow_up.id]
    values = {**follow_up.values, **{name: new for name, (_, new) in changes.items()}}
    return {name: value for name, value in values.items() if value}


def test_a_follow_up_comes_with_all_that_was_said_of_it() -> None:
    wanted = Wanted("viewing", FRIDAY, "9.30", "Visit", "marta", "every 2 weeks")
    event = only(planned(wanted))
    ((id_, changes),) = event.follow_ups.items()

    assert (event.kind, event.contact, event.note) == ("planned", "ada", "viewing")
    assert changes == {
        "id": ("", id_),
        "contact": ("", "ada"),
        "due": ("", "2026-11-27"),
        "time": ("", "09:30"),
        "what": ("", "viewing"),
        "via": ("", "visit"),
        "owner": ("", "marta"),
        "repeat": ("", "every 2 weeks"),
        "start": ("", "2026-11-27"),
    }


def test_what_was_not_said_is_not_written() -> None:
    (changes,) = only(planned(Wanted("call", FRIDAY))).follow_ups.values()

    assert list(changes) == ["id", "contact", "due", "what"]


def test_each_contact_gets_one_of_its_own() -> None:
    plan = planned(Wanted("call", TODAY), ADA, BO)

    assert [event.contact for event in plan.change.events] == ["ada", "bo"]
    assert len(plan.change.follow_ups) == 2


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted("call", date(2026, 11, 21)), "2026-11-21 has passed"),
        (Wanted("", FRIDAY), "what is to be done is empty"),
        (Wanted(" \n", FRIDAY), "what is to be done is empty"),
        (Wanted("call", FRIDAY, "25:00"), '--time: "25:00" is no time of day'),
        (Wanted("call", FRIDAY, via="fax"), '"fax" is no way to do it'),
        (Wanted("call", FRIDAY, repeat="never"), '--repeat: "never" is no time between two'),
        (Wanted("call", FRIDAY, repeat="often"), '--repeat: "often" is no time between two'),
    ],
)
def test_what_can_be_no_follow_up_is_refused(wanted: Wanted, message: str) -> None:
    with pytest.raises(RequestError) as refusal:
        planned(wanted)

    assert refusal.value.message == message


def test_no_id_is_given_twice_or_looks_like_a_number() -> None:
    taken: set[str] = set()
    ids = Ids(taken.__contains__)
    given = [ids.after("01m1k8hbn3jqm7ad") for _ in range(50)]
    taken.update(given)
    others = [Ids(taken.__contains__).after("01m1k8hbn3jqm7ad") for _ in range(3)]

    assert len({*given}) == 50
    assert not taken & {*others}
    assert all(id_[0].isalpha() and len(id_) == 4 for id_ in given)


def test_what_is_done_is_a_touch_and_goes() -> None:
    each = follow_up(via="email")
    plan = done(each, touch=Touch(via="", note="he has read it"))
    event = only(plan)

    assert (event.kind, event.via, event.outcome) == ("touched", "email", "reached")
    assert event.note == "send the offer: he has read it"
    assert after(each, plan) == {}


@pytest.mark.parametrize(
    ("planned_via", "said", "via"),
    [
        ("", "", "call"),
        ("visit", "", "visit"),
        ("visit", "text", "text"),
        ("task", "email", "email"),
    ],
)
def test_the_way_is_as_said_else_as_planned_else_a_call(
    planned_via: str, said: str, via: str
) -> None:
    event = only(done(follow_up(via=planned_via), touch=Touch(via=said)))

    assert (event.kind, event.via) == ("touched", via)


def test_a_task_touches_nobody() -> None:
    event = only(done(follow_up(via="task")))

    assert (event.kind, event.via, event.outcome) == ("done", "", "")
    assert event.note == "send the offer"


def test_what_was_for_somebody_who_is_not_there_touches_nobody() -> None:
    assert only(done(follow_up(contact="zoe"))).kind == "done"


@pytest.mark.parametrize("via", ["", "task"])
def test_nothing_was_done_in_the_future(via: str) -> None:
    with pytest.raises(RequestError, match="cannot lie in the future: 2026-11-23"):
        done(follow_up(via=via), touch=Touch(via="", on="2026-11-23"))


def test_two_at_once_take_a_pin_off_once() -> None:
    pinned = contact("ada", pinned="yes")
    plan = finish(
        [follow_up("a1"), follow_up("b2")],
        {"ada": pinned},
        Touch(via=""),
        today=TODAY,
        stamp=stamp(),
    )

    assert [event.kind for event in plan.change.events] == ["touched", "unpinned", "touched"]
    assert len(plan.change.edits) == 1


@pytest.mark.parametrize(
    ("due", "day", "again"),
    [
        ("2026-11-22", "2026-11-22", "2026-12-22"),  # in time
        ("2026-11-22", "2026-11-19", "2026-12-22"),  # early: not once more on the day itself
        ("2026-11-22", "2027-02-25", "2027-03-22"),  # late: what was missed is not made up for
        ("2026-11-22", "2027-01-22", "2027-02-22"),
    ],
)
def test_a_repeated_one_moves_to_its_next_day(due: str, day: str, again: str) -> None:
    each = follow_up(due=due, repeat="every month", start=due)
    plan = done(each, today=date.fromisoformat(day))

    assert after(each, plan) == {**each.values, "due": again}


def test_one_that_was_written_by_hand_keeps_the_day_it_is_counted_from() -> None:
    each = follow_up(due="2026-10-31", repeat="every month")
    plan = done(each, today=date(2026, 11, 1))

    assert after(each, plan) == {**each.values, "due": "2026-11-30", "start": "2026-10-31"}


def test_one_that_would_come_again_after_all_days_goes() -> None:
    each = follow_up(due="9990-01-01", repeat="every 50 years")

    assert after(each, done(each)) == {}


def test_what_is_put_off_keeps_all_else() -> None:
    each = follow_up(time="9.30", room="east")
    plan = move([each], FRIDAY, today=TODAY, stamp=stamp(), note="she is away")

    assert only(plan).follow_ups == {"k7m2": {"due": ("2026-11-22", "2026-11-27")}}
    assert (only(plan).kind, only(plan).note) == ("replanned", "she is away")


def test_a_time_may_be_set_alone() -> None:
    plan = move([follow_up()], TODAY, today=TODAY, stamp=stamp(), time="14.30")

    assert only(plan).follow_ups == {"k7m2": {"time": ("", "14:30")}}


def test_what_is_due_then_already_stays_as_it_is() -> None:
    each = follow_up(due="2026-11-27", repeat="every month")

    assert move([each], FRIDAY, today=TODAY, stamp=stamp()).change.events == ()


def test_a_repeated_one_that_is_put_off_keeps_its_rhythm() -> None:
    each = follow_up(due="2026-11-30", repeat="every month", start="2026-10-31")
    plan = move([each], date(2026, 12, 4), today=TODAY, stamp=stamp())
    (later,) = read_follow_ups([unplaced(after(each, plan))]).follow_ups

    assert after(later, done(later, today=date(2026, 12, 5)))["due"] == "2026-12-31"


def test_nothing_is_put_off_into_the_past() -> None:
    with pytest.raises(RequestError, match="2026-11-21 has passed"):
        move([follow_up()], date(2026, 11, 21), today=TODAY, stamp=stamp())


def test_what_is_dropped_goes_with_all_of_its_fields() -> None:
    each = follow_up(room=("east", "west"), time="9.30")
    event = only(drop([each], stamp=stamp(), note="no longer needed"))

    assert (event.kind, event.note) == ("dropped", "no longer needed")
    assert event.follow_ups == {"k7m2": {name: (text, "") for name, text in each.values.items()}}


def test_events_in_a_row_are_one_change_of_the_table() -> None:
    first = only(planned(Wanted("call", FRIDAY)))
    ((id_, values),) = first.follow_ups.items()
    new = follow_up(id_, **{name: value for name, (_, value) in values.items()})
    later = only(move([new], date(2026, 11, 30), today=TODAY, stamp=stamp()))
    gone = only(drop([follow_up(id_, **{**new.values, "due": "2026-11-30"})], stamp=stamp()))

    assert net_follow_ups([first, later])[id_]["due"] == ("", "2026-11-30")
    assert net_follow_ups([later, gone])[id_]["due"] == ("2026-11-27", "")
    assert net_follow_ups([first, later, gone]) == {id_: {}}
