"""Lets every system call of every command fail once, with every error that it can give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.torture import warm
from tools.torture.books import restore
from tools.torture.death import die_at
from tools.torture.judge import judge, judge_words, left_over, snapshot
from tools.torture.plan import Plan, Subject, take_out, write_next
from tools.torture.totals import Totals
from tools.torture.tracing import STRACE, Injection, run_attached
from tools.torture.warm import Done

#: System call → the errors that it can give.
ERRORS = {
    "write": ("ENOSPC", "EDQUOT", "EIO", "EFBIG", "EINTR"),
    "pwrite64": ("ENOSPC", "EDQUOT", "EIO", "EFBIG", "EINTR"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT", "EROFS", "EINTR"),
    "openat": ("ENOSPC", "EDQUOT", "EIO", "EACCES", "EMFILE", "EROFS", "EINTR"),
    "rename": ("ENOSPC", "EDQUOT", "EIO", "EACCES", "EXDEV", "EROFS"),
    "renameat2": ("ENOSPC", "EDQUOT", "EIO", "EACCES", "EXDEV", "EROFS"),
    "link": ("ENOSPC", "EDQUOT", "EIO", "EACCES", "EXDEV", "EROFS"),
    "unlink": ("EIO", "EACCES", "EROFS"),
    "ftruncate": ("EIO", "EFBIG", "EINTR", "ENOSPC"),
    "truncate": ("EIO", "EFBIG", "EINTR", "ENOSPC"),
    "flock": ("ENOLCK", "EINTR"),
    "fchmod": ("EIO", "EACCES", "EROFS"),
    "mkdir": ("ENOSPC", "EDQUOT", "EACCES", "EROFS"),
}
#: What a file system says that cannot exchange two names: then it is done in steps.
_CANNOT = ("EINVAL", "ENOSYS")
_CALL = re.compile(r"(\w+)\(")
#: What is printed.
_STREAM = re.compile(r"write\([12]<")
_FAULTY = ("touch", "eve-novak", "-m", "the faulty write")
#: No command takes so many steps.
_MANY = 400


def fault_all(plan: Plan) -> Totals:
    """Every error of every system call of every trial and of the recovery from it.

    Each trial is done in one of the forms of a book, in turn.

    A short run takes `count` of them by chance.
    """
    totals, chance = Totals("faults"), plan.chance()
    if not STRACE:
        totals.add("left out: there is no strace")
        return totals
    for subject in plan.subjects(totals, at_most=4 if plan.is_short else 0, in_turn=True):
        sweep = _Sweep(subject, totals, plan.folder / "strace.log")
        tries = [*sweep.tries(), *sweep.tries_of_recovery()]
        few = min(len(tries), plan.count // 3)
        for one in chance.sample(tries, few) if plan.is_short else tries:
            one.play()
        totals.progress(subject.stage.name)
    return totals


@dataclass
class _Try:
    sweep: _Sweep
    inject: Injection
    is_recovery: bool = False

    def play(self) -> None:
        """Let it happen, and judge what is found after the next write."""
        sweep, subject, totals = self.sweep, self.sweep.subject, self.sweep.totals
        totals.tried += 1
        done = sweep.recover(self.inject) if self.is_recovery else sweep.do(self.inject)
        totals.add(_outcome(done))
        is_saved = done.code == 0 if self.is_recovery else subject.is_saved(done)
        if self.inject.what.endswith(_CANNOT) and not is_saved:
            totals.fail("refused", f"{subject.stage.name}, {self.inject}: {done.err}")
        if self.is_recovery:
            self._judge_recovery(done)
        else:
            subject.judge(done, totals, str(self.inject), is_acknowledged=is_saved)

    def _judge_recovery(self, done: Done) -> None:
        subject, totals = self.sweep.subject, self.sweep.totals
        label = f"{subject.stage.name}, in recovery, {self.inject}"
        judge_words(totals, done, label)
        write_next(subject.stage.root, totals, label)
        is_there = take_out(subject.stage.root, _FAULTY[-1])
        if is_there != (done.code == 0):
            totals.fail("kept" if is_there else "gone", f"{label}: the faulty write: {done.err}")
        after, found = subject.after, snapshot(subject.stage.root)
        judge(totals, found, before=after, after=after, is_acknowledged=True, label=label)
        for name in left_over(subject.stage.root):
            totals.fail("left", f"{label}: {name}")


@dataclass
class _Sweep:
    subject: Subject
    totals: Totals
    log: Path

    @property
    def _pending(self) -> Path:
        return self.subject.stage.root.with_name("pending")

    def do(self, inject: Injection | None) -> Done:
        """Run the command with *inject*."""
        self.subject.start_anew()
        return self._trace(self.subject.stage.words, inject)

    def recover(self, inject: Injection | None) -> Done:
        """Run a command with *inject* on a book in which a change is pending."""
        restore(self._pending, self.subject.stage.root)
        return self._trace(_FAULTY, inject)

    def _trace(self, words: tuple[str, ...], inject: Injection | None) -> Done:
        root = self.subject.stage.root
        return run_attached(words, root, calls=[*ERRORS], log=self.log, inject=inject)

    def tries(self) -> list[_Try]:
        """Every error of every call of the command."""
        self.do(None)
        return [_Try(self, each) for each in _injections(self.log, self.subject.stage.root)]

    def tries_of_recovery(self) -> list[_Try]:
        """The same for a command that has to finish this one first, if it can be pending."""
        if not self._make_pending():
            return []
        self.recover(None)
        found = _injections(self.log, self.subject.stage.root)
        return [_Try(self, each, is_recovery=True) for each in found]

    def _make_pending(self) -> bool:
        """Leave a book in which the change has just been committed: most is still to be done."""
        stage = self.subject.stage
        for at in range(1, _MANY):
            self.subject.start_anew()
            done = warm.run(stage.words, stage.root, hook=die_at(at))
            if self.subject.is_pending:
                restore(stage.root, self._pending)
                return True
            if not done.is_killed:
                break
        return False


def _injections(log: Path, root: Path) -> Iterator[Injection]:
    """Every fault worth trying.

    What is only read before the lock is taken changes nothing; and of the index, which may be
    lost at any time, the first call of each kind is enough.
    """
    taken: Counter[str] = Counter()
    elsewhere: set[str] = set()
    for line in log.read_text(errors="replace").splitlines():
        found = _CALL.match(line)
        if not found:
            continue
        call = found[1]
        taken[call] += 1
        if call == "openat" and not taken["flock"] and "O_CREAT" not in line:
            continue
        if str(root) not in line and not _STREAM.match(line):
            if call in elsewhere:
                continue
            elsewhere.add(call)
        for error in ERRORS.get(call, ()):
            yield Injection(call, f"error={error}", str(taken[call]))
    if taken["renameat2"]:
        yield from (Injection("renameat2", f"error={error}", "1+") for error in _CANNOT)


def _outcome(done: Done) -> str:
    if done.code == 0:
        return "saved, finishing pending" if "pending" in done.err else "saved"
    return "nothing changed"
