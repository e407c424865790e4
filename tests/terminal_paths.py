"""Every way by which a text reaches a terminal, texts to send along them, and what may come out."""

from __future__ import annotations

import contextlib
import io
import itertools
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from leadctl.cli import main as program
from leadctl.cli import terminal
from leadctl.cli.main import main
from leadctl.errors import DataError, RequestError
from leadctl.problems import Problem, Where
from leadctl.render.formats import Format, Look, render
from leadctl.views import Board, Card, Column, Section, Tab, Table, View

_ODD_CODES = (
    *range(0x20), *range(0x7F, 0xA1), 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, *range(0x2000, 0x2070),
    0x3164, 0xFEFF, 0xFFA0, *range(0xFFF0, 0x10000), *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE0110), 0x1D173, 0xD800, 0xDFFF,
)  # fmt: skip
#: What steers a terminal, hides or reorders, and what has to survive beside it.
ODD = (
    *map(chr, _ODD_CODES),
    *"\ufe0e\ufe0f\u20e3\u094d\u200d\u200c\U0001f525\u2764\U0001f469\u0645\u6f22",
    *("\x1b[31m", "\x1b]52;c;eA==\x07", "\x1b]8;;http://x\x1b\\", "\x9b2J", "\r\n", "\x1bP"),
)
_PLAIN = "abc xyz 019 =+-@'\"\\|`*_<>[](){};:,.~$!%#&/éß漢字"

_BIDI = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_INVISIBLE = {0x2028, 0x2029, 0x200B, 0xAD, 0x34F, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0}
_INVISIBLE |= {*range(0x2060, 0x2070), *range(0xE0000, 0xE0100)}
_JOINERS = {0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_JOINERS |= {0x180B, 0x180C, 0x180D, 0x180F}
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)} - {0x0A}
_FORMATS = {c for c in range(0x110000) if unicodedata.category(chr(c)) in {"Cf", "Zl", "Zp"}}
_FORBIDDEN = frozenset(map(chr, _CONTROLS | _FORMATS | _BIDI | _INVISIBLE | _JOINERS))


def random_text(chance: random.Random) -> str:
    """A short text of which about half is odd."""
    pieces = (
        chance.choice(ODD) if chance.random() < 0.5 else chance.choice(_PLAIN)
        for _ in range(chance.randint(1, 12))
    )
    return "".join(pieces)


def offences(text: str) -> list[str]:
    """What of *text* must not reach a terminal."""
    return [
        f"U+{ord(char):04X}"
        for char in _FORBIDDEN.intersection(text)
        for piece in itertools.pairwise(text.split(char))
        if ord(char) not in _JOINERS or not _is_joint(piece[0][-1:], piece[1][:1])
    ]


def _is_joint(before: str, after: str) -> bool:
    """True if a joiner or selector stands behind something that it can belong to."""
    return (bool(before) and not before.isascii()) or after == "\u20e3"


def _table(texts: Sequence[str]) -> Table:
    names = tuple(f"{number} {text}" for number, text in enumerate(texts[:2]))
    columns = tuple(Column(name, name) for name in names)
    cells = (
        (text, (text, text)) if number % 2 else (text, None) for number, text in enumerate(texts)
    )
    rows = tuple(dict(zip(names, pair, strict=True)) for pair in cells)
    return Table(columns, rows, key=names[0])


def _card(texts: Sequence[str]) -> Card:
    lines = tuple((text, text) for text in texts)
    section = Section(texts[0], _table(texts[:3]))
    return Card(texts[0], lines, {f"{text} ": text for text in texts}, (section,))


def _board(texts: Sequence[str]) -> Board:
    return Board(texts[0], (Tab(texts[0], _table(texts), 500, title=texts[1]),))


#: Each kind of view, with texts in every place that data can reach.
VIEWS: Sequence[Callable[[Sequence[str]], View]] = (_table, _card, _board)
LOOKS = (
    Look(terminal=True, width=80),
    Look(terminal=True, width=30, header=False),
    Look(terminal=True, raw=True),
)


def shown(texts: Sequence[str], turn: int) -> Iterator[tuple[str, str]]:
    """What a view of *texts* looks like, in every format on a terminal; *turn* says which view."""
    view = VIEWS[turn % len(VIEWS)](texts)
    look = LOOKS[turn // len(VIEWS) % len(LOOKS)]
    for wanted in Format:
        text = "".join(render(view, wanted, look))
        name = f"{type(view).__name__} {wanted.value} {LOOKS.index(look)}"
        yield name, _without_separators(text) if wanted is Format.TSV else text


def _without_separators(text: str) -> str:
    """*text* without the tabs between its cells, of which every line has the same number."""
    lines = text.split("\n")[:-1]
    assert len({line.count("\t") for line in lines}) <= 1, text
    return text.replace("\t", " ")


def said(text: str, turn: int) -> Iterator[tuple[str, str]]:
    """What messages about *text* look like, by one of the functions that print them.

    The next *turn* is that of the next function.
    """
    name, speak = list(_MESSAGES.items())[turn % len(_MESSAGES)]
    yield name, _caught(speak, text)


def refused(text: str, turn: int) -> Iterator[tuple[str, str]]:
    """What the command line says of *text* in a place where it cannot be meant."""
    words = _PLACES[turn % len(_PLACES)](text)
    yield "leadctl " + " ".join(words).replace(text, "…"), _caught(lambda _: main(words), text)


_PLACES: Sequence[Callable[[str], Sequence[str]]] = (
    lambda text: (f"no {text}",),
    lambda text: ("list", f"--{text}"),
    lambda text: ("list", "--limit", text),
    lambda text: ("init", "--preset", text),
    lambda text: ("list", "--book", f"no {text}"),
    lambda text: ("report", f"no {text}"),
)


def _caught(speak: Callable[[str], object], text: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO("n\n")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            speak(text)
    finally:
        sys.stdin = before
    return out.getvalue() + err.getvalue()


def _complain(text: str) -> None:
    where = Where(text, 3, 1 + len(text) % 9)
    problem = Problem(where, text, hint=text, excerpt=text)
    terminal.complain(DataError(text, problems=(problem,), hint=text))
    terminal.complain(RequestError(text, hint=text, where=where))


def _confess(text: str) -> None:
    try:
        raise KeyError(text) from ValueError(text)
    except KeyError:
        program.confess()


_MESSAGES: Mapping[str, Callable[[str], object]] = {
    "say": terminal.say,
    "say_json": lambda text: terminal.say_json({text: [text]}),
    "talk": terminal.talk,
    "talk_lines": terminal.talk_lines,
    "ask": terminal.ask,
    "complain": _complain,
    "confess": _confess,
}


def outputs(chance: random.Random, turn: int, size: int) -> Iterator[tuple[str, str]]:
    """Where to and what: *size* new texts by the way that has the *turn*."""
    texts = [random_text(chance) for _ in range(size)]
    yield from shown(texts, turn)
    for number, text in enumerate(texts):
        yield from said(text, turn + number)
    # The parser of the command line takes a thousand times as long as all else.
    yield from refused(texts[0], turn)
