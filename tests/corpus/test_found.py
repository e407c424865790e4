"""What fuzzing has found, for good; and the parsers on any bytes, as long as a test may take."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import (
    csv_cases,
    csv_columns_cases,
    import_rows_cases,
    import_table_cases,
    journal_cases,
)
from tests.corpus.parsers import PARSERS

#: Of each parser that has its cases, what they are tried on.
MODULES = {
    "csv": (csv_cases, csv_columns_cases, import_rows_cases, import_table_cases),
    "journal": (journal_cases,),
}
FOUND = sorted((Path(__file__).parent / "found").glob("*/*"))
#: What makes the text of a table or of a journal, and what breaks it.
_TABLE = st.text(alphabet="\",;\r\n\x1a\0 aé='\ufeff|\t", max_size=60)
_JOURNAL = st.text(alphabet='{}[]":, \r\n\0\\ud8a1é', max_size=80)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_breaks_nothing_any_more(path: Path) -> None:
    PARSERS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", PARSERS)
@given(data=st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_bytes_can_be_parsed(target: str, data: bytes) -> None:
    PARSERS[target](data)


@given(text=_TABLE)
@settings(max_examples=500, deadline=None)
def test_any_table_can_be_parsed(text: str) -> None:
    PARSERS["csv"](text.encode())


@given(text=_JOURNAL)
@settings(max_examples=500, deadline=None)
def test_any_journal_can_be_parsed(text: str) -> None:
    PARSERS["journal"](text.encode())


@pytest.mark.parametrize("target", MODULES)
def test_the_time_grows_with_the_text_and_no_faster(target: str) -> None:
    """The inputs of the cases again and again: eight times the text in at most forty the time."""
    for case in itertools.chain.from_iterable(module.CASES for module in MODULES[target]):
        for content in case.files.values():
            once = content.encode() if isinstance(content, str) else content
            short = once * max(1, 20_000 // max(1, len(once)))
            if len(short) < 100_000:
                few, many = _seconds(target, short), _seconds(target, short * 8)

                assert many < max(1.0, few * 40), case.title


def _seconds(target: str, data: bytes) -> float:
    started = time.process_time()
    PARSERS[target](data)
    return time.process_time() - started
