"""How much a torture is to do, and the commands that it is done to, tried undisturbed first."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.torture import warm
from tools.torture.books import FORMS, restore
from tools.torture.independent import disagreements
from tools.torture.judge import Snapshot, judge, judge_words, left_over, snapshot
from tools.torture.totals import Totals
from tools.torture.trials import Stage, known, prepare
from tools.torture.warm import Done

#: What comes after every mishap: it finishes what was begun, and adds one line to the journal.
NEXT = ("touch", "eve-novak", "-m", "the next write")


@dataclass(frozen=True, slots=True)
class Plan:
    """One torture, or one part of it where several processes share the work."""

    folder: Path
    seed: int
    #: What is counted is up to the torture.
    count: int
    is_short: bool
    #: Names of trials; all if there are none.
    only: frozenset[str] = frozenset()
    #: Which part of how many.
    part: tuple[int, int] = (0, 1)

    def chance(self) -> random.Random:
        """Chance that is the same in every run with the same seed."""
        return random.Random(self.seed * 1000 + self.part[0])

    def subjects(
        self, totals: Totals, *, at_most: int = 0, in_turn: bool = False
    ) -> Iterator[Subject]:
        """Every trial in every form, or *at_most* of them by chance; failures are counted.

        *in_turn*: each trial in one of the forms.
        """
        pairs = [*itertools.product(known(self.only), FORMS)]
        if in_turn:
            pairs = [*zip(known(self.only), itertools.cycle(FORMS), strict=False)]
        pairs = pairs[self.part[0] :: self.part[1]]
        if at_most:
            few = -(-at_most // self.part[1])
            pairs = self.chance().sample(pairs, min(few, len(pairs)))
        for trial, form in pairs:
            subject = subject_of(prepare(trial, form, self.folder), totals)
            if subject:
                yield subject


@dataclass(frozen=True, slots=True)
class Subject:
    """A command set up on a book, and the two books that may be found after any mishap."""

    stage: Stage
    #: Without the change and with it; with the next write in both.
    before: Snapshot
    after: Snapshot
    #: What `check` says of the book with the change.
    checked: frozenset[str]

    def start_anew(self) -> None:
        """Put the book as it is before the command."""
        restore(self.stage.template, self.stage.root)

    def is_saved(self, done: Done) -> bool:
        """True if the command says that it is done."""
        # `check --fix` looks at the book once more, and may fail in that.
        return done.code in self.stage.trial.codes or "Undo: leadctl undo" in done.err

    @property
    def is_pending(self) -> bool:
        """True if the change is committed and not finished."""
        return (self.stage.root / ".leadctl" / "txn").exists()

    def judge(self, done: Done, totals: Totals, what: str, *, is_acknowledged: bool) -> None:
        """Make the next write, and count what is wrong in what is found then."""
        label = f"{self.stage.name}, {what}"
        judge_words(totals, done, label)
        write_next(self.stage.root, totals, label)
        found = snapshot(self.stage.root)
        judge(
            totals,
            found,
            before=self.before,
            after=self.after,
            is_acknowledged=is_acknowledged,
            label=label,
        )
        has_failed = done.code > 0 and not self.is_saved(done) and done.code != 130
        if has_failed and found == self.after:
            totals.fail("kept", f"{label}: exit {done.code}: {done.err}")
        for name in left_over(self.stage.root):
            totals.fail("left", f"{label}: {name}")


def subject_of(stage: Stage, totals: Totals) -> Subject | None:
    """*stage* with both books, made by commands that nobody disturbs; None if these fail."""
    restore(stage.template, stage.root)
    write_next(stage.root, totals, stage.name)
    before = snapshot(stage.root)
    restore(stage.template, stage.root)
    done = warm.run(stage.words, stage.root)
    if done.code not in stage.trial.codes:
        totals.fail("refused", f"{stage.name}: exit {done.code}: {done.err}")
        return None
    write_next(stage.root, totals, stage.name)
    after = snapshot(stage.root)
    for wrong in disagreements(stage.root):
        totals.fail("torn", f"{stage.name}, undisturbed: {wrong}")
    if before == after:
        totals.fail("refused", f"{stage.name}: it changes nothing")
    return Subject(stage, before, after, checked(stage.root))


def checked(root: Path) -> frozenset[str]:
    """The lines that `check` has to say of the book in *root*."""
    return frozenset(warm.run(("check",), root).out.splitlines())


def write_next(root: Path, totals: Totals, label: str) -> None:
    """Make the write that comes after every mishap, and that nothing stands in the way of."""
    done = warm.run(NEXT, root)
    if done.code != 0:
        totals.fail("refused", f"{label}: the next write: exit {done.code}: {done.err}")


def take_out(root: Path, note: str) -> bool:
    """Take the line with *note* out of the journal; True if there was one."""
    journal = root / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    others = [line for line in lines if note.encode() not in line]
    if len(others) < len(lines):
        journal.write_bytes(b"".join(others))
    return len(others) < len(lines)
