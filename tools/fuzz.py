"""Feeds a parser with inputs that nobody has thought of, and stops at the first that breaks it.

    python tools/fuzz.py TARGET [--seconds N] [--corpus DIR]

A finding is an exception that is not documented, or an input that takes longer than 2 seconds. It
is kept in DIR-found/; one that mattered moves to tests/corpus/found/TARGET/, and stays a test.
Needs atheris, which is no dependency: `pip install atheris`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "corpus"
#: The longest input that is made, in bytes.
LONGEST = 4_096
#: CPU seconds that one input may take.
SLOW = 2.0

#: Target → ends of the names of files in the cases that make a good start for it.
SEEDS = {
    "yaml": ("contacts.yaml", ".yaml"),
    "stages": ("stages.yaml",),
    "csv": (".csv", ".tsv", ".txt"),
    "journal": (".jsonl",),
    "query": (),
    "dates": (),
}
_WORDS = {
    "query": (
        "ada",
        "status:New,Lead -tag:cold",
        'name:"Ada L" or (due<=today and not is:pinned)',
        "email:/@x\\.com$/ value>=1.5 created:2026..2026-11",
        "has:phone no:email birthday:12 @hot touched<-3w",
    ),
    "dates": (
        "2026-11-22",
        "2026-11-22T14:30:00.5+01:00",
        "next fri",
        "in 3 weeks",
        "2026Q4",
        "22 Nov 2026 2:30 PM",
        "11/22/2026",
        "14 days",
        "quarterly",
    ),
}


def main() -> None:
    """Run one target."""
    options = _options()
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("this needs atheris: pip install atheris")
    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["leadctl"]):
        from tests.corpus.parsers import PARSERS

    parse = PARSERS[options.target]

    def one_input(data: bytes) -> None:
        start = time.process_time()
        parse(data)
        if time.process_time() - start > SLOW:
            raise TimeoutError(f"more than {SLOW} seconds for {len(data)} bytes")

    corpus: Path = options.corpus / options.target
    findings = corpus.with_name(f"{options.target}-found")
    _plant(corpus, options.target)
    findings.mkdir(parents=True, exist_ok=True)
    limits = (f"-max_total_time={options.seconds}", f"-max_len={LONGEST}", "-rss_limit_mb=1000")
    places = (f"-artifact_prefix={findings}/", "-print_final_stats=1", str(corpus))
    atheris.Setup([sys.argv[0], "-timeout=60", *limits, *places], one_input)
    atheris.Fuzz()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("target", choices=SEEDS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "fuzz")
    return parser.parse_args()


def _plant(corpus: Path, target: str) -> None:
    """Put the seeds of *target* into the folder *corpus*, and what was found before."""
    corpus.mkdir(parents=True, exist_ok=True)
    found = (path.read_bytes() for path in sorted((CASES / "found" / target).glob("*")))
    for seed in (*_seeds(target), *found):
        name = hashlib.sha256(seed).hexdigest()[:16]
        (corpus / name).write_bytes(seed[:LONGEST])


def _seeds(target: str) -> Iterable[bytes]:
    """The inputs of the cases that *target* would read."""
    for word in _WORDS.get(target, ()):
        yield word.encode()
    for path in sorted(CASES.glob("*_cases.py")):
        module = importlib.import_module(f"tests.corpus.{path.stem}")
        for case in module.CASES:
            for name, content in case.files.items():
                if name.endswith(SEEDS[target]):
                    yield content.encode() if isinstance(content, str) else content


if __name__ == "__main__":
    main()
