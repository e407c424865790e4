"""Changes to the text of stages.yaml: names, lists and the order of statuses, and nothing else.

What comes out is read again and has to declare exactly the intended stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from leadctl.matching import fold
from leadctl.stages import Stages, Status
from leadctl.stages_reading import read_stages
from leadctl.store.edit_error import EditError
from leadctl.store.stages_order import reordered
from leadctl.store.stages_parts import Member, Section, read_parts
from leadctl.store.yaml_layout import Entry, Layout, Listed, Text, layout
from leadctl.store.yaml_lists import has_comment, list_splices, replace_scalar, without_items
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_reader import read_tree
from leadctl.store.yaml_splices import Page, Splice, apply, flow_list

_BOM = "\ufeff"
_STEP = 2


def edit_stages(text: str, wanted: Stages, *, renamed: Mapping[str, str]) -> str:
    """*text*, a sound stages.yaml, so that it declares *wanted*.

    *renamed* says which status has another name now: old name → new name. At most one status
    comes, goes or changes its place. Comments stay; those of a status that goes, go with it.

    Raises:
        EditError: the text is not sound, or what came out is not exactly what was meant.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    old = _declared(text.removeprefix(mark))
    edited = _Editor(text.removeprefix(mark), old, wanted, renamed).edited()
    if _comparable(_declared(edited), old, renamed) != _comparable(wanted, old, renamed):
        raise EditError("what came out is not what was meant")
    return mark + edited


def _declared(text: str) -> Stages:
    tree, problems = read_tree(text, "stages.yaml")
    stages = read_stages(tree)[0] if tree is not None else None
    if stages is None or any(not problem.is_warning for problem in problems):
        raise EditError("it cannot be read")
    return stages


def _comparable(stages: Stages, old: Stages, renamed: Mapping[str, str]) -> Stages:
    """*stages* without the colour of a status that has come into another stage.

    Its colour may be its own or that of the stage, which only the text can tell.
    """
    before = {renamed.get(each.name, each.name): each.stage for each in old.statuses}
    return replace(
        stages,
        statuses=tuple(
            each if before.get(each.name) == each.stage else replace(each, colour="")
            for each in stages.statuses
        ),
    )


