"""The manual: a page for each command and each topic, out of what the help shows.

python -m tools.man_pages FOLDER     writes man1/ and man7/ there
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from leadctl import __version__
from leadctl.cli.commands import TOPICS
from leadctl.cli.telling import everything, topic
from leadctl.errors import EXIT_MEANINGS
from leadctl.guides import Block, Grid, Guide, Heading, Lines, Paragraph
from tools.reference import (
    Command,
    arguments,
    commands,
    examples,
    groups,
    members,
    options,
    text_of,
)

_COMMAND, _TOPIC = 1, 7
_ESCAPES = str.maketrans(
    {
        "\\": r"\(rs",
        "-": r"\-",
        "'": r"\(aq",
        "`": r"\(ga",
        "^": r"\(ha",
        "~": r"\(ti",
        '"': r"\(dq",
    }
)
_EXIT = "The codes are told in `leadctl-exit-codes(7)`: 0 is done, 1 is no, all others are errors."


def pages() -> dict[str, str]:
    """Every page by its path below the folder for manuals; the same text at every call."""
    found = {"leadctl": _page_of_all()}
    found |= {f"leadctl-{name}": _page_of_group(name, one) for name, one in groups().items()}
    found |= {
        f"leadctl-{name.replace(' ', '-')}": _page_of_command(name, one)
        for name, one in commands().items()
    }
    made = {f"man1/{name}.1": roff(guide, name, _COMMAND) for name, guide in found.items()}
    return made | {
        f"man7/leadctl-{name}.7": roff(_page_of_topic(name), f"leadctl-{name}", _TOPIC)
        for name in TOPICS
    }


def write(folder: Path) -> list[str]:
    """Write every page below *folder*; their paths in it."""
    made = pages()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")
    return list(made)


def roff(guide: Guide, name: str, section: int) -> str:
    """*guide* as a page of the manual, in ASCII; its title is what the page is about."""
    head = f'.TH "{_escaped(name.upper())}" "{section}" "" "leadctl {__version__}" "leadctl"'
    opening = [head, ".SH NAME", f"{_escaped(name)} \\- {_spelt(guide.title.rstrip('.'))}"]
    text = "\n".join([*opening, *(line for each in guide.blocks for line in _roff_lines(each)), ""])
    # A heading opens a paragraph of its own.
    return re.sub(r"^(\.SH .*)\n\.PP$", r"\1", text, flags=re.MULTILINE)


def _page_of_all() -> Guide:
    about, *blocks = everything().blocks
    codes = tuple((str(code.value), said) for code, said in EXIT_MEANINGS.items())
    return Guide(
        "a command-line CRM over flat files",
        (
            *(Heading("Synopsis"), Lines("", ("leadctl COMMAND [OPTIONS] [ARGS]...",))),
            *(Heading("Description"), about, *blocks),
            *(Heading("Exit status"), Grid(("code", "meaning"), codes)),
            *_see_also([f"leadctl-{name}(7)" for name in TOPICS]),
        ),
    )


def _page_of_group(name: str, group: Command) -> Guide:
    inner = dict(members(group))
    summaries = tuple((each, one.get_short_help_str(200)) for each, one in inner.items())
    return Guide(
        group.get_short_help_str(200),
        (
            *(Heading("Synopsis"), Lines("", (f"leadctl {name} COMMAND [OPTIONS] [ARGS]...",))),
            *(Heading("Description"), *_paragraphs(group)),
            *(Heading("Commands"), Grid(("command", "meaning"), summaries)),
            *(Heading("Examples"), Lines("sh", tuple(examples(group)))),
            *_see_also(["leadctl(1)", *(f"leadctl-{name}-{each}(1)" for each in inner)]),
        ),
    )


def _page_of_command(name: str, command: Command) -> Guide:
    context = command.make_context(f"leadctl {name}", [], resilient_parsing=True)
    usage = " ".join(["leadctl", name, *command.collect_usage_pieces(context)])
    group = name.split(" ", maxsplit=1)[0] if " " in name else ""
    return Guide(
        command.get_short_help_str(200),
        (
            *(Heading("Synopsis"), Lines("", (usage,))),
            *(Heading("Description"), *_paragraphs(command)),
            *_listed("Arguments", arguments(command)),
            *_listed("Options", options(command)),
            *(Heading("Examples"), Lines("sh", tuple(examples(command)))),
            *(Heading("Exit status"), Paragraph(_EXIT)),
            *_see_also(["leadctl(1)", *([f"leadctl-{group}(1)"] if group else [])]),
        ),
    )


def _page_of_topic(name: str) -> Guide:
    guide = topic(name)
    return Guide(guide.title, (Heading("Description"), *guide.blocks, *_see_also(["leadctl(1)"])))


def _paragraphs(command: Command) -> list[Paragraph | Lines]:
    """What the help of *command* says; lines that are set apart stay lines."""
    found: list[Paragraph | Lines] = []
    for part in filter(None, (part.strip("\n ") for part in text_of(command).split("\n\n"))):
        if part.startswith("\b"):
            opening, *lines = part.removeprefix("\b").strip("\n").split("\n")
            found += [Paragraph(opening), Lines("", tuple(line.strip() for line in lines))]
        else:
            found.append(Paragraph(" ".join(part.split())))
    return [each for each in found if each not in (Paragraph(""), Lines("", ()))]


def _listed(heading: str, records: Sequence[tuple[str, str]]) -> Iterator[Block]:
    if records:
        yield from (Heading(heading), Grid(("word", "meaning"), tuple(records)))


def _see_also(names: Iterable[str]) -> tuple[Block, ...]:
    return Heading("See also"), Paragraph(", ".join(f"`{name}`" for name in names))


def _roff_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f'.SH "{_escaped(text.upper())}"'
        case Paragraph(text):
            yield from (".PP", _spelt(text))
        case Lines(_, lines):
            yield from (
                ".PP",
                ".RS 4",
                ".EX",
                *(_line(_escaped(line)) for line in lines),
                ".EE",
                ".RE",
            )
        case Grid(head, rows):
            for row in rows:
                yield from (
                    ".TP",
                    f"\\fB{_escaped(row[0].replace('`', ''))}\\fR",
                    _meaning(head, row),
                )


def _meaning(head: Sequence[str], row: Sequence[str]) -> str:
    others = "".join(
        f" ({name}: {cell})" for name, cell in zip(head[2:], row[2:], strict=True) if cell
    )
    return _spelt(f"{row[1]}{others}") or "\\&"


def _spelt(text: str) -> str:
    """*text* with what stands in backticks in bold."""
    parts = text.split("`")
    bold = (
        f"\\fB{_escaped(part)}\\fR" if at % 2 else _escaped(part) for at, part in enumerate(parts)
    )
    return _line("".join(bold))


def _escaped(text: str) -> str:
    """*text* without what roff would read as its own, in ASCII."""
    plain = text.translate(_ESCAPES)
    return re.sub(r"[^\x20-\x7e]", lambda char: f"\\[u{ord(char[0]):04X}]", plain)


def _line(text: str) -> str:
    # A dot in front would be a request.
    return f"\\&{text}" if text.startswith(".") else text


if __name__ == "__main__":
    write(Path(sys.argv[1]))
