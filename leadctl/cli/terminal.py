"""Everything that is printed goes through here: views, lines, errors, and the one question."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from leadctl.errors import DataError, LeadctlError
from leadctl.problems import Problem
from leadctl.render.formats import Format, Look, render
from leadctl.sanitise import safe, safe_lines

if TYPE_CHECKING:
    from leadctl.cli.options import Options
    from leadctl.views import View

#: A file with more problems than this is not worth reading line by line.
PROBLEMS_LISTED = 50


def show(view: View, options: Options, environment: Mapping[str, str]) -> None:
    """Print *view* on stdout."""
    wanted = Format.JSON if options.json else options.format or Format.TABLE
    for piece in render(view, wanted, _look(options, environment)):
        sys.stdout.write(piece)


def say(text: str) -> None:
    """Print *text* on stdout as a line of its own."""
    sys.stdout.write(f"{safe_lines(text)}\n")


def talk(text: str) -> None:
    """Print *text* on stderr as a line of its own."""
    sys.stderr.write(f"{safe_lines(text)}\n")


def can_ask() -> bool:
    """True if there is somebody to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> bool:
    """True if the user answers *question* with yes; anything else is no."""
    sys.stderr.write(f"{safe(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def complain(error: LeadctlError) -> None:
    """Print *error* on stderr: what is wrong, where, what to type next."""
    problems = error.problems if isinstance(error, DataError) else ()
    place = f"{error.where}: " if error.where else ""
    talk(f"leadctl: error: {place}{error.message}")
    for problem in problems[:PROBLEMS_LISTED]:
        talk(problem_text(problem))
    if len(problems) > PROBLEMS_LISTED:
        talk(f"… {len(problems) - PROBLEMS_LISTED} more")
    if error.hint:
        talk(f"hint: {error.hint}")


def problem_text(problem: Problem) -> str:
    """*problem* as lines: the place and the message, the line of the file with a mark, the hint."""
    kind = "warning" if problem.is_warning else "error"
    lines = [f"{problem.where}: {kind}: {safe(problem.message)}"]
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


def _look(options: Options, environment: Mapping[str, str]) -> Look:
    is_terminal = sys.stdout.isatty()
    return Look(
        width=shutil.get_terminal_size().columns if is_terminal else None,
        colour=_has_colour(options, environment, is_terminal=is_terminal),
        header=options.header,
        raw=options.raw,
        terminal=is_terminal,
    )


def _has_colour(options: Options, environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    if options.color != "auto":
        return options.color == "always"
    return is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
