"""What can go wrong with a request, in the user's words; each error knows its exit code.

Trouble found in the user's data is no error but a value, see `leadctl.problems`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadctl.problems import Problem, Where


class ExitCode(IntEnum):
    """What the exit status of the process means."""

    DONE = 0
    NO = 1
    USAGE = 2
    DATA = 3
    CONFLICT = 4
    BUSY = 5
    IO = 6
    REFUSED = 7
    BUG = 70
    INTERRUPTED = 130


#: What each exit code tells a script, for the reference.
EXIT_MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.DONE: "done; also if there was nothing to list or to change",
    ExitCode.NO: "the answer is no: no such contact or follow-up, `check` found problems, "
    "`--fail-empty` and nobody is due, a question was answered with no, an editor "
    "was left without a text",
    ExitCode.USAGE: "the request is wrong: an unknown option, status, field, view, plan or "
    "template, a malformed query or date, a missing note or reason, no such operation, nothing to "
    "undo, no such file, no book",
    ExitCode.DATA: "the data cannot be used: stages.yaml has mistakes, a file to be written is not "
    "sound, rows of an import are wrong, a message template has mistakes or asks for what the "
    "contact does not have, what was typed in an editor has mistakes, or `--strict` and a record "
    "cannot be read",
    ExitCode.CONFLICT: "the data is no longer what the request was made for: changed by somebody "
    "else meanwhile, undone already or changed since it was to be undone, or `--expect` differs",
    ExitCode.BUSY: "another leadctl has been writing to the book for 10 seconds",
    ExitCode.IO: "the operating system refused to read or write a file, or a mail could not be "
    "handed over",
    ExitCode.REFUSED: "refused for safety: the contact exists already or was forgotten, is "
    "marked do-not-contact and was to be written to, the folder has a book, a file is there "
    "already, contacts have gone past leadctl, or a query chose many and nobody said "
    "`--yes` or `--expect`",
    ExitCode.BUG: "a mistake in leadctl itself",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C",
}


class LeadctlError(Exception):
    """A request that cannot be met; only `leadctl.cli` shows it."""

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str, *, hint: str = "", where: Where | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class NoError(LeadctlError):
    """The answer to what was asked is no: there is no such contact."""

    exit_code = ExitCode.NO


class RequestError(LeadctlError):
    """The request itself is wrong: a misspelt status, a malformed query, a date nobody meant."""

    exit_code = ExitCode.USAGE


class DataError(LeadctlError):
    """The book's files cannot be used as they are; carries every problem that was found."""

    exit_code = ExitCode.DATA

    def __init__(self, message: str, *, problems: tuple[Problem, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = problems


class ConflictError(LeadctlError):
    """The data is no longer what the request was made for; may list what is different, in lines."""

    exit_code = ExitCode.CONFLICT

    def __init__(self, message: str, *, hint: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.details = details


class BusyError(LeadctlError):
    """Another leadctl holds the lock of the book."""

    exit_code = ExitCode.BUSY


class FileError(LeadctlError):
    """The operating system refused to read or write a file."""

    exit_code = ExitCode.IO


class MailError(LeadctlError):
    """A mail could not be handed over; trying again later may help."""

    exit_code = ExitCode.IO


class PartlyTakenError(MailError):
    """A mail was taken for some of those whom it is for; they are not to get it again."""


class RefusedError(LeadctlError):
    """Possible, but not done without being told so in plain words."""

    exit_code = ExitCode.REFUSED
