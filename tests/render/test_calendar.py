"""What is written is read back by a library that calendars are made with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.render.calendar import lines
from leadctl.sanitise import one_line
from leadctl.views import Appointment, Calendar
from tests.calendars import Read, events

MADE = datetime(2026, 11, 22, 7, 30, tzinfo=timezone(timedelta(hours=-8)))
DAY = date(2026, 11, 22)


def appointment(
    title: str = "Ada: due", *about: str, time: str = "", codes: tuple[str, ...] = ()
) -> Appointment:
    return Appointment("prospect-ada@leadctl", DAY, time, title, about, codes)


def text_of(*appointments: Appointment, title: str = "Prospects") -> str:
    return "".join(f"{line}\r\n" for line in lines(Calendar(title, MADE, appointments)))


def read(*appointments: Appointment) -> list[Read]:
    return events(text_of(*appointments))


def test_a_day_is_an_entry_that_leaves_the_day_free() -> None:
    assert read(appointment("Ada: due", "due", "call", codes=("touch_due", "stuck"))) == [
        Read(
            uid="prospect-ada@leadctl",
            start=DAY,
            made=datetime(2026, 11, 22, 15, 30, tzinfo=UTC),
            length=None,
            title="Ada: due",
            text="due\ncall",
            codes=["touch_due", "stuck"],
            transparent=True,
        )
    ]


def test_a_time_is_that_time_wherever_the_user_is() -> None:
    (event,) = read(appointment(time="09:30"))

    assert event.start == datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001  # that is the point
    assert (event.length, event.transparent) == (timedelta(minutes=15), False)


def test_a_calendar_without_entries_is_a_calendar() -> None:
    assert read() == []
    assert "X-WR-CALNAME:My book\r\n" in text_of(title="My book")


@given(st.text(), st.lists(st.text()), st.lists(st.text(min_size=1)))
def test_every_text_is_read_back(title: str, about: list[str], codes: list[str]) -> None:
    (event,) = read(appointment(title, *about, codes=tuple(codes)))

    assert event.title == one_line(title)
    assert event.text == "\n".join(map(one_line, about))


@pytest.mark.parametrize(
    "text", [r"a\nb", r"a\,b;c\\", "a;b,c", '"a:b"', "END:VEVENT", "😀" * 60, "a\r\nEND:VEVENT"]
)
def test_no_text_is_taken_for_something_else(text: str) -> None:
    (event,) = read(appointment(text, text))

    assert event.title == event.text == one_line(text)


@given(st.text(), st.text())
def test_no_line_is_longer_than_75_octets_nor_cut_within_a_character(a: str, b: str) -> None:
    written = text_of(appointment(a * 20, b * 20), title=a).encode()

    # What is cut within a character cannot be decoded.
    assert [line for line in written.split(b"\r\n") if len(line.decode().encode()) > 75] == []
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_a_terminal_gets_no_character_that_steers_it() -> None:
    calendar = Calendar("x", MADE, (appointment("a\u202eb"),))

    assert "SUMMARY:a\\\\u202eb" in lines(calendar, for_terminal=True)
    assert "SUMMARY:a\u202eb" in lines(calendar)
