"""What `help` does: the words after it → all commands and topics, the page of one, or its -h."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from importlib.resources import files

import typer

from leadctl.cli.commands import COMMANDS, TOPICS
from leadctl.cli.meaning import no_topic
from leadctl.cli.overview import overview
from leadctl.cli.program import application, run
from leadctl.cli.terminal import say
from leadctl.errors import ExitCode
from leadctl.guide_tables import known_blocks
from leadctl.guides import Guide, read_guide, title_of
from leadctl.render.guides import guide_lines

#: A page is read more easily if it is no wider, whatever the terminal.
_WIDEST, _NARROWEST = 80, 50


def tell(words: Sequence[str]) -> int:
    """Print what *words* name; all there is, if they are none.

    Raises:
        RequestError: there is no such topic and no such command.
    """
    if words and not (len(words) == 1 and words[0] in TOPICS):
        return _help_of(words)
    _print(topic(words[0]) if words else everything())
    return ExitCode.DONE


def topic(name: str) -> Guide:
    """The page about *name*, one of `TOPICS`."""
    schema = files("leadctl") / "schema" / "stages.schema.json"
    return read_guide(_text_of(name), known_blocks(json.loads(schema.read_text(encoding="utf-8"))))


def everything() -> Guide:
    """All commands by what people want of them, and all topics."""
    root = typer.main.get_command(application(list(dict.fromkeys(COMMANDS.values()))))
    titles = {name: title_of(_text_of(name)) for name in TOPICS}
    return overview(root.commands, titles)  # type: ignore[attr-defined]


def _help_of(words: Sequence[str]) -> int:
    command = words[0]
    if command not in COMMANDS:
        raise no_topic(" ".join(words), (*TOPICS, *COMMANDS))
    return run([*words, "--help"], modules=[COMMANDS[command]])


def _text_of(name: str) -> str:
    return (files("leadctl") / "help" / f"{name}.md").read_text(encoding="utf-8")


def _print(guide: Guide) -> None:
    width = min(shutil.get_terminal_size().columns, _WIDEST) - 2
    say("\n".join(guide_lines(guide, max(width, _NARROWEST))))
