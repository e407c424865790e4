"""Rows that an import has left out, as a CSV file that can be mended and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: The heading of the added column; an import of the mended file leaves it out again.
PROBLEM = "leadctl: problem"


def rejects_text(header: Sequence[str], rows: Iterable[tuple[Sequence[str], str]]) -> str:
    """A CSV with the columns of *header* and, last, why the row was left out.

    A row with too many or too few cells keeps them, so that it is wrong until it is mended.
    """
    # A file of rejects that is imported again has the column already, with what was wrong before.
    kept = [at for at, name in enumerate(header) if name != PROBLEM]
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*(header[at] for at in kept), PROBLEM])
    for cells, problem in rows:
        is_ragged = len(cells) != len(header)
        writer.writerow([*(cells if is_ragged else [cells[at] for at in kept]), problem])
    return target.getvalue()
