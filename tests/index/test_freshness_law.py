"""Whatever way a book came to its state, the index says what a naive pass over the files says."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.cli.indexing import current_index
from leadctl.errors import LeadctlError
from leadctl.index.cache import cache_path
from leadctl.index.index import Index
from leadctl.index.journeys import Group
from leadctl.query.sql import EVERYTHING
from leadctl.store.book import FOLLOW_UPS, Book
from leadctl.store.creation import create_book
from tests.commands import call, surround

NAMES = ("ada", "bo", "cleo", "dan", "eve", "fay")
STATUSES = ("New", "Engage", "Active", "Future")
YAML = """\
# what is planned
- id: k7m2
  contact: ada
  due: 2026-11-23
  what: call
- id: c40x
  contact: bo
  due: 2026-11-22
  time: 9:30
  plan: welcome
"""
CSV = "id,contact,due,time,what\nk7m2,bo,2026-11-21,,write\nx1x1,cleo,2026-11-25,10:00,a visit\n"


class Scene:
    """A book, a cache, and everybody who changes them."""

    def __init__(self, place: Path, form: str, seed: int) -> None:
        self.root = place / "book"
        self.environment = {"XDG_CACHE_HOME": str(place / "cache")}
        self.chance = random.Random(seed)
        self.past = 1_600_000_000
        create_book(self.root, preset="classic", format_name=form)
        self.book = Book(self.root.resolve(), form)
        for name in NAMES[:4]:
            self.run("add", name.title(), "--email", f"{name}@example.com", "--exact")

    def run(self, *words: str) -> None:
        call("--book", self.root, *words)

    # What people and programs do.

    def command(self) -> None:
        who, status = self.chance.choice(NAMES), self.chance.choice(STATUSES)
        self.run(
            *self.chance.choice(
                [
                    ("touch", who, "-m", "a call"),
                    ("set-status", status, who),
                    ("set", who, f"hobby={self.chance.choice(['', 'chess', 'a; b'])}"),
                    ("add", who.title()),
                    ("undo",),
                    ("snooze", who, "+3d"),
                    ("pin", who, "-m", "look"),
                    ("set-status", status, "--all", "--yes"),
                    ("forget", who, "--yes"),
                ]
            )
        )

    def plan(self) -> None:
        """A command for follow-ups."""
        who, days = self.chance.choice(NAMES), f"+{self.chance.randrange(9)}d"
        self.run(
            *self.chance.choice(
                [
                    ("todo", "add", who, "look # again", "--due", days),
                    ("todo", "add", who, "write", "--due", days, "--repeat", "weekly"),
                    ("touch", who, "--next", days),
                    ("todo", "done", who),
                    ("todo", "move", who, days, "--time", "9:00"),
                    ("todo", "remove", who),
                    ("undo",),
                ]
            )
        )

    def plans(self) -> list[Path]:
        return [path for name in FOLLOW_UPS if (path := self.root / name).exists()]

    def edit_plans(self) -> None:
        """Somebody edits what is planned: the file appears, goes, breaks, or says another thing."""
        if not self.plans():
            name = self.chance.choice(FOLLOW_UPS)
            self._write(self.root / name, (CSV if name.endswith("csv") else YAML).encode())
            return
        path = self.chance.choice(self.plans())
        ways: list[Callable[[bytes], bytes]] = [
            lambda text: text.replace(b"ada", b"cleo", 1),
            lambda text: text.replace(b"cleo", b"nobody", 1),
            lambda text: text.replace(b"2026-11-2", b"2026-12-0", 1),
            lambda text: text.replace(b"2026-12-0", b"2026-99-0", 1),
            lambda text: text.replace(b"2026-99-0", b"2026-11-2", 1),
            lambda text: text[: self.chance.randint(0, len(text))],
            lambda text: text + text[text.rfind(b"\n", 0, -1) + 1 :],
            lambda text: text + b"- {id: bad}\n- {id: z9z9, contact: bo, due: 2026-11-30}\n",
            lambda text: b"\n".join(reversed(text.split(b"\n"))),
            lambda text: text + b"caf\xe9\n",
        ]
        self._write(path, self.chance.choice(ways)(path.read_bytes()))

    def exchange_plans(self) -> None:
        """The file of follow-ups goes, and another takes its place, or stands beside it."""
        for path in self.plans():
            if self.chance.random() < 0.8:
                path.unlink()
        if self.chance.random() < 0.8:
            self._write(self.root / FOLLOW_UPS[0], YAML.encode())
        else:
            self._write(self.root / FOLLOW_UPS[1], CSV.encode())

    def files(self) -> list[Path]:
        return [path for path in self.book.contacts.paths() if path.exists()]

    def edit(self) -> None:
        """A text is replaced by another one of the same length, or not."""
        old, new = self.chance.choice(
            [(b"New", b"Old"), (b"Old", b"New"), (b"example", b"e"), (b"New", b"Engage")]
        )
        self._rewrite(lambda text: text.replace(old, new, 1))

    def add_lines(self) -> None:
        more = self.chance.choice([b"# a remark\n", b"\n", b"- id: gus\n  name: Gus\n", b"x\n"])
        self._rewrite(lambda text: text + more)

    def shuffle(self) -> None:
        def shuffled(text: bytes) -> bytes:
            parts = re.split(rb"(?m)^(?=- )", text)
            head, rest = parts[:1], parts[1:]
            self.chance.shuffle(rest)
            return b"".join([*head, *rest])

        self._rewrite(shuffled)

    def repeat(self) -> None:
        self._rewrite(lambda text: text + text[text.rfind(b"\n", 0, -1) + 1 :])

    def cut(self) -> None:
        self._rewrite(lambda text: text[: self.chance.randint(0, len(text))])

    def checkout(self) -> None:
        """All files get back what they held at another time."""
        if not hasattr(self, "kept"):
            self.kept = {path: path.read_bytes() for path in self._all()}
            return
        for path in self._all():
            path.unlink()
        for path, text in self.kept.items():
            path.write_bytes(text)
        del self.kept

    def _all(self) -> list[Path]:
        return [*self.files(), self.book.journal_path, self.book.stages_path, *self.plans()]

    def journal(self) -> None:
        path = self.book.journal_path
        lines = path.read_bytes().splitlines(keepends=True)
        if not lines:
            return
        which = self.chance.randrange(4)
        if which == 0:
            lines.pop(self.chance.randrange(len(lines)))
        elif which == 1:
            lines.append(self.chance.choice(lines))
        elif which == 2:
            line = lines[0].replace(b'"id": "', b'"id": "zz', 1)
            lines.append(line if self.chance.random() < 0.7 else line[:-9])
        else:
            lines[0] = lines[0].replace(b"ada", b"bob")
        self._write(path, b"".join(lines))

    def stages(self) -> None:
        self._rewrite(lambda text: text.replace(b"days", b"weeks", 1), self.book.stages_path)

    def cache(self) -> None:
        path = cache_path(self.book.root, self.environment)
        assert path
        which = self.chance.randrange(4)
        if not path.exists():
            return
        if which == 0:
            path.unlink()
        elif which == 1:
            path.write_bytes(path.read_bytes()[: self.chance.randint(0, 20_000)])
        elif which == 2:
            path.write_bytes(b"no index")
        else:
            with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.DatabaseError):
                connection.execute("update meta set value = 'old' where key = 'version'")
                connection.commit()

    def _rewrite(self, change: Callable[[bytes], bytes], path: Path | None = None) -> None:
        path = path or (self.chance.choice(self.files()) if self.files() else None)
        if path:
            self._write(path, change(path.read_bytes()))

    def _write(self, path: Path, text: bytes) -> None:
        """In place or by another file, just now or at a time that is long past."""
        if self.chance.random() < 0.5:
            beside = path.with_name(".beside")
            beside.write_bytes(text)
            beside.replace(path)
        else:
            path.write_bytes(text)
        if self.chance.random() < 0.5:
            self.past += self.chance.randrange(2)
            os.utime(path, (self.past, self.past))

    # What is said of it.

    def said(self, environment: dict[str, str]) -> object:
        try:
            index, stages = current_index(self.book, environment)
        except LeadctlError as error:
            return error.message
        with closing(index):
            return (stages, *everything(index))


def everything(index: Index) -> tuple[object, ...]:
    entries = index.entries(EVERYTHING)
    fields = index.own_fields()
    return (
        entries,
        {entry.contact.id: entry.contact.source.path for entry in entries},
        [(event, event.source) for event in index.events()],
        sorted(map(repr, index.problems())),
        {field: index.values(field, EVERYTHING) for field in fields},
        (fields, index.meta("last_known")),
        [index.by_address(f"{name}@example.com") for name in NAMES],
        [(each, name) for each, name in index.agenda(EVERYTHING)],
        index.follow_ups(),
        *journeys(index),
    )


def journeys(index: Index) -> tuple[object, ...]:
    """All that reports are made from."""
    course = "k.arrived, k.attempt_minutes, k.attempt_days, k.reach_minutes, k.reach_days"
    planned = "c.todo_day, c.step_day"
    stay = "s.place, s.status, s.since, s.until, s.days, s.reason"
    always, ways = (date.min, date.max), index.journeys()
    return (
        ways.tally("contacts", Group.by_column(f"json_array(c.id, {course})"), EVERYTHING),
        ways.tally("contacts", Group.by_column(f"json_array(c.id, {planned})"), EVERYTHING),
        ways.tally("stays", Group.by_column(f"json_array(c.id, {stay})"), EVERYTHING),
        ways.touches(Group.by_column("json_array(e.id, e.who)"), EVERYTHING, always, void=()),
    )


WAYS = (
    *[Scene.command] * 8, *[Scene.plan] * 5, *[Scene.edit] * 3,
    *[Scene.edit_plans] * 3, Scene.exchange_plans, Scene.add_lines, Scene.shuffle,
    Scene.repeat, Scene.cut, Scene.checkout, Scene.journal, Scene.stages, Scene.cache,
)  # fmt: skip


@pytest.mark.parametrize("form", ["yaml", "csv", "dir"])
@settings(max_examples=60, deadline=None)
@given(
    ways=st.lists(st.tuples(st.sampled_from(WAYS), st.booleans()), min_size=3, max_size=14),
    seed=st.integers(0, 2**32),
)
def test_the_index_is_what_a_naive_pass_says(
    form: str, ways: list[tuple[Callable[[Scene], None], bool]], seed: int
) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        surround(patch, Path(place))
        scene = Scene(Path(place), form, seed)
        patch.setenv("XDG_CACHE_HOME", scene.environment["XDG_CACHE_HOME"])
        for way, is_looked_at in ways:
            way(scene)
            if is_looked_at:
                assert scene.said(scene.environment) == scene.said({}), way.__name__
        assert scene.said(scene.environment) == scene.said({})
