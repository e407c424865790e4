"""Every bad input gets the exit code and the message that it deserves, and spoils nothing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from tests.corpus.case import Case
from tests.corpus.elsewhere import ELSEWHERE, NOT_YET
from tests.corpus.trying import Tried, try_case

HERE = Path(__file__).parent
MODULES = sorted(path.stem for path in HERE.glob("*_cases.py"))
CASES: list[Case] = [
    case for name in MODULES for case in import_module(f"tests.corpus.{name}").CASES
]
#: Kind → how many rows of it have to be shown.
ROWS = {"Y": 37, "S": 6, "C": 18, "J": 11, "T": 16, "F": 30, "X": 16, "P": 6}
#: Commands that look and leave no trace.
READS = {
    *("check", "list", "show", "history", "values", "prospects", "pipeline", "report"),
    *("board", "doctor"),
}
_STAGES_READS = {"list", "check"}
_FIXES = {"--fix"}

#: What stands on stderr or is found by `check`: a place, then how bad it is.
_LOCATED = re.compile(r"(?!leadctl: )\S.*?: (error|warning): .+")
_ERROR = re.compile(r"leadctl: error: .+")
_SPEAKS_OF_ERROR = re.compile(r"(^|\s)error: ", re.IGNORECASE)
_EXCERPT = re.compile(r"    \d+ \| ")
_HINT = re.compile(r"(    )?hint: .")


@pytest.fixture(params=CASES, ids=lambda case: f"{case.row}-{case.title.replace(' ', '-')}")
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def tried(case: Case, tmp_path: Path) -> Tried:
    return try_case(case, tmp_path)


def test_a_bad_input_is_told_and_spoils_nothing(case: Case, tried: Tried) -> None:
    """One test for all that is asked of a case: trying it is what takes the time."""
    printed = tried.printed

    assert tried.outcome.code == case.code, printed
    assert [text for text in case.says if text not in printed] == [], printed
    assert [text for text in case.says_not if text in printed] == [], printed
    assert "Traceback" not in printed
    assert misshapen_errors(tried) == []
    assert case.code in (0, 130) or _ERROR.search(tried.outcome.err), printed
    assert missing_help(case, printed) == []
    assert untouchable(case, tried.changed()) == set()


def misshapen_errors(tried: Tried) -> list[str]:
    """Lines of stderr that tell of an error in a form of their own."""
    return [
        line
        for line in tried.outcome.err.split("\n")
        if _SPEAKS_OF_ERROR.search(line)
        and not line.startswith("    ")
        and not (_ERROR.match(line) or _LOCATED.match(line) or _HINT.match(line))
    ]


def missing_help(case: Case, printed: str) -> list[str]:
    """What is missing of the place of *case*, the line that stands there, and a hint."""
    if not case.where:
        return []
    lines = printed.split("\n")
    found = [number for number, line in enumerate(lines) if f"{case.where}: " in line]
    if not found:
        return [case.where]
    if all(lines[number].startswith("leadctl: warning: ") for number in found):
        # What a read could not use is named in one line; `check` tells more.
        return []
    return [] if any(_is_helpful(case, lines[number:]) for number in found) else ["excerpt, hint"]


def _is_helpful(case: Case, lines: list[str]) -> bool:
    following = lines[1:4]
    has_line = re.search(r":\d", case.where) is not None
    has_excerpt = any(_EXCERPT.match(line) for line in following[:1])
    return (has_excerpt or not has_line) and any(_HINT.match(line) for line in following)


def untouchable(case: Case, changed: set[str]) -> set[str]:
    """The files among *changed* that the command had no business with."""
    wrong = changed - case.changes
    return wrong if is_read(case) else {name for name in wrong if not name.startswith(".leadctl/")}


def is_read(case: Case) -> bool:
    words = [*case.command, "", ""]
    if _FIXES & {*words}:
        return False
    return words[0] in READS or (words[0] == "stages" and words[1] in _STAGES_READS)


# The corpus as a whole


def test_no_two_cases_have_the_same_number() -> None:
    counts = Counter(case.row for case in CASES)

    assert [row for row, count in counts.items() if count > 1] == []
    assert [row for row in counts if not re.fullmatch(r"[YSCJFTXP][1-9][0-9]*[a-z]*", row)] == []


def test_every_row_is_shown_somewhere() -> None:
    shown = {case.row.rstrip("abcdefghijklmnopqrstuvwxyz") for case in CASES}
    wanted = [f"{kind}{number}" for kind, last in ROWS.items() for number in range(1, last + 1)]

    assert [row for row in wanted if row not in shown | {*ELSEWHERE, *NOT_YET}] == []


def test_what_is_shown_elsewhere_is_there() -> None:
    assert [place for place in ELSEWHERE.values() if not _is_test(place)] == []


def _is_test(place: str) -> bool:
    """True if *place*, such as "tests/store/test_files.py::test_it", is a test."""
    path, _, name = place.partition("::")
    file = HERE.parent.parent / path
    if not file.is_file():
        return False
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in nodes)
