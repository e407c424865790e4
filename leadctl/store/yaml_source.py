"""One YAML text with its parser events, the places in it, and what was found wrong with it."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import yaml

from leadctl.problems import Problem, Where
from leadctl.store.yaml_halves import disguised, has_pairs, revealing

#: How deep lists and mappings may stand in each other.
MAX_DEPTH = 8
#: Characters of one value.
MAX_VALUE = 1_000_000
#: Texts in the list of one field.
MAX_ITEMS = 10_000
#: Characters of one field name; YAML itself allows no more on one line.
MAX_KEY = 1_024
#: So many problems of a file are told; whoever made that many has to look at all of it anyway.
MAX_PROBLEMS = 50
#: After so many, reading stops.
_MOST_REFUSALS = 10_000
#: Below this the collector costs less than switching it off and on.
_BIG_TEXT = 50_000

_LINE_END = re.compile(r"\r\n|\n|\r")
#: A line this long is no help to anyone.
_MAX_EXCERPT = 200

_VERSION = re.compile(r"^%YAML", re.MULTILINE)
#: The rest of a plain value, between brackets and elsewhere.
_REST_IN_BRACKETS = re.compile(r"(?:[^\r\n#,\]}]|(?<=\S)#)*")
_REST_OF_LINE = re.compile(r"(?:[^\r\n#]|(?<=\S)#)*")
#: Line ends to YAML, but not to an editor: line numbers would drift apart.
ODD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
#: Blanks that look like a space and are none; typesetters and web pages are full of them.
ODD_BLANKS = "\xa0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))

# The parser in C is ten times as fast; PyYAML has it in every wheel, but not in every build.
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)

OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)

#: Gives the next parser event at each call; PyYAML leaves events untyped.
NextEvent = Callable[[], Any]


class TooDeepError(Exception):
    """Nesting beyond `MAX_DEPTH`; the events after it are not to be asked for."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class TooManyError(Exception):
    """So much is wrong, or there, that reading on makes no sense."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class OpenQuoteError(Exception):
    """A quoted text that only ends because a quote below it happens to close it."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def open_events(text: str) -> NextEvent:
    """The parser events of *text*, one a call.

    Raises:
        yaml.YAMLError, UnicodeEncodeError: here or at a later call, *text* is no YAML.
    """
    next_event: NextEvent = _LOADER(disguised(text)).get_event
    return revealing(next_event, text) if has_pairs(text) else next_event


def open_tokens(text: str) -> Iterator[Any]:
    """The tokens of *text*, which has events."""
    loader = _LOADER(disguised(text))
    while token := loader.get_token():
        yield token


@contextmanager
def collector_paused(text: str) -> Iterator[None]:
    """Keep the garbage collector still while a big *text* is read: that halves the time."""
    if len(text) < _BIG_TEXT or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(slots=True)
class Source:
    """A text and the problems found in it; an index counts characters from the start of it."""

    text: str
    path: str
    problems: list[Problem] = field(default_factory=list)
    #: How often something was refused, told or not.
    refusals: int = 0
    _line_starts: list[int] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """True if a problem, not only a warning, was found."""
        return any(not problem.is_warning for problem in self.problems)

    @property
    def is_hopeless(self) -> bool:
        """True if so much was refused that reading has stopped."""
        return self.refusals > _MOST_REFUSALS

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of *index*, from 1."""
        if not self._line_starts:
            self._line_starts = [0, *(end.end() for end in _LINE_END.finditer(self.text))]
        line = bisect_right(self._line_starts, index)
        return line, index - self._line_starts[line - 1] + 1

    def where(self, index: int) -> Where:
        """The place of *index* in the file."""
        return Where(self.path, *self.place(index))

    def refuse(self, index: int, message: str, hint: str = "", *, check: str = "files") -> None:
        """Add a problem at *index*; the file must not be written while it stands.

        Raises:
            TooManyError: there are thousands already.
        """
        self.refusals += 1
        if self.refusals > _MOST_REFUSALS:
            raise TooManyError(index)
        self.tell(index, message, hint, check=check)

    def tell(self, index: int, message: str, hint: str = "", *, check: str = "files") -> None:
        """Add a problem at *index*, unless there are `MAX_PROBLEMS` already."""
        if len(self.problems) >= MAX_PROBLEMS:
            return
        self.problems.append(
            Problem(
                self.where(index),
                message,
                hint,
                check,
                excerpt=self._excerpt(index),
                blocks_writing=True,
            )
        )

    def warn(self, index: int, message: str, hint: str = "") -> None:
        """Add a warning at *index*."""
        excerpt = self._excerpt(index)
        problem = Problem(self.where(index), message, hint, excerpt=excerpt, is_warning=True)
        self.problems.append(problem)

    def value_at(self, index: int) -> str:
        """What stands at *index*, up to the end of the plain value."""
        _, column = self.place(index)
        before = self.text[index - column + 1 : index]
        rest = _REST_IN_BRACKETS if re.search(r"[\[{]", before) else _REST_OF_LINE
        found = rest.match(self.text, index)
        return found.group().rstrip() if found else ""

    def _excerpt(self, index: int) -> str:
        _, column = self.place(index)
        start = index - column + 1
        end = _LINE_END.search(self.text, start)
        line = self.text[start : end.start() if end else len(self.text)][:_MAX_EXCERPT]
        # Half a character cannot be printed.
        return line.encode("utf-8", "replace").decode("utf-8")


def skip_node(next_event: NextEvent, event: Any, depth: int) -> None:
    """Pass over the node that *event* starts; *depth* is that of what it stands in.

    Raises:
        TooDeepError: it is nested too deep.
    """
    level = depth
    while True:
        if type(event) in OPENING:
            level += 1
            if level > MAX_DEPTH:
                raise TooDeepError(event.start_mark.index)
        elif type(event) in CLOSING:
            level -= 1
        if level == depth:
            return
        event = next_event()


def refuse_extras(source: Source, event: Any, base: int = 0) -> None:
    """Add a problem if *event* is an alias or carries an anchor or a tag.

    The marks of *event* count from *base*.
    """
    if type(event) is not yaml.AliasEvent and not (event.anchor or event.tag):
        return
    index = base + event.start_mark.index
    value = source.value_at(index)
    hint = f'if it is text, put it in quotes: "{value}"' if '"' not in value else ""
    if type(event) is yaml.AliasEvent:
        source.refuse(index, f'aliases such as "*{event.anchor}" are not used here', hint)
    elif event.anchor:
        source.refuse(index, f'anchors such as "&{event.anchor}" are not used here', hint)
    else:
        source.refuse(index, "YAML tags, words that start with !, are not used here", hint)


def check_document(source: Source, event: Any, count: int, base: int = 0) -> None:
    """Add a problem if the document that *event* starts is not the first or has directives."""
    index = base + event.start_mark.index
    if count > 1:
        source.refuse(index, "a second document starts here", "remove the line ---")
    if event.version:
        line = _VERSION.search(source.text, base)
        index = line.start() if line else index
        source.warn(index, "the %YAML line has no effect", "remove it")
    if event.tags:
        source.refuse(index, "%TAG lines are not used here", "remove it")
