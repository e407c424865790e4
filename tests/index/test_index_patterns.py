"""Patterns of the user's own, which may take a second together."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Iterator

import pytest

from leadctl.errors import RequestError
from leadctl.index import patterns
from leadctl.index.cache import build
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.index.patterns import PatternTooSlowError, pattern_function, time_limit
from leadctl.query.language import parse_query
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, contact, entry

#: Each further letter doubles the time.
CARELESS = r"(a+)+$"
LONG = "a" * 40 + "b"


@pytest.fixture
def index() -> Iterator[Index]:
    made = build(None, Filling([entry(contact(name=LONG))], (), (), NO_OWN_FIELDS, {}))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [("^ad", "Ada", 1), ("D", "ada", 1), ("x", "ada", 0), ("^$", "", 1), ("", None, 0)],
)
def test_a_pattern_occurs_in_a_text_in_any_case(
    pattern: str, text: str | None, answer: int
) -> None:
    assert pattern_function()(pattern, text) == answer


def test_a_careless_pattern_is_stopped(index: Index) -> None:
    query = parse_query(f'name~"{CARELESS}"', schema=NO_OWN_FIELDS, stages=STAGES, today=TODAY)
    start = time.monotonic()
    with pytest.raises(RequestError, match="the pattern after ~ takes too long"):
        index.entries(query)

    assert time.monotonic() - start < 10 * patterns.PATTERN_SECONDS


def test_the_index_answers_on_after_a_pattern_was_stopped(index: Index) -> None:
    slow = parse_query(f'name~"{CARELESS}"', schema=NO_OWN_FIELDS, stages=STAGES, today=TODAY)
    fast = parse_query("name~a+b", schema=NO_OWN_FIELDS, stages=STAGES, today=TODAY)
    with pytest.raises(RequestError):
        index.count(slow)

    assert index.count(fast) == 1


def test_a_body_in_time_leaves_signals_as_they_were() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit():
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0

    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_an_error_that_has_nothing_to_do_with_time_comes_through() -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), time_limit():
        raise sqlite3.OperationalError("no such table")


def test_the_end_of_the_time_is_told_whatever_sqlite_makes_of_it() -> None:
    def ask() -> None:
        try:
            time.sleep(60)
        except PatternTooSlowError as error:
            raise sqlite3.OperationalError("user-defined function raised exception") from error

    with pytest.raises(PatternTooSlowError), time_limit():
        ask()


def test_outside_the_main_thread_there_is_no_limit() -> None:
    reached: list[bool] = []

    def body() -> None:
        with time_limit():
            reached.append(signal.getitimer(signal.ITIMER_REAL)[0] == 0)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()

    assert reached == [True]
