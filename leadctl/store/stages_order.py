"""Statuses that come, go or change places in the text of a stages.yaml, with their comments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from leadctl.stages import Status
from leadctl.store.stages_parts import Member, Section
from leadctl.store.yaml_layout import LINE_END, start_of_line
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_splices import Page, Splice, apply, field_lines, flow_field

_STEP = 2


def reordered(text: str, section: Section, wanted: Sequence[str], new: Status | None) -> str:
    """*text* with the members of *section* as *wanted*: one of them gone, *new*, or elsewhere."""
    names = [member.key.text for member in section.members]
    gone = next((name for name in names if name not in wanted), "")
    if not gone and new is None:
        gone = _moved(names, wanted)
    pieces = _InFlow(text, section) if section.is_flow else _InLines(text, section)
    if new is not None:
        return pieces.with_new(new, _before(wanted, new.name))
    number = names.index(gone)
    if gone not in wanted:
        return pieces.without(number)
    return pieces.moved(number, _before(wanted, gone))


def _before(wanted: Sequence[str], name: str) -> str:
    index = wanted.index(name)
    return wanted[index - 1] if index else ""


def _moved(names: Sequence[str], wanted: Sequence[str]) -> str:
    """The one of *names* that has to go elsewhere so that they stand as *wanted*."""
    for name in names:
        if [each for each in names if each != name] == [each for each in wanted if each != name]:
            return name
    return names[0]


def _settings(status: Status) -> dict[str, str]:
    intervals = {
        "touch_every": status.touch_every,
        "first_touch": status.first_touch,
        "limit": status.limit,
    }
    return {name: str(interval) for name, interval in intervals.items() if interval is not None}


@dataclass(frozen=True, slots=True)
class _InFlow:
    """Members between brackets."""

    text: str
    section: Section

    def with_new(self, status: Status, after: str) -> str:
        settings = ", ".join(flow_field(name, said) for name, said in _settings(status).items())
        new = f"{scalar(status.name, in_flow=True)}: {{{settings}}}"
        return apply(self.text, [self._inserted(new, after)])

    def without(self, number: int) -> str:
        return apply(self.text, self._cut(number))

    def moved(self, number: int, after: str) -> str:
        member = self.section.members[number]
        # A comma right behind a colon would become part of the key.
        piece = self.text[member.key.start : member.last] + " " * member.is_empty
        return apply(self.text, [*self._cut(number), self._inserted(piece, after)])

    def _cut(self, number: int) -> list[Splice]:
        members = self.section.members
        member = members[number]
        if number + 1 < len(members):
            following = members[number + 1].key.start
            if "#" not in self.text[member.last : following]:
                return [Splice(member.key.start, following, "")]
            return [Splice(member.key.start, member.comma + 1, "")]
        before = members[number - 1].last if number else member.key.start
        if "#" not in self.text[before : member.key.start]:
            return [Splice(before, member.last, "")]
        return [Splice(member.key.start, max(member.last, member.comma + 1), "")]

    def _inserted(self, new: str, after: str) -> Splice:
        members = self.section.members
        before = self.section.find(after) if after else None
        if before is None:
            place = members[0].key.start if members else self.section.start + 1
            return Splice(place, place, f"{new}{self._gap(members[0]) if members else ''}")
        blank = " " if before.is_empty else ""
        return Splice(before.last, before.last, f"{blank}{self._gap(before)}{new}")

    def _gap(self, beside: Member) -> str:
        """A comma, and what separates members on lines of their own."""
        begin = start_of_line(self.text, beside.key.start)
        indent = self.text[begin : beside.key.start]
        rest = self.text[beside.last : Page(self.text).line_end(beside.last)]
        if indent.strip() or rest.strip(" ,"):
            return ", "
        return f",{Page(self.text).eol(beside.last)}{indent}"


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one member, from the first of its comments, and the blank ones above them."""

    blank: int
    first: int
    #: Behind the last of them.
    end: int


