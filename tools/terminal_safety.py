"""Sends random texts along every way to a terminal and counts what comes out that must not.

tools/terminal_safety.py [COUNT [SEED]]: a million texts if no number is given. Texts that break
the law are printed, and the exit code is then 1.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.terminal_paths import offences, outputs

#: So many texts go into one view.
BATCH = 500


def main(count: int, seed: int) -> int:
    """Check *count* texts, print totals; the exit code."""
    chance, start = random.Random(seed), time.monotonic()
    kinds, characters, wrong = Counter[str](), 0, 0
    for turn in range(-(-count // BATCH)):
        for name, output in outputs(chance, turn, BATCH):
            kinds[name] += 1
            characters += len(output)
            found = offences(output)
            if found:
                wrong += 1
                sys.stdout.write(f"{name}: {found[:5]} in {output[:300]!r}\n")
    seconds = time.monotonic() - start
    sys.stdout.write(
        f"{count} texts, seed {seed}: {sum(kinds.values())} outputs of {len(kinds)} kinds, "
        f"{characters} characters, {wrong} of them unsafe, {seconds:.0f} s\n"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*[*numbers, *[1_000_000, 1][len(numbers) :]]))
