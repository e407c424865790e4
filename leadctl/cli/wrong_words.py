"""Words that fit no command: what is wrong with them, and what was probably meant."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadctl.cli.commands import COMMANDS
from leadctl.cli.main import SHARED_WITH_VALUE, is_shared, leading_options
from leadctl.errors import RequestError
from leadctl.matching import closest

if TYPE_CHECKING:
    from typer.exceptions import TyperException

#: How like a misspelt option has to be: what differs is short beside the two dashes and a name.
_NEAR = 0.75
#: What typer calls a number that is none.
_NO_NUMBER = re.compile(r"is not a valid int(eger)?( range)?$")
_TOO_MANY = re.compile(r"got unexpected extra arguments?(\(s\))? \((?P<words>.*)\)")
#: A word such as -marcus, that was to be left out of an answer, looks like several options.
_LEFT_OUT = re.compile(r"-[^\W\d_]{3,}")


def misplaced(behind: Sequence[str], *, group: str) -> RequestError | None:
    """What to tell if an option stood before a command and took the place of its name.

    *behind* are the words that followed what was taken for the name of a command of *group*, or
    of leadctl; options that stood before it come first. None if there is no such option.
    """
    options = (word for word in leading_options(list(behind)) if _is_strange(word))
    option = next(options, "")
    if not option:
        return None
    near = closest(option, SHARED_WITH_VALUE, likeness=_NEAR)
    if near:
        return RequestError(f"no such option: {option}", hint=f'did you mean "{near}"?')
    before = f"leadctl {group}" if group else "leadctl"
    hint = f"{before} COMMAND {option} …; `{before} -h` lists the commands"
    return RequestError(f'"{option}" belongs behind the command', hint=hint)


def request_error(error: TyperException, arguments: Sequence[str]) -> RequestError:
    """What to tell the user who typed *arguments*, which typer did not take because of *error*."""
    if arguments and is_shared(arguments[0]):
        return RequestError("no command is given", hint="`leadctl -h` lists them all")
    possible = getattr(error, "possibilities", None) or ()
    message = " ".join((error.message if possible else error.format_message()).split())
    message = message[:1].lower() + message[1:].rstrip(".")
    context = getattr(error, "ctx", None)
    where = _help_of(context, arguments[0] if arguments else "")
    too_many = _TOO_MANY.fullmatch(message)
    if too_many:
        hint = f'what is more than one word goes into quotes, as in "Ada Lovelace"; {where}'
        return RequestError(f'unexpected words: "{too_many["words"]}"', hint=hint)
    if message.startswith("no such option"):
        return _no_option(message, possible, arguments if _takes_query(context) else (), where)
    return RequestError(_NO_NUMBER.sub("is no whole number", message), hint=where)


def _no_option(
    message: str, possible: Sequence[str], words: Sequence[str], where: str
) -> RequestError:
    left_out = next((word for word in words if _LEFT_OUT.fullmatch(word)), "")
    if left_out:
        hint = f"to leave out a word, write not:{shlex.quote(left_out[1:])}; {where}"
        return RequestError(f"no such option: {left_out}", hint=hint)
    near = closest(message.rpartition(" ")[2], possible, likeness=_NEAR)
    return RequestError(message, hint=f'did you mean "{near}"?' if near else where)


def _is_strange(word: str) -> bool:
    return bool(re.fullmatch(r"--?[A-Za-z][\w-]*", word)) and not is_shared(word)


def _help_of(context: object, command: str) -> str:
    """The help that shows what is missing: of `todo add` that of `todo` would not."""
    parent = getattr(context, "parent", None)
    inner = getattr(context, "info_name", "") if parent and parent.parent else ""
    known = command if command in COMMANDS else ""
    return " ".join(word for word in ("leadctl", known, inner, "-h") if word)


def _takes_query(context: object) -> bool:
    command = getattr(context, "command", None)
    return any(parameter.name == "query" for parameter in getattr(command, "params", ()))
