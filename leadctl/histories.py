"""Events as sentences and as rows: what happened to whom, when, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from leadctl.records import Changes, Event
from leadctl.views import Cell, Column, Row, Table, plainly

#: What an empty value reads as in "before → after".
_NOTHING = "—"


def history_table(
    events: Iterable[Event], *, with_contact: bool, void: Mapping[str, str] | None = None
) -> Table:
    """*events* as rows, in their order; *with_contact* shows whom they are about.

    *void* has the operations that were undone, each with the one that undid it.
    """
    who = (Column("contact", is_whole=True),) if with_contact else ()
    columns = (
        Column("on", "when", is_whole=True),
        *who,
        Column("what"),
        Column("note", least=20),
        Column("by", leaves=1),
        Column("op", is_whole=True, leaves=2),
    )
    return Table(columns, tuple(event_row(event, void) for event in events), _FIELDS, key="contact")


def event_row(event: Event, void: Mapping[str, str] | None = None) -> Row:
    """Every field of *event* in machine form, the sentence `what`, and what undid it, in *void*."""
    row: dict[str, Cell] = {
        name: getattr(event, name) or None for name in _FIELDS if name not in _WORKED_OUT
    }
    undone_by = (void or {}).get(event.op)
    row["what"] = f"{sentence(event)} (undone)" if undone_by else sentence(event)
    row["undone_by"] = undone_by
    # Whole files are no values: they would fill the screen.
    shown = event.changes if event.is_about_contact else {}
    row["changes"] = tuple(
        f"{name}: {plainly(old) or _NOTHING} → {plainly(new) or _NOTHING}"
        for name, (old, new) in shown.items()
    )
    return row


def sentence(event: Event) -> str:
    """What *event* says happened, in a few words."""
    say = _SENTENCES.get(event.kind)
    said = say(event) if say else event.kind
    return f"{said}, {event.origin}" if event.origin.startswith("rule ") else said


_FIELDS = (
    "id", "op", "at", "on", "contact", "kind", "what", "note", "reason", "via", "outcome", "by",
    "origin", "ref", "undoes", "undone_by", "changes",
)  # fmt: skip
#: What follows from an event and stands in none of its fields.
_WORKED_OUT = frozenset({"what", "undone_by"})


def _moved(event: Event) -> str:
    old, new = event.changes.get("status", ("", ""))
    reason = f" ({event.reason})" if event.reason else ""
    return f"{plainly(old) or _NOTHING} → {plainly(new)}{reason}"


def _added(event: Event) -> str:
    status = plainly(event.changes.get("status", ("", ""))[1])
    source = f", {event.origin}" if event.origin else ""
    return f"added as {status}{source}" if status else f"added{source}"


def _touched(event: Event) -> str:
    done = f"; {_done(event)}" if event.follow_ups else ""
    how = f"{event.via or 'touch'}, {event.outcome}" if event.outcome else event.via or "touch"
    return f"{how}{done}"


def _planned(event: Event) -> str:
    said = (f"follow-up {id_}{_what_of(changes)}" for id_, changes in event.follow_ups.items())
    return ", ".join(said) or event.kind


def _what_of(changes: Changes) -> str:
    due, id_ = (plainly(changes.get(name, ("", ""))[1]) for name in ("due", "id"))
    if "id" in changes:
        return f" on {due}" if id_ else " dropped"
    return f" → {due or plainly(changes.get('time', ('', ''))[1])}"


def _done(event: Event) -> str:
    said = []
    for id_, changes in event.follow_ups.items():
        again = "" if "id" in changes else plainly(changes.get("due", ("", ""))[1])
        said.append(f"follow-up {id_} done{f', again on {again}' if again else ''}")
    return ", ".join(said) or event.kind


def _edited(event: Event) -> str:
    if not event.is_about_contact:
        return f"{event.contact} mended"
    if event.record and not event.changes:
        return "comments or layout edited"
    return "; ".join(
        f"{name}: {plainly(old) or _NOTHING} → {plainly(new) or _NOTHING}"
        for name, (old, new) in event.changes.items()
    )


def _converted(event: Event) -> str:
    old, new = event.changes.get("format", ("", ""))
    return f"converted from {plainly(old)} to {plainly(new)}"


def _removed(event: Event) -> str:
    count = len(event.follow_ups)
    also = f", and {count} follow-up{'' if count == 1 else 's'}" if count else ""
    return f"removed{also}"


def _until(field: str, word: str) -> Callable[[Event], str]:
    def say(event: Event) -> str:
        day = plainly(event.changes.get(field, ("", ""))[1])
        return f"{word} until {day}" if day not in {"", "yes"} else word

    return say


_SENTENCES: Mapping[str, Callable[[Event], str]] = {
    "added": _added,
    "status": _moved,
    "touched": _touched,
    "edited": _edited,
    "snoozed": _until("snoozed_until", "snoozed"),
    "pinned": _until("pinned", "pinned"),
    "dismissed": lambda event: f"reason dismissed: {event.reason}",
    "undismissed": lambda event: f"reason counts again: {event.reason}",
    "unsnoozed": lambda _: "no longer snoozed",
    "unpinned": lambda _: "no longer pinned",
    "planned": _planned,
    "replanned": _planned,
    "dropped": _planned,
    "done": _done,
    "removed": _removed,
    "forgotten": lambda event: f"forgotten ({event.reason})" if event.reason else "forgotten",
    "undone": lambda event: f"undid {event.undoes}",
    "stages": lambda _: "stages.yaml changed",
    "converted": _converted,
}
