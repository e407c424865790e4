"""Sending a mail through a program on this machine, such as sendmail or msmtp."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

from leadctl.dates import quoted
from leadctl.errors import MailError, RequestError

#: It takes whom to write to from the mail, and a line with one dot as what it is.
_OPTIONS = ("-t", "-oi")
#: cron and others have a search path without the folders for system programs.
_PLACES = ("sendmail", "/usr/sbin/sendmail", "/usr/lib/sendmail", "msmtp")
#: How long the program may take, in seconds.
TIMEOUT = 60.0


def sendmail_command(wanted: str) -> tuple[str, ...]:
    """The words that take a mail on standard input: *wanted*, else what is on this machine.

    Raises:
        RequestError: *wanted* cannot be split into words, or there is no such program.
    """
    try:
        words = shlex.split(wanted)
    except ValueError as error:
        message = f"sendmail: {quoted(wanted)} is no command: {error}"
        raise RequestError(message, hint="close the quote") from error
    if words:
        return (_found(words[0]), *words[1:])
    for name in _PLACES:
        if program := shutil.which(name):
            return (program, *_OPTIONS)
    hint = "install msmtp or another one, or name it: `sendmail: COMMAND` under `mail:`, or --send"
    raise RequestError("there is no sendmail on this machine", hint=hint)


def send_by_program(mail: bytes, command: tuple[str, ...]) -> None:
    """Hand *mail*, whose lines end with CR LF, over to *command*, which wants those of here.

    Raises:
        MailError: it did not take it.
    """
    try:
        done = subprocess.run(
            command,
            input=mail.replace(b"\r\n", b"\n"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MailError(f"{command[0]} was not done after {TIMEOUT:g} seconds") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise MailError(f"{command[0]} cannot be run: {reason}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        ended = f"ended with {done.returncode}"
        raise MailError(f"{command[0]} {ended}: {said}" if said else f"{command[0]} {ended}")


def _found(name: str) -> str:
    program = shutil.which(str(Path(name).expanduser()))
    if program is None:
        raise RequestError(f"sendmail: there is no program {quoted(name)}", hint="give its path")
    return program
