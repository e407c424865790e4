"""What stages.yaml says: read from the file, or as the index keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from leadctl.errors import DataError
from leadctl.index.index import Index
from leadctl.located import from_plain, to_plain
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store.book import Book


@dataclass(frozen=True, slots=True)
class Rules:
    """The stages of a book, and the text of them for the index."""

    stages: Stages
    text: str


def written_rules(book: Book) -> Rules:
    """What stages.yaml of *book* says.

    Raises:
        DataError: it cannot be used.
    """
    tree, _, problems = book.read_stages()
    stages = None
    if tree is not None:
        stages, found = read_stages(tree)
        problems = [*problems, *found]
    if stages is None or tree is None:
        message = "stages.yaml cannot be used"
        errors = [problem for problem in problems if not problem.is_warning]
        raise DataError(message, problems=book.with_excerpts(errors))
    return Rules(stages, json.dumps(to_plain(tree), ensure_ascii=False))


def kept_rules(index: Index, book: Book) -> Rules:
    """What stages.yaml of *book* said when *index* was made.

    Raises:
        ValueError: the index was made by another version, or is damaged.
    """
    text = index.meta("stages")
    stages, _ = read_stages(from_plain(json.loads(text), book.stages_path.name))
    if stages is None:
        raise ValueError(text)
    return Rules(stages, text)
