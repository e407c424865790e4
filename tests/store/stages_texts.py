"""Two stages.yaml in different styles and changes to them, for the tests of their editor."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.dates import parse_interval
from leadctl.stage_edits import StagesEdit, add_status, move_status, remove_status, rename_status
from leadctl.stage_order import Place
from leadctl.stages import Status
from leadctl.store.stages_editor import edit_stages
from tests.people import stages_of

PLAIN = """\
# Mine.
default: New
stages:
  Hot: {statuses: [New, Active]}  # be quick
  Warm:
    statuses:
      - Engage  # the many
      # not forgotten
      - Future
statuses:

  # Just came in.
  New:
    touch_every: 2 days
    next: [Engage, Active]  # usual

  # We talk.
  Engage:
    touch_every: 7 days
    # Two months are enough.
    limit: 60 days
  # Later.
  Future: {touch_every: 30 days, next: [Engage]}

  Active: # in work
    touch_every: 14 days
views:
  hot: 'status:Engage,New -is:snoozed'
"""
COMPACT = (
    '{default: New, stages: {Hot: {statuses: [New]}}, statuses: {New: {touch_every: 2d}, "Old": {'
    "touch_every: never, next: [New]}, Idle: }, views: {v: status:Old}}\n"
)


def done(text: str, edit: StagesEdit) -> str:
    return edit_stages(text, edit.stages, renamed=edit.renamed)


def rename(text: str, old: str, new: str) -> str:
    return done(text, rename_status(stages_of(text.removeprefix("\ufeff")), old, new))


def remove(text: str, name: str, into: str = "") -> str:
    return done(text, remove_status(stages_of(text), name, into=into))


def move(text: str, name: str, place: Place | None = None, stage: str | None = None) -> str:
    return done(text, move_status(stages_of(text), name, place or Place(), stage=stage))


def add(text: str, name: str, place: Place | None = None, **of: str) -> str:
    every, limit = of.get("touch_every"), of.get("limit")
    status = Status(
        name,
        stage=of.get("stage", ""),
        touch_every=parse_interval(every) if every else None,
        limit=parse_interval(limit) if limit else None,
    )
    return done(text, add_status(stages_of(text), status, place=place or Place()))


def replaced(text: str, pieces: Mapping[str, str]) -> str:
    for old, new in pieces.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
