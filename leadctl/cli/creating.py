"""What `init` does and says."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from leadctl.cli import terminal
from leadctl.cli.clock import today
from leadctl.cli.folders import meant
from leadctl.errors import RequestError
from leadctl.store.creation import EXAMPLES, create_book, create_example


def create(folder: Path, preset: str, format_name: str, *, is_example: bool) -> None:
    """Make a book in *folder* and say what to do next; without *format_name* the usual one.

    Raises:
        RequestError: the example is of another format, or the current folder is gone.
        RefusedError: there is one already.
        FileError: it cannot be written.
    """
    folder = meant(folder)
    if is_example:
        _require_its_own(format_name, preset)
        book = create_example(folder, preset=preset, today=today(os.environ))
        next_step = "leadctl prospects"
    else:
        book = create_book(folder, preset=preset, format_name=format_name or "yaml")
        next_step = 'leadctl add "Ada Lovelace" --email ada@example.com'
    with terminal.after_saving():
        terminal.say(f"made a book in {book.root} ({preset}, {book.format})")
    where = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    terminal.talk(f"next: {where}{next_step}")


def _require_its_own(format_name: str, preset: str) -> None:
    _, kept_as = EXAMPLES[preset]
    if format_name not in ("", kept_as):
        message = f"the example book of {preset} is a {kept_as} book"
        others = ", ".join(f"{each} ({form})" for each, (_, form) in EXAMPLES.items())
        raise RequestError(message, hint=f"leave --format out, or take another preset: {others}")
