"""What an index is made from, or changed by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from leadctl.fields import Schema
from leadctl.problems import Problem
from leadctl.records import Entry, Event, FollowUp


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything that an index is built from."""

    entries: Sequence[Entry]
    #: In the order in which they are to be shown.
    events: Sequence[Event]
    problems: Sequence[Problem]
    schema: Schema
    #: What is to come back with the index: how the files look, parsed stages.
    meta: Mapping[str, str | bytes]
    #: All that is planned, also for who is not there.
    follow_ups: Sequence[FollowUp] = ()
    #: Table of the records → id → the fingerprint of how it is written.
    pieces: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Update:
    """What has become different since an index was made."""

    #: Ids of contacts that are in the book no more.
    gone: Collection[str]
    #: Contacts that are new, or stand or are written in another way.
    entries: Sequence[Entry]
    #: Others, that only stand in another way.
    moved: Sequence[Entry]
    #: New ones.
    events: Sequence[Event]
    #: All of them.
    problems: Sequence[Problem]
    schema: Schema
    meta: Mapping[str, str | bytes]
    #: Those that are new or another, and the ids of those that are gone.
    follow_ups: Sequence[FollowUp] = ()
    dropped: Collection[str] = ()
    #: They are all there are: nothing that was known of the others holds any more.
    follow_ups_anew: bool = False
    #: Table of the records → id of one that is written in another way → its fingerprint.
    pieces: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
