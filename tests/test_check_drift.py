"""Drift: what the file and the journal tell differently."""

from __future__ import annotations

import pytest

from leadctl.checks.drift import drift_problems
from leadctl.problems import Problem
from leadctl.records import Contact, Event, Value
from tests.people import STAGES, contact, event, moved


def drift(who: Contact, *events: Event) -> list[Problem]:
    return list(drift_problems([who], events, STAGES))


def edited(field: str, old: Value, new: Value, on: str = "2026-11-01") -> Event:
    return event("edited", on, changes={field: (old, new)})


def test_a_field_as_the_journal_left_it_is_no_drift() -> None:
    assert (
        drift(contact(title="CTO"), edited("title", "", "CEO"), edited("title", "CEO", "CTO")) == []
    )


def test_a_field_that_is_what_it_was_before_its_last_change_is_told_with_both_values() -> None:
    (problem,) = drift(contact(title="CEO"), edited("title", "CEO", "the CTO"))

    assert problem.message == (
        'title of ada is "CEO" again; the journal changed that to "the CTO" on 2026-11-01'
    )
    assert problem.hint.endswith("leadctl set ada 'title=the CTO'")
    assert (problem.check, problem.is_warning) == ("drift", True)


def test_a_third_value_is_somebodys_own_edit() -> None:
    assert drift(contact(title="Dr"), edited("title", "CEO", "CTO")) == []


def test_only_the_value_before_the_last_change_counts() -> None:
    assert drift(contact(title="A"), edited("title", "A", "B"), edited("title", "B", "C")) == []


def test_a_field_that_was_set_and_is_empty_again_has_gone_back() -> None:
    (problem,) = drift(contact(), edited("title", "", "CEO"))

    assert problem.message.startswith('title of ada is "nothing" again')


def test_a_field_that_was_cleared_and_is_there_again_has_gone_back() -> None:
    (problem,) = drift(contact(title="CEO"), edited("title", "CEO", ""))

    assert problem.hint.endswith("leadctl set ada title=")


def test_to_take_out_by_hand_what_a_contact_began_with_is_no_drift() -> None:
    began: dict[str, tuple[Value, Value]] = {"title": ("", "CEO"), "name": ("", "Ada Lovelace")}

    assert drift(contact(), event("added", "2026-11-01", changes=began)) == []


@pytest.mark.parametrize("held", [("a@x.org", "b@x.org"), "a@x.org;b@x.org"])
def test_a_list_and_its_texts_in_one_cell_are_the_same(held: Value) -> None:
    change = edited("email", ("a@x.org",), ("a@x.org", "b@x.org"))

    assert drift(contact(email=held), change) == []


def test_a_list_that_went_back_is_told_with_what_to_type() -> None:
    (problem,) = drift(contact(tags=("a",)), edited("tags", ("a",), ("a", "vip")))

    assert problem.hint.endswith("leadctl set ada 'tags=a;vip'")


def test_any_other_status_than_the_journals_is_told() -> None:
    (problem,) = drift(contact(status="Active"), moved("New", "Engage", "2026-11-01"))

    assert problem.message == 'the journal has ada in "Engage", the file in "Active"'
    assert problem.hint.endswith("leadctl set-status Engage ada")


def test_an_old_name_of_the_same_status_is_no_drift() -> None:
    assert drift(contact(status="Engage"), moved("New", "Contacted", "2026-11-01")) == []
