"""What is said about forgetting somebody: before, afterwards, and for a program."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from leadctl.forgetting import SHORTEST, Mention
from leadctl.sanitise import safe

#: How many mentions are listed unless all are asked for.
MENTIONS_SHOWN = 20
_LONGEST = 80
_ELSEWHERE = "backups, exports, and whatever a sync service or another machine keeps"


@dataclass(frozen=True, slots=True)
class Farewell:
    """What forgetting one person does to a book, and what is left to the user."""

    id: str
    name: str
    op: str
    #: What the journal calls the person from then on.
    alias: str
    #: The file of the contact; empty if only the journal knows the person any more.
    file: str
    events: int
    #: How many addresses the suppression list has of the person.
    addresses: int
    #: Addresses that others have as well, which are not on that list.
    shared: tuple[str, ...] = ()
    #: Files of `.leadctl` that go.
    purged: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    #: The command for the history of git; empty without git.
    git: str = ""


def plan_lines(farewell: Farewell) -> list[str]:
    """What is going to happen, before it is asked for."""
    lines = [f"{farewell.name} ({farewell.id}) is to be forgotten:"]
    if farewell.file:
        lines.append(f"  {farewell.file}: the contact goes")
    stay = "only day, kind and status stay"
    lines.append(f"  journal.jsonl: {_counted(farewell.events, 'event')} without name; {stay}")
    if farewell.addresses:
        added = _counted(farewell.addresses, "address", "addresses")
        lines.append(f"  suppressed.txt: {added} as hashes, so that no import brings them back")
    lines += [f"  {path}: goes" for path in farewell.purged]
    if farewell.mentions:
        places = _counted(len(farewell.mentions), "place")
        lines.append(f"  {places} elsewhere: left for you to decide")
    return [*lines, "This cannot be undone."]


def report_lines(farewell: Farewell, *, show_all: bool) -> list[str]:
    """What was done, what is to be decided, and what is out of reach."""
    lines = [f"forgotten: {farewell.id} is {farewell.alias} now (operation {farewell.op})"]
    if farewell.shared:
        lines.append(f"not suppressed, as others have them: {', '.join(farewell.shared)}")
    lines += left_lines(farewell, show_all=show_all)
    lines.append("out of reach:")
    if farewell.git:
        lines += ["  the history of git; in a fresh clone:", f"  {farewell.git}"]
    return [*lines, f"  {_ELSEWHERE}"]


def left_lines(farewell: Farewell, *, show_all: bool) -> list[str]:
    """The places that mention the person and are for the user to decide."""
    if not farewell.mentions:
        return []
    shown = farewell.mentions if show_all else farewell.mentions[:MENTIONS_SHOWN]
    lines = ["for you to decide, these places mention the person:"]
    lines += [f"  {_mention_line(each)}" for each in shown]
    if len(shown) < len(farewell.mentions):
        lines.append(f"  … {len(farewell.mentions) - len(shown)} more (-v lists all)")
    return lines


def as_data(farewell: Farewell, *, is_dry_run: bool) -> dict[str, object]:
    """The same for `--json`."""
    return {
        "op": None if is_dry_run else farewell.op,
        "dry_run": is_dry_run,
        "id": farewell.id,
        "forgotten_as": None if is_dry_run else farewell.alias,
        "contacts": 1 if farewell.file else 0,
        "events": farewell.events,
        "addresses": farewell.addresses,
        "shared_addresses": list(farewell.shared),
        "removed_files": list(farewell.purged),
        "mentions": [
            {
                "path": each.where.path,
                "line": each.where.line or None,
                "contact": each.contact or None,
                "field": each.field or None,
                "text": each.text,
            }
            for each in farewell.mentions
        ],
        "out_of_reach": [*([farewell.git] if farewell.git else []), _ELSEWHERE],
    }


def history_command(id_: str, texts: Iterable[str], paths: Iterable[str]) -> str:
    """The line for bash or zsh that takes a person out of a history of git.

    That are the id, the *texts*, line by line without those that are too short to be told from
    others, and the files *paths*.
    """
    lines = dict.fromkeys(line.strip() for text in texts for line in text.split("\n"))
    wanted = [f"regex:(?<![\\w-]){id_}(?![\\w-])==>~"]
    wanted += [f"literal:{line}==>~" for line in lines if len(line) >= SHORTEST and line != id_]
    words = " ".join(shlex.quote(word) for word in wanted)
    files = " ".join(f"--path {shlex.quote(path)}" for path in paths)
    gone = f" --invert-paths {files}" if files else ""
    return f"git filter-repo{gone} --replace-text <(printf '%s\\n' {words})"


def _mention_line(mention: Mention) -> str:
    who = " ".join(word for word in (mention.contact, mention.field) if word)
    text = safe(mention.text)
    cut = f"{text[: _LONGEST - 1]}…" if len(text) > _LONGEST else text
    return f"{mention.where}: {who}: {cut}" if who else f"{mention.where}: {cut}"


def _counted(number: int, one: str, several: str = "") -> str:
    return f"1 {one}" if number == 1 else f"{number} {several or f'{one}s'}"
