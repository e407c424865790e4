"""Every parser of leadctl as a function of bytes that lets nothing out but what is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date

from leadctl.contacts import read_contacts
from leadctl.dates import parse_interval, parse_stored
from leadctl.errors import RequestError
from leadctl.exchange import foreign_csv
from leadctl.fields import Schema
from leadctl.foreign_dates import parse_foreign
from leadctl.problems import Problem
from leadctl.query.language import parse_arguments, parse_query
from leadctl.records import Record
from leadctl.spoken_dates import parse_day, parse_period
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store import csv_reader, yaml_reader
from leadctl.store.creation import preset_text
from leadctl.store.encoding import decode
from leadctl.store.journal import read_journal

_TODAY = date(2026, 11, 22)


def _presets() -> Stages:
    tree, _ = yaml_reader.read_tree(preset_text("classic").decode(), "stages.yaml")
    assert tree is not None
    stages, problems = read_stages(tree)
    assert stages is not None
    assert not problems
    return stages


_STAGES = _presets()


def parse_yaml(data: bytes) -> None:
    """*data* as a file of contacts, of one contact, and of anything."""
    text = decode(data, "contacts.yaml").text
    records, problems = yaml_reader.read_records(text, "contacts.yaml")
    _hold(records, problems)
    record, problems = yaml_reader.read_record(text, "contacts/ada.yaml")
    _hold([record] if record else [], problems)
    _, problems = yaml_reader.read_tree(text, "mapping.yaml")
    _hold([], problems)


def parse_stages(data: bytes) -> None:
    """*data* as stages.yaml."""
    tree, problems = yaml_reader.read_tree(decode(data, "stages.yaml").text, "stages.yaml")
    _hold([], problems)
    if tree is not None:
        stages, problems = read_stages(tree)
        assert stages is not None or problems
        _hold([], problems)


def parse_csv(data: bytes) -> None:
    """*data* as contacts.csv and as a file of another program."""
    records, problems = csv_reader.read_records(decode(data, "contacts.csv").text, "contacts.csv")
    _hold(records, problems)
    for delimiter in ("", ";"):
        with suppress(RequestError):
            table = foreign_csv.read(data, "leads.csv", delimiter=delimiter)
            _hold([], table.problems)
            assert all(len(row.cells) == len(table.header) for row in table.rows)


def parse_journal(data: bytes) -> None:
    """*data* as journal.jsonl."""
    journal = read_journal(data, "journal.jsonl")
    _hold([], journal.problems)
    assert 0 <= journal.sound_bytes <= len(data)
    assert all(event.day and event.known for event in journal.events)


def parse_search(data: bytes) -> None:
    """*data* as the text of a query, and as one word of it from a shell."""
    text = data.decode("utf-8", "surrogateescape")
    for parse in (parse_query, lambda text, **known: parse_arguments([text], **known)):
        with suppress(RequestError):
            parse(text, schema=Schema(_STAGES.fields), stages=_STAGES, today=_TODAY)


def parse_dates(data: bytes) -> None:
    """*data* as a date or interval, in every way in which one can be written."""
    text = data.decode("utf-8", "surrogateescape")
    readers: Iterable[Callable[[], object]] = (
        lambda: parse_stored(text),
        lambda: parse_interval(text).days,
        lambda: parse_day(text, _TODAY, prefer="past"),
        lambda: parse_day(text, _TODAY, prefer="future"),
        lambda: parse_period(text, _TODAY),
        *(lambda order=order: parse_stored(parse_foreign(text, order=order)) for order in _ORDERS),
    )
    for read in readers:
        with suppress(ValueError):
            read()


_ORDERS = ("", "dmy", "mdy")


def _hold(records: Iterable[Record], problems: Iterable[Problem]) -> None:
    """What holds for all that was read: it has a place, and is text that can be written."""
    held = list(records)
    for record in held:
        # A place is worked out when it is asked for, and nobody asks for a thousand of one record.
        for name, value in list(record.values.items())[:20]:
            assert record.at(name).line
            "".join([name, *value]).encode()
    for problem in (*problems, *read_contacts(held).problems):
        assert problem.message
        assert "\n" not in problem.excerpt
        assert str(problem.where)


PARSERS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": parse_yaml,
    "stages": parse_stages,
    "csv": parse_csv,
    "journal": parse_journal,
    "query": parse_search,
    "dates": parse_dates,
}
