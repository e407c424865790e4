"""Problems and the lines of the files that they stand in."""

from __future__ import annotations

from pathlib import Path

from leadctl.problems import Problem, Where
from leadctl.store.book import Book

#: The paths of the files that were read.
_READ: list[str] = []


class _Counted(Book):
    def load(self, path: Path) -> bytes:
        _READ.append(path.name)
        return b"id: ada\nstatus: Atcive\n"


def test_a_file_is_read_once_however_many_problems_are_in_it() -> None:
    _READ.clear()
    problems = [Problem(Where("contacts.yaml", 2), f"slip {each}") for each in range(50)]

    shown = _Counted(Path("book"), "yaml").with_excerpts(problems)

    assert {each.excerpt for each in shown} == {"status: Atcive"}
    assert _READ == ["contacts.yaml"]
