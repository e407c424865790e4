"""The tables of the index, and how contacts, events and problems go into them and come out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from leadctl.dates import parse_interval
from leadctl.problems import Problem, Where
from leadctl.records import (
    Contact,
    Entry,
    FollowUp,
    Pin,
    Record,
    Standing,
    Value,
)

#: Changes whenever the tables do; an index of another version is made anew.
VERSION = "12"

TABLES = """
create table meta (key text primary key, value) without rowid;
create table contact (
    n integer primary key, id text not null unique, name text not null, status text not null,
    stage text not null, outcome text not null, pipeline integer not null, created text,
    since text, touched text, reached text, touches integer not null, due text,
    snoozed_until text, pinned integer not null, pinned_until text, dnc integer not null,
    stuck_from text, interval_days integer not null, due_day integer, stuck_day integer,
    todo_day integer, step_day integer, move_day integer, quiet_day integer, mute_day integer,
    won text, born text, dismissed text,
    last_touch text, touch_every text, pin_note text not null, written_status text not null,
    path text not null, data text not null
);
create table value (
    contact integer not null, field text not null, text text not null, folded text not null,
    digits text, number real, day text
);
create table course (
    contact integer primary key, arrived text, arrived_day integer, attempt_minutes integer,
    attempt_days integer, reach_minutes integer, reach_days integer
);
create table stay (
    contact integer not null, place integer not null, status text not null, is_first integer,
    since text, since_day integer, until text, days integer, reason text not null,
    primary key (contact, place)
) without rowid;
create table follow_up (
    n integer primary key, id text not null unique, contact text not null, due text not null,
    time text not null, data text not null
);
create index follow_up_due on follow_up (due, time, id);
create index follow_up_contact on follow_up (contact, due, time, id);
create table written (n integer primary key, pieces blob not null);
create table problem (n integer primary key, data text not null);
"""

EVENT_TABLE = """
create table event (
    n integer primary key, id text not null unique, op text not null, contact text not null,
    day text not null, known text not null, kind text not null, via text not null,
    outcome text not null, who text not null, undoes text not null, line integer not null,
    written blob not null
);
"""
#: These are made after the rows are in, which is faster.
EVENT_KEYS = """
create index event_contact on event (contact);
create index event_op on event (op);
create index event_undoes on event (op) where undoes <> '';
create index event_touch on event (day, via, outcome, who, op, contact) where kind = 'touched';
"""
CONTACT_KEYS = """
create index contact_status on contact (status, due is null, due, id);
create index contact_due on contact (due);
create index contact_pinned on contact (pinned_until) where pinned = 1;
create index contact_todo on contact (todo_day) where todo_day is not null;
create index contact_step on contact (step_day) where step_day is not null;
create index contact_new on contact (due_day) where touched is null;
create index contact_report on contact (
    status, since, due, stuck_day, outcome, touched, reached, dnc, stage
);
create index contact_clock on contact (
    due_day, touched, interval_days, stuck_day, since, pinned, pinned_until, dnc, snoozed_until,
    due, id, todo_day, step_day, move_day, quiet_day, mute_day, won, born, dismissed, status
);
"""
VALUE_KEYS = """
create index value_contact on value (contact, field);
create index value_folded on value (field, folded, contact);
create index value_digits on value (field, digits) where digits is not null;
"""

CONTACT_COLUMNS = (
    "id", "name", "status", "stage", "outcome", "pipeline", "created", "since", "touched",
    "reached", "touches", "due", "snoozed_until", "pinned", "pinned_until", "dnc", "stuck_from",
    "interval_days", "due_day", "stuck_day", "todo_day", "step_day", "move_day", "quiet_day",
    "mute_day", "won", "born", "dismissed", "last_touch", "touch_every", "pin_note",
    "written_status", "path", "data",
)  # fmt: skip
EVENT_COLUMNS = (
    "id", "op", "contact", "day", "known", "kind", "via", "outcome", "who", "undoes", "line",
    "written",
)  # fmt: skip
FOLLOW_UP_COLUMNS = ("n", "id", "contact", "due", "time", "data")
#: All that `entry_of` needs of a contact, called `c`; few have anything planned.
ENTRY = (
    "c.*, case when c.todo_day is null and c.step_day is null then null else "
    "(select json_group_array(json(f.data)) from (select data from follow_up "
    "where contact = c.id order by due, time, id) f) end as planned"
)


_encode = json.JSONEncoder(ensure_ascii=False).encode


def contact_row(entry: Entry) -> tuple[object, ...]:
    """The values of CONTACT_COLUMNS for *entry*."""
    contact, place = entry.contact, entry.standing
    pin = contact.pin
    return (
        contact.id, contact.name, place.status, place.stage, place.outcome, int(place.on_pipeline),
        _iso(contact.created), _iso(place.since), _iso(place.touched), _iso(place.reached),
        place.touches, _iso(place.due), _iso(contact.snoozed_until), int(pin is not None),
        _iso(pin.until) if pin else None, int(contact.do_not_contact), _iso(place.stuck_from),
        place.interval_days, _ordinal(place.due), _ordinal(place.stuck_from),
        _ordinal(_first(each for each in entry.follow_ups if not each.plan)),
        _ordinal(_first(each for each in entry.follow_ups if each.plan)),
        _ordinal(place.move_on_from), _ordinal(place.quiet_from), _ordinal(place.unreachable_from),
        _iso(place.won), _month_day(contact.get("birthday")), _dismissals(place.dismissed),
        _iso(contact.last_touch),
        str(contact.touch_every) if contact.touch_every is not None else None,
        place.pin_note, contact.status, contact.source.path,
        _encode(contact.values),
    )  # fmt: skip


def entry_of(row: Mapping[str, object], rules: Sequence[str] = ()) -> Entry:
    """The contact and standing that *row*, ENTRY of a contact, was made of.

    It also has columns `rule_0` and so on that tell which of *rules* hold.
    """
    held = frozenset(name for number, name in enumerate(rules) if row[f"rule_{number}"])
    planned = row["planned"]
    follow_ups = map(_follow_up, json.loads(str(planned))) if planned else ()
    return Entry(_contact_of(row), _standing_of(row), tuple(follow_ups), rules=held)


def follow_up_row(follow_up: FollowUp) -> tuple[object, ...]:
    """The values of FOLLOW_UP_COLUMNS but the first for *follow_up*."""
    due = follow_up.due.isoformat()
    data = _encode(follow_up.values)
    return follow_up.id, follow_up.contact, due, follow_up.time, data


def follow_up_of(row: Mapping[str, object]) -> FollowUp:
    """The follow-up that *row*, all of `follow_up_row`, was made of."""
    return _follow_up(json.loads(str(row["data"])))


def _follow_up(data: Mapping[str, object]) -> FollowUp:
    # Few contacts have anything planned.
    from leadctl.planning.follow_ups import read_follow_up

    found, _ = read_follow_up(Record(_values(data), Where("")))
    if found is None:
        raise ValueError(data)
    return found


def _contact_of(row: Mapping[str, object]) -> Contact:
    values = _values(json.loads(str(row["data"])))
    interval = row["touch_every"]
    return Contact(
        id=str(row["id"]),
        name=str(row["name"]),
        status=str(row["written_status"]),
        values=values,
        created=_day(row["created"]),
        touch_every=parse_interval(str(interval)) if interval is not None else None,
        last_touch=_day(row["last_touch"]),
        snoozed_until=_day(row["snoozed_until"]),
        pin=Pin(_day(row["pinned_until"])) if row["pinned"] else None,
        do_not_contact=bool(row["dnc"]),
        source=Where(str(row["path"])),
    )


def _standing_of(row: Mapping[str, object]) -> Standing:
    return Standing(
        status=str(row["status"]),
        stage=str(row["stage"]),
        outcome=str(row["outcome"]),
        on_pipeline=bool(row["pipeline"]),
        since=_day(row["since"]),
        touched=_day(row["touched"]),
        reached=_day(row["reached"]),
        touches=_number(row["touches"]),
        due=_day(row["due"]),
        interval_days=_number(row["interval_days"]),
        stuck_from=_day(row["stuck_from"]),
        move_on_from=_of_ordinal(row["move_day"]),
        quiet_from=_of_ordinal(row["quiet_day"]),
        unreachable_from=_of_ordinal(row["mute_day"]),
        won=_day(row["won"]),
        dismissed=_dismissed(row["dismissed"]),
        pin_note=str(row["pin_note"]),
    )


def problem_text(problem: Problem) -> str:
    """*problem* as JSON."""
    where = problem.where
    return json.dumps(
        [where.path, where.line, where.column, problem.message, problem.hint, problem.check,
         problem.excerpt, problem.is_warning, problem.blocks_writing]
    )  # fmt: skip


def problem_of(text: str) -> Problem:
    """The problem that *text* was made of."""
    path, line, column, message, hint, check, excerpt, is_warning, blocks = json.loads(text)
    return Problem(
        Where(path, line, column), message, hint, check, excerpt, bool(is_warning), bool(blocks)
    )


def _values(data: Mapping[str, object]) -> dict[str, Value]:
    return {
        name: tuple(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in data.items()
    }


def _first(follow_ups: Iterable[FollowUp]) -> date | None:
    return min((each.due for each in follow_ups), default=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ordinal(day: date | None) -> int | None:
    """*day* as a number, so that days between two can be counted in SQL."""
    return day.toordinal() if day else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value is not None else None


def _of_ordinal(value: object) -> date | None:
    return date.fromordinal(_number(value)) if value is not None else None


def _month_day(birthday: Value) -> str | None:
    if not birthday:
        return None
    from leadctl.prospecting.yearly import month_day_of  # not needed to read

    return month_day_of(str(birthday)) or None


def _dismissals(days: Mapping[str, date]) -> str | None:
    """Code → number of the day, as JSON; nothing for all who need not pay for the few with some."""
    return _encode({code: day.toordinal() for code, day in days.items()}) if days else None


def _dismissed(text: object) -> dict[str, date]:
    if text is None:
        return {}
    return {code: date.fromordinal(number) for code, number in json.loads(str(text)).items()}


def _number(value: object) -> int:
    return int(str(value))
