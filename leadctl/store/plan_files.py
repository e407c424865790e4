"""The folder `plans` of a book: its action plans as located trees, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadctl.errors import FileError
from leadctl.located import Node
from leadctl.problems import Problem, Where
from leadctl.store.book import Book, read_yaml
from leadctl.store.files import reason

FOLDER = "plans"
_ENDING = ".yaml"


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

    Raises:
        FileError: the folder cannot be read.
    """
    folder = book.root / FOLDER
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise FileError(f"{folder}: {reason(error)}") from error
    return list(_files(book, names))


def _files(book: Book, names: list[str]) -> Iterator[PlanFile]:
    for file in names:
        path, where = book.root / FOLDER / file, Where(f"{FOLDER}/{file}")
        name = file.removesuffix(_ENDING)
        if file.endswith(".yml"):
            hint = f"rename it: {file.removesuffix('.yml')}{_ENDING}"
            problem = Problem(where, "a plan is kept in a .yaml file", hint, "plans")
            yield PlanFile(file.removesuffix(".yml"), where, None, (problem,))
        elif name != file and not file.startswith("."):
            try:
                tree, _, problems = read_yaml(path, shown=where.path)
            except FileError as error:
                hint = error.hint or "make it readable, or take it away"
                problems = [Problem(where, error.message, hint, "plans")]
                tree = None
            yield PlanFile(name, where, tree, tuple(problems))