class _InLines:
    """Members on lines of their own."""

    def __init__(self, text: str, section: Section) -> None:
        self._text = text
        self._section = section
        self._starts = [0, *(found.end() for found in LINE_END.finditer(text))]
        if self._starts[-1] == len(text):
            self._starts.pop()
        self._blocks = self._find_blocks()

    def with_new(self, status: Status, after: str) -> str:
        beside = self._section.find(after) or self._section.members[0]
        eol = Page(self._text).eol(beside.key.start)
        lines = "".join(line + eol for line in self._new_lines(status, beside))
        return self._placed(lines, after, self._separator(eol), skip=-1)

    def without(self, number: int) -> str:
        first, end, _ = self._cut(number)
        return apply(self._text, [Splice(self._at(first), self._at(end), "")])

    def moved(self, number: int, after: str) -> str:
        first, end, blank = self._cut(number)
        block = self._blocks[number]
        lines = self._ended(self._text[self._at(block.first) : self._at(block.end)])
        cut = Splice(self._at(first), self._at(end), "")
        return self._placed(lines, after, blank, skip=number, cut=cut)

    def _placed(
        self, lines: str, after: str, blank: str, *, skip: int, cut: Splice | None = None
    ) -> str:
        cuts = [cut] if cut else []
        if not after:
            top = next(each for number, each in enumerate(self._blocks) if number != skip)
            if top.blank < top.first:
                # As it is above the one that was first.
                return apply(self._text, [*cuts, self._pasted(top.blank, blank + lines)])
            return apply(self._text, [*cuts, self._pasted(top.first, lines + blank)])
        names = [member.key.text for member in self._section.members]
        place = self._blocks[names.index(after)].end
        return apply(self._text, [*cuts, self._pasted(place, blank + lines)])

    def _pasted(self, line: int, lines: str) -> Splice:
        place = self._at(line)
        is_open = place == len(self._text) and LINE_END.search(self._text[-1:]) is None
        before = Page(self._text).eol(place) if is_open else ""
        return Splice(place, place, before + lines)

    def _cut(self, number: int) -> tuple[int, int, str]:
        """The lines that go with a member, and the blank ones among them."""
        block = self._blocks[number]
        if block.blank < block.first or number or len(self._blocks) == 1:
            blank = self._text[self._at(block.blank) : self._at(block.first)]
            return block.blank, block.end, blank
        end = block.end
        while end < self._blocks[1].first and self._is_blank(end):
            end += 1
        return block.first, end, self._text[self._at(block.end) : self._at(end)]

    def _separator(self, eol: str) -> str:
        """A blank line if the members have some between them."""
        others = self._blocks[1:] or self._blocks
        return eol if all(each.blank < each.first for each in others) else ""

    def _new_lines(self, status: Status, beside: Member) -> list[str]:
        indent, settings = " " * self._section.column, _settings(status)
        name = scalar(status.name)
        value = beside.value
        if isinstance(value, Section) and value.is_flow and value.members:
            inside = ", ".join(flow_field(key, said) for key, said in settings.items())
            return [f"{indent}{name}: {{{inside}}}"]
        column = self._section.column + _STEP
        if isinstance(value, Section) and not value.is_flow:
            column = value.column
        page, lines = Page(self._text), [f"{indent}{name}:"]
        for key, said in settings.items():
            rendered = page.render(said, len(self._text), column)
            lines += field_lines(key, rendered, " " * column)
        return lines

    def _find_blocks(self) -> list[_Block]:
        blocks: list[_Block] = []
        above = self._line(self._section.start)
        while above and (self._is_blank(above - 1) or self._is_comment(above - 1)):
            above -= 1
        for member in self._section.members:
            first = self._line(member.key.start)
            while first > above and self._is_own_comment(first - 1):
                first -= 1
            blank = first
            while blank > above and self._is_blank(blank - 1):
                blank -= 1
            above = self._end_of(member)
            blocks.append(_Block(blank, first, above))
        return blocks

    def _end_of(self, member: Member) -> int:
        """The line behind the last that belongs to *member*; deeper comments below it do."""
        end = line = self._line(max(member.last - 1, member.key.start)) + 1
        while line < len(self._starts) and (self._is_blank(line) or self._is_deeper_comment(line)):
            line += 1
            if not self._is_blank(line - 1):
                end = line
        return end

    def _line(self, index: int) -> int:
        """The number of the line that *index* is in, from 0."""
        return bisect_right(self._starts, index) - 1

    def _at(self, line: int) -> int:
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def _said(self, line: int) -> str:
        return self._text[self._at(line) : self._at(line + 1)]

    def _is_blank(self, line: int) -> bool:
        return not self._said(line).strip()

    def _is_comment(self, line: int) -> bool:
        return self._said(line).lstrip().startswith("#")

    def _is_own_comment(self, line: int) -> bool:
        # One that stands further out is a heading, or a status that is switched off.
        return self._is_comment(line) and self._depth(line) == self._section.column

    def _is_deeper_comment(self, line: int) -> bool:
        return self._is_comment(line) and self._depth(line) > self._section.column

    def _depth(self, line: int) -> int:
        said = self._said(line)
        return len(said) - len(said.lstrip())

    def _ended(self, lines: str) -> str:
        ends = LINE_END.search(lines[-1:])
        return lines if ends else lines + Page(self._text).eol(len(self._text))
