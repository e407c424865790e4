"""Rows as lines of the user's own making: `--template '{name} <{email}>'`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from leadctl.render.flat import batches, flatten
from leadctl.render.formats import Look
from leadctl.row_templates import read_row_template
from leadctl.sanitise import safe
from leadctl.views import View

_BREAK = re.compile(r"\r\n|[\r\n]")


def pieces(view: View, look: Look) -> Iterator[str]:
    """A line for each row of *view*, as the template of *look* has it.

    Raises:
        RequestError: the template asks for a field that the rows do not have.
    """
    flat = flatten(view)
    template = read_row_template(look.template).meaning(flat.fields)
    lines = template.lines(flat.rows, _speller(look))
    return batches(line + look.row_end for line in lines)


def _speller(look: Look) -> Callable[[str], str]:
    """How values are written: a row stays a line, and what NUL ends has no other one."""
    if look.terminal:
        return safe
    if look.row_end == "\0":
        return lambda text: text.replace("\0", " ")
    return lambda text: _BREAK.sub(" ", text)
