"""`check`: gather the problems of a book, with the lines they stand in, and report them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from leadctl.checking import CHECKS, check_book
from leadctl.cli import terminal
from leadctl.cli.session import Visit
from leadctl.errors import NoError, RequestError
from leadctl.fields import Schema
from leadctl.located import Mapping, Node
from leadctl.matching import did_you_mean
from leadctl.problems import Problem, Where
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store.book import Book


def require_checks(names: Sequence[str]) -> frozenset[str]:
    """The checks that *names* choose, all if there are none.

    Raises:
        RequestError: one of them is no check.
    """
    for name in names:
        if name not in CHECKS:
            hint = did_you_mean(name, CHECKS, f"checks: {', '.join(CHECKS)}")
            raise RequestError(f'no check named "{name}"', hint=hint)
    return frozenset(names or CHECKS)


def stages_problems(visit: Visit) -> list[Problem]:
    """What is wrong with stages.yaml alone."""
    return _Checked(visit).stages_problems


def all_problems(visit: Visit) -> list[Problem]:
    """What every check finds in the book, by file and line."""
    checked = _Checked(visit)
    problems = [*checked.stages_problems, *checked.journal_problems, *checked.content.problems]
    if checked.stages:
        problems += check_book(
            checked.content.records,
            checked.content.events,
            stages=checked.stages,
            schema=Schema(checked.stages.fields),
            today=visit.today,
        )
    return sorted(problems, key=lambda each: (each.where.path, each.where.line, each.where.column))


def report(visit: Visit, problems: Sequence[Problem]) -> None:
    """Print *problems*; nothing if there are none.

    Raises:
        NoError: there is an error among them, or, for who is strict, a warning.
    """
    shown = visit.book.with_excerpts(problems)
    if visit.options.json:
        terminal.say(json.dumps([_data(each) for each in shown], ensure_ascii=False, indent=2))
    else:
        for each in shown:
            terminal.say(terminal.problem_text(each))
    errors = [each for each in shown if visit.options.strict or not each.is_warning]
    if errors:
        raise NoError(f"{len(errors)} problem{'' if len(errors) == 1 else 's'} found")


class _Checked:
    """The files of a book as they are read for checking."""

    def __init__(self, visit: Visit) -> None:
        self.content = visit.book.read()
        tree, _, problems = visit.book.read_stages()
        self.stages: Stages | None = None
        self.journal_problems = list(_journal_problems(visit.book))
        self.stages_problems = list(problems)
        if tree is not None:
            self.stages, found = read_stages(tree)
            self.stages_problems += found
        if tree is not None and self.stages is not None:
            self.stages_problems += self._views(tree, self.stages, visit.today)

    def _views(self, tree: Node, stages: Stages, today: date) -> Iterable[Problem]:
        """The saved views that are no query."""
        from leadctl.query.language import parse_query

        seen = {name for record in self.content.records for name in record.values}
        schema = Schema(stages.fields).with_seen(seen)
        views = tree.get("views") if isinstance(tree, Mapping) else None
        for name, node in views.pairs if isinstance(views, Mapping) else ():
            try:
                parse_query(f"@{name.text}", schema=schema, stages=stages, today=today)
            except RequestError as error:
                yield Problem(node.where, f"@{name.text}: {error.message}", error.hint, "stages")


def _journal_problems(book: Book) -> Iterable[Problem]:
    if not book.journal_path.exists():
        hint = "put it back from a copy; without it nobody was ever touched"
        yield Problem(Where(book.journal_path.name), "the journal is missing", hint, "journal")


def _data(problem: Problem) -> dict[str, object]:
    return {
        "check": problem.check,
        "severity": "warning" if problem.is_warning else "error",
        "path": problem.where.path,
        "line": problem.where.line or None,
        "column": problem.where.column or None,
        "message": problem.message,
        "hint": problem.hint or None,
    }
