"""Signals that end a process, at random moments; and the installed program killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools.torture import warm
from tools.torture.faults import ERRORS
from tools.torture.plan import Plan, Subject
from tools.torture.totals import Totals
from tools.torture.tracing import PROGRAM, STRACE, Injection, called, run_installed
from tools.torture.warm import Done

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: System calls before which the installed program is killed.
_CALLS = (*ERRORS, "close")


def interrupt_all(plan: Plan) -> Totals:
    """`count` signals at random moments of random trials."""
    totals, chance = Totals("signals"), plan.chance()
    few = 3 if plan.is_short else 0
    targets = [_Target(each, totals) for each in plan.subjects(totals, at_most=few)]
    for _ in range(plan.count):
        target, number = chance.choice(targets), chance.choice(_SIGNALS)
        done = target.interrupted(chance.random() * 1.1, number)
        target.judge(done, number.name)
        totals.add("done" if target.subject.is_saved(done) else f"ended by {_end(done)}")
        if not target.subject.is_saved(done) and done.code not in (130, -number):
            where = f"{target.subject.stage.name}, {number.name}"
            totals.fail("crashed", f"{where}: exit {done.code}: {done.err}")
    return totals


def kill_installed(plan: Plan) -> Totals:
    """The installed program, killed at `count` random moments and before its system calls."""
    totals, chance = Totals("installed"), plan.chance()
    few = 2 if plan.is_short else 0
    targets = [_Target(each, totals) for each in plan.subjects(totals, at_most=few)]
    for _ in range(plan.count):
        target = chance.choice(targets)
        target.judge(target.killed_after(chance.random() * 1.2), "killed at random")
    if not STRACE:
        totals.add("left out: there is no strace")
        return totals
    log = plan.folder / "strace.log"
    for target in targets[:1] if plan.is_short else targets:
        injections = target.injections(log)
        few = min(8, len(injections))
        for each in chance.sample(injections, few) if plan.is_short else injections:
            target.judge(target.traced(log, each), str(each))
    return totals


def _end(done: Done) -> str:
    return str(done.code) if done.code >= 0 else signal.Signals(-done.code).name


@dataclass
class _Target:
    subject: Subject
    totals: Totals
    #: How long a run takes that nobody disturbs, in seconds; 0 if that is not known yet.
    usual: float = 0.0

    def interrupted(self, share: float, number: signal.Signals) -> Done:
        """Run it in a fork, and send *number* after *share* of its usual time."""
        self.subject.start_anew()
        started = time.monotonic()
        running = warm.start(self.subject.stage.words, self.subject.stage.root)
        if self.usual:
            time.sleep(self.usual * share)
            os.kill(running.pid, number)
        done = running.wait()
        self.usual = self.usual or time.monotonic() - started
        return done

    def killed_after(self, share: float) -> Done:
        """Run the installed program, and kill it after *share* of its usual time."""
        self.subject.start_anew()
        stage, started = self.subject.stage, time.monotonic()
        with subprocess.Popen(
            [PROGRAM, "--book", stage.root, *stage.words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running:
            if self.usual:
                time.sleep(self.usual * share)
                running.kill()
            out, err = running.communicate()
        self.usual = self.usual or time.monotonic() - started
        return Done(running.returncode, out.decode(), err.decode())

    def traced(self, log: Path, inject: Injection | None) -> Done:
        """Run the installed program with *inject*."""
        self.subject.start_anew()
        stage = self.subject.stage
        return run_installed(stage.words, stage.root, calls=_CALLS, log=log, inject=inject)

    def injections(self, log: Path) -> list[Injection]:
        """A kill before every system call after the lock was taken."""
        self.traced(log, None)
        taken: Counter[str] = Counter()
        found = []
        for call in called(log):
            taken[call] += 1
            if taken["flock"]:
                found.append(Injection(call, "signal=KILL", str(taken[call])))
        return found

    def judge(self, done: Done, what: str) -> None:
        """Make the next write, and judge what is found then."""
        self.totals.tried += 1
        self.totals.killed += done.is_killed
        is_acknowledged = self.subject.is_saved(done) or bool(done.out)
        self.subject.judge(done, self.totals, what, is_acknowledged=is_acknowledged)
