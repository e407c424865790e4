"""`check`: gather the problems of a book, with the lines they stand in, and report them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from leadctl.checking import CHECKS, check_book
from leadctl.cli import terminal
from leadctl.cli.session import Visit
from leadctl.dates import quoted
from leadctl.errors import NoError, RequestError
from leadctl.fields import Schema
from leadctl.fixes import with_fix
from leadctl.foreign_dates import DayOrder
from leadctl.located import Mapping, Node
from leadctl.matching import did_you_mean
from leadctl.problems import Problem, Where
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store.book import Book, Content
from leadctl.store.leftovers import leftover_problems
from leadctl.store.manifest import missing_contacts, missing_follow_ups, missing_lines
from leadctl.store.permissions import permission_problems
from leadctl.store.stray_comments import stray_comment_problems
from leadctl.store.suppressed import read_list
from leadctl.store.templates import template_problems


def check_and_fix(
    visit: Visit, names: Sequence[str], *, fixes: Sequence[str], order: DayOrder
) -> None:
    """Mend what *fixes* name, then report what the checks *names*, or all, still find.

    Raises:
        RequestError: there is no such check or fix.
        RefusedError: one of *fixes* is something that only a person can decide.
        NoError: there is an error among the findings, or, for who is strict, a warning.
    """
    wanted = require_checks(names)
    if order and "dates" not in fixes:
        raise RequestError("--date-order goes with --fix dates", hint="add --fix dates")
    fixed: dict[str, object] | None = None
    if fixes:
        from leadctl.cli.mending import mend, tell

        mended = mend(visit, fixes, order=order)
        fixed = mended.as_data()
        tell(visit.options, mended)
        if visit.options.dry_run:
            return
    report(visit, [each for each in all_problems(visit) if each.check in wanted], fixed=fixed)


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
    return Checked(visit).stages_problems


def all_problems(visit: Visit) -> list[Problem]:
    """What every check finds in the book, by file and line."""
    checked = Checked(visit)
    book, content = checked.book, checked.content
    problems = [
        *checked.stages_problems,
        *checked.journal_problems,
        *content.problems,
        *_shrunk_problems(book, content),
        *_emptied_problems(book, len(content.planned)),
        *leftover_problems(book.root, _folders(book)),
        *permission_problems(book),
        *stray_comment_problems(book, content.records),
        *read_list(book).problems,
        *checked.plan_problems(visit.today),
    ]
    if checked.stages:
        is_whole = not any(_hides_records(each) for each in problems)
        found = check_book(
            content.records,
            content.events,
            stages=checked.stages,
            schema=Schema(checked.stages.fields),
            today=visit.today,
            planned=content.planned,
        )
        # Whoever stands in a record that cannot be read is not missing.
        missing = ("references", "follow-ups")
        problems += [each for each in found if is_whole or each.check not in missing]
        problems += template_problems(book.root, checked.schema(checked.stages))
    return sorted(problems, key=lambda each: (each.where.path, each.where.line, each.where.column))


def _hides_records(problem: Problem) -> bool:
    """True if a record cannot be read because of *problem*, or many are missing."""
    is_contacts = problem.where.path.startswith("contacts")
    is_short = problem.message.startswith("the book had ")
    return not problem.is_warning and is_contacts and (problem.blocks_writing or is_short)


def report(
    visit: Visit, problems: Sequence[Problem], *, fixed: dict[str, object] | None = None
) -> None:
    """Print *problems*; nothing if there are none. *fixed* is what stands beside them in JSON.

    Raises:
        NoError: there is an error among them, or, for who is strict, a warning.
    """
    shown = [with_fix(each) for each in visit.book.with_excerpts(problems)]
    if visit.options.json:
        data = [_data(each) for each in shown]
        terminal.say_json(data if fixed is None else {**fixed, "problems": data}, is_indented=True)
    else:
        _list(visit, shown)
    errors = [each for each in shown if visit.options.strict or not each.is_warning]
    if errors:
        raise NoError(f"{len(errors)} problem{'' if len(errors) == 1 else 's'} found")


def _list(visit: Visit, problems: Sequence[Problem]) -> None:
    """Print *problems*: all, unless somebody sits there who would have to scroll."""
    if visit.options.verbose or not terminal.is_looked_at():
        for each in problems:
            terminal.say(terminal.problem_text(each))
        return
    from leadctl.findings import findings

    found = findings(problems)
    for finding in found:
        for each in finding.shown:
            terminal.say(terminal.problem_text(each))
        if finding.more:
            terminal.say(f"… {finding.more} more like these")
    if any(finding.more for finding in found) and not visit.options.quiet:
        terminal.talk("hint: -v lists them all")


class Checked:
    """The files of a book as they are read for checking."""

    def __init__(self, visit: Visit, book: Book | None = None) -> None:
        self.book = book or visit.book.as_promised()
        self.content = self.book.read()
        tree, _, problems = self.book.read_stages()
        self.stages: Stages | None = None
        self.journal_problems = list(_journal_problems(self.book))
        self.stages_problems = list(problems)
        if tree is not None:
            self.stages, found = read_stages(tree)
            self.stages_problems += found
        if tree is not None and self.stages is not None:
            self.stages_problems += self._queries(tree, self.stages, visit.today)
            self.stages_problems += self._rules(self.stages)

    def schema(self, stages: Stages) -> Schema:
        """The fields of the book, those included that only occur in its contacts."""
        seen = {name for record in self.content.records for name in record.values}
        return Schema(stages.fields).with_seen(seen)

    def _queries(self, tree: Node, stages: Stages, today: date) -> Iterable[Problem]:
        """The saved views, and the rules for the prospect list, that are no query."""
        from leadctl.query.language import parse_query

        schema = self.schema(stages)
        for said, node, query in _written_queries(tree, stages):
            try:
                parse_query(query, schema=schema, stages=stages, today=today)
            except RequestError as error:
                yield Problem(node.where, f"{said}: {error.message}", error.hint, "stages")

    def _rules(self, stages: Stages) -> Iterable[Problem]:
        """The rules for new contacts that ask for, or set, a field that nobody has."""
        if not stages.intake.rules:
            return
        from leadctl.intake_reading import unknown_fields

        for rule, name, hint in unknown_fields(stages.intake, self.schema(stages)):
            message = f"rule {quoted(rule.name)} names the field {quoted(name)}, which nobody has"
            yield Problem(rule.source, message, hint, "stages")
        from leadctl.cli.plan_book import read_book_plans

        known = read_book_plans(self.book, stages).names
        for rule in stages.intake.rules:
            if rule.plan and rule.plan not in known:
                hint = did_you_mean(rule.plan, known, f"write it: plans/{rule.plan}.yaml")
                message = f"rule {quoted(rule.name)}: there is no plan {quoted(rule.plan)}"
                yield Problem(rule.source, message, hint, "stages")

    def plan_problems(self, today: date) -> list[Problem]:
        """What is wrong with the action plans, as far as stages.yaml can be used."""
        if self.stages is None:
            return []
        from leadctl.cli.plan_book import read_book_plans
        from leadctl.planning.action_plans_reading import unknown_templates, unsound_queries
        from leadctl.store.templates import template_names

        read = read_book_plans(self.book, self.stages)
        schema = self.schema(self.stages)
        unsound = unsound_queries(read.plans, schema=schema, stages=self.stages, today=today)
        templates = unknown_templates(read.plans, template_names(self.book.root))
        return [*read.problems, *unsound, *templates]


def _written_queries(tree: Node, stages: Stages) -> Iterable[tuple[str, Node, str]]:
    """Each query of stages.yaml: what it is called, where it stands, and what asks for it."""
    views = tree.get("views") if isinstance(tree, Mapping) else None
    for name, node in views.pairs if isinstance(views, Mapping) else ():
        yield f"@{name.text}", node, f"@{name.text}"
    prospects = tree.get("prospects") if isinstance(tree, Mapping) else None
    rules = prospects.get("rules") if isinstance(prospects, Mapping) else None
    for rule in stages.criteria.rules:
        keys = rules.get(rule.name) if isinstance(rules, Mapping) else None
        where = keys.get("where") if isinstance(keys, Mapping) else None
        if where:
            yield f"rule {rule.name}", where, rule.where


def _folders(book: Book) -> tuple[Path, ...]:
    """The folders in which sync programs may leave second versions of files."""
    return (book.root, book.contacts.path) if book.format == "dir" else (book.root,)


def _journal_problems(book: Book) -> Iterable[Problem]:
    if not book.journal_path.exists():
        hint = "put it back from a copy; without it nobody was ever touched"
        yield Problem(Where(book.journal_path.name), "the journal is missing", hint, "journal")


def _shrunk_problems(book: Book, content: Content) -> Iterable[Problem]:
    missing = missing_contacts(book.state, len(content.records))
    if missing:
        hint = "put the file back from a copy"
        if any(_hides_records(each) for each in content.problems):
            hint += ", or mend what keeps it from being read"
        else:
            hint += "; if they are meant to be gone: leadctl check --fix shrunk"
        yield Problem(Where(book.contacts.path.name), missing, hint, "files")
    size = len(book.load(book.journal_path))
    shorter = missing_lines(book.state, size) if book.journal_path.exists() else ""
    if shorter:
        hint = "lines were taken out: put it back from a copy; if they are meant to be gone: "
        where = Where(book.journal_path.name)
        yield Problem(where, shorter, f"{hint}leadctl check --fix shrunk", "journal")


def _emptied_problems(book: Book, follow_ups: int) -> Iterable[Problem]:
    missing = missing_follow_ups(book.state, follow_ups)
    if missing:
        hint = "put the file back from a copy; if they are meant to be gone: "
        where = Where(book.follow_ups.path.name)
        yield Problem(where, missing, f"{hint}leadctl check --fix shrunk", "files")


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
