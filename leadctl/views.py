"""What is to be shown, without a format: tables, cards, boards, and what other programs keep.

A report or a command makes a view; `leadctl.render` turns it into text. The data of a view is
complete and in machine form (ISO dates, numbers, lists); how people are to read a cell is told
by its column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

#: Machine form of one value: dates are ISO texts, None is unknown, several values are a tuple.
Cell = str | int | float | bool | tuple[str, ...] | None
Row = Mapping[str, Cell]


def plainly(cell: Cell) -> str:
    """*cell* for the eye: nothing for None, several values separated by commas, yes and no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)


def late_colour(row: Row) -> str:
    """Red for a row that is overdue, yellow for one that is due today, nothing for the others."""
    late = row.get("overdue_days")
    if not isinstance(late, int) or late < 0:
        return ""
    return "red" if late else "yellow"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table for people."""

    #: The key of the cell in each row.
    name: str
    #: The heading; the name if empty.
    title: str = ""
    is_number: bool = False
    #: Drawn as bars, each as long as its number beside the largest; on a terminal only.
    is_bar: bool = False
    #: How people read a cell.
    say: Callable[[Cell], str] = plainly
    #: Ids, dates and the like: never broken; all other texts go on on the next line.
    is_whole: bool = False
    #: Where there is no room for all: 1 is left out first, then 2, and so on; 0 always stays.
    leaves: int = 0
    #: A text is not made narrower than this, in columns of the terminal, as long as others leave.
    least: int = 12
    #: ISO dates that a terminal tells as people do: days on which something is due, or was.
    tense: Literal["", "due", "past"] = ""
    #: The colour of its cell in a row, beside the colour of the row.
    tint: Callable[[Row], str] | None = None

    @property
    def heading(self) -> str:
        """What stands above the column."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one shape."""

    #: What people see, in this order.
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    #: The keys that machine formats give, in this order; those of the columns if empty.
    fields: tuple[str, ...] = ()
    #: The key whose values are printed by the format `ids`.
    key: str = "id"
    #: The key whose cell holds the colour of the row, if there is one.
    colour_key: str = "colour"
    #: So many rows at the end sum up those before them.
    totals: int = 0

    @property
    def plain_columns(self) -> tuple[Column, ...]:
        """What people see where no bars can be drawn."""
        return tuple(column for column in self.columns if not column.is_bar)

    @property
    def machine_fields(self) -> tuple[str, ...]:
        """The keys of a row in machine formats."""
        return self.fields or tuple(column.name for column in self.plain_columns)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table below a card."""

    title: str
    table: Table
    #: What machine formats call it; made from the title if empty.
    key: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing in full."""

    title: str
    #: Label and text, for people.
    lines: tuple[tuple[str, str], ...]
    #: The same for machines.
    data: Row
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """One heading of a board with what belongs under it."""

    name: str
    table: Table
    #: How many belong here, shown rows or not.
    count: int
    colour: str = ""
    #: How people read the name, where that differs.
    title: str = ""

    @property
    def heading(self) -> str:
        """What stands above the tab: name and count."""
        return f"{self.title or self.name} ({self.count})"


@dataclass(frozen=True, slots=True)
class Board:
    """Tabs of one shape; a machine reads them as rows."""

    #: What the tabs are by, such as "status"; the key of the tab's name in machine formats.
    by: str
    tabs: tuple[Tab, ...] = field(default=())
    #: A terminal that has the room shows each tab as a column, and its rows as cards.
    is_side_by_side: bool = False


def is_empty(view: Table | Card | Board) -> bool:
    """True if *view* has no row to show; a card always has something."""
    if isinstance(view, Board):
        return not any(tab.table.rows for tab in view.tabs)
    return isinstance(view, Table) and not view.rows


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something for a day of a calendar."""

    #: The same for the same thing, whenever and wherever it is shown: a calendar knows it by that.
    uid: str
    day: date
    #: HH:MM wherever the user is; empty: the whole day.
    time: str
    title: str
    lines: tuple[str, ...] = ()
    #: Stable codes of what it is about.
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Things that have a day, for a calendar; it is no view, as no other format can show it."""

    title: str
    #: When it was made, with its time zone.
    made: datetime
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class AddressCard:
    """A person or an organisation for an address book; it is no view, as a calendar is none."""

    #: The same for the same contact, whenever and wherever: an address book knows it by that.
    uid: str
    name: str
    #: The parts of the name of a person; an organisation has none.
    prefix: str = ""
    given: str = ""
    family: str = ""
    company: str = ""
    title: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address: str = ""
    #: YYYY-MM-DD, or MM-DD where the year is not known; empty if there is none.
    birthday: str = ""
    labels: tuple[str, ...] = ()
    note: str = ""


View = Table | Card | Board
