"""How words on the command line reach a command: its options, `-tag:cold`, and wrong words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from typer.core import TyperCommand, TyperGroup

from leadctl.cli.commands import COMMANDS

#: A term of the query language with `-` in front, such as -tag:cold, -is:due or -@view.
_NEGATED = r"-([A-Za-z][\w-]+(?:[:=<>~]|!=)(?!\s).*|[@\"'].*)"
#: With one letter in front of an option that takes a value, such as -m, it may be meant so.
_ATTACHED = r"-[bfm]\w*[ ,.;!?]"
#: A text that begins with a dash, such as "- ask again" or "-5 percent": it can be no option.
_DASHED = r"-(\s|\d+\S*\s)"
#: Keeps such a text from being taken for one; no word of a shell can hold it.
_TEXT = "\0"
#: Several letters in one, such as -qm: the value of the last one follows.
_CLUSTER = r"-[A-Za-z]*[bfm]"


class Command(TyperCommand):
    """A command that takes `-tag:cold` as the negated term that it is, not as options.

    Where there are formats, `--json` is one of them: as with all options, the last one counts.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse *args*: negated terms are spelt `not:…`, and a text such as "- a" is no option."""
        rest = super().parse_args(ctx, self._spelt_out(self._marked(args)))
        ctx.params = {name: _unmarked(value) for name, value in ctx.params.items()}
        return rest

    def _marked(self, args: list[str]) -> list[str]:
        arguments = (each for each in self.params if each.param_type_name == "argument")
        # Typer looks at once whether a path is there.
        takes_paths = any(each.type.name in {"path", "directory", "file"} for each in arguments)
        if takes_paths or not any(re.match(_DASHED, arg) for arg in args):
            return args
        with_value = self._options_with_value()
        return [
            f"{_TEXT}{arg}" if re.match(_DASHED, arg) and before not in with_value else arg
            for before, arg in zip(["", *args], args, strict=False)
        ]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage, as manuals write them: braces would be a choice there."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def _spelt_out(self, args: list[str]) -> list[str]:
        names = {parameter.name for parameter in self.params}
        with_value = self._options_with_value()
        spelt, is_value, is_plain = [], False, False
        for arg in args:
            spelt.append(arg if is_value or is_plain else _spelt(arg, names))
            is_plain = is_plain or arg == "--"
            is_value = not is_value and (arg in with_value or bool(re.fullmatch(_CLUSTER, arg)))
        return spelt

    def _options_with_value(self) -> frozenset[str]:
        """The spellings of all options after which a value follows as a word of its own."""
        return frozenset(
            spelling
            for parameter in self.params
            if parameter.param_type_name == "option" and not getattr(parameter, "is_flag", False)
            for spelling in parameter.opts
        )


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return value.removeprefix(_TEXT)
    if isinstance(value, list | tuple):
        return type(value)(_unmarked(each) for each in value)
    return value


class Group(TyperGroup):
    """A command that has commands of its own."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that *args* begin with, as typer passes it on."""
        word = args[0]
        if word in self.commands or word.startswith("-"):
            return super().resolve_command(ctx, args)
        from leadctl.cli.meaning import no_command
        from leadctl.cli.wrong_words import misplaced

        group = ctx.info_name if ctx.parent else ""
        raise misplaced(args[1:], group=group) or no_command(word, self.known, group=group)

    @property
    def known(self) -> Collection[str]:
        """The names of its commands."""
        return self.commands


class Root(Group):
    """leadctl itself, with those of its commands that were loaded for this call."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002, typer asks so
        """Write the short help."""
        from leadctl.cli.overview import short_help
        from leadctl.render.guides import guide_lines

        for line in guide_lines(short_help(self.commands), formatter.width):
            formatter.write(f"{line}\n")

    @property
    def known(self) -> Collection[str]:
        """The names of all commands, loaded or not."""
        return COMMANDS


def _spelt(arg: str, names: Collection[str | None]) -> str:
    """*arg*, which is no value of an option, for a command that has parameters of these *names*."""
    if arg == "--json" and "format" in names:
        return "--format=json"
    match = re.fullmatch(_NEGATED, arg, re.DOTALL) if "query" in names else None
    return f"not:{match[1]}" if match and not re.match(_ATTACHED, arg) else arg
