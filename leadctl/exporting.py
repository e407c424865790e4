"""Contacts as rows that an import takes back: all that is stored of each, and nothing derived."""

from __future__ import annotations

from collections.abc import Iterable

from leadctl.fields import DERIVED, Schema
from leadctl.listing import all_fields, stored_cell
from leadctl.records import Contact
from leadctl.views import Column, Table


def export_table(contacts: Iterable[Contact], *, schema: Schema) -> Table:
    """*contacts* with every stored field, as written; what is not set is None.

    A field that may hold several values is always a tuple.
    """
    names = tuple(name for name in all_fields(schema) if name not in DERIVED)
    rows = tuple(
        {name: stored_cell(schema.find(name), contact.get(name)) for name in names}
        for contact in contacts
    )
    return Table(tuple(Column(name) for name in names), rows)
