from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import read_contacts
from leadctl.errors import RequestError
from leadctl.fields import Schema
from leadctl.importing.mapping import resolve
from leadctl.importing.rules import rules_from_options
from leadctl.importing.table import ForeignRow, ForeignTable
from leadctl.importing.touches import (
    ForeignTouch,
    KnownTouches,
    TouchVerdict,
    known_touches,
    summary,
    verdicts,
)
from leadctl.records import Event, Value
from tests.people import unplaced

_TODAY = date(2026, 11, 22)
_NOTHING = KnownTouches()


def _contact(id_: str, **values: Value) -> dict[str, Value]:
    return {"id": id_, "name": id_.title(), "status": "New", **values}


_BOOK = read_contacts(
    unplaced(values)
    for values in (
        _contact("ada", external_id="7", email=("ada@b.c", "a@x.y"), phone="+44 (20) 123"),
        _contact("bob", external_id="8", email="bob@b.c"),
        _contact("rob", external_id="9", email="bob@b.c"),
    )
).contacts


def run(
    text: str, known: KnownTouches = _NOTHING, **options: Sequence[str] | str
) -> tuple[TouchVerdict, ...]:
    """The verdicts on a table whose cells are separated by bars; the first row is line 2."""
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in text.split("\n"))
    table = ForeignTable(
        tuple(header), tuple(ForeignRow(n, tuple(row)) for n, row in enumerate(rows, 2))
    )
    rules = rules_from_options(into="touches", **options)  # type: ignore[arg-type]
    mapping = resolve(rules, table.header, schema=Schema({}), source="x.csv")
    return verdicts(table, mapping, existing=_BOOK, known=known, today=_TODAY)


def outcomes(found: Sequence[TouchVerdict]) -> list[tuple[int, str, str]]:
    return [(verdict.line, verdict.outcome.value, verdict.message) for verdict in found]


def written(found: Sequence[TouchVerdict]) -> list[Event]:
    """The events of a journal into which *found* has been written."""
    return [
        Event(
            id=str(verdict.line),
            op="x",
            at="2026-11-22T10:00:00+00:00",
            kind="touched",
            contact=verdict.touch.contact,
            on=verdict.touch.on,
            via=verdict.touch.via,
            outcome=verdict.touch.outcome,
            note=verdict.touch.note,
            ref=verdict.touch.ref,
        )
        for verdict in found
        if verdict.touch
    ]


def test_a_call_of_another_program_becomes_a_touch() -> None:
    found = run("TASKID|Call Start Time|Subject|LEADID\n41|2021-04-15 23:03:00|US invoice|7")

    assert [verdict.touch for verdict in found] == [
        ForeignTouch("ada", "2021-04-15T23:03:00", "call", "reached", "US invoice", "41")
    ]


@pytest.mark.parametrize("who", ["ada", "A@X.Y", "0044 20 123", "+44-20-123"])
def test_a_contact_is_named_by_id_mail_or_phone(who: str) -> None:
    found = run(f"Contact|Date\n{who}|2026-01-02")

    assert [verdict.touch and verdict.touch.contact for verdict in found] == ["ada"]


def test_rows_without_a_contact_are_skipped_and_with_an_unknown_one_wrong() -> None:
    found = run("LEADID|Contact|Date\n||2026-01-02\n0||2026-01-02\n|bob@b.c|2026-01-02\n|ada|2026")

    assert outcomes(found)[:3] == [
        (2, "skip", "names no contact"),
        (3, "error", 'external_id: no contact has "0"'),
        (4, "error", 'contact: "bob@b.c" fits bob and rob'),
    ]
    assert "--map-value 'external_id:0='" in found[1].hint
    assert summary(found) == {
        "new": 0, "same": 0, "update": 0, "skip": 1, "suppressed": 0, "error": 3,
    }  # fmt: skip


def test_a_key_that_stands_for_nobody_can_be_mapped_to_nothing() -> None:
    found = run("LEADID|Date\n0|2026-01-02", values=["external_id:0="])

    assert outcomes(found) == [(2, "skip", "names no contact")]


def test_channel_and_outcome_come_from_columns_or_constants() -> None:
    text = "LEADID|Date|Channel|Seconds\n7|2026-01-02|E-Mail|0\n7|2026-01-03||12\n7|2026-01-04|fax|"

    found = run(
        text,
        columns=["Seconds=outcome"],
        values=["outcome:0=attempted", "outcome:*=reached", "via:e-mail=email"],
        constants=["via=meeting", "note=imported"],
    )

    touches = [verdict.touch for verdict in found if verdict.touch]
    assert [(touch.via, touch.outcome, touch.note) for touch in touches] == [
        ("email", "attempted", "imported"),
        ("meeting", "reached", "imported"),
    ]
    assert outcomes(found)[2] == (4, "error", 'via cannot be "fax"')
    assert found[2].hint == (
        "say which it is with --map-value 'via:fax=VIA': "
        "one of call, email, text, meeting, visit, letter, other"
    )


