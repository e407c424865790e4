"""Everything that is printed goes through here: views, lines, errors, and the one question."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, TextIO

from leadctl.errors import ConflictError, DataError, LeadctlError
from leadctl.problems import Problem
from leadctl.render.formats import Format, Look, render
from leadctl.sanitise import safe, safe_lines

if TYPE_CHECKING:
    from leadctl.cli.options import Options
    from leadctl.views import AddressCard, Calendar, View

_COLOURS = {"-": "red", "+": "green"}
#: What has nothing to do with the output, wherever it is met.
_SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
#: A file with more problems than this is not worth reading line by line.
PROBLEMS_LISTED = 50
#: Columns of the least terminal that anything is fitted to.
NARROWEST = 20


def show(view: View, options: Options, environment: Mapping[str, str], today: date) -> None:
    """Print *view* on stdout; a terminal tells days as seen from *today*."""
    wanted = Format.JSON if options.json else options.format or Format.TABLE
    for piece in render(view, wanted, _look(options, environment, today)):
        sys.stdout.write(piece)


def show_calendar(calendar: Calendar) -> None:
    """Print *calendar* on stdout, in the one format that there is for it."""
    from leadctl.render.calendar import lines

    for line in lines(calendar, for_terminal=sys.stdout.isatty()):
        sys.stdout.write(f"{line}\r\n")


def show_address_book(cards: Iterable[AddressCard]) -> None:
    """Print *cards* on stdout, in the one format that there is for them."""
    from leadctl.render.vcards import lines

    for line in lines(cards, for_terminal=sys.stdout.isatty()):
        sys.stdout.write(f"{line}\r\n")


def say(text: str) -> None:
    """Print *text*, which may have lines, on stdout, and a line end."""
    sys.stdout.write(f"{safe_lines(text)}\n")


def say_json(data: object, *, is_indented: bool = False) -> None:
    """Print *data* on stdout as one JSON document."""
    from leadctl.render.json_text import document

    sys.stdout.write(document(data, is_indented=is_indented))


def say_difference(lines: Iterable[str], options: Options, environment: Mapping[str, str]) -> None:
    """Print *lines* on stdout, coloured as those of a diff by the sign that they begin with."""
    from leadctl.render.colours import paint

    has_colour = _has_colour(options, environment, is_terminal=sys.stdout.isatty())
    for line in lines:
        shown = safe(line)
        colour = _COLOURS.get(shown[:1], "") if has_colour else ""
        sys.stdout.write(f"{paint(shown, colour)}\n")


def talk(text: str) -> None:
    """Print *text* on stderr as one line, whatever line breaks are in it."""
    talk_lines(safe(text))


def talk_lines(text: str) -> None:
    """Print *text*, which may have lines, on stderr, and a line end.

    Where nobody listens on stderr, nothing is said: what is done does not depend on it.
    """
    try:
        sys.stderr.write(f"{safe_lines(text)}\n")
        sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


@contextlib.contextmanager
def after_saving() -> Iterator[None]:
    """Print in the body what has been saved: an output that cannot take it is only warned of.

    A script that is told of a failure would do it all once more.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        give_up(sys.stdout)
        talk(f"leadctl: warning: saved, but {unwritable(error)}")


def unwritable(error: OSError) -> str:
    """What *error*, met in writing the output, means."""
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    if error.errno in _SHORTAGES:
        return f"the system is short of something: {reason}"
    return f"the output cannot be written: {reason}"


def give_up(stream: TextIO) -> None:
    """Keep Python from trying once more at exit what *stream* did not take, and complaining."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def is_looked_at() -> bool:
    """True if what is printed on stdout goes to a terminal."""
    return sys.stdout.isatty()


def await_input(what: str) -> None:
    """Say *what* is awaited on stdin, if that is somebody at a terminal and not a pipe."""
    if sys.stdin.isatty():
        talk(f"leadctl: waiting for {what}; Ctrl-D on a line of its own ends it")


def can_ask() -> bool:
    """True if there is somebody to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> bool:
    """True if the user answers *question* with yes; anything else is no."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{safe(question)} [y/N] ")
        sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def complain(error: LeadctlError) -> None:
    """Print *error* on stderr: what is wrong, where, what to type next."""
    problems = error.problems if isinstance(error, DataError) else ()
    place = f"{error.where}: " if error.where else ""
    talk(f"leadctl: error: {place}{error.message}")
    for problem in problems[:PROBLEMS_LISTED]:
        talk_lines(problem_text(problem))
    if len(problems) > PROBLEMS_LISTED:
        talk(f"… {len(problems) - PROBLEMS_LISTED} more")
    for line in error.details if isinstance(error, ConflictError) else ():
        talk(line)
    if error.hint:
        talk(f"hint: {error.hint}")


def problem_text(problem: Problem) -> str:
    """*problem* as lines: the place and the message, the line of the file with a mark, the hint."""
    kind = "warning" if problem.is_warning else "error"
    lines = [f"{safe(str(problem.where))}: {kind}: {safe(problem.message)}"]
    if problem.excerpt:
        lines += _excerpt(problem)
    if problem.hint:
        lines.append(f"    hint: {safe(problem.hint)}")
    return "\n".join(lines)


def _excerpt(problem: Problem) -> list[str]:
    number = str(problem.where.line)
    text = problem.excerpt.expandtabs(1)[:160]
    lines = [f"    {number} | {safe(text)}"]
    if 0 < problem.where.column <= len(text) + 1:
        lines.append(f"    {' ' * len(number)} | {' ' * (problem.where.column - 1)}^")
    return lines


def _look(options: Options, environment: Mapping[str, str], today: date) -> Look:
    is_terminal = sys.stdout.isatty()
    return Look(
        width=max(shutil.get_terminal_size().columns, NARROWEST) if is_terminal else None,
        whole=options.verbose,
        # What was mailed or kept is read on another day, when "tomorrow" is wrong.
        today=today if is_terminal else None,
        colour=_has_colour(options, environment, is_terminal=is_terminal),
        header=not options.no_header,
        raw=options.raw,
        terminal=is_terminal,
        template=options.template,
        row_end="\0" if options.null else "\n",
    )


def _has_colour(options: Options, environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    if options.color != "auto":
        return options.color == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    is_wanted = environment.get("CLICOLOR") != "0" and environment.get("TERM") != "dumb"
    return is_terminal and is_wanted
