"""Changes to a CSV text of the book, cell by cell; not one other character becomes different.

What comes out is read again and compared cell for cell before anyone may write it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from leadctl.records import Value
from leadctl.store.csv_reader import Sheet, read_sheet
from leadctl.store.csv_scanner import END_MARK, Row, cell_spans, end_of_rows
from leadctl.store.edit_error import EditError
from leadctl.store.encoding import LINE_END

_NEED_QUOTES = frozenset(f',"\r\n{END_MARK}')
_BYTE_ORDER_MARK = "\ufeff"

#: Field → what its cell is to say.
_Cells = Mapping[str, str]
#: Start and end offset of what is to go, and what is to stand there.
_Splice = tuple[int, int, str]


def edit(
    text: str,
    edits: Mapping[str, Mapping[str, Value]],
    additions: Sequence[Mapping[str, Value]] = (),
    removals: Collection[str] = (),
) -> str:
    """*text* with *edits* (id → field → value, empty clears) made and *additions* at its end.

    The rows with the ids *removals* go first, each with its line end; all columns stay.
    A field without a column gets one, the last, as soon as it holds something. Several values
    are joined by `; `; a cell that holds them already, joined in another way, stays as it is.

    Raises:
        EditError: an id is not there or there twice, the text has problems, a single one of
            several values holds a `;`, or what came out is not exactly what was meant.
    """
    if removals:
        text = _without(text, removals)
    sheet = _sound_sheet(text)
    changes = _changes(sheet, edits)
    added = [_cells(fields) for fields in additions]
    new = _new_columns(sheet, [*changes.values(), *added])
    columns = (*sheet.columns, *new)
    splices = [*_splices(text, sheet, changes, new), *_appended(text, sheet, columns, added)]
    if not splices:
        return text
    edited = _spliced(text, splices)
    kept = [
        _row_after(sheet, row, changes.get(at, {}), columns) for at, row in enumerate(sheet.rows)
    ]
    _verify(edited, columns, [*kept, *(_row_of(cells, columns) for cells in added)])
    return edited


def render(fields: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> str:
    """A new CSV text with the header *fields*; its lines end in LF.

    Raises:
        EditError: a value has no column, or the text would not be read back as it was meant.
    """
    columns = tuple(fields)
    cells = [_row_of(_cells(row), columns) for row in rows]
    lost = {name for row in rows for name, value in row.items() if value} - set(columns)
    if lost:
        raise EditError(f"no column for {', '.join(sorted(lost))}")
    rendered = "".join(f"{_line(each)}\n" for each in (columns, *cells)) if columns else ""
    _verify(rendered, columns, cells)
    return rendered


def _sound_sheet(text: str) -> Sheet:
    sheet = read_sheet(text, "")
    for problem in sheet.problems:
        if problem.blocks_writing:
            where = f"{problem.where.line}:{problem.where.column}"
            raise EditError(f"the text has a problem at {where}: {problem.message}")
    return sheet


def _without(text: str, removals: Collection[str]) -> str:
    sheet = _sound_sheet(text)
    gone = set(_rows_of(sheet, removals).values())
    left = _spliced(text, [(*_lines(text, sheet.rows[at]), "") for at in sorted(gone)])
    kept = [row.cells for at, row in enumerate(sheet.rows) if at not in gone]
    _verify(left, tuple(sheet.columns), kept)
    return left


def _lines(text: str, row: Row) -> tuple[int, int]:
    """Where *row* starts, and where its line end does end."""
    found = LINE_END.match(text, row.end)
    return row.start, found.end() if found else row.end


def _changes(sheet: Sheet, edits: Mapping[str, Mapping[str, Value]]) -> dict[int, _Cells]:
    """For each row, by its position, the cells that are to say something else than they do."""
    places = _rows_of(sheet, edits)
    changes: dict[int, _Cells] = {}
    for key, fields in edits.items():
        before = dict(zip(sheet.columns, sheet.rows[places[key]].cells, strict=True))
        changes[places[key]] = {
            name: _joined(value)
            for name, value in fields.items()
            if not _says(before.get(name, ""), value)
        }
    return changes


def _rows_of(sheet: Sheet, ids: Iterable[str]) -> dict[str, int]:
    """The position of the row of each of *ids*."""
    wanted = set(ids)
    column = sheet.columns.get("id")
    places: dict[str, int] = {}
    for at, row in enumerate(sheet.rows):
        key = "" if column is None else row.cells[column]
        if not key or key not in wanted:
            continue
        if key in places:
            raise EditError(f'the id "{key}" occurs twice')
        places[key] = at
    missing = sorted(wanted - set(places))
    if missing:
        raise EditError(f'no row has the id "{missing[0]}"')
    return places


def _says(cell: str, value: Value) -> bool:
    """True if *cell* holds *value* already, however its parts are joined."""
    if isinstance(value, str):
        return cell == value
    parts = (part.strip() for part in cell.split(";"))
    return cell == _joined(value) or tuple(part for part in parts if part) == value


def _joined(value: Value) -> str:
    if isinstance(value, str):
        return value
    for part in value:
        if ";" in part:
            raise EditError(f'"{part}" holds the ";" that separates values in a cell')
    return "; ".join(value)


def _cells(fields: Mapping[str, Value]) -> _Cells:
    return {name: _joined(value) for name, value in fields.items()}


def _new_columns(sheet: Sheet, all_cells: Iterable[_Cells]) -> tuple[str, ...]:
    """The fields that hold something and have no column, in the order in which they come up."""
    names = {name: None for cells in all_cells for name, text in cells.items() if text}
    return tuple(name for name in names if name not in sheet.columns)


def _splices(
    text: str, sheet: Sheet, changes: Mapping[int, _Cells], new: tuple[str, ...]
) -> Iterator[_Splice]:
    """What is to change in the rows that are there, from the first to the last."""
    if sheet.header and new:
        yield _at_end(sheet.header, new)
    is_sole = len(sheet.columns) + len(new) == 1
    for at in range(len(sheet.rows)) if new else sorted(changes):
        row, cells = sheet.rows[at], changes.get(at, {})
        if not cells.keys().isdisjoint(sheet.columns):
            yield from _in_row(text, sheet, row, cells, is_sole=is_sole)
        if new:
            yield _at_end(row, _row_of(cells, new))


def _in_row(
    text: str, sheet: Sheet, row: Row, cells: _Cells, *, is_sole: bool
) -> Iterator[_Splice]:
    for name, (start, end) in zip(sheet.columns, cell_spans(text, row), strict=True):
        if name in cells:
            is_quoted = text.startswith('"', start, end)
            yield start, end, _written(cells[name], is_quoted=is_quoted, is_sole=is_sole)


def _at_end(row: Row, cells: Iterable[str]) -> _Splice:
    return row.end, row.end, "".join(f",{_written(cell)}" for cell in cells)


def _appended(
    text: str, sheet: Sheet, columns: tuple[str, ...], added: Sequence[_Cells]
) -> Iterator[_Splice]:
    """*added* as lines at the end, below a header if there is none."""
    if not added:
        return
    end = end_of_rows(text)
    found = LINE_END.search(text, sheet.header.end if sheet.header else 0)
    line_end = found.group() if found else "\n"
    rows = [] if sheet.header else [columns]
    rows += [_row_of(cells, columns) for cells in added]
    lines = "".join(f"{_line(row)}{line_end}" for row in rows)
    needs_end = end > 0 and text[end - 1] not in "\r\n"
    yield end, end, f"{line_end if needs_end else ''}{lines}"


def _line(cells: tuple[str, ...]) -> str:
    return ",".join(_written(cell, is_sole=len(cells) == 1) for cell in cells)


def _written(text: str, *, is_quoted: bool = False, is_sole: bool = False) -> str:
    """*text* as a cell; *is_sole*: the row has no other, and would be an empty line without it."""
    is_plain = _NEED_QUOTES.isdisjoint(text) and text == text.strip()
    is_lost = text.startswith(_BYTE_ORDER_MARK) or (is_sole and not text)
    if is_plain and not (is_lost or is_quoted):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _spliced(text: str, splices: Iterable[_Splice]) -> str:
    """*text* with *splices* made; they are in order and do not overlap."""
    pieces = []
    done = 0
    for start, end, new in splices:
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def _row_of(cells: _Cells, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in columns)


def _row_after(sheet: Sheet, row: Row, cells: _Cells, columns: tuple[str, ...]) -> tuple[str, ...]:
    return _row_of({**dict(zip(sheet.columns, row.cells, strict=True)), **cells}, columns)


def _verify(text: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Hold that *text* is read as *columns* and *rows* and nothing else."""
    sheet = _sound_sheet(text)
    if tuple(sheet.columns) != columns or [row.cells for row in sheet.rows] != list(rows):
        raise EditError("the text would not be read back as it was meant")
