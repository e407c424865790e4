"""What `doctor` looks at beside the book: the program, the terminal, the user's settings."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

from leadctl import __version__
from leadctl.cli.clock import today
from leadctl.cli.user_config import config_path, configured_book, mail_settings
from leadctl.diagnoses import Diagnosis, fail, ok, warn
from leadctl.errors import RequestError
from leadctl.exchange.sendmail import sendmail_command
from leadctl.store.finding import open_book

_PACKAGES = ("typer", "PyYAML", "msgspec", "wcwidth", "python-dateutil")
#: Narrower, and a table of contacts has no room.
_NARROW = 60


def program() -> Diagnosis:
    """What runs, and on what."""
    import yaml

    python = ".".join(map(str, sys.version_info[:3]))
    said = f"leadctl {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}"
    if not getattr(yaml, "__with_libyaml__", False):
        hint = "pip install --force-reinstall PyYAML   (as a wheel, which has it)"
        return warn("program", f"{said}; PyYAML without libyaml reads slowly", hint)
    return ok("program", f"{said}, libyaml")


def packages() -> Diagnosis:
    """The versions of what leadctl stands on."""
    said = []
    for name in _PACKAGES:
        try:
            said.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            hint = "install leadctl anew: pipx reinstall leadctl"
            return fail("packages", f"{name} is not there", hint)
    return ok("packages", ", ".join(said))


def encoding(stream: TextIO, file_system: str) -> Diagnosis:
    """Whether names with accents come out as they are."""
    encodings = (stream.encoding or "none", file_system)
    if all(each.lower().replace("-", "") == "utf8" for each in encodings):
        return ok("encoding", "UTF-8")
    detail = f"output {encodings[0]}, file names {encodings[1]}: accents are shown as escapes"
    return warn("encoding", detail, "export LC_ALL=C.UTF-8")


def day(environment: Mapping[str, str]) -> Diagnosis:
    """Which day it is, and who says so."""
    found = today(environment)
    if environment.get("LEADCTL_TODAY"):
        detail = f"LEADCTL_TODAY says {found}, for all that is read and written"
        return warn("day", detail, "unset LEADCTL_TODAY, unless this is a trial")
    zone = environment.get("TZ") or "of this machine"
    return ok("day", f"{found}, time zone {zone}")


def terminal(stream: TextIO, environment: Mapping[str, str]) -> Diagnosis:
    """What tables can look like."""
    if not stream.isatty():
        return ok("terminal", "none: tables are printed in full width, without colour")
    width, kind = shutil.get_terminal_size().columns, environment.get("TERM", "")
    if width < _NARROW:
        return warn("terminal", f"{width} columns", f"make it wider than {_NARROW} columns")
    is_plain = bool(environment.get("NO_COLOR")) or kind in ("", "dumb")
    colour = "without colour" if is_plain else "with colour"
    return ok("terminal", f"{width} columns, TERM={kind}, {colour}")


def editor(environment: Mapping[str, str]) -> Diagnosis:
    """Whether there is an editor for messages."""
    said = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError:
        words = []
    if not words:
        return warn("editor", "neither VISUAL nor EDITOR names one", "export EDITOR=nano")
    if not _is_program(words[0], environment):
        hint = "install it, or name another one: export EDITOR=nano"
        return warn("editor", f"{words[0]} is not to be found", hint)
    return ok("editor", words[0])


def config(environment: Mapping[str, str]) -> Diagnosis:
    """Whether the user's own settings can be read, and the book that they name is there."""
    path = config_path(environment)
    if path is None:
        return warn("config", "no folder for it", "set HOME or XDG_CONFIG_HOME")
    if not path.is_file():
        return ok("config", f"{path}: not there, and not needed")
    book = configured_book(environment)
    if book is None:
        return ok("config", f"{path}: names no book")
    try:
        open_book(book)
    except RequestError as error:
        return fail("config", f"{path}: {error.message}", f"mend `book:` in {path}")
    return ok("config", f"{path}: names a book")


def mail(environment: Mapping[str, str]) -> Diagnosis:
    """By which way mail goes, as far as that can be told without sending any."""
    settings = mail_settings(environment)
    if not (settings.smtp or settings.sendmail):
        return ok("mail", "not set up; `leadctl remind` prints without it")
    if settings.password_command:
        first = (shlex.split(settings.password_command) or [""])[0]
        if not _is_program(first, environment):
            detail = f"the password command {first} is not to be found"
            return fail("mail", detail, "install it, or mend `password_command:` in config.yaml")
    if settings.smtp:
        secret = "a command" if settings.password_command else "the keyring"
        has_secret = settings.password_command or settings.keyring
        return ok("mail", f"by a mail server{f', password from {secret}' if has_secret else ''}")
    sendmail_command(settings.sendmail)
    return ok("mail", "by a program on this machine")


def cron(environment: Mapping[str, str]) -> Diagnosis:
    """Whether something that runs by itself would find the program and the book."""
    found = shutil.which("leadctl", path=environment.get("PATH", os.defpath))
    if found is None and not _is_called_by_path():
        hint = "put its folder on PATH; `pipx ensurepath` does it"
        return warn("cron", "leadctl is not on PATH", hint)
    named = configured_book(environment)
    book = "config.yaml names the book" if named else "no variable of yours is set there"
    return ok("cron", f"{book}; `leadctl schedule` prints a line that names all it needs")


def _is_called_by_path() -> bool:
    return Path(sys.argv[0]).name == "leadctl" and "/" in sys.argv[0]


def _is_program(name: str, environment: Mapping[str, str]) -> bool:
    path = environment.get("PATH", os.defpath)
    return shutil.which(Path(name).expanduser(), path=path) is not None
