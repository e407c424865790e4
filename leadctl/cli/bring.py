"""The commands that bring contacts in and out: import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.options import NoteOption, QueryArgument, ReasonOption, exports, writes
from leadctl.cli.session import Session

app = typer.Typer()

_Several = list[str] | None


@writes(app, "import")
def import_table(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file; - is stdin.")],
    into: Annotated[
        str, typer.Option("--into", metavar="WHAT", help="contacts (the default) or touches.")
    ] = "",
    columns: Annotated[
        _Several,
        typer.Option("--map", metavar="HEADER=FIELD", help="A column; empty leaves it out."),
    ] = None,
    values: Annotated[
        _Several,
        typer.Option("--map-value", metavar="FIELD:OLD=NEW", help="A value; OLD may be *."),
    ] = None,
    constants: Annotated[
        _Several, typer.Option("--set", metavar="FIELD=VALUE", help="Where a row has nothing.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help="All of this from a YAML file.")
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="FIELDS", help="Which fields tell who a row is.")
    ] = "",
    on_duplicate: Annotated[
        str, typer.Option("--on-duplicate", metavar="WHAT", help="update, skip or fail (default).")
    ] = "",
    date_order: Annotated[
        str, typer.Option("--date-order", metavar="ORDER", help="dmy or mdy, where it is unclear.")
    ] = "",
    reason: ReasonOption = "",
    note: NoteOption = "",
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Put wrong rows there, import the others."),
    ] = None,
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="E", help="Such as cp1252, if it is guessed wrong.")
    ] = "",
    delimiter: Annotated[
        str, typer.Option("--delimiter", metavar="D", help="Such as ; if it is guessed wrong.")
    ] = "",
) -> None:
    """Import contacts or touches from a CSV file.

    All in one go, or nothing at all if a row is wrong.
    Usual headers are recognised; every other column is kept as a field of your own. A row that
    the book knows already changes nothing, so an import can be repeated.

    \b
    Examples:
      leadctl import leads.csv -n
      leadctl import leads.csv --map LEADID=external_id --map-value 'status:Junk Lead=Inactive'
      leadctl import calls.csv --into touches --map LEADID=external_id --set via=call
      leadctl import leads.csv --mapping mapping.yaml --on-duplicate update
    """
    from leadctl.cli.bringing import Source, bring
    from leadctl.importing.rules import rules_from_options

    rules = rules_from_options(
        into=into,
        columns=columns or (),
        values=values or (),
        constants=constants or (),
        key=key,
        on_duplicate=on_duplicate,
        date_order=date_order,
        reason=reason,
        note=note,
    )
    bring(session, Source(file, encoding, delimiter, mapping, rejects), rules)


@exports(app, "export")
def export_contacts(
    session: Session,
    query: QueryArgument = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a new file, for you only.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file, if it is there.")
    ] = False,
) -> None:
    """Write contacts for import into another book.

    All stored fields of all contacts, or of those that match a query; as CSV, which `import` takes
    back as it is. `list -f csv` also gives what follows from the journal and today, such as when a
    touch is due. What has happened stays in the journal, and is not exported.

    \b
    Examples:
      leadctl export
      leadctl export owner:marta --out marta.csv
      leadctl export tag:buyer -f vcf
    """
    from leadctl.cli.exporting import export

    export(session, query or (), out=out, is_forced=force)
