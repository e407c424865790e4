"""Measure leadctl and others on made-up books, and write the page: `python -m bench.run`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import page, results
from bench.books import FORMS
from bench.machine import describe
from bench.peers import PEERS, missing, versions
from bench.sizes import Request, measure_size
from bench.timing import Limits
from bench.trials import operations

_HERE = Path(__file__).parent
RESULTS = _HERE / "results.json"
PAGE = _HERE.parent / "docs" / "explanation" / "performance.md"


def main(words: Sequence[str]) -> int:
    """Measure what *words* ask for, add it to the earlier results, and write the page anew."""
    options = _options(words)
    record = results.read(RESULTS)
    if not options.page_only:
        if not (shutil.which("hyperfine") and Path("/usr/bin/time").exists()):
            sys.exit("hyperfine and GNU time are needed: apt-get install hyperfine time")
        limits = Limits(budget=options.seconds, longest=options.longest)
        request = Request(options.forms, options.peers, options.only, limits)
        with tempfile.TemporaryDirectory(prefix="bench-", dir=options.folder) as folder:
            record.machine = describe(Path(folder))
            record.versions, record.missing = versions(), missing()
            for size in options.sizes:
                for done in measure_size(size, Path(folder), request, record):
                    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {size:,}: {done}\n")
                    results.write(RESULTS, record)
    page.renew(PAGE, record, operations())
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    names = tuple(peer.name for peer in PEERS)
    known = tuple(name.split()[0] for name in operations())
    say = parser.add_argument
    say("--sizes", type=_listed(int), default=(1_000, 10_000, 100_000), metavar="N,N")
    say("--only", type=_listed(_one_of(known)), default=(), metavar="OPERATION,…")
    say("--forms", type=_listed(_one_of(FORMS)), default=FORMS, metavar="yaml,csv,dir")
    say("--peers", type=_listed(_one_of(names)), default=names, metavar="NAME,…")
    say("--seconds", type=float, default=5, help="for all runs of one command; at least two")
    say("--longest", type=float, default=300, help="a command that takes longer is stopped")
    say("--folder", type=Path, help="where the books are made for the time being")
    say("--page-only", action="store_true", help="measure nothing; write the page anew")
    return parser.parse_args(words)


def _listed(read: Callable[[str], object]) -> Callable[[str], tuple[object, ...]]:
    """What reads words with commas between them; an empty text is none."""
    return lambda text: tuple(read(each) for each in text.split(",") if each)


def _one_of(known: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(f'"{text}" is none of {", ".join(known)}')
        return text

    return read


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
