"""All of leadctl at a glance: the short help, on one screen, and the list of all commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadctl.cli.commands import FIRST, SECTIONS
from leadctl.guides import Block, Grid, Guide, Heading, Lines, Paragraph

_WHAT = "A command-line CRM over flat files: whom to contact today, and why."
_OPTIONS = (("-h, --help", "Show this."), ("--version", "Show the version."))
_EXAMPLES = (
    "leadctl init my-book --example",
    "leadctl prospects --limit 10",
    'leadctl touch chloe-bergeron -m "likes the house" --next fri',
)
_MORE = (
    "`leadctl help` tells of every command in a line, and lists the topics, such as `leadctl help "
    "query`. `leadctl COMMAND -h` has the options and examples of one."
)


def short_help(commands: Mapping[str, Any]) -> Guide:
    """What is needed every day out of *commands*, and the names of all else: one screen."""
    first, *others = SECTIONS
    names = tuple((section, ", ".join(SECTIONS[section])) for section in others)
    blocks = (
        Paragraph(_WHAT),
        Heading(first),
        _summed_up(commands, FIRST),
        Heading("More commands"),
        Grid(("section", "commands"), names),
        Heading("Options"),
        Grid(("option", "meaning"), _OPTIONS),
        Heading("Examples"),
        Lines("sh", _EXAMPLES),
        Paragraph(_MORE),
    )
    return Guide("Usage: leadctl COMMAND [OPTIONS] [ARGS]...", blocks)


def overview(commands: Mapping[str, Any], topics: Mapping[str, str]) -> Guide:
    """Every command with what it does, and every topic with its title."""
    blocks: list[Block] = [Paragraph(_WHAT)]
    for section, names in SECTIONS.items():
        blocks += [Heading(section), _summed_up(commands, names)]
    blocks += [Heading("Topics"), Grid(("topic", "title"), tuple(topics.items()))]
    more = "`leadctl help NAME` shows more of a command or a topic, `leadctl help todo add` of one "
    return Guide("leadctl COMMAND [OPTIONS] [ARGS]...", (*blocks, Paragraph(f"{more}of several.")))


def _summed_up(commands: Mapping[str, Any], names: Mapping[str, str]) -> Grid:
    rows = ((name, commands[name].get_short_help_str(200)) for name in names)
    return Grid(("command", "meaning"), tuple(rows))
