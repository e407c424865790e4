"""Dismiss: takes one reason of a contact off the prospect list until it would arise anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from leadctl.errors import RequestError
from leadctl.matching import did_you_mean, fold
from leadctl.plans import Plan, Step, plan, require_text
from leadctl.prospecting.criteria import KEPT, PINNED
from leadctl.prospecting.prospects import case_of, reasons_of
from leadctl.prospecting.reasons import is_dismissed
from leadctl.records import Entry
from leadctl.stages import Stages
from leadctl.stamps import Stamp


def dismiss(
    entries: Iterable[Entry], word: str, *, stages: Stages, today: date, note: str, stamp: Stamp
) -> Plan:
    """Take the reason *word* of each of *entries* off the list; who has it off already, stays so.

    Raises:
        RequestError: no such reason, one that is taken off in another way, or one that a contact
            does not have *today*.
    """
    code = _known(word, stages.criteria.codes)
    steps = [
        _event_step(each, "dismissed", code, note, stamp)
        if _is_on(each, code, stages, today)
        else Step(each.contact.id)
        for each in entries
    ]
    return plan(stamp, steps)


def take_back(
    entries: Iterable[Entry], word: str, *, stages: Stages, note: str, stamp: Stamp
) -> Plan:
    """Let the reason *word* of each of *entries* count again, where it was dismissed.

    Raises:
        RequestError: no such reason.
    """
    steps = []
    for each in entries:
        # A rule that stages.yaml no longer has may still have been dismissed.
        code = _known(word, dict.fromkeys((*stages.criteria.codes, *each.standing.dismissed)))
        is_off = code in each.standing.dismissed
        step = _event_step(each, "undismissed", code, note, stamp) if is_off else None
        steps.append(step or Step(each.contact.id))
    return plan(stamp, steps)


def _is_on(entry: Entry, code: str, stages: Stages, today: date) -> bool:
    """True if the reason *code* puts *entry* on the list, False if it is off it already.

    Raises:
        RequestError: it is taken off in another way, or not there at all.
    """
    _refuse_kept(entry, code)
    case = case_of(entry, stages, today)
    is_off = {reason.code: is_dismissed(case, reason) for reason in reasons_of(case)}
    if code not in is_off and entry.standing.dismissed.get(code) != today:
        here = ", ".join(each for each in is_off if each not in KEPT)
        otherwise = f"leadctl prospects --explain {entry.contact.id}"
        hint = f"reasons today: {here}" if here else otherwise
        raise RequestError(f'"{entry.contact.id}" has no reason {code} on {today}', hint=hint)
    return not is_off.get(code, True)


def _event_step(entry: Entry, kind: str, code: str, note: str, stamp: Stamp) -> Step:
    id_, said = entry.contact.id, require_text(note, "the note")
    return Step(id_, (stamp.event(kind, id_, note=said, reason=code),))


def _known(word: str, codes: Iterable[str]) -> str:
    by_word = {fold(code): code for code in codes}
    # People type what they read, and blanks and hyphens look alike to them.
    code = by_word.get(fold(word)) or by_word.get(fold(word).replace("-", "_").replace(" ", "_"))
    if code:
        return code
    hint = did_you_mean(word, by_word.values(), f"reasons: {', '.join(by_word.values())}")
    raise RequestError(f'no reason named "{word}"', hint=hint)


def _refuse_kept(entry: Entry, code: str) -> None:
    if code == PINNED:
        hint = f"leadctl pin {entry.contact.id} --remove"
        raise RequestError("a pin is taken off, not dismissed", hint=hint)
    if code in KEPT:
        hint = "leadctl todo done, move or remove; `leadctl todo list` has the ids"
        raise RequestError(f"{code} is done, moved or removed, not dismissed", hint=hint)
