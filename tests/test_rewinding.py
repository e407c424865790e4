"""The book as it was known on a past day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import with_values
from leadctl.records import Contact, Event, Value
from leadctl.rewinding import as_known_on
from tests.people import contact, event, moved, touched

DAY = date(2026, 11, 10)


def known(day: date, who: Contact, *events: Event) -> Contact | None:
    contacts, _ = as_known_on(day, [who], events)
    return contacts[0] if contacts else None


def test_a_later_change_is_taken_back() -> None:
    now = contact(status="Active", company="ACME")
    before = known(
        DAY,
        now,
        event("edited", "2026-11-11", changes={"company": ("", "ACME")}),
        moved("Engage", "Active", "2026-11-12"),
    )

    assert before == contact(status="Engage")


def test_what_happened_on_the_day_itself_was_known_in_the_evening() -> None:
    now = contact(status="Active")

    assert known(DAY, now, moved("Engage", "Active", "2026-11-10")) == now


def test_several_changes_of_one_field_are_taken_back_one_after_the_other() -> None:
    moves = [
        moved("New", "Engage", "2026-11-11"),
        moved("Engage", "Future", "2026-11-12"),
        moved("Future", "Active", "2026-11-12"),
    ]

    assert known(DAY, contact(status="Active"), *moves) == contact(status="New")


def test_the_typed_fields_follow_what_is_taken_back() -> None:
    snoozed = event("snoozed", "2026-11-11", changes={"snoozed_until": ("", "2026-12-24")})
    before = known(DAY, contact(snoozed_until="2026-12-24"), snoozed)

    assert before is not None
    assert before.snoozed_until is None


def test_a_back_dated_entry_is_not_known_before_it_was_written_down() -> None:
    late = event(
        "touched", "2026-11-01", at="2026-11-20T09:00:00+00:00", via="call", outcome="reached"
    )

    assert as_known_on(DAY, [contact()], [late])[1] == ()


def test_imported_history_counts_as_known_when_it_happened() -> None:
    imported = event(
        "touched", "2026-11-01", at="2026-11-20T09:00:00+00:00", origin="import calls.csv"
    )

    assert as_known_on(DAY, [contact()], [imported])[1] == (imported,)


def test_a_contact_that_was_added_later_is_not_there() -> None:
    added = event("added", "2026-11-11", changes={"name": ("", "Ada Lovelace")})

    assert known(DAY, contact(created="2026-11-01"), added) is None


def test_a_contact_that_was_added_before_is_there_whatever_its_day_of_creation_says() -> None:
    added = event("added", "2026-11-09", changes={"name": ("", "Ada Lovelace")})

    assert known(DAY, contact(created="2026-11-20"), added) is not None


def test_a_contact_without_an_entry_in_the_journal_is_there_from_its_day_of_creation() -> None:
    assert known(DAY, contact(created="2026-11-10")) is not None
    assert known(DAY, contact(created="2026-11-11")) is None
    assert known(DAY, contact()) is not None


def test_touches_of_later_days_are_left_out_and_leave_the_contact_alone() -> None:
    early, late = touched("2026-11-10"), touched("2026-11-11")
    contacts, events = as_known_on(DAY, [contact()], [early, late])

    assert contacts == (contact(),)
    assert events == (early,)


@dataclass
class Diary:
    """A book that is written day by day, with a copy of it for the end of each day."""

    day: date = date(2026, 1, 1)
    contacts: dict[str, Contact] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    evenings: dict[date, tuple[dict[str, Contact], list[Event]]] = field(default_factory=dict)

    def go_to_bed(self, days: int) -> None:
        for _ in range(days):
            self.evenings[self.day] = (dict(self.contacts), list(self.events))
            self.day += timedelta(days=1)

    def write(self, kind: str, who: str, on: date, changes: dict[str, tuple[Value, Value]]) -> None:
        at = f"{self.day.isoformat()}T12:00:00+00:00"
        self.events.append(event(kind, on.isoformat(), at=at, who=who, changes=changes))

    def change(self, who: str, name: str, new: Value, *, days_ago: int) -> None:
        known = self.contacts.get(who)
        on = self.day - timedelta(days=days_ago)
        if known is None:
            values = {"id": who, "name": f"{who} B", "status": "New", name: new}
            made = {key: value for key, value in values.items() if value}
            self.write("added", who, on, {key: ("", value) for key, value in made.items()})
            self.contacts[who] = replace(contact(who, **made))
        elif known.get(name) != new:
            self.write("edited", who, on, {name: (known.get(name), new)})
            self.contacts[who] = with_values(known, {**known.values, name: new})
        else:
            self.write("noted", who, on, {})


CHANGES = st.one_of(
    st.tuples(st.just("status"), st.sampled_from(["New", "Engage", "Contacted", "Gone"])),
    st.tuples(st.just("name"), st.sampled_from(["Ada", "Ada King"])),
    st.tuples(st.just("tags"), st.sampled_from([(), ("vip",), ("vip", "cold")])),
    st.tuples(st.just("snoozed_until"), st.sampled_from(["", "2026-02-01", "2026-03-01"])),
    st.tuples(st.just("pinned"), st.sampled_from(["", "yes", "2026-02-02"])),
    st.tuples(st.just("do_not_contact"), st.sampled_from(["", "yes", "no"])),
    st.tuples(st.just("touch_every"), st.sampled_from(["", "never", "3 days"])),
    st.tuples(st.just("budget"), st.sampled_from(["", "850k"])),
)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["ada", "bo", "cy"]), CHANGES, st.integers(0, 5), st.integers(0, 2)),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(DEEDS)
def test_every_evening_comes_back_as_it_was(
    deeds: list[tuple[str, tuple[str, Value], int, int]],
) -> None:
    diary = Diary()
    for who, (name, new), days_ago, nights in deeds:
        diary.change(who, name, new or "", days_ago=days_ago)
        diary.go_to_bed(nights)
    diary.go_to_bed(1)

    for day, (contacts, events) in diary.evenings.items():
        found, past = as_known_on(day, diary.contacts.values(), diary.events)

        assert {each.id: each for each in found} == contacts
        assert list(past) == events
