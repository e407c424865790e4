"""What other programs run for the same operations, on the contacts as `bench.layouts` put them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from bench import exports
from bench.trials import OWNER, SOURCE, STATUS, Place, Trial

#: Where those are installed that come from PyPI.
ENVIRONMENT = Path(__file__).parent / ".peers"
BIN = ENVIRONMENT / "bin"


def miller(place: Place) -> Mapping[str, Trial]:
    """A filter for CSV files; what it changes, it writes anew."""
    file = shlex.quote(str(place.folder / "contacts.csv"))
    one = f'$id == "{place.person.id}"'
    wanted = f'$status == "{STATUS}" && $owner == "{OWNER}"'
    edit = f"mlr -I --csv put '{{}} {{{{ $status = \"{{}}\" }}}}' {file}"
    counted = f"mlr --icsv --opprint count-distinct -f status {file}"
    return {
        "version": Trial("mlr --version"),
        "list": Trial(f"mlr --icsv --opprint filter '{wanted}' then head -n 20 {file}"),
        "show": Trial(f"mlr --icsv --oxtab filter '{one}' {file}"),
        "report status": Trial(counted),
        "set-status": Trial(edit.format(one, "Active"), edit.format(one, "Future")),
        "bulk": _toggled(edit, f'$source == "{SOURCE}"'),
    }


def recutils(place: Place) -> Mapping[str, Trial]:
    """A database in one text file; `head` shows the first twenty records."""
    file = shlex.quote(str(place.folder / "contacts.rec"))
    one = f"id = '{place.person.id}'"
    wanted = f"status = '{STATUS}' && owner = '{OWNER}'"
    edit = f'recset -t Contact -e "{{}}" -f status -s {{}} {file}'
    listing = f'recsel -t Contact -e "{wanted}" -p id,name,status {file} | head -n 80'
    return {
        "version": Trial("recsel --version"),
        "list": _piped(listing),
        "show": Trial(f'recsel -t Contact -e "{one}" {file}'),
        "report status": Trial(f'recsel -t Contact -G status -p "status,Count(id)" {file}'),
        "touch": Trial(f'recset -t Contact -e "{one}" -f touched -a 2026-11-22 {file}'),
        "set-status": Trial(edit.format(one, "Active"), edit.format(one, "Future")),
        "bulk": _toggled(edit, f"source = '{SOURCE}'"),
    }


def taskwarrior(place: Place) -> Mapping[str, Trial]:
    """A task for each contact; `summary` counts by owner, as it has none by status."""
    task = f"task rc:{shlex.quote(str(place.folder / 'taskrc'))}"
    one = exports.task_id(place.person.number)
    edit = f"{task} {{}} modify crm:{{}}"
    return {
        "version": Trial("task --version"),
        "prospects": Trial(f"{task} next limit:20"),
        "list": Trial(f"{task} crm:{STATUS} project:{OWNER} limit:20 list"),
        "show": Trial(f"{task} {one} info"),
        "complete": Trial(f"{task} _ids"),
        "report status": Trial(f"{task} summary"),
        "touch": Trial(f"{task} {one} annotate x"),
        "set-status": Trial(edit.format(one, "Active"), edit.format(one, "Future")),
        "bulk": _toggled(edit, f"source:{SOURCE}"),
    }


def sqlite_utils(place: Place) -> Mapping[str, Trial]:
    """SQL, asked of the CSV file, which it loads into memory each time."""
    file = shlex.quote(str(place.folder / "contacts.csv"))
    ask = f'{BIN}/sqlite-utils memory {file} "select {{}}" --table'
    return {"version": Trial(f"{BIN}/sqlite-utils --version"), **_asked(ask, "contacts", place)}


def duckdb(place: Place) -> Mapping[str, Trial]:
    """SQL, asked of the CSV file; a change writes the file anew."""
    file = str(place.folder / "contacts.csv")
    ask = f'{BIN}/duckdb -c "select {{}}"'
    edit = (
        f"{BIN}/duckdb -c \"copy (select * replace (case when {{}} then '{{}}' else status end "
        f"as status) from '{file}') to '{file}.new' (header)\" && mv {file}.new {file}"
    )
    one = f"id = '{place.person.id}'"
    bulk = _toggled(edit, f"source = '{SOURCE}'")
    return {
        "version": Trial(f"{BIN}/duckdb --version"),
        **_asked(ask, f"'{file}'", place),
        "set-status": _piped(edit.format(one, "Active"), edit.format(one, "Future")),
        "bulk": _piped(bulk.command, bulk.prepare),
    }


def _asked(ask: str, table: str, place: Place) -> dict[str, Trial]:
    """What can be asked in SQL of a table."""
    wanted = f"status = '{STATUS}' and owner = '{OWNER}'"
    return {
        "list": Trial(ask.format(f"id, name, status from {table} where {wanted} limit 20")),
        "show": Trial(ask.format(f"* from {table} where id = '{place.person.id}'")),
        "report status": Trial(ask.format(f"status, count(*) from {table} group by status")),
    }


def khard(place: Place) -> Mapping[str, Trial]:
    """An address book that shows all that match."""
    khard = f"{BIN}/khard -c {shlex.quote(str(place.folder / 'khard.conf'))}"
    return {
        "version": Trial(f"{BIN}/khard --version"),
        "list": Trial(f"{khard} list categories:{STATUS} categories:{OWNER}"),
        "show": Trial(f"{khard} show uid:{place.person.id}"),
    }


def hermitcrm(place: Place) -> Mapping[str, Trial]:
    """A company for each contact; a trial run of `set` lists those that match."""
    crm = f"{BIN}/hermitcrm --data {shlex.quote(str(place.folder / 'data'))}"
    edit = f'{crm} set companies --where "{{}}" --stage {{}} --apply'
    one, many = f"name={place.person.name}", f"source={SOURCE.lower()}"
    wanted = f"--where stage={exports.HERMIT_STAGES[STATUS]} --where tags={OWNER}"
    return {
        "version": Trial(f"{BIN}/hermitcrm --version"),
        "list": Trial(f"{crm} set companies {wanted} --add-tag x"),
        "show": Trial(f"{crm} show {place.person.id}"),
        "report status": Trial(f"{crm} stages list"),
        "touch": Trial(f"{crm} add interaction {place.person.id} --channel note --body x"),
        "set-status": Trial(edit.format(one, "discovery"), edit.format(one, "engaged")),
        "bulk": Trial(edit.format(many, "discovery"), edit.format(many, "engaged")),
    }


def _toggled(edit: str, whom: str) -> Trial:
    """A change of many that is a real one each time."""
    return Trial(edit.format(whom, "Future"), edit.format(whom, "Engage"))


def _piped(command: str, prepare: str = "") -> Trial:
    return Trial(f"sh -c {shlex.quote(command)}", prepare)
