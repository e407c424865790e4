"""Splices that turn one list into another and leave the items that stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from leadctl.store.yaml_layout import Listed, Text, start_of_line
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_splices import Page, Splice

#: Replace the first range of items by these texts; an empty range means "insert before".
_Step = tuple[int, int, Sequence[str]]


def list_splices(page: Page, old: Listed, new: Sequence[str]) -> list[Splice]:
    """What makes *old* hold the texts *new*, at least one, in its own style."""
    steps = _steps([item.text for item in old.items], new)
    if old.is_flow:
        return [splice for step in steps for splice in _flow_step(page, old, *step)]
    return [splice for step in steps for splice in _block_step(page, old, *step)]


def without_items(page: Page, old: Listed) -> list[Splice]:
    """What makes *old* empty; in flow style its brackets and comments stay."""
    if old.is_flow:
        items = [Splice(item.start, item.end, "") for item in old.items]
        return [*items, *(Splice(comma, comma + 1, "") for comma in old.commas)]
    numbers = range(len(old.items))
    return [page.without_lines(old.dashes[n], _last(old, n)) for n in numbers]


def has_comment(page: Page, old: Listed) -> bool:
    """True if there is a comment between the items of a list."""
    starts = [old.start, *(item.end for item in old.items)]
    ends = [*(item.start for item in old.items), old.end]
    return any("#" in page.text[a:b] for a, b in zip(starts, ends, strict=True))


def replace_scalar(page: Page, old: Text, new: str, column: int) -> list[Splice]:
    """What makes the text *old* of the key or dash at *column*, not in flow style, say *new*."""
    quote = old.style if old.style in ("'", '"') else ""
    if not old.is_block:
        rendered = page.render(new, page.next_line(old.end), column, quote=quote)
        head = Splice(old.start, old.end, rendered.head)
        below = [page.lines_below(old.end, rendered.block)] if rendered.block else []
        return [head, *below]
    said_end = old.lines_end or old.mark_end
    rendered = page.render(new, page.next_line(said_end), column)
    return [Splice(old.start, old.mark_end, rendered.head), *_new_block(page, old, rendered.block)]


def without_block(page: Page, old: Text) -> list[Splice]:
    """What removes the lines of the block *old*."""
    return _new_block(page, old, ())


def _new_block(page: Page, old: Text, lines: Sequence[str]) -> list[Splice]:
    if not old.lines_end:
        return [page.lines_below(old.mark_end, lines)] if lines else []
    if not lines:
        return [Splice(old.lines_start, page.next_line(old.lines_end), "")]
    return [Splice(old.lines_start, old.lines_end, page.eol(old.mark_end).join(lines))]


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[_Step]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for i, j in zip(range(i1, i2), range(j1, j2), strict=False):
            yield i, i + 1, [new[j]]
        both = min(i2 - i1, j2 - j1)
        if i1 + both < i2:
            yield i1 + both, i2, []
        if j1 + both < j2:
            yield i2, i2, new[j1 + both : j2]


def _flow_step(
    page: Page, old: Listed, first: int, last: int, texts: Sequence[str]
) -> Iterator[Splice]:
    items = old.items
    new = ", ".join(scalar(text, in_flow=True) for text in texts)
    if first == last and first:
        place = items[first - 1].end
        yield Splice(place, place, f", {new}")
    elif first == last:
        place = items[0].start if items else old.start + 1
        yield Splice(place, place, f"{new}, " if items else new)
    elif texts:
        item = items[first]
        quote = item.style if item.style in ("'", '"') else ""
        yield Splice(item.start, item.end, scalar(texts[0], in_flow=True, quote=quote))
    elif last < len(items):
        yield Splice(items[first].start, items[last].start, "")
    elif "#" in page.text[items[first - 1].end : items[first].start]:
        # The comment is about the item that stays; a comma behind the last one is allowed.
        yield Splice(items[first].start, items[last - 1].end, "")
    else:
        yield Splice(items[first - 1].end, items[last - 1].end, "")


def _block_step(
    page: Page, old: Listed, first: int, last: int, texts: Sequence[str]
) -> Iterator[Splice]:
    if first == last:
        yield _new_items(page, old, first, texts)
    elif texts:
        yield from _replaced_item(page, old, first, texts[0])
    else:
        for number in range(first, last):
            yield page.without_lines(old.dashes[number], _last(old, number))


def _replaced_item(page: Page, old: Listed, number: int, new: str) -> list[Splice]:
    item, dash = old.items[number], old.dashes[number]
    column = dash - start_of_line(page.text, dash)
    if item.start == item.end:
        rendered = page.render(new, page.next_line(dash), column)
        below = [page.lines_below(dash, rendered.block)] if rendered.block else []
        return [Splice(dash + 1, dash + 1, f" {rendered.head}"), *below]
    return replace_scalar(page, item, new, column)


def _new_items(page: Page, old: Listed, number: int, texts: Sequence[str]) -> Splice:
    """*texts* as items before the one with *number*, or at the end."""
    dash = old.dashes[0]
    column = dash - start_of_line(page.text, dash)
    anchor = _last(old, number - 1) if number else dash
    lines: list[str] = []
    for text in texts:
        rendered = page.render(text, page.next_line(anchor), column)
        lines += [f"{' ' * column}- {rendered.head}", *rendered.block]
    return page.lines_below(anchor, lines) if number else page.lines_above(anchor, lines)


def _last(old: Listed, number: int) -> int:
    """Where the item with *number* says its last."""
    return max(old.items[number].last, old.dashes[number] + 1)
