"""The page of the reference that shows every case of the corpus is what leadctl says today."""

from __future__ import annotations

import runpy

from tests.commands import PROGRAM
from tests.doc_blocks import ROOT

TOOL = runpy.run_path(str(ROOT / "tools" / "errors.py"))


def test_the_page_of_errors_is_up_to_date() -> None:
    text = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")

    assert TOOL["page"]() == text, "`make reference` renews it"


def test_the_page_of_errors_tells_nothing_of_the_machine() -> None:
    text = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")

    assert "/tmp/" not in text
    assert str(PROGRAM.parent) not in text
