"""Where those who are on the prospect list stood on an earlier day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date

from leadctl.cli.own_rules import queries_of_rules
from leadctl.cli.session import Session
from leadctl.index import cache
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.prospecting.newly_due import changed_since, entries_then
from leadctl.prospecting.prospects import Prospect
from leadctl.query.sql import EVERYTHING, Query
from leadctl.records import Entry
from leadctl.what_counts import voided

#: So many are asked about at once; SQLite takes a few times as many parameters.
_AT_ONCE = 5_000


def entries_on(session: Session, then: date, found: Sequence[Prospect]) -> dict[str, Entry]:
    """Where each of *found* of whom the book knew on the day *then* stood at the end of it, by id.

    Who has not changed since stands there still; only what the rules of the user's own say may
    depend on the day.
    """
    index, stages = session.index, session.stages
    undoings = index.undoings()
    void = voided(event for event in undoings if event.known <= then)
    # Whatever was undone since, or is done again, counted then or did not.
    others = index.contacts_of(void.keys() ^ voided(undoings).keys())
    changed = changed_since(then, found, index.learnt_about(then) | others)
    before = entries_then(
        then,
        changed.values(),
        index.pasts(changed),
        void,
        stages,
        follow_ups=[each for each in index.follow_ups() if each.contact in changed],
    )
    same = {
        each.entry.contact.id: each.entry for each in found if each.entry.contact.id not in changed
    }
    if not index.rules:
        return {**before, **same}
    rules = queries_of_rules(stages, session.schema, then, is_told=False)
    return {**_judged(session, before, rules), **_asked(index, tuple(same), rules)}


def _asked(index: Index, ids: tuple[str, ...], rules: Mapping[str, Query]) -> dict[str, Entry]:
    """The contacts with these *ids* as *index* has them, with those of *rules* that hold."""
    now, index.rules = index.rules, rules
    found = {}
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        query = Query(f"c.id in ({', '.join('?' * len(some))})", some)
        found.update({each.contact.id: each for each in index.entries(query)})
    index.rules = now
    return found


def _judged(
    session: Session, entries: Mapping[str, Entry], rules: Mapping[str, Query]
) -> dict[str, Entry]:
    """*entries* with those of *rules* that hold: asked of an index of them alone."""
    meta = {"own_fields": session.index.meta("own_fields"), "last_known": ""}
    planned = [each for entry in entries.values() for each in entry.follow_ups]
    filling = Filling(tuple(entries.values()), (), (), session.schema, meta, planned)
    with closing(cache.build(None, filling)) as then:
        then.rules = rules
        return {each.contact.id: each for each in then.entries(EVERYTHING)}