def test_a_touch_needs_a_day_that_is_not_in_the_future() -> None:
    found = run("LEADID|Date\n7|\n7|23.11.2026\n7|22.11.2026 23:59\n7|soon")

    assert [verdict.outcome.value for verdict in found] == ["error", "error", "new", "error"]
    assert found[0].message == "no date"
    assert "in the future" in found[1].message
    assert found[2].touch
    assert found[2].touch.on == "2026-11-22T23:59"


def test_one_date_tells_the_order_of_all() -> None:
    found = run("LEADID|Date\n7|01/02/2026\n7|13/02/2026")

    assert [verdict.touch and verdict.touch.on for verdict in found] == ["2026-02-01", "2026-02-13"]
    assert run("LEADID|Date\n7|01/02/2026")[0].hint.startswith("say it with --date-order")


def test_a_constant_may_be_the_day_of_all_rows() -> None:
    found = run("Contact\nada", constants=["on=2 Jan 2026"])

    assert [verdict.touch and verdict.touch.on for verdict in found] == ["2026-01-02"]


@pytest.mark.parametrize(
    ("text", "constants", "message"),
    [
        ("Subject|Date\nx|2026-01-02", [], "no column names the contact"),
        ("Contact|Subject\nada|x", [], "no column says when"),
        ("Contact|Date\nada|2026-01-02", ["via=fax"], 'via cannot be "fax"'),
        ("Contact|Date\nada|2026-01-02", ["outcome=reach"], 'outcome cannot be "reach"'),
    ],
)
def test_a_table_that_cannot_tell_of_touches_is_refused(
    text: str, constants: list[str], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        run(text, constants=constants)


def test_touches_of_the_journal_are_known_by_key_or_likeness() -> None:
    journal = [
        *written(run("TASKID|Contact|Date|Note\n1|ada|2026-01-02|a")),
        *written(run("Contact|Date|Note\nada|2026-01-03T10:00|by hand")),
    ]
    known = known_touches([*journal, Event("x", "x", "", "noted", "ada", "2026-01-04", ref="4")])
    text = (
        "TASKID|Contact|Date|Note\n1|bob|2026-01-09|other\n2|ada|2026-01-03 10:00|by hand\n"
        "|ada|2026-01-02|a\n3|ada|2026-01-02|a\n4|ada|2026-01-04|"
    )

    found = run(text, known)

    assert [verdict.outcome.value for verdict in found] == ["same", "same", "same", "new", "new"]


def test_two_rows_of_one_touch_are_written_once() -> None:
    found = run(
        "TASKID|Contact|Date\n1|ada|2026-01-02\n1|ada|2026-01-02\n2|ada|2026-01-02\n"
        "|ada|2026-01-02\n|bob|2026-01-02\n|bob|2026-01-02"
    )

    assert [verdict.outcome.value for verdict in found] == [
        "new",
        "same",
        "new",
        "same",
        "new",
        "same",
    ]


_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["", "ada", "bob", "nobody"]),
        st.sampled_from(["2026-01-02", "2026-01-02 10:00", "2027-01-01", ""]),
        st.sampled_from(["", "x"]),
    ),
    max_size=8,
)


def _text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(["TASKID|Contact|Date|Note", *("|".join(row) for row in rows)])


@settings(max_examples=200, deadline=None)
@given(_ROWS)
def test_importing_the_same_touches_again_adds_nothing(rows: list[tuple[str, ...]]) -> None:
    first = run(_text(rows))

    again = run(_text(rows), known_touches(written(first)))

    assert not written(again)
    same = [verdict.line for verdict in first if verdict.outcome.value in ("new", "same")]
    assert [verdict.line for verdict in again if verdict.outcome.value == "same"] == same


@settings(max_examples=200, deadline=None)
@given(_ROWS, st.integers(0, 8))
def test_a_file_in_two_parts_gives_the_same_touches(rows: list[tuple[str, ...]], cut: int) -> None:
    whole = written(run(_text(rows)))

    first = written(run(_text(rows[:cut])))
    second = written(run(_text(rows[cut:]), known_touches(first)))

    parts = [(event.contact, event.on, event.note, event.ref) for event in (*first, *second)]
    assert parts == [(event.contact, event.on, event.note, event.ref) for event in whole]
