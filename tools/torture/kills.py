"""Kills a command before each of its steps, and then the command that recovers from it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tools.torture import warm
from tools.torture.books import restore
from tools.torture.death import die_at, die_in_recovery_at
from tools.torture.judge import judge_words
from tools.torture.plan import NEXT, Plan, Subject, take_out
from tools.torture.totals import Totals
from tools.torture.warm import Done


def kill_all(plan: Plan) -> Totals:
    """Every trial in every form, killed at every step, until `count` processes were killed.

    The first round is the same whatever the seed: every step of every command, and every step of
    every recovery. The second kills several recoveries in a row, and has every other command on a
    file system that cannot exchange names; there are as many of these as it takes. A short run
    takes samples of it.
    """
    totals, chance = Totals("kills"), plan.chance()
    totals.add("in recovery", 0)
    subjects = [*plan.subjects(totals, at_most=8 if plan.is_short else 0)]
    for number in itertools.count():
        for subject in subjects:
            one = _Round(subject, totals, chance, is_whole=number == 0 and not plan.is_short)
            one.play(pace=9 if plan.is_short else 1)
            totals.progress(f"round {number + 1}, {subject.stage.name}")
        is_enough = number > 0 and totals.killed >= plan.count
        if is_enough or plan.is_short or not subjects:
            break
    return totals


@dataclass
class _Round:
    subject: Subject
    totals: Totals
    chance: random.Random
    is_whole: bool

    def play(self, *, pace: int) -> None:
        """Kill the command at every step, or at every one of *pace* from a random one on."""
        stage = self.subject.stage
        for at in itertools.count(self.chance.randint(1, pace), pace):
            self.subject.start_anew()
            # Where two names cannot be exchanged, there are more steps.
            is_plain = bool(at % 2) and not self.is_whole
            done = warm.run(stage.words, stage.root, hook=die_at(at, is_plain=is_plain))
            self._note(done, f"killed at {at}")
            if self.subject.is_pending:
                self._recoveries(done, at)
            else:
                self._judge(done, f"killed at {at}")
            if not done.is_killed:
                return

    def _recoveries(self, done: Done, at: int) -> None:
        stage = self.subject.stage
        pending = stage.root.with_name("pending")
        restore(stage.root, pending)
        for steps in self._deaths():
            restore(pending, stage.root)
            label = f"killed at {at}, in recovery at {steps}"
            deaths = [self._die_in_recovery(step, label) for step in steps]
            self._judge(done, label)
            if self.is_whole and not deaths[0]:
                return

    def _deaths(self) -> Iterator[tuple[int, ...]]:
        """Before which steps of one recovery after the other they die."""
        if self.is_whole:
            yield from ((step,) for step in itertools.count(1))
        yield tuple(self.chance.randint(1, 12) for _ in range(self.chance.randint(2, 4)))

    def _die_in_recovery(self, step: int, label: str) -> bool:
        root = self.subject.stage.root
        done = warm.run(NEXT, root, hook=die_in_recovery_at(step))
        if done.is_killed:
            self.totals.add("in recovery")
        elif done.code == 0:
            # It had fewer steps left, and did what it was told.
            take_out(root, NEXT[-1])
        self._note(done, label)
        return done.is_killed

    def _note(self, done: Done, label: str) -> None:
        self.totals.tried += 1
        self.totals.killed += done.is_killed
        judge_words(self.totals, done, f"{self.subject.stage.name}, {label}")

    def _judge(self, done: Done, label: str) -> None:
        is_acknowledged = self.subject.is_saved(done) or bool(done.out)
        self.subject.judge(done, self.totals, label, is_acknowledged=is_acknowledged)
