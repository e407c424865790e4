"""The options that say how rows are printed, and how they go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leadctl.errors import RequestError
from leadctl.render.formats import Foreign, Format

if TYPE_CHECKING:
    from leadctl.cli.options import Options

JSON = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
_COLUMNS = Annotated[
    str, typer.Option("--columns", metavar="A,B,C", help="Which fields, in this order.")
]
_SORT = Annotated[
    str, typer.Option("--sort", metavar="-A,B", help="Sort by fields; - means downwards.")
]
LIMIT = Annotated[
    int | None, typer.Option("--limit", min=0, metavar="N", help="At most N; 0: all.")
]
_TEMPLATE = Annotated[
    str,
    typer.Option("--template", metavar="TEXT", help="A line for each row: '{name} <{email}>'."),
]
_NULL = Annotated[
    bool, typer.Option("-0", "--null", help="ids, --template: end rows with NUL, for xargs -0.")
]
_NO_HEADER = Annotated[bool, typer.Option("--no-header", help="Leave out the names of columns.")]
_RAW = Annotated[
    bool, typer.Option("--raw", help="csv, tsv: values as they are, without formula guard.")
]

#: What an export may be; the other formats are for the eye, or not all there is.
_FILES = {each.name: each.value for each in (Format.CSV, Format.TSV, Format.JSON, Format.JSONL)}

#: What a command takes that writes contacts for other programs.
EXPORTED: Mapping[str, object] = {"json": JSON, "raw": _RAW}
#: What a command takes that prints something of its own shape.
SHOWN: Mapping[str, object] = {
    "json": JSON, "columns": _COLUMNS, "template": _TEMPLATE, "null": _NULL,
    "no_header": _NO_HEADER, "raw": _RAW,
}  # fmt: skip
#: What a command takes besides whose rows can be sorted and cut.
ROWS: Mapping[str, object] = {**SHOWN, "sort": _SORT, "limit": LIMIT}

_FOREIGN_HELP = {
    (): "How to print.",
    (Foreign.ICS,): "How to print; ics is a calendar.",
    (Foreign.VCF,): "How to print; vcf is an address book.",
}
_BOTH = "How to print; ics is a calendar, vcf an address book."


def format_option(foreign: tuple[Foreign, ...] = ()) -> object:
    """The option that chooses one of the formats that every view has, or one of *foreign*."""
    # Only typer reads the type, and lists its values in the help.
    make: Any = StrEnum
    words = make("Format", {each.name: each.value for each in (*Format, *foreign)})
    text = _FOREIGN_HELP.get(foreign, _BOTH)
    return Annotated[words | None, typer.Option("-f", "--format", help=text)]


def file_format_option() -> object:
    """The option that chooses what file an export is."""
    make: Any = StrEnum
    words = make("FileFormat", {**_FILES, Foreign.VCF.name: Foreign.VCF.value})
    text = "What to write: csv, unless said; vcf is an address book."
    return Annotated[words | None, typer.Option("-f", "--format", help=text)]


def settled(options: Options, word: str | None) -> Options:
    """*options* with the format that *word* names.

    Raises:
        RequestError: some of them exclude each other.
    """
    options = replace(options, json=options.json or word == Format.JSON)
    if options.template:
        _require_template_alone(options, word)
    elif options.null and (word != Format.IDS or options.json):
        hint = "add --format ids, or --template"
        raise RequestError("--null ends the rows of --format ids and --template", hint=hint)
    if word in tuple(Foreign):
        return replace(options, format=None, foreign=Foreign(word))
    return replace(options, format=Format(word) if word else None)


def _require_template_alone(options: Options, word: str | None) -> None:
    if word or options.json:
        what = "--json" if options.json else "--format"
        raise RequestError(f"--template says how rows look: {what} does not go with it")
    if options.columns:
        raise RequestError("--template names its fields itself", hint="leave --columns out")
