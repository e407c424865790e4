"""A write into a file with a mistake either changes what it was asked to, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus import slips_cases, yaml_cases
from tests.corpus.case import Case
from tests.corpus.trying import try_case

#: What is wrong in them is in the one file that holds all contacts.
CASES = [
    case for case in (*yaml_cases.CASES, *slips_cases.CASES) if set(case.files) == {"contacts.yaml"}
]
_LINE = b"company: Stone Ltd"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.row)
def test_a_write_beside_a_mistake_adds_its_line_or_nothing(case: Case, tmp_path: Path) -> None:
    tried = try_case(replace(case, command=("set", "bob", "company=Stone Ltd")), tmp_path)
    before, after = tried.before["contacts.yaml"], tried.after["contacts.yaml"]
    added = [line for line in after.split(b"\n") if line.strip() == _LINE]

    if tried.outcome.code:
        assert after == before, tried.printed
    else:
        assert after.replace(b"\r", b"\n").count(_LINE) == 1, tried.printed
        assert len(after) - len(before) in {len(_LINE) + 2 + end for end in (1, 2)}, added
