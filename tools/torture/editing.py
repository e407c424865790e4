"""Editors save in a loop beside leadctl; what anyone has saved must be found again."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from leadctl.store.creation import create_book
from tools.torture import warm
from tools.torture.editors import STYLES, Save, opened, save_at_once
from tools.torture.independent import contacts_of, events_of
from tools.torture.judge import left_over
from tools.torture.plan import Plan
from tools.torture.totals import Totals

_CONTACTS = """\
# Edited by hand all day long.
- id: ada
  name: Ada
  status: New
  said: e-0
  asked: l-0
  both: b-0
- id: bo
  name: Bo
  status: New
  told: m-0
"""
#: Fields that leadctl changes; `both` is changed by the editor as well.
_OURS = ("asked", "told", "both")
#: The longest pause between two saves, as a share of what one change by leadctl takes.
_PAUSE = 2.0


def edit_all(plan: Plan) -> Totals:
    """`count` saves in each of the six styles, while leadctl changes other fields and the same."""
    totals = Totals("editors")
    for name, save in STYLES.items():
        root = plan.folder / name.replace(" ", "-")
        create_book(root, preset="classic", format_name="yaml")
        (root / "contacts.yaml").write_text(_CONTACTS)
        _Session(root, totals, name, plan.chance()).play(save, plan.count)
    return totals


@dataclass(frozen=True, slots=True)
class _Saved:
    """One save: what the editor had read of every field, and what it wrote."""

    read: dict[str, str]
    written: dict[str, str]


@dataclass
class _Session:
    root: Path
    totals: Totals
    name: str
    chance: random.Random
    saves: list[_Saved] = field(default_factory=list)
    #: What leadctl has acknowledged: field and value.
    ours: list[tuple[str, str]] = field(default_factory=list)
    said: str = ""

    def play(self, save: Save, count: int) -> None:
        """Let both go on until the editor has saved *count* times, then judge."""
        started = time.monotonic()
        self._change()
        pid, end = self._start_editor(save, count, _PAUSE * (time.monotonic() - started))
        with os.fdopen(end, "rb", buffering=0) as file:
            os.set_blocking(file.fileno(), False)
            told = b""
            while not told.endswith(b"\n"):
                self._change()
                told += file.read() or b""
        os.waitpid(pid, 0)
        self.saves = [_Saved(*pair) for pair in json.loads(told)]
        self._judge()

    def _start_editor(self, save: Save, count: int, pause: float) -> tuple[int, int]:
        mine, its = os.pipe()
        pid = os.fork()
        if pid:
            os.close(its)
            return pid, mine
        pauses = (self.chance.random() * pause for _ in range(count))
        saves = _edited(self.root / "contacts.yaml", save, pauses)
        with os.fdopen(its, "wb") as file:
            file.write(json.dumps(saves).encode() + b"\n")
        os._exit(0)

    def _change(self) -> None:
        """One change by leadctl."""
        field_name = self.chance.choice(_OURS)
        contact = "bo" if field_name == "told" else "ada"
        token = f"{field_name[0]}l-{len(self.ours) + 1}"
        done = warm.run(["set", contact, f"{field_name}={token}"], self.root)
        self.said += done.err
        self.totals.add(f"leadctl exit {done.code}")
        if done.code == 0:
            self.ours.append((field_name, token))
        elif done.code not in (1, 2, 3, 4, 7) or "Traceback" in done.err:
            self.totals.fail("crashed", f"{self.name}: exit {done.code}: {done.err}")

    def _judge(self) -> None:
        self.totals.tried += len(self.saves)
        text = (self.root / "contacts.yaml").read_bytes()
        now = {name: _token(text, name) for name in ("said", *_OURS)}
        events = events_of(self.root)
        self._judge_editor(now, events)
        self._judge_ours(now, events)
        if set(contacts_of(self.root)) != {"ada", "bo"}:
            self.totals.fail("lost", f"{self.name}: {sorted(contacts_of(self.root))}")
        for name in left_over(self.root):
            self.totals.fail("left", f"{self.name}: {name}")

    def _judge_editor(self, now: dict[str, str], events: list[dict[str, object]]) -> None:
        """Every token that the editor saved: in the file, in what came of it, or put aside."""
        changed = {
            (name, old)
            for event in events
            for name, (old, _) in dict(event.get("changes") or {}).items()  # type: ignore[call-overload]
        }
        aside = self._put_aside()
        following = [*(each.read for each in self.saves[1:]), now]
        for save, then in zip(self.saves, following, strict=True):
            for name in ("said", "both"):
                token = save.written[name]
                if token == save.read[name] or then[name] == token or (name, token) in changed:
                    continue
                if any(token.encode() in text for text in aside.values()):
                    self.totals.add("put aside")
                else:
                    self.totals.fail("lost", f"{self.name}: {name} {token} was saved, then {then}")

    def _put_aside(self) -> dict[str, bytes]:
        """What lies in quarantine and was named in a message."""
        folder = self.root / ".leadctl" / "quarantine"
        found = {path.name: path.read_bytes() for path in folder.iterdir()}
        for name in found:
            if name not in self.said:
                self.totals.fail("left", f"{self.name}: {name} was put aside without a word")
        return {name: text for name, text in found.items() if name in self.said}

    def _judge_ours(self, now: dict[str, str], events: list[dict[str, object]]) -> None:
        """Every acknowledged change: once in the journal, and in the file unless overwritten."""
        told = Counter(
            str(new)
            for event in events
            for _, new in dict(event.get("changes") or {}).values()  # type: ignore[call-overload]
        )
        for name, token in self.ours:
            if told[token] != 1:
                kind = "doubled" if told[token] else "gone"
                self.totals.fail(kind, f"{self.name}: {name} {token}: {told[token]} in the journal")
        last = dict(self.ours)
        for name in _OURS:
            if name in last and now[name] != last[name]:
                self._judge_overwritten(name, last[name], now[name])

    def _judge_overwritten(self, name: str, ours: str, now: str) -> None:
        """An old copy was saved over it: by the editor, and `check` tells."""
        if not any(save.written[name] == now for save in self.saves):
            self.totals.fail("gone", f"{self.name}: {name} is {now} and should be {ours}")
            return
        self.totals.add("overwritten by the editor")
        if name != "both" and name not in warm.run(["check", "drift"], self.root).out:
            self.totals.fail("gone", f"{self.name}: {name} was overwritten, and check says nothing")


def _edited(
    path: Path, save: Save, pauses: Iterable[float]
) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Read, change the line of one's own, save, after each of *pauses*; what was read and written.

    One of five changes a field as well that leadctl changes.
    """
    saves = []
    for number, pause in enumerate(pauses, start=1):
        time.sleep(pause)
        text = opened(path)
        before = {name: _token(text, name) for name in ("said", *_OURS)}
        text = _with_token(text, "said", f"e-{number}")
        if number % 5 == 0:
            text = _with_token(text, "both", f"be-{number}")
        save_at_once(save, path, text)
        saves.append((before, {name: _token(text, name) for name in before}))
    return saves


def _token(text: bytes, name: str) -> str:
    """The value of the field *name*, which only one contact has; empty if it is not there."""
    found = re.search(rf"^\s*{name}: *(\S+)$".encode(), text, re.MULTILINE)
    return found[1].decode() if found else ""


def _with_token(text: bytes, name: str, token: str) -> bytes:
    pattern = rf"^(\s*{name}: *)\S+$".encode()
    return re.sub(pattern, rf"\g<1>{token}".encode(), text, flags=re.MULTILINE)
