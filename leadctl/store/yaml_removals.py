"""Splices that take whole records out of a YAML list, with their lines and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection

from leadctl.store.edit_error import EditError
from leadctl.store.yaml_changes import keeps_blank_lines, last_text, line_of_last
from leadctl.store.yaml_layout import layout, start_of_line
from leadctl.store.yaml_records import Found
from leadctl.store.yaml_splices import Page, Splice

#: Blanks and comments, and at last a comma.
_TO_COMMA = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*,")


def removal_splices(page: Page, found: Found, numbers: Collection[int]) -> list[Splice]:
    """What takes the records with *numbers* out of the list; comments around them stay.

    Only those below a record that ends in a block, and deep enough to become part of it, go too.
    """
    if not numbers or found.top is None:
        return []
    gone = frozenset(numbers)
    if found.top.is_flow:
        return _Flow(page, found, gone).splices()
    return _Lines(page, found, gone).splices()


class _Lines:
    """Records that start with a dash."""

    def __init__(self, page: Page, found: Found, gone: Collection[int]) -> None:
        self._page, self._found, self._gone = page, found, gone
        kept = [number for number in range(len(found.spans)) if number not in gone]
        self._last_kept = kept[-1] if kept else -1
        self._is_apart = len(kept) > 1 and self._stands_apart(kept[-1])

    def splices(self) -> list[Splice]:
        """The lines of each record, and one of the two blank lines that would meet."""
        above, found = -1, list[Splice]()
        for number in range(len(self._found.spans)):
            if number not in self._gone:
                above = number
            else:
                cut = self._without(number, above)
                # The blank line above may have gone with the block that it was a part of.
                start = max(cut.start, found[-1].end if found else 0)
                found.append(Splice(start, cut.end, ""))
        return found

    def _without(self, number: int, above: int) -> Splice:
        """The record *number* removed; the record *above* is the next that stays."""
        text = self._page.text
        first, end = self._dash_line(number), self._end(number)
        is_below_blank = self._is_blank_above(first)
        if number > self._last_kept:
            if self._is_apart and is_below_blank:
                first = start_of_line(text, first - 1)
        elif (is_below_blank or first == 0) and self._is_blank(end):
            end = self._page.next_line(end)
        return Splice(first, self._beyond_block(end, above), "")

    def _end(self, number: int) -> int:
        record = layout(self._page.text, *self._found.spans[number])
        last = record.end - 1 if record.is_flow else line_of_last(self._page, record)
        return self._page.next_line(last)

    def _dash_line(self, number: int) -> int:
        """Where the line with the dash of record *number* starts."""
        top, text = self._found.top, self._page.text
        start = self._found.spans[number][0]
        line = start_of_line(text, start)
        column = top.column if top else 0
        while (
            text[line : line + column].strip(" ") or text[line + column : line + column + 1] != "-"
        ):
            before = text[line:start].lstrip()
            if line == 0 or (before and not before.startswith("#")):
                raise EditError(f"the dash of record {number + 1} was not found")
            start, line = line, start_of_line(text, line - 1)
        return line

    def _stands_apart(self, number: int) -> bool:
        """True if a new record behind record *number* would get a blank line above it."""
        if not self._is_blank_above(self._dash_line(number)):
            return False
        last = last_text(layout(self._page.text, *self._found.spans[number]))
        return not keeps_blank_lines(self._page, last)

    def _beyond_block(self, end: int, above: int) -> int:
        """*end*, or behind what the block that ends the record *above* would swallow there."""
        if above < 0:
            return end
        record = layout(self._page.text, *self._found.spans[above])
        last = last_text(record)
        if last is None or not last.is_block:
            return end
        if self._page.ends_block(end, record.column) and not keeps_blank_lines(self._page, last):
            return end
        while end < len(self._page.text) and self._is_swallowed(end, record.column):
            end = self._page.next_line(end)
        return end

    def _is_swallowed(self, index: int, column: int) -> bool:
        line = self._page.text[index : self._page.line_end(index)]
        return not line.strip() or len(line) - len(line.lstrip(" ")) > column

    def _is_blank_above(self, line: int) -> bool:
        return line > 0 and self._is_blank(start_of_line(self._page.text, line - 1))

    def _is_blank(self, line: int) -> bool:
        text = self._page.text
        return line < len(text) and not text[line : self._page.line_end(line)].strip()


class _Flow:
    """Records between the brackets of one list, with commas between them."""

    def __init__(self, page: Page, found: Found, gone: Collection[int]) -> None:
        self._text, self._spans, self._gone = page.text, found.spans, gone
        self._kept = [number for number in range(len(found.spans)) if number not in gone]

    def splices(self) -> list[Splice]:
        """Each record with the comma behind it; with that in front if none stays behind it."""
        last_kept = self._kept[-1] if self._kept else len(self._spans)
        found: list[Splice] = []
        for number in sorted(self._gone):
            is_behind = number > last_kept
            found += self._with_gap(number - 1, number) if is_behind else self._before(number)
        return found

    def _before(self, number: int) -> list[Splice]:
        start, end = self._spans[number]
        if number + 1 < len(self._spans):
            following = self._spans[number + 1][0]
            if "#" not in self._text[end:following]:
                return [Splice(start, following, "")]
        comma = _TO_COMMA.match(self._text, end)
        behind = [Splice(comma.end() - 1, comma.end(), "")] if comma else []
        return [Splice(start, end, ""), *behind]

    def _with_gap(self, before: int, number: int) -> list[Splice]:
        start, end = self._spans[number]
        gap = self._spans[before][1]
        if "#" not in self._text[gap:start]:
            return [Splice(gap, end, "")]
        comma = _TO_COMMA.match(self._text, gap)
        behind = [Splice(comma.end() - 1, comma.end(), "")] if comma else []
        return [*behind, Splice(start, end, "")]
