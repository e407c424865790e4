"""Writes the generated part of the reference: commands, fields and exit codes.

python tools/reference.py            writes the pages
python tools/reference.py --check    exits 1 and says what differs
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import cast

import typer

from leadctl.cli.commands import COMMANDS
from leadctl.cli.options import Options
from leadctl.cli.program import application
from leadctl.errors import EXIT_MEANINGS, ExitCode
from leadctl.fields import FIELDS, SYNONYMS, Field, Kind

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"

_ORIGIN = "<!-- Written by tools/reference.py from the program; `make reference` renews it. -->"
_KINDS: Mapping[Kind, str] = {
    Kind.NAME: "compared as a whole; case and accents do not matter",
    Kind.TEXT: "searched: a part of it is enough; case and accents do not matter",
    Kind.PHONE: "kept as typed, searched by its digits",
    Kind.DATE: "a day as 2026-11-22, with or without a time behind it",
    Kind.BIRTHDAY: "a day that comes round every year, as 2001-05-17 or 05-17",
    Kind.NUMBER: "a number; can be compared and given as a range",
    Kind.MONEY: "an amount of money; compared by its number",
    Kind.CHOICE: "one of the values that stages.yaml lists",
    Kind.FLAG: "yes or no",
    Kind.INTERVAL: "14 days, 2 weeks, 1 month, 1 year, or never",
}
#: Commands that together have every shared option.
_MODELS = ("list", "set-status")
_EXAMPLES = "Examples:\n"

# What typer calls a command has no public type.
Command = typer.core.TyperCommand
Group = typer.core.TyperGroup
#: An option or argument as the help spells it, and what the help says about it.
Record = tuple[str, str]


def pages() -> dict[str, str]:
    """The text of every generated page by its name."""
    return {
        "commands.md": "\n".join(_commands_page()),
        "fields.md": "\n".join(_fields_page()),
        "exit-codes.md": "\n".join(_exit_codes_page()),
    }


def commands() -> dict[str, Command]:
    """Every command by its full name, in the order of the help."""
    root = typer.main.get_command(application(list(dict.fromkeys(COMMANDS.values()))))
    found: dict[str, Command] = {}
    for name, command in members(root):
        inner = dict(members(command))
        found |= {f"{name} {each}": one for each, one in inner.items()} or {name: command}
    return found


def groups() -> dict[str, Command]:
    """Every command that has commands of its own, by its name."""
    root = typer.main.get_command(application(list(dict.fromkeys(COMMANDS.values()))))
    return {name: command for name, command in members(root) if members(command)}


def examples(command: Command) -> list[str]:
    """The example lines in the help of *command*."""
    _, _, text = (command.help or "").partition(_EXAMPLES)
    return [line.strip() for line in text.splitlines() if line.strip()]


def text_of(command: Command) -> str:
    """What the help of *command* says before its examples."""
    return (command.help or "").partition(_EXAMPLES)[0].rstrip("\b\n ")


def arguments(command: Command) -> list[Record]:
    """The arguments of *command*."""
    context = command.make_context("leadctl", [], resilient_parsing=True)
    return [
        _record(parameter.get_help_record(context))
        for parameter in command.params
        if parameter.param_type_name == "argument"
    ]


def main(words: list[str]) -> int:
    """Write the pages, or with `--check` compare them; the exit code."""
    differing = 0
    for name, text in pages().items():
        path = REFERENCE / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if words != ["--check"]:
            path.write_text(text, encoding="utf-8")
        elif text != old:
            differing = 1
            sys.stdout.writelines(_difference(name, old, text))
    return differing


def members(group: object) -> list[tuple[str, Command]]:
    """The commands that *group* has, by their names."""
    found = group.commands.items() if isinstance(group, Group) else ()
    return [(name, cast(Command, member)) for name, member in found]


def _difference(name: str, old: str, new: str) -> Iterator[str]:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), name, f"{name}, as it is now"
    )
    yield from lines
    yield f"{name} is out of date: `make reference` renews it\n"


def _commands_page() -> Iterator[str]:
    found = commands()
    shared = tuple(dict.fromkeys(each for name in _MODELS for each in _shared(found[name])))
    yield from ("# Commands", "", _ORIGIN, "")
    yield "`leadctl help` lists all commands, and `leadctl COMMAND -h` shows what stands here."
    yield "There are [topics](help.md), too."
    yield "Every command also takes `-h` and `--help`; `leadctl --version` shows the version."
    yield ""
    yield from (f"- [leadctl {name}](#leadctl-{name.replace(' ', '-')})" for name in found)
    yield from ("", "## Shared options", "")
    yield "They mean the same everywhere, and may stand before the command or behind it."
    yield "Below each command is said which of them it takes."
    yield ""
    yield from _table(("option", "meaning"), shared)
    for name, command in found.items():
        yield from _command_section(name, command, shared)


def _shared(command: Command) -> list[Record]:
    """Those options of *command* that mean the same for every command."""
    names = {each.name for each in fields(Options)}
    return options(command, names)


def _command_section(name: str, command: Command, shared: Sequence[Record]) -> Iterator[str]:
    context = command.make_context(f"leadctl {name}", [], resilient_parsing=True)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from ("", f"## leadctl {name}", "", "```text", f"leadctl {name} {usage}", "```", "")
    yield from _sentences(text_of(command))
    explained = arguments(command)
    if explained:
        yield from ("", *_table(("argument", "meaning"), explained))
    known = options(command)
    own = [record for record in known if record not in shared]
    if own:
        yield from ("", *_table(("option", "meaning"), own))
    taken = [record for record in known if record in shared]
    if taken:
        yield from ("", f"Shared: {', '.join(f'`{_longest(each)}`' for each, _ in taken)}.")
    yield from ("", "```sh", *examples(command), "```")


def options(command: Command, names: Container[str] | None = None) -> list[Record]:
    """The options of *command*, or those of them that *names* has."""
    context = command.make_context("leadctl", [], resilient_parsing=True)
    return [
        _record(parameter.get_help_record(context))
        for parameter in command.params
        if parameter.param_type_name == "option" and (names is None or parameter.name in names)
    ]


def _record(record: Record | None) -> Record:
    """What the help has about a parameter, without what is plain or hard to read there."""
    spelling, meaning = record or ("", "")
    meaning = re.sub(r"  \[(default: True|x>=0|required)\]|; x>=0(?=\])", "", meaning)
    meaning = re.sub(r"  \[default: (.*)\]", r" Default: `\1`.", meaning)
    return spelling.removeprefix(" / ").strip(), meaning


def _longest(spelling: str) -> str:
    return max((word.strip().split(" ")[0] for word in spelling.split(", ")), key=len)


def _sentences(text: str) -> list[str]:
    """*text*, paragraphs of a help, with a sentence on each line."""
    paragraphs = [" ".join(part.split()) for part in text.replace("\b", "").split("\n\n")]
    lines = [re.sub(r"(?<=[.!?]) (?=[A-Z])", "\n", part) for part in paragraphs if part]
    return "\n\n".join(lines).split("\n")


def _fields_page() -> Iterator[str]:
    yield from ("# Fields", "", _ORIGIN, "")
    yield "A field has the same name in the file, as a column, in queries, after `set` and in JSON."
    yield ""
    yield from ("## In the file", "")
    yield "A contact has to have `id`, `name` and `status`; all else may be left out."
    yield from ("", *_field_table(field for field in FIELDS if not field.derived))
    yield from ("", "## Worked out", "")
    yield "These follow from the contact, the journal and `stages.yaml`."
    yield "They are in no file and cannot be set."
    yield from ("", *_field_table(field for field in FIELDS if field.derived))
    yield from ("", "## Kinds", "")
    yield from _table(("kind", "its values"), ((f"{kind}", _KINDS[kind]) for kind in Kind))
    yield from ("", "## Several values", "")
    yield "Fields with *several* may hold more than one value."
    yield "In YAML that is a list, or one text; in a text, as in CSV, `;` separates the values."
    yield "In JSON such a field is always a list."
    yield from ("", "## Other spellings", "")
    yield "In queries, in `set` and after `--columns` these stand for the same:"
    yield ""
    yield from _table(("word", "field"), ((f"`{a}`", f"`{b}`") for a, b in SYNONYMS.items()))
    yield from ("", "## Fields of your own", "")
    yield "Any other field is yours: it is kept, shown, exported and can be queried."
    yield "It holds text, unless [stages.yaml](stages.md#fields) declares it as something else."
    yield "Its name is made of `a-z`, `0-9` and `_`, and begins with a letter."
    yield ""


def _field_table(fields: Iterable[Field]) -> Iterator[str]:
    rows = (
        (f"`{field.name}`", str(field.kind), "several" if field.many else "", field.help)
        for field in fields
    )
    return _table(("field", "kind", "values", "meaning"), rows)


def _exit_codes_page() -> Iterator[str]:
    yield from ("# Exit codes", "", _ORIGIN, "")
    yield "Scripts and cron jobs may rely on these numbers."
    yield ""
    rows = ((str(code.value), code.name, EXIT_MEANINGS[code]) for code in ExitCode)
    yield from _table(("code", "name", "meaning"), rows)
    yield ""
    yield "A contact or follow-up that is not there is 1: they come and go."
    yield "Any other name that there is not, such as of a status, a plan or a template, is 2."
    yield "If the program that reads the output goes away, as in `leadctl list | head`, that is 0."
    yield ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        first, *rest = (cell.replace("|", "\\|") for cell in row)
        name = f"`{first}`" if head[0] in {"option", "argument"} else first
        yield f"| {' | '.join((name, *rest))} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
