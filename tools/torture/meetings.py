"""An editor saves right before every single step of a command, in one go and in halves."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tools.torture import warm
from tools.torture.books import contact_files
from tools.torture.death import count_steps
from tools.torture.editors import STYLES
from tools.torture.judge import Snapshot, judge_words, left_over, snapshot
from tools.torture.plan import Plan, Subject, checked, write_next
from tools.torture.totals import Totals
from tools.torture.warm import Done, Hook

#: Trial → whose name the editor changes: somebody that the command changes as well.
_EDITED = {
    "add": "Bo Ek",
    "set": "Ada Lovelace",
    "set many": "Bo Ek",
    "set-status": "Bo Ek",
    "set-status from": "Cleo Díaz",
    "touch status": "Dan Wu",
    "snooze": "Cleo Díaz",
    "pin": "Bo Ek",
    "import contacts": "Bo Ek",
    "undo": "Bo Ek",
    "stages rename": "Bo Ek",
    "stages remove": "Dan Wu",
}
_NEW_NAME = "Edited By Hand"
#: What leadctl says of a book that has lost its contacts.
_WARNING = "contacts when leadctl last wrote to it"
#: How many steps of the command lie between two of the editor's.
_GAPS = (0, 1, 4)
#: No command takes so many steps.
_MANY = 400


def meet_all(plan: Plan) -> Totals:
    """Every style of saving × every step of every command, in one form each; short: samples."""
    totals, chance = Totals("meetings"), plan.chance()
    plan = replace(plan, only=plan.only & frozenset(_EDITED) or frozenset(_EDITED))
    for subject in plan.subjects(totals, at_most=6 if plan.is_short else 0, in_turn=True):
        name = _EDITED[subject.stage.trial.name]
        for style, gap in itertools.product(STYLES, _GAPS):
            one = _Meeting(subject, totals, name, style, gap)
            moments = [chance.randint(1, 40)] if plan.is_short else range(1, _MANY)
            for at in moments:
                if not one.play(at):
                    break
        totals.progress(subject.stage.name)
    return totals


@dataclass(frozen=True, slots=True)
class _Meeting:
    subject: Subject
    totals: Totals
    #: Whom the editor renames.
    name: str
    style: str
    gap: int

    def play(self, at: int) -> bool:
        """Let the editor save before step *at*; False if the command has not so many."""
        stage = self.subject.stage
        self.subject.start_anew()
        path = self._file()
        ask, answer = os.pipe(), os.pipe()
        editor = self._start_editor(path, ask, answer)
        running = warm.start(
            stage.words,
            stage.root,
            hook=_meet(at, self.gap, ask[1], answer[0]),
            keep=(ask[1], answer[0]),
        )
        for end in (*ask, *answer):
            os.close(end)
        done = running.wait()
        _, status = os.waitpid(editor, 0)
        label = f"{stage.name}, {self.style} before step {at}, {self.gap} steps between"
        self._judge(done, str(path.relative_to(stage.root)), label)
        return os.waitstatus_to_exitcode(status) == 0

    def _file(self) -> Path:
        files = contact_files(self.subject.stage.root)
        return next(path for path in files if self.name.encode() in path.read_bytes())

    def _start_editor(self, path: Path, ask: tuple[int, int], answer: tuple[int, int]) -> int:
        """Start a process that makes a step when asked to, and all others when nobody asks more.

        Its exit code is 0 if it was asked. It has read the file before the command begins.
        """
        text = _edit(path.read_bytes(), self.name)
        pid = os.fork()
        if pid:
            return pid
        os.close(ask[1])
        steps, was_asked = STYLES[self.style](path, text), False
        while os.read(ask[0], 1):
            was_asked = True
            next(steps, None)
            os.write(answer[1], b".")
        for _ in steps:
            pass
        os._exit(0 if was_asked else 1)

    def _judge(self, done: Done, edited: str, label: str) -> None:
        stage, totals = self.subject.stage, self.totals
        totals.tried += 1
        judge_words(totals, done, label)
        is_saved = self.subject.is_saved(done)
        totals.add("saved" if is_saved else f"exit {done.code}")
        write_next(stage.root, totals, label)
        found = {name: text for name, text in snapshot(stage.root).items() if name[-1:] != "~"}
        wanted = self.subject.after if is_saved else self.subject.before
        by_hand = _with(wanted, edited, _edit(wanted[edited], self.name))
        old_copy = _with(wanted, edited, _edit(self.subject.before[edited], self.name))
        if found == by_hand:
            pass
        elif found == old_copy:
            # The editor has written what it had read before the command.
            self._judge_overwritten(label)
        elif found == wanted and self._is_put_aside(done):
            totals.add("put aside")
        elif found == _with(self.subject.before, edited, old_copy[edited]) and _WARNING in done.err:
            # An editor that takes its time has emptied the file: nobody is there who matches.
            totals.add("nobody found, and warned")
        else:
            totals.fail("lost", f"{label}: exit {done.code}: {_shown(found, by_hand)} {done.err}")
        for name in left_over(stage.root):
            totals.fail("left", f"{label}: {name}")

    def _judge_overwritten(self, label: str) -> None:
        self.totals.add("overwritten by the editor")
        if checked(self.subject.stage.root) <= self.subject.checked:
            self.totals.fail("gone", f"{label}: overwritten, and check says nothing")

    def _is_put_aside(self, done: Done) -> bool:
        folder = self.subject.stage.root / ".leadctl" / "quarantine"
        names = [path.name for path in folder.iterdir() if _NEW_NAME.encode() in path.read_bytes()]
        return any(name in done.err for name in names)


def _meet(at: int, gap: int, ask: int, answer: int) -> Hook:
    """Before step *at* and then after every *gap* steps, let the editor make one of its own."""

    def step_of(number: Iterator[int]) -> None:
        past = next(number) - at
        if past >= 0 and past % (gap + 1) == 0:
            write(ask, b".")
            os.read(answer, 1)

    def hook() -> None:
        numbers = itertools.count(1)
        count_steps(lambda: step_of(numbers))

    # The one that is not counted.
    write = os.write
    return hook


def _edit(text: bytes, name: str) -> bytes:
    return text.replace(name.encode(), _NEW_NAME.encode())


def _with(book: Snapshot, name: str, text: bytes) -> Snapshot:
    return {**book, name: text}


def _shown(found: Snapshot, wanted: Snapshot) -> str:
    names = sorted({*found, *wanted})
    return "; ".join(
        f"{name}: {found.get(name)!r:.700}" for name in names if found.get(name) != wanted.get(name)
    )
