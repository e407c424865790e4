"""Where a status stands among the others, and the order that results if it goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.stages import Stage, Stages, Status


@dataclass(frozen=True, slots=True)
class Place:
    """A place among the statuses; at most one of its parts is given."""

    #: The status to stand behind or before, by name or alias.
    after: str = ""
    before: str = ""
    is_first: bool = False
    is_last: bool = False

    def __post_init__(self) -> None:
        if bool(self.after) + bool(self.before) + self.is_first + self.is_last > 1:
            raise RequestError("only one of --after, --before, --first and --last can be said")

    @property
    def is_given(self) -> bool:
        """True if one is."""
        return bool(self.after or self.before or self.is_first or self.is_last)

    def __str__(self) -> str:
        if self.after or self.before:
            return f"after {quoted(self.after)}" if self.after else f"before {quoted(self.before)}"
        return "to the beginning" if self.is_first else "to the end"


def order_of(stages: Stages) -> list[str]:
    """The names of the statuses in pipeline order."""
    return [status.name for status in stages.statuses]


def ordered(statuses: Iterable[Status], order: list[str]) -> tuple[Status, ...]:
    """*statuses* in *order*, which has the names of all of them."""
    return tuple(sorted(statuses, key=lambda status: order.index(status.name)))


def by_name(stages: Stages, place: Place) -> Place:
    """*place* with the present name of the status in it."""
    if place.after:
        return Place(after=stages.get(place.after).name)
    return Place(before=stages.get(place.before).name) if place.before else place


def inserted(stages: Stages, order: list[str], name: str, place: Place) -> list[str]:
    """*order*, which does not have *name*, with it at *place*.

    Raises:
        RequestError: the place is beside a status that is unknown or *name* itself.
    """
    place = by_name(stages, place)
    if name in (place.after, place.before):
        raise RequestError(f"{quoted(name)} cannot stand beside itself")
    index = 0 if place.is_first else len(order)
    if place.after or place.before:
        index = order.index(place.after or place.before) + bool(place.after)
    return [*order[:index], name, *order[index:]]


def regrouped(
    groups: Iterable[Stage], name: str, wanted: str, order: list[str]
) -> tuple[Stage, ...]:
    """*groups* with *name* in the stage *wanted* only, behind those that come before it."""

    def members(group: Stage) -> tuple[str, ...]:
        others = without(group.statuses, name)
        if group.name != wanted:
            return others
        before = [each for each in others if order.index(each) < order.index(name)]
        index = others.index(before[-1]) + 1 if before else 0
        return (*others[:index], name, *others[index:])

    return tuple(replace(group, statuses=members(group)) for group in groups)


def without(names: Iterable[str], unwanted: str) -> tuple[str, ...]:
    """*names* but for *unwanted*."""
    return tuple(name for name in names if name != unwanted)
