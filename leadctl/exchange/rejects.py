"""Rows that an import has left out, as a CSV file that can be mended and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: The heading of the added column; an import of the mended file leaves it out again.
PROBLEM = "leadctl: problem"


def rejects_text(header: Sequence[str], rows: Iterable[tuple[Sequence[str], str]]) -> str:
    """A CSV with the columns of *header* and, last, why the row was left out."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*(name for name in header if name != PROBLEM), PROBLEM])
    for cells, problem in rows:
        writer.writerow([*cells, problem])
    return target.getvalue()
