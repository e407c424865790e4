"""The folder `plans` of a book: its action plans as located trees, one file each."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from leadctl.errors import FileError
from leadctl.located import Node
from leadctl.problems import Problem, Where
from leadctl.store.book import Book, read_yaml
from leadctl.store.files import reason

FOLDER = "plans"
_ENDING, _OTHER = ".yaml", ".yml"
_CHECK = "plans"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One file of a plan."""

    #: That of the plan: the name of the file without its ending.
    name: str
    where: Where
    #: None if it cannot be read.
    tree: Node | None
    problems: tuple[Problem, ...]


def read_plan_files(book: Book) -> list[PlanFile]:
    """Every plan of *book* by its name; none if there is no such folder.

    A folder that cannot be read is a plan without a name, and a problem.
    """
    folder = book.root / FOLDER
    if not os.path.lexists(folder):
        return []
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        problem = _problem(Where(FOLDER), f"the folder of the plans: {reason(error)}")
        return [PlanFile("", Where(FOLDER), None, (problem,))]
    return [_read(book, name) for name in names if _is_plan(name)]


def _is_plan(file: str) -> bool:
    return file.endswith((_ENDING, _OTHER)) and not file.startswith(".")


def _read(book: Book, file: str) -> PlanFile:
    path, where = book.root / FOLDER / file, Where(f"{FOLDER}/{file}")
    name, _, ending = file.rpartition(".")
    if f".{ending}" == _OTHER:
        hint = f"rename it: {name}{_ENDING}"
        problem = Problem(where, f"a plan is kept in a {_ENDING} file", hint, _CHECK)
        return PlanFile(name, where, None, (problem,))
    try:
        tree, _, problems = read_yaml(path, shown=where.path)
    except FileError as error:
        message = error.message.removeprefix(f"{path}: ")
        return PlanFile(name, where, None, (_problem(where, message),))
    return PlanFile(name, where, tree, tuple(replace(each, check=_CHECK) for each in problems))


def _problem(where: Where, message: str) -> Problem:
    return Problem(where, message, "make it readable, or take it away", _CHECK)
