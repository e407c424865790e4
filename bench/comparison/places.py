"""Where the pages of the comparison are, and what they are made from."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
PAGE = _FOLDER / "comparison.md"
EVIDENCE = _FOLDER / "comparison-evidence.md"
RECORD = _FOLDER / "comparison.json"
