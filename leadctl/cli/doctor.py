"""What `doctor` does: look at book and machine, and say in a line each whether all is well."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from leadctl.cli import doctor_book, doctor_machine, terminal
from leadctl.cli.clock import today
from leadctl.cli.opening import locate
from leadctl.cli.options import Options
from leadctl.cli.session import Visit
from leadctl.diagnoses import Diagnosis, diagnosis_lines, fail, ok, warn, without_home
from leadctl.errors import LeadctlError, NoError, RequestError
from leadctl.store.book import Book
from leadctl.store.files import reason
from leadctl.store.finding import find_book


def examine(options: Options) -> None:
    """Print what is found; nothing is written.

    Raises:
        NoError: something is wrong.
    """
    home = os.environ.get("HOME", "")
    found = [without_home(each, home) for each in diagnoses(options, os.environ)]
    if options.json:
        terminal.say_json([each.as_data() for each in found], is_indented=True)
    else:
        for line in diagnosis_lines(each for each in found if _is_shown(each, options)):
            terminal.say(line)
    count = sum(each.state == "fail" for each in found)
    if count:
        raise NoError(f"{count} thing{' is' if count == 1 else 's are'} wrong")


def diagnoses(options: Options, environment: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Everything that was looked at, the book first."""
    book, first = _book(options, environment)
    yield first
    if book:
        visit = Visit(book, options, _day(environment))
        yield from _of_book(visit, environment)
    machine: dict[str, Callable[[], Diagnosis]] = {
        "program": doctor_machine.program,
        "packages": doctor_machine.packages,
        "encoding": partial(doctor_machine.encoding, sys.stdout, sys.getfilesystemencoding()),
        "day": partial(doctor_machine.day, environment),
        "terminal": partial(doctor_machine.terminal, sys.stdout, environment),
        "editor": partial(doctor_machine.editor, environment),
        "config": partial(doctor_machine.config, environment),
        "mail": partial(doctor_machine.mail, environment),
        "cron": partial(doctor_machine.cron, environment),
    }
    for what, look in machine.items():
        yield _safely(what, look)


def _of_book(visit: Visit, environment: Mapping[str, str]) -> Iterator[Diagnosis]:
    looks: dict[str, Callable[[Visit], Diagnosis]] = {
        "contents": doctor_book.contents,
        "stages.yaml": doctor_book.stages,
        "files": doctor_book.files,
        "permissions": doctor_book.permissions,
        "lock": doctor_book.lock,
        "interrupted": doctor_book.interrupted,
        "journal": doctor_book.journal,
        "git": doctor_book.git,
    }
    for what, look in looks.items():
        yield _safely(what, partial(look, visit))
    yield _safely("cache", partial(doctor_book.cache, visit, environment))
    yield _safely("disk", partial(doctor_book.space, visit.book))


def _book(options: Options, environment: Mapping[str, str]) -> tuple[Book | None, Diagnosis]:
    """The book and how it was found, or why there is none."""
    is_named = options.book is not None or bool(environment.get("LEADCTL_BOOK"))
    try:
        how = _how(options, environment)
        book = locate(options.book, environment).as_promised()
        return book, ok("book", f"{book.root} ({book.format}), found {how}")
    except RequestError as error:
        if is_named or (Path.cwd() / "stages.yaml").exists():
            return None, fail("book", error.message, error.hint)
        return None, warn("book", error.message, error.hint)
    except LeadctlError as error:
        return None, fail("book", error.message, error.hint or "leadctl init DIR makes one")
    except OSError as error:
        return None, fail("book", f"it cannot be looked for: {reason(error)}", "cd")


def _how(options: Options, environment: Mapping[str, str]) -> str:
    if options.book is not None:
        return "by --book"
    if environment.get("LEADCTL_BOOK"):
        return "by LEADCTL_BOOK"
    found = find_book(Path.cwd())
    if found is None:
        return "by config.yaml"
    return "in this folder" if found.root == Path.cwd() else "above this folder"


def _safely(what: str, look: Callable[[], Diagnosis]) -> Diagnosis:
    """What *look* finds; what keeps it from looking is a diagnosis as well."""
    try:
        return look()
    except LeadctlError as error:
        return fail(what, error.message, error.hint or "leadctl check")
    except OSError as error:
        return fail(what, f"it cannot be looked at: {reason(error)}", "leadctl check")


def _day(environment: Mapping[str, str]) -> date:
    """The day that checks go by; where it is not to be had, that is told in a line of its own."""
    try:
        return today(environment)
    except RequestError:
        return date(1970, 1, 1) + timedelta(days=int(time.time() // 86_400))


def _is_shown(diagnosis: Diagnosis, options: Options) -> bool:
    return diagnosis.state != "ok" or not options.quiet
