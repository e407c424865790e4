"""The formats a view can be shown in, and the way from each to the module that writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leadctl.views import View


class Format(StrEnum):
    """The words after `--format` that every view understands."""

    #: For people; may change from release to release.
    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    #: One compact JSON object a line.
    JSONL = "jsonl"
    #: Markdown as GitHub reads it.
    MD = "md"
    #: A page for a browser or a mail.
    HTML = "html"
    #: The key of each row, one a line.
    IDS = "ids"


class Foreign(StrEnum):
    """The words after `--format` for files that other programs keep, of what is no view."""

    #: A calendar, by RFC 5545; `leadctl.render.calendar` writes it out of a `Calendar`.
    ICS = "ics"
    #: An address book, by RFC 2426; `leadctl.render.vcards` writes it out of `AddressCard`s.
    VCF = "vcf"


@dataclass(frozen=True, slots=True)
class Look:
    """How a view is to look, whatever its format; the defaults are those of a pipe."""

    #: Columns of the terminal; None: as wide as can be.
    width: int | None = None
    #: No column leaves and no text is shortened, however narrow it is.
    whole: bool = False
    #: Tables tell the dates of the columns that have a tense as seen from here; None: in ISO.
    today: date | None = None
    colour: bool = False
    #: Whether tables and the delimited formats begin with the names of the columns.
    header: bool = True
    #: Values of the delimited formats without the formula guard; a terminal stays safe.
    raw: bool = False
    #: The text goes to a terminal, which must not be steered by the data.
    terminal: bool = False
    #: Lines of the user's own making, instead of any format; see `leadctl.row_templates`.
    template: str = ""
    #: What ends the rows of `ids` and of a template.
    row_end: str = "\n"


def render(view: View, wanted: Format, look: Look) -> Iterator[str]:
    """Pieces of text to be written one after the other, line ends included.

    Loads the module of the format when called; nothing to show gives no piece or an empty list.
    """
    # Each module is imported where it is needed: one that the format has no use for would make
    # every command start later.
    if look.template:
        from leadctl.render import lines

        return lines.pieces(view, look)
    match wanted:
        case Format.TABLE:
            from leadctl.render import terminal

            return terminal.pieces(view, look)
        case Format.MD:
            from leadctl.render import markdown

            return markdown.pieces(view)
        case Format.HTML:
            from leadctl.render import html

            return html.pieces(view)
        case _:
            return _for_programs(view, wanted, look)


def _for_programs(view: View, wanted: Format, look: Look) -> Iterator[str]:
    if wanted is Format.IDS:
        from leadctl.render import flat

        return flat.id_pieces(view, look)
    if wanted in {Format.CSV, Format.TSV}:
        from leadctl.render import delimited

        is_csv = wanted is Format.CSV
        return delimited.csv_pieces(view, look) if is_csv else delimited.tsv_pieces(view, look)
    from leadctl.render import json_text

    is_json = wanted is Format.JSON
    return json_text.json_pieces(view) if is_json else json_text.jsonl_pieces(view)
