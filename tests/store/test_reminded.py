"""What is remembered of digests that were sent."""

from __future__ import annotations

import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from leadctl.errors import BusyError, FileError
from leadctl.store import reminded
from leadctl.store.reminded import Reminded, alone, last_reminded, note_reminded, state_path

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = state_path(tmp_path / "state" / "leadctl", Path("/home/marta/book"))
    with alone(found):
        pass
    return found


def test_each_job_has_its_own_days(path: Path) -> None:
    note_reminded(path, "marta", Reminded(FRIDAY, SATURDAY))
    note_reminded(path, "jonah", Reminded(None, FRIDAY))

    assert last_reminded(path, "marta") == Reminded(FRIDAY, SATURDAY)
    assert last_reminded(path, "jonah") == Reminded(None, FRIDAY)
    assert last_reminded(path, "ana") == Reminded()


def test_a_file_that_is_damaged_tells_nothing_and_is_mended_by_the_next_note(path: Path) -> None:
    for text in ("", "{", "[]", '{"marta": 3}', '{"marta": {"sent": "yesterday"}}'):
        path.write_text(text, encoding="ascii")
        assert last_reminded(path, "marta") == Reminded()

    note_reminded(path, "marta", Reminded(FRIDAY, FRIDAY))

    assert last_reminded(path, "marta") == Reminded(FRIDAY, FRIDAY)


def test_books_of_one_name_have_a_file_each(tmp_path: Path) -> None:
    first = state_path(tmp_path, Path("/home/marta/book"))

    assert first != state_path(tmp_path, Path("/home/jonah/book"))
    assert first == state_path(tmp_path, Path("/home/marta/book"))


def test_nobody_else_can_read_it(path: Path) -> None:
    note_reminded(path, "marta", Reminded(FRIDAY, FRIDAY))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("looked", "before"), [(None, None), (FRIDAY, FRIDAY), (SATURDAY, None), (date.max, None)]
)
def test_only_a_day_that_has_passed_is_one_before(looked: date | None, before: date | None) -> None:
    assert Reminded(looked, looked).before(SATURDAY) == before


def test_a_second_one_waits_until_the_first_is_done(path: Path) -> None:
    order = []

    def second() -> None:
        with alone(path):
            order.append("second")

    waiting = threading.Thread(target=second)
    with alone(path):
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join(10)

    assert order == ["first", "second"]


def test_who_waits_for_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminded, "PATIENCE", 0.1)

    with alone(path), pytest.raises(BusyError, match="has been sending"), alone(path):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")

    with (
        pytest.raises(FileError, match="Not a directory"),
        alone(tmp_path / "file" / "leadctl" / "x.json"),
    ):
        pass