class _Editor:
    def __init__(self, text: str, old: Stages, wanted: Stages, renamed: Mapping[str, str]) -> None:
        self._text = text
        self._page = Page(text)
        self._old = old
        self._wanted = wanted
        self._renamed = renamed
        self._after = {status.name: status for status in wanted.statuses}

    def edited(self) -> str:
        top = read_parts(self._text)
        splices = [
            *self._follows(top, "default", self._wanted.default),
            *self._in_statuses(_section(top, "statuses")),
            *self._in_stages(top),
            *self._views(top),
            *self._in_prospects(top),
        ]
        text = apply(self._text, splices)
        old = [self._renamed.get(each.name, each.name) for each in self._old.statuses]
        order = [status.name for status in self._wanted.statuses]
        if order == old:
            return text
        new = next((each for each in self._wanted.statuses if each.name not in old), None)
        return reordered(text, _section(read_parts(text), "statuses"), order, new)

    def _follows(self, section: Section | None, key: str, new: str) -> list[Splice]:
        """What makes *key* of *section* name the status *new*, spelt as before if it means it."""
        member = section.find(key) if section else None
        if section is None or member is None or not isinstance(member.value, Text):
            return []
        status = self._old.get(member.value.text)
        if self._renamed.get(status.name, status.name) == new:
            new = self._spelt(status, member.value.text)
        if new == member.value.text:
            return []
        end = member.last if member.value.style in ("|", ">") else member.value.end
        return [self._named(section, replace(member.value, end=end), new)]

    def _in_statuses(self, section: Section) -> Iterator[Splice]:
        for member in section.members:
            before = self._old.get(member.key.text)
            after = self._after.get(self._renamed.get(before.name, before.name))
            if after is None:
                continue
            if after.name != before.name:
                yield self._named(section, member.key, after.name)
            if after.aliases != before.aliases:
                yield from self._listed(section, member, "aliases", after.aliases)
            yield from self._mentions(section, member, "next", after.next)
            if after.then:
                yield from self._follows(
                    section.inner(member.key.text, "then"), "to", after.then.to
                )

    def _in_prospects(self, top: Section) -> Iterator[Splice]:
        section, criteria = top.inner("prospects"), self._wanted.criteria
        quiet = section.find("gone_quiet") if section else None
        if section and quiet and _entry(_settings(self._text, quiet), "statuses"):
            yield from self._mentions(section, quiet, "statuses", criteria.quiet.statuses)
        for rule in criteria.rules:
            inside = top.inner("prospects", "rules", rule.name)
            where = inside.find("where") if inside else None
            if inside and where and isinstance(where.value, Text):
                yield from self._said(inside, where.value, rule.where)

    def _in_stages(self, top: Section) -> Iterator[Splice]:
        stages = top.find("stages")
        if stages is None or not isinstance(stages.value, Section):
            return
        for member in stages.value.members:
            group = self._wanted.find_stage(member.key.text)
            if group:
                yield from self._mentions(stages.value, member, "statuses", group.statuses)

    def _views(self, top: Section) -> Iterator[Splice]:
        views = top.find("views")
        if views is None or not isinstance(views.value, Section):
            return
        for member in views.value.members:
            if isinstance(member.value, Text):
                new = self._wanted.views.get(member.key.text, member.value.text)
                yield from self._said(views.value, member.value, new)

    def _mentions(
        self, section: Section, member: Member, key: str, wanted: Sequence[str]
    ) -> list[Splice]:
        """What makes a list of statuses hold *wanted*; who is meant still is spelt as before."""
        entry = _entry(_settings(self._text, member), key)
        items = entry.value.items if entry and isinstance(entry.value, Listed) else ()
        spelt: dict[str, str] = {}
        is_same = True
        for item in items:
            status = self._old.get(item.text)
            said = self._spelt(status, item.text)
            is_same = is_same and said == item.text
            spelt.setdefault(self._renamed.get(status.name, status.name), said)
        if is_same and tuple(spelt) == tuple(wanted):
            return []
        texts = [spelt.get(name, name) for name in wanted]
        if entry and isinstance(entry.value, Listed):
            for number, item in enumerate(items):
                rest = [each.text for each in items if each is not item]
                if rest == texts and self._has_note(entry.value, number, item.text):
                    return self._without_item(entry.value, number)
        return self._listed(section, member, key, texts)

    def _has_note(self, old: Listed, number: int, said: str) -> bool:
        """True if a comment would be lost with an item, though its status is still there."""
        if old.is_flow:
            return has_comment(self._page, old)
        item = old.items[number]
        is_left = self._renamed.get(self._old.get(said).name, self._old.get(said).name)
        note = self._text[item.last : self._page.line_end(item.last)]
        return is_left in self._after and "#" in note

    def _without_item(self, old: Listed, number: int) -> list[Splice]:
        """What removes an item and leaves the comment behind it."""
        item = old.items[number]
        if not old.is_flow:
            return [Splice(old.dashes[number], self._text.index("#", item.last), "")]
        comma = next((each for each in old.commas if each >= item.end), -1)
        commas = [Splice(comma, comma + 1, "")] if comma >= 0 else []
        return [Splice(item.start, item.end, ""), *commas]

    def _spelt(self, status: Status, said: str) -> str:
        """*said*, which stands for *status*, unless it is the name that changes."""
        new = self._renamed.get(status.name, "")
        return new if new and fold(said) == fold(status.name) else said

    def _listed(
        self, section: Section, member: Member, key: str, texts: Sequence[str]
    ) -> list[Splice]:
        """What makes the list *key* of *member*, one of *section*, hold *texts*."""
        settings = _settings(self._text, member)
        if settings is None:
            return [self._new_settings(section, member, key, texts)] if texts else []
        entry = _entry(settings, key)
        if entry is None:
            return [self._new_list(settings, key, texts)] if texts else []
        if isinstance(entry.value, Listed):
            return self._relisted(entry.value, texts)
        new = ("" if entry.colon_end >= 0 else ":") + f" {flow_list(texts)}"
        start, end = entry.value.start, entry.value.end
        is_there = start < end
        place = start if is_there else entry.last
        return [Splice(place, end if is_there else place, new.lstrip() if is_there else new)]

    def _relisted(self, old: Listed, texts: Sequence[str]) -> list[Splice]:
        if texts:
            return list_splices(self._page, old, texts)
        if old.is_flow and not has_comment(self._page, old):
            return [Splice(old.start, old.end, "[]")]
        return without_items(self._page, old)

    def _new_list(self, settings: Layout, key: str, texts: Sequence[str]) -> Splice:
        said = f"{key}: {flow_list(texts)}"
        if not settings.entries:
            return Splice(settings.start + 1, settings.start + 1, said)
        last = settings.entries[-1]
        if not settings.is_flow:
            return self._page.lines_below(last.last, [" " * settings.column + said])
        comma = " , " if last.value.start == last.value.end and last.colon_end >= 0 else ", "
        return Splice(last.last, last.last, comma + said)

    def _new_settings(
        self, section: Section, member: Member, key: str, texts: Sequence[str]
    ) -> Splice:
        said = f"{key}: {flow_list(texts)}"
        if not section.is_flow and member.is_empty and member.colon_end >= 0:
            indent = " " * (section.column + _STEP)
            return self._page.lines_below(member.last, [indent + said])
        if isinstance(member.value, Text) and not member.is_empty:
            return Splice(member.value.start, member.value.end, f"{{{said}}}")
        colon = "" if member.colon_end >= 0 else ":"
        return Splice(member.last, member.last, f"{colon} {{{said}}}")

    def _named(self, section: Section, key: Text, new: str) -> Splice:
        quote = key.style if key.style in ("'", '"') else ""
        return Splice(key.start, key.end, scalar(new, in_flow=section.is_flow, quote=quote))

    def _said(self, section: Section, old: Text, new: str) -> list[Splice]:
        if new == old.text:
            return []
        if section.is_flow:
            return [self._named(section, old, new)]
        placed = next(
            entry.value
            for entry in layout(self._text, section.start, section.end).entries
            if isinstance(entry.value, Text) and entry.value.start == old.start
        )
        return replace_scalar(self._page, placed, new, section.column)


def _section(top: Section, name: str) -> Section:
    member = top.find(name)
    if member is None or not isinstance(member.value, Section):
        raise EditError(f"{name} is not where it was expected")
    return member.value


def _settings(text: str, member: Member) -> Layout | None:
    """The settings of a status or stage, part by part; None if it has none at all."""
    if not isinstance(member.value, Section):
        return None
    return layout(text, member.value.start, member.value.end)


def _entry(settings: Layout | None, key: str) -> Entry | None:
    entries = settings.entries if settings else ()
    return next((entry for entry in entries if entry.name == key), None)
