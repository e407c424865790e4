"""Contacts grouped by status, counted by the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings

from leadctl.fields import Schema
from leadctl.index.cache import build
from leadctl.index.material import Filling
from leadctl.query.language import parse_query
from leadctl.records import Entry
from leadctl.reports.status import FLAGS, status_report
from leadctl.stages import Stages
from leadctl.views import Row, Table
from tests.index.naive_pass import ENTRIES, QUERIES
from tests.index.naive_pass import STAGES as NAIVE_STAGES
from tests.people import STAGES, TODAY, contact, entry, moved, touched

PEOPLE = [
    entry(contact("al", created="2026-11-20")),
    entry(contact("bo"), [touched("2026-11-20"), moved("Engage", "New", "2026-11-01")]),
    entry(contact("cy", status="Contacted"), [touched("2026-11-01")]),
    entry(contact("di", status="Gone")),
    entry(contact("ed", status="")),
    entry(contact("flo", created="2026-11-20", do_not_contact="yes")),
]


def report(
    entries: Sequence[Entry], *, stages: Stages = STAGES, chosen: str = ""
) -> tuple[Table, dict[object, Row]]:
    """The report, and its rows by their status."""
    schema = Schema(stages.fields).with_seen(["hobby"])
    index = build(None, Filling(entries, (), (), schema, {}))
    flags = {
        name: parse_query(text, schema=schema, stages=stages, today=TODAY)
        for name, text in FLAGS.items()
    }
    query = parse_query(chosen, schema=schema, stages=stages, today=TODAY)
    table = status_report(index.journeys(), query, stages, flags)
    index.close()
    return table, {row["status"]: row for row in table.rows}


def test_there_is_a_row_for_each_status_then_for_unknown_ones_then_for_all() -> None:
    table, _ = report(PEOPLE)

    assert [row["shown"] for row in table.rows] == [
        *(status.name for status in STAGES.statuses),
        "(unknown: none)",
        "(unknown: Gone)",
        "all",
    ]


def test_contacts_are_counted_with_their_share() -> None:
    _, rows = report(PEOPLE)

    assert (rows["New"]["contacts"], rows["New"]["share"]) == (3, 50.0)
    assert (rows["Engage"]["contacts"], rows["Engage"]["share"]) == (1, 16.7)
    assert (rows["Active"]["contacts"], rows["Active"]["share"]) == (0, 0.0)
    assert (rows["all"]["contacts"], rows["all"]["share"]) == (6, 100.0)


def test_who_is_due_overdue_never_touched_and_stuck_is_counted() -> None:
    _, rows = report(PEOPLE)

    assert [rows["New"][name] for name in FLAGS] == [2, 1, 2, 1]
    assert [rows["Engage"][name] for name in FLAGS] == [1, 1, 0, 0]
    assert [rows["all"][name] for name in FLAGS] == [3, 2, 4, 1]


def test_a_status_has_its_stage_and_colour_and_an_unknown_one_has_none() -> None:
    _, rows = report(PEOPLE)

    assert (rows["New"]["stage"], rows["New"]["colour"]) == ("Hot", "red")
    assert (rows["Friend"]["stage"], rows["Gone"]["stage"]) == (None, None)
    assert rows["Gone"]["colour"] == ""


def test_only_whom_a_query_chooses_is_counted() -> None:
    _, rows = report(PEOPLE, chosen="status:Engage")

    assert (rows["Engage"]["share"], rows["New"]["contacts"]) == (100.0, 0)
    assert "(unknown: Gone)" not in rows


def test_of_nobody_there_are_no_shares() -> None:
    _, rows = report([])

    assert (rows["New"]["contacts"], rows["New"]["share"], rows["all"]["share"]) == (0, None, None)


def test_people_read_a_share_as_per_cent() -> None:
    table, _ = report(PEOPLE)
    (share,) = (column for column in table.columns if column.name == "share")

    assert (share.say(16.7), share.say(None)) == ("16.7 %", "")


@settings(max_examples=40, deadline=None)
@given(ENTRIES)
def test_every_count_is_that_of_a_plain_pass(entries: list[Entry]) -> None:
    _, rows = report(entries, stages=NAIVE_STAGES)

    for column, text in {**FLAGS, "contacts": ""}.items():
        counted = Counter(e.standing.status for e in entries if QUERIES[text](e))
        for status in NAIVE_STAGES.statuses:
            assert rows[status.name][column] == counted[status.name]
        assert rows["all"][column] == counted.total()
