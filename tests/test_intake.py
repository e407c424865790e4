"""Rules for new contacts: whom they fit, and what they make of a plan that adds somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.editing import add_contact
from leadctl.intake import TakenIn, counts, fitting, said, take_in
from leadctl.moves import Move
from leadctl.records import Value
from leadctl.stages import Stages
from tests.people import TODAY, stages_of, stamp

STATUSES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Engage: {touch_every: 7 days, aliases: [Contacted]}
  Closed: {touch_every: 90 days, note: required, reason: optional, reasons: [Price, Timing]}
"""


def rules(text: str) -> Stages:
    return stages_of(STATUSES + text)


def add(stages: Stages, *, status: str = "", **fields: Value) -> TakenIn:
    """What becomes of Ada, who is added with *fields*."""
    mark = stamp()
    values = {"name": "Ada", **fields}
    plan = add_contact(
        values, Move(status, "told so"), taken=(), stages=stages, today=TODAY, stamp=mark
    )
    return take_in(plan, stages, mark, settled=plan.changed if status else ())


def fields_of(taken: TakenIn) -> dict[str, Value]:
    (fields,) = taken.plan.change.additions
    return {name: fields[name] for name in fields if name not in ("id", "name", "created")}


def followed(stages: Stages, **fields: Value) -> list[str]:
    return [rule.name for rule in fitting(stages.intake, {"status": "New", **fields}, stages)]


def test_a_rule_sets_what_the_contact_does_not_have() -> None:
    stages = rules("""\
intake:
  - name: Fair
    when: {source: Fair}
    set: {status: contacted, owner: marta, company: Unknown}
""")

    taken = add(stages, source="fair", company="ACME")

    assert fields_of(taken) == {
        "status": "Engage",
        "company": "ACME",
        "source": "fair",
        "owner": "marta",
    }


def test_the_journal_has_what_was_given_and_then_what_the_rule_made_of_it() -> None:
    stages = rules("""\
intake:
  - {name: Fair, set: {status: Closed, owner: marta}, note: sold before, reason: price}
""")

    added, moved, edited = add(stages).plan.change.events

    assert (added.kind, added.origin, added.changes["status"]) == ("added", "", ("", "New"))
    assert (moved.kind, moved.origin, moved.note) == ("status", "rule Fair", "sold before")
    assert (moved.reason, dict(moved.changes)) == ("Price", {"status": ("New", "Closed")})
    assert (edited.kind, edited.origin, dict(edited.changes)) == (
        *("edited", "rule Fair"),
        {"owner": ("", "marta")},
    )
    assert {added.op} == {moved.op, edited.op}
    assert added.id < moved.id < edited.id


def test_a_status_that_somebody_told_goes_before_a_rule() -> None:
    stages = rules("intake: [{name: All, set: {status: Engage, owner: marta}}]")

    taken = add(stages, status="New")

    assert fields_of(taken) == {"status": "New", "owner": "marta"}


def test_tags_are_added_to_those_that_are_there() -> None:
    stages = rules("intake: [{name: All, set: {tags: [VIP, seller]}}]")

    taken = add(stages, tags=("vip", "cold"))

    assert fields_of(taken)["tags"] == ("vip", "cold", "seller")


def test_a_rule_that_has_nothing_to_change_leaves_no_event() -> None:
    stages = rules("intake: [{name: All, set: {tags: vip}}]")

    taken = add(stages, tags=("vip",))

    assert [event.kind for event in taken.plan.change.events] == ["added"]
    assert [said(each) for each in taken.applied] == ["rule All: nothing left to do"]


@pytest.mark.parametrize(
    ("when", "fields", "fits"),
    [
        ("{source: Fair}", {"source": "FAIR"}, True),
        ("{source: Fair}", {"source": "Fair 2026"}, False),
        ("{source: [Fair, Portal]}", {"source": "portal"}, True),
        ("{company: Café}", {"company": "cafe"}, True),
        ("{source: Fair, owner: jo}", {"source": "Fair"}, False),
        ("{source: Fair, owner: jo}", {"source": "Fair", "owner": "Jo"}, True),
        ("{phone: '*'}", {"phone": ("+1 604",)}, True),
        ("{phone: '*'}", {}, False),
        ("{phone: '+1 604 555'}", {"phone": ("001604555",)}, True),
        ("{tag: seller}", {"tags": ("vip", "Seller")}, True),
        ("{tags: seller}", {"tags": "vip; seller"}, True),
        ("{status: New}", {}, True),
        ("{status: Contacted}", {"status": "Engage"}, True),
        ("{status: Engage}", {}, False),
        ("", {}, True),
    ],
)
def test_whom_a_rule_fits(when: str, fields: dict[str, Value], fits: bool) -> None:
    stages = rules(f"intake: [{{name: R, when: {when or '{}'}, set: {{owner: marta}}}}]")

    assert followed(stages, **fields) == (["R"] if fits else [])


BOTH = """\
  - {name: A, set: {owner: marta, tags: a}}
  - {name: B, set: {owner: jo, company: ACME, tags: b}}
"""


def test_the_first_rule_that_fits_is_the_only_one() -> None:
    assert fields_of(add(rules(f"intake:\n{BOTH}"))) == {
        "status": "New",
        "owner": "marta",
        "tags": ("a",),
    }


def test_of_all_rules_that_fit_the_first_to_set_a_field_wins() -> None:
    stages = rules(f"intake:\n  match: all\n  rules:\n{BOTH}")

    taken = add(stages)

    assert fields_of(taken) == {
        "status": "New",
        "company": "ACME",
        "owner": "marta",
        "tags": ("a", "b"),
    }
    assert counts(taken.applied) == {"A": 1, "B": 1}


def test_a_rule_that_keeps_the_status_new_is_not_overruled_by_the_next() -> None:
    stages = rules("""\
intake:
  match: all
  rules: [{name: A, set: {status: New}}, {name: B, set: {status: Engage}}]
""")

    assert fields_of(add(stages)) == {"status": "New"}


def test_no_rule_sees_what_another_one_did() -> None:
    stages = rules("""\
intake:
  match: all
  rules: [{name: A, set: {owner: jo}}, {name: B, when: {owner: jo}, set: {company: ACME}}]
""")

    assert counts(add(stages).applied) == {"A": 1}


@given(
    had=st.dictionaries(st.sampled_from(["owner", "company", "source"]), st.just("own")),
    sets=st.lists(
        st.dictionaries(
            st.sampled_from(["owner", "company", "source"]), st.sampled_from("xyz"), min_size=1
        ),
        max_size=4,
    ),
)
def test_rules_never_change_what_was_given(had: dict[str, str], sets: list[dict[str, str]]) -> None:
    listed = [{"name": f"r{number}", "set": each} for number, each in enumerate(sets)]
    taken = add(rules(f"intake: {{match: all, rules: {listed}}}"), **had)

    (fields,) = taken.plan.change.additions
    assert {name: fields[name] for name in had} == had
