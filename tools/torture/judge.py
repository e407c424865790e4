"""What is in a book after something went wrong, held against the book before and after."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tools.torture.totals import Totals
from tools.torture.warm import Done

#: Path in the book → content; of the journal, what is by chance is taken out.
Snapshot = Mapping[str, bytes]

_JOURNAL = "journal.jsonl"
_SUPPRESSED = "suppressed.txt"
_HEX = re.compile(rb"[0-9a-f]{32}")
_OPERATION = re.compile(rb'"(op|undoes)": "[0-9a-z]{6}"')
_BY_CHANCE = ("id", "op", "at", "undoes")
#: What may lie in `.leadctl` while nobody writes.
_AT_REST = {"lock", ".gitignore", "manifest.json", "quarantine", "stages.schema.json"}


def snapshot(root: Path) -> Snapshot:
    """Every file of the book in *root*, without what belongs to one run only."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_file() and not name.startswith(".leadctl"):
            found[name] = _without_chance(name, path.read_bytes())
    return found


def _without_chance(name: str, content: bytes) -> bytes:
    if name == _SUPPRESSED:
        return b"\n".join(sorted(_HEX.sub(b"HASH", content).split(b"\n")))
    if name != _JOURNAL:
        return content
    return b"\n".join(_plain(line) for line in content.split(b"\n"))


def _plain(line: bytes) -> bytes:
    """A line of the journal without ids and times; what cannot be read stays as it is."""
    try:
        event = json.loads(line)
    except ValueError:
        return line
    for name in _BY_CHANCE:
        if name in event:
            event[name] = "?"
    if event["contact"].startswith("~"):
        event["contact"] = "~"
    return json.dumps(event, ensure_ascii=False).encode()


def left_over(root: Path) -> list[str]:
    """Names that are only there while somebody writes."""
    found = [name.name for name in (root / ".leadctl").iterdir() if name.name not in _AT_REST]
    for folder in (root, root / "contacts"):
        if folder.is_dir():
            found += [path.name for path in folder.iterdir() if ".leadctl-" in path.name]
    return sorted(found)


def judge(
    totals: Totals,
    found: Snapshot,
    *,
    before: Snapshot,
    after: Snapshot,
    is_acknowledged: bool,
    label: str,
) -> None:
    """Count what is wrong in *found*, which must be *before* or, if acknowledged, *after*."""
    if found == after:
        return
    if found == before:
        if is_acknowledged:
            totals.fail("gone", f"{label}: it was acknowledged and is not there")
        return
    totals.fail(_kind(found, before, after), f"{label}: {_difference(found, before, after)}")


def _kind(found: Snapshot, before: Snapshot, after: Snapshot) -> str:
    lines, old, new = (
        Counter(each.get(_JOURNAL, b"").split(b"\n")) for each in (found, before, after)
    )
    if any(count > max(old[line], new[line]) for line, count in lines.items() if line in new):
        return "doubled"
    kept = {name for name in before if name in after}
    is_short = any(lines[line] < min(count, new[line]) for line, count in old.items())
    return "lost" if is_short or not kept <= set(found) else "torn"


def _difference(found: Snapshot, before: Snapshot, after: Snapshot) -> str:
    parts = []
    for name in sorted({*found, *before, *after}):
        held = found.get(name)
        if before.get(name) == after.get(name) == held:
            continue
        like = "before" if held == before.get(name) else "after" if held == after.get(name) else ""
        parts.append(f"{name} is as {like}" if like else f"{name} is neither: {held!r:.300}")
    return "; ".join(parts)


def judge_words(totals: Totals, done: Done, label: str) -> None:
    """Count a run that ended as no run may end, whatever is done to it."""
    if done.code == 70 or "Traceback" in done.err:
        totals.fail("crashed", f"{label}: {done.err[-600:]}")
