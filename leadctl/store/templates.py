"""The message templates of a book: the files `templates/*.md`, read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from leadctl.errors import FileError
from leadctl.fields import Schema
from leadctl.messages.templates import Template, read_template
from leadctl.problems import Problem, Where
from leadctl.store.encoding import decode, merge_conflict
from leadctl.store.files import read_bytes, reason

#: The folder of the templates in that of the book.
FOLDER = "templates"
_ENDING = ".md"
#: A message of more bytes than this is a file that got there by mistake.
_MOST = 1_000_000


class Kept(NamedTuple):
    """A template as it is kept in a file."""

    template: Template
    problems: tuple[Problem, ...]


def template_names(root: Path) -> list[str]:
    """The names of the templates in the book *root*, sorted; none if there is no such folder.

    Raises:
        FileError: the folder cannot be read.
    """
    folder = root / FOLDER
    try:
        names = [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise FileError(f"{folder}: {reason(error)}") from error
    # Editors keep what they are working on beside a file, under a name that begins like this.
    found = (name for name in names if name.endswith(_ENDING) and name[0] not in ".#~")
    return sorted(name.removesuffix(_ENDING) for name in found)


def read_kept(root: Path, names: Iterable[str], schema: Schema) -> list[Kept]:
    """The templates *names* of the book *root*, each with everything that is wrong with it."""
    return [_read(root, name, schema) for name in names]


def template_path(name: str) -> str:
    """The path of the template *name* in the folder of its book."""
    return f"{FOLDER}/{name}{_ENDING}"


def template_problems(root: Path, schema: Schema) -> list[Problem]:
    """What is wrong with the templates of the book *root*.

    Raises:
        FileError: their folder cannot be read.
    """
    kept = read_kept(root, template_names(root), schema)
    return [problem for each in kept for problem in each.problems]


def _read(root: Path, name: str, schema: Schema) -> Kept:
    path = template_path(name)
    try:
        content = read_bytes(root / path, most=_MOST)
    except FileError as error:
        message = error.message.removeprefix(f"{root / path}: ")
        return _broken(name, [Problem(Where(path), message, error.hint)])
    decoded = decode(content, path)
    conflict = merge_conflict(decoded.text, path)
    found = [*decoded.problems, *([conflict] if conflict else ())]
    if found:
        return _broken(name, found)
    template, problems = read_template(decoded.text, name=name, path=path, schema=schema)
    return Kept(template, tuple(problems))


def _broken(name: str, problems: Iterable[Problem]) -> Kept:
    told = tuple(replace(each, check="templates") for each in problems)
    return Kept(Template(name, (), ()), told)
