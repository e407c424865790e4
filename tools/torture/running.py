"""Which tortures there are, how much of each is a full run or a short one, and the verdict."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tools.torture import warm
from tools.torture.books import surround
from tools.torture.editing import edit_all
from tools.torture.faults import fault_all
from tools.torture.full_disk import fill_all
from tools.torture.kills import kill_all
from tools.torture.meetings import meet_all
from tools.torture.plan import Plan
from tools.torture.signals import interrupt_all, kill_installed
from tools.torture.totals import Totals
from tools.torture.trials import missing
from tools.torture.writers import crowd_all

TORTURES: dict[str, Callable[[Plan], Totals]] = {
    "kills": kill_all,
    "faults": fault_all,
    "full-disk": fill_all,
    "signals": interrupt_all,
    "installed": kill_installed,
    "meetings": meet_all,
    "editors": edit_all,
    "writers": crowd_all,
}
#: How much of each is done unless --count says otherwise: in full, and in short.
COUNTS = {
    "kills": (10_000, 0),
    "faults": (0, 24),
    "full-disk": (19, 19),
    "signals": (2_000, 20),
    "installed": (300, 4),
    "meetings": (0, 0),
    "editors": (1_000, 20),
    "writers": (500, 8),
}
#: Those whose work several processes can share.
_SHARED = frozenset({"kills", "faults", "full-disk", "signals", "installed", "meetings"})


def main(words: Sequence[str]) -> int:
    """Run the tortures that *words* name, or all; 1 if anything went wrong."""
    options = _options(words)
    with tempfile.TemporaryDirectory(prefix="torture-", dir=options.folder) as folder:
        surround(Path(folder))
        warm.load()
        wrong = sum(_run(name, Path(folder) / name, options) for name in options.name or TORTURES)
    for name in missing():
        _say(f"left out: {name}: this leadctl has no such command")
    _say("nothing was lost" if not wrong else f"{wrong} went wrong; seed {options.seed}")
    return 1 if wrong else 0


def _run(name: str, folder: Path, options: argparse.Namespace) -> int:
    """Run one torture, and print its score; how much went wrong."""
    jobs = options.jobs if name in _SHARED else 1
    count = options.count or COUNTS[name][options.short]
    # The offsets of a full disk are a distance, everything else is shared out.
    share = count if name == "full-disk" else -(-count // jobs)
    only = frozenset(options.only or ())
    plan = Plan(folder, options.seed, share, options.short, only)
    totals = Totals(name)
    ends = [
        _fork(name, replace(plan, folder=folder / str(part), part=(part, jobs)))
        for part in range(jobs)
    ]
    for pid, end in ends:
        with os.fdopen(end, "rb") as file:
            told = file.read()
        os.waitpid(pid, 0)
        if told:
            totals.merge(json.loads(told))
        else:
            totals.fail("crashed", f"{name}: the torture itself")
    _say(totals.line())
    return totals.wrong


def _fork(name: str, plan: Plan) -> tuple[int, int]:
    """Do a part in another process; its pid, and where its score comes out."""
    mine, its = os.pipe()
    pid = os.fork()
    if pid:
        os.close(its)
        return pid, mine
    try:
        plan.folder.mkdir(parents=True)
        told = json.dumps(TORTURES[name](plan).as_data()).encode()
        os.write(its, told)
    except BaseException:  # it must not go on as its parent
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(0)


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.torture", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*TORTURES, []], help="which; all if none")
    parser.add_argument("--short", action="store_true", help="samples only: two minutes in all")
    parser.add_argument("--seed", type=int, default=1, help="another one, other samples")
    parser.add_argument("--count", type=int, default=0, help="how many of each, at least")
    parser.add_argument("--only", action="append", metavar="TRIAL", help="one of the commands")
    parser.add_argument("--jobs", type=int, default=1, help="processes that share the work")
    parser.add_argument("--folder", type=Path, default=_folder(), help="where the books are made")
    return parser.parse_args(words)


def _folder() -> Path:
    """A folder in memory, if there is one: a kill is no less sudden there."""
    memory = Path("/dev/shm")  # a folder of our own is made in it
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
