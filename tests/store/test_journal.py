"""journal.jsonl: what is written comes back; what is broken is told and hides nothing else."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.event_lines import LINE_LIMIT
from leadctl.problems import Where
from leadctl.records import Event
from leadctl.store.journal import lines_of, read_journal
from tests.people import moved, touched

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NEEDED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
TIMES = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001  # the offset is put behind the text
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001
).map(lambda time: time.isoformat(timespec="seconds"))
VALUES = TEXTS | st.lists(TEXTS, max_size=3).map(tuple)
EVENTS = st.builds(
    Event,
    id=NEEDED,
    op=NEEDED,
    at=TIMES.map(lambda time: f"{time}-08:00"),
    kind=NEEDED,
    contact=NEEDED,
    on=TIMES | TIMES.map(lambda time: time[:10]),
    by=TEXTS,
    origin=TEXTS,
    note=TEXTS,
    reason=TEXTS,
    via=TEXTS,
    outcome=TEXTS,
    ref=TEXTS,
    changes=st.dictionaries(TEXTS, st.tuples(VALUES, VALUES), max_size=3),
)
SOME = [touched("2026-11-01", note="naïve 🏡"), moved("New", "Engage", "2026-11-02")]
LINE = json.dumps(
    {"id": "i", "op": "o", "at": "2026-11-01T12:00:00Z", "kind": "noted", "contact": "ada",
     "on": "2026-11-01"}
)  # fmt: skip


def events_of(content: bytes) -> list[Event]:
    """The events of *content*, which has no mistake."""
    journal = read_journal(content, "journal.jsonl")
    assert journal.problems == ()
    assert journal.sound_bytes == len(content)
    return list(journal.events)


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENTS, max_size=4, unique_by=lambda event: event.id))
def test_what_is_written_comes_back(events: list[Event]) -> None:
    assert events_of(lines_of(events)) == events


@given(st.lists(EVENTS, min_size=1, max_size=4))
def test_an_event_is_one_line_in_which_nothing_is_invisible(events: list[Event]) -> None:
    lines = lines_of(events).decode().removesuffix("\n").split("\n")

    assert len(lines) == len(events)
    for line in lines:
        assert all(char.isprintable() or ord(char) > 0xFFFF for char in line)
        assert len(line.splitlines()) == 1


@pytest.mark.parametrize("text", ["\x00\x1b\r\n\t\x7f\x85", "\u2028\u202e\ufeff", "🏡日本é"])
def test_every_text_survives(text: str) -> None:
    given_event = touched("2026-11-01", note=text)

    assert events_of(lines_of([given_event])) == [given_event]


def test_texts_are_readable_as_they_are() -> None:
    line = lines_of([touched("2026-11-01", note="Günther Weiß 🏡")]).decode()

    assert '"note": "Günther Weiß 🏡"' in line
    assert "reason" not in line
    assert "changes" not in line


def test_an_event_knows_its_line() -> None:
    content = lines_of(SOME[:1]) + b"\n" + lines_of(SOME[1:])

    assert [event.source.line for event in events_of(content)] == [1, 3]


def test_an_empty_journal_has_no_events() -> None:
    assert events_of(b"") == []
    assert events_of(b"\n \n") == []


def test_windows_line_ends_are_no_mistake() -> None:
    assert events_of(lines_of(SOME).replace(b"\n", b"\r\n")) == SOME


def test_an_event_that_a_merge_of_two_branches_has_twice_counts_once() -> None:
    journal = read_journal(lines_of([*SOME, SOME[0]]), "journal.jsonl")

    (problem,) = journal.problems
    assert list(journal.events) == SOME
    assert problem.message == "1 line stands in the journal twice; each counts once"
    assert (problem.where.line, problem.is_warning) == (len(SOME) + 1, True)


def test_each_failed_merge_is_one_problem_and_both_sides_are_read() -> None:
    first, last = lines_of(SOME[:1]).decode(), lines_of(SOME[1:2]).decode()
    marked = f"<<<<<<< HEAD\n{first}||||||| base\n=======\n{last}>>>>>>> theirs\n"
    journal = read_journal((marked * 2).encode(), "journal.jsonl")
    found = [each for each in journal.problems if each.check == "conflicts"]

    assert list(journal.events) == SOME[:2]
    assert [each.message for each in found] == [
        "unresolved merge conflict, lines 1–6",
        "unresolved merge conflict, lines 7–12",
    ]
    assert [each.excerpt for each in found] == ["<<<<<<< HEAD"] * 2


def test_a_mark_of_a_merge_that_was_left_behind_is_told() -> None:
    (problem,) = read_journal(lines_of(SOME) + b">>>>>>> theirs\n", "journal.jsonl").problems

    assert problem.message == f"unresolved merge conflict, line {len(SOME) + 1}"


def test_a_last_line_without_its_end_is_read() -> None:
    assert events_of(lines_of(SOME).removesuffix(b"\n")) == SOME


def test_wherever_the_last_line_was_cut_off_it_is_a_warning_and_the_rest_is_read() -> None:
    first, last = lines_of(SOME[:1]), lines_of(SOME[1:])
    for kept in range(1, len(last) - 1):
        journal = read_journal(first + last[:kept], "journal.jsonl")

        (problem,) = journal.problems
        assert list(journal.events) == SOME[:1]
        assert journal.sound_bytes == len(first)
        assert problem.is_warning
        assert problem.where == Where("journal.jsonl", 2)


def test_a_journal_that_is_nothing_but_a_torn_line_begins_anew() -> None:
    journal = read_journal(b'{"id": "x', "journal.jsonl")

    assert (journal.events, journal.sound_bytes) == ((), 0)


def broken(**fields: object) -> str:
    return json.dumps({**json.loads(LINE), **fields})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hello", "this is not a line of JSON"),
        ("[" * 100_000, "this is not a line of JSON"),
        ("[1]", "an event is written between { and }"),
        ("{}", '"id" is missing or is no text'),
        (broken(on=""), '"on" is missing or is no text'),
        (broken(contact=7), '"contact" is missing or is no text'),
        (broken(note=["a"]), '"note" is missing or is no text'),
        (broken(on="2026-02-30"), "February 2026 has 28 days"),
        (broken(at="noon"), '"noon" is no date; write it like 2026-11-22 or 2026-11-22 14:30'),
        (broken(changes=["status"]), '"changes" does not say field, old and new'),
        (broken(changes={"status": ["New"]}), '"changes" does not say field, old and new'),
        (broken(changes={"status": "New"}), '"changes" does not say field, old and new'),
        (
            broken(changes={"status": ["New", 7]}),
            '"changes" holds something that is neither text nor a list of texts',
        ),
        (
            broken(changes={"tags": [[1], ""]}),
            '"changes" holds something that is neither text nor a list of texts',
        ),
        (broken(note="a" * LINE_LIMIT), "the line is longer than 16 MB"),
    ],
)
def test_a_broken_line_is_told_and_the_others_are_read(line: str, message: str) -> None:
    journal = read_journal(f"{line}\n{LINE}\n".encode(), "journal.jsonl")

    (problem,) = journal.problems
    assert [event.id for event in journal.events] == ["i"]
    assert (problem.message, problem.where) == (message, Where("journal.jsonl", 1))
    assert (problem.check, problem.excerpt) == ("journal", line[:200])
    assert not problem.is_warning


def test_bytes_that_are_no_text_are_told_too() -> None:
    journal = read_journal(b"\xff\xfe{}\n" + LINE.encode() + b"\n", "journal.jsonl")

    assert len(journal.problems) == 1
    assert journal.problems[0].excerpt == "\\xff\\xfe{}"
    assert len(journal.events) == 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 1))
def test_no_bytes_whatsoever_hide_the_sound_lines_before_them(junk: bytes, ends: int) -> None:
    sound = lines_of(SOME)

    journal = read_journal(sound + junk + b"\n" * ends, "journal.jsonl")

    assert list(journal.events)[:2] == SOME
    assert len(sound) <= journal.sound_bytes <= len(sound + junk) + ends


def test_half_a_character_makes_a_line_that_is_told_and_hides_no_other() -> None:
    half = lines_of([touched("2026-11-01", note="half \ud83d")])
    whole = lines_of([moved("New", "Engage", "2026-11-02")])

    journal = read_journal(half + whole, "journal.jsonl")

    (problem,) = journal.problems
    assert [event.kind for event in journal.events] == ["status"]
    assert problem.message.startswith("there is half a character")
