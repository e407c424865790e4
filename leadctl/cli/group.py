"""How words on the command line reach a command: its options, `-tag:cold`, and wrong words."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

#: A term of the query language with `-` in front, such as -tag:cold or -is:due.
_NEGATED = r"-([A-Za-z][\w-]+(?:[:=<>~]|!=)(?!\s).*)"
#: With one letter in front of an option that takes a value, such as -m, it may be meant so.
_ATTACHED = r"-[bfm]\w*[ ,.;!?]"
#: Several letters in one, such as -qm: the value of the last one follows.
_CLUSTER = r"-[A-Za-z]*[bfm]"


class Command(TyperCommand):
    """A command that takes `-tag:cold` as the negated term that it is, not as options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse *args* after spelling negated terms as `not:…`."""
        return super().parse_args(ctx, self._spelt_out(args))

    def _spelt_out(self, args: list[str]) -> list[str]:
        if not any(parameter.name == "query" for parameter in self.params):
            return args
        with_value = self._options_with_value()
        spelt, is_value, is_plain = [], False, False
        for arg in args:
            match = None if is_value or is_plain else re.fullmatch(_NEGATED, arg, re.DOTALL)
            spelt.append(f"not:{match[1]}" if match and not re.match(_ATTACHED, arg) else arg)
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
