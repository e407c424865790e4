"""The text of a query as a sequence of terms; what fields and values mean is not known here.

Syntax is looked for in the *shape* of a text: the same text with a filler in place of every
quoted character, so that a quoted comma, colon or blank is never taken for syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.matching import fold

_FILLER = "\0"
#: A quote opens only where a word or a value can begin: the one in O'Brien is a letter.
_OPENS = r"(?:(?<![^\s:=<>~,(@])|(?<=\.\.)|(?<=\s-)|(?<=\A-))"
_CLOSES = r"(?=[\s,:=!<>~)]|\.\.|\Z)"
_PIECES = re.compile(
    rf"{_OPENS}\"(?P<double>[^\"]*)\"{_CLOSES}|{_OPENS}'(?P<single>[^']*)'{_CLOSES}"
    rf"|(?P<unclosed>{_OPENS}[\"'].*)|(?P<plain>[^\"']+|[\"'])",
    re.DOTALL,
)
_OPERATOR = re.compile(
    r"(?P<field>(?:[^:=<>~!]|!(?!=))*)(?P<operator>:>=|:<=|:>|:<|!=|>=|<=|:|=|>|<|~)", re.DOTALL
)
_NEGATION = re.compile(r"-|not:", re.IGNORECASE)
#: What a value of one blank-holding argument shows of itself: only commas between words.
_MASKED_IN_ARGUMENT = re.compile(r"[\s()]|,(?=\s)")
_RESERVED_WORDS = {
    "OR": "write a,b to accept either of two values of one field",
    "AND": "leave it out: all terms must hold",
    "NOT": "write - or not: directly before the term",
}
_QUOTE_HINT = "if it is text to look for, put it in quotes inside quotes: '\"…\"'"

#: What a term asks about.
Subject = Literal["word", "field", "view", "is", "has", "no"]
_KEYWORDS: Mapping[str, Subject] = {"is": "is", "has": "has", "no": "no"}


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a term."""

    text: str
    #: The two ends of `a..b` outside quotes, either may be empty; None if it is no range.
    ends: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a query; all its values are alternatives."""

    subject: Subject
    #: At least one; the word itself, the name of the view, the flags or the fields.
    values: tuple[Value, ...]
    is_negated: bool = False
    #: Only of a field: its name as typed, and one of : = != > >= < <= ~
    field: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a query without its quotes, and its shape, which is as long."""

    text: str
    shape: str

    def part(self, start: int, end: int | None = None) -> _Piece:
        return _Piece(self.text[start:end], self.shape[start:end])

    def split(self, pattern: str, *, limit: int = 0) -> list[_Piece]:
        parts, start = [], 0
        for found in list(re.finditer(pattern, self.shape))[: limit or None]:
            parts.append(self.part(start, found.start()))
            start = found.end()
        return [*parts, self.part(start)]


def read_terms(text: str) -> tuple[Term, ...]:
    """The terms of *text*, which blanks separate; none if it is blank.

    Raises:
        RequestError: the text breaks the grammar; the hint says how to write it.
    """
    return tuple(_read_term(word) for word in _words(_unquoted(text)))


def read_argument(argument: str) -> tuple[Term, ...]:
    """The terms of one shell word.

    The shell has taken the quotes off `status:"Past Clients"`. So where a term with a field and
    an operator is followed by nothing but bare words, all of it is one value; a comma in it
    still separates values unless a blank follows.

    Raises:
        RequestError: as `read_terms`.
    """
    argument = argument.strip()
    words = _words(_unquoted(argument))
    start = _value_start(words[0]) if len(words) > 1 and all(map(_is_bare, words[1:])) else 0
    if not start:
        return tuple(map(_read_term, words))
    shape = argument[:start] + _MASKED_IN_ARGUMENT.sub(_FILLER, argument[start:])
    return (_read_term(_Piece(argument, shape)),)


def field_values(text: str, field: str) -> Iterator[list[tuple[int, int, str]]]:
    """The values of each term of *text* about *field*: where each stands, and what it says.

    The place, from and to, has the quotes in it. Patterns are left out.

    Raises:
        RequestError: as `read_terms`.
    """
    read_terms(text)
    piece, origins = _unquoted(text), _origins(text)
    for found in re.finditer(r"\S+", piece.shape):
        negation = _NEGATION.match(found[0])
        shape = found[0][negation.end() :] if negation else found[0]
        named = _OPERATOR.match(shape)
        if not named or named["field"].lower() != field or named["operator"] == "~":
            continue
        start, values = found.end() - len(shape) + named.end(), []
        for part in shape[named.end() :].split(","):
            end = start + len(part)
            values.append((origins[start - 1] + 1, origins[end], piece.text[start:end]))
            start = end + 1
        yield values


def _origins(text: str) -> list[int]:
    """Where in *text* each character stands that is no quote of syntax, and the end of it."""
    places: list[int] = []
    for found in _PIECES.finditer(text):
        places += range(*found.span(found.lastgroup or 0))
    return [*places, len(text)]


def _value_start(word: _Piece) -> int:
    """Where the value begins in `field:value` without quotes; 0 if the word is none."""
    negation = _NEGATION.match(word.shape)
    found = _OPERATOR.match(word.shape, negation.end() if negation else 0)
    if not found or _FILLER in word.shape or found["field"].lower() in _KEYWORDS:
        return 0
    return found.end()


def _is_bare(word: _Piece) -> bool:
    has_syntax = _NEGATION.match(word.shape) or _OPERATOR.match(word.shape)
    return not has_syntax and word.shape[0] != "@" and word.shape not in _RESERVED_WORDS


def _unquoted(text: str) -> _Piece:
    plain, shape = [], []
    for found in _PIECES.finditer(text):
        kind = found.lastgroup or ""
        if kind == "unclosed":
            hint = "close the quote, and leave a blank behind it; or use the other kind of quote"
            raise RequestError(f"quote without an end at {quoted(found[kind])}", hint=hint)
        if kind != "plain" and not found[kind].strip():
            raise RequestError("nothing between the quotes", hint="`no:note` finds what is not set")
        plain.append(found[kind])
        shape.append(found[kind] if kind == "plain" else _FILLER * len(found[kind]))
    return _Piece("".join(plain), "".join(shape))


def _words(piece: _Piece) -> list[_Piece]:
    return [word for word in piece.split(r"\s+") if word.text]


def _read_term(word: _Piece) -> Term:
    negation = _NEGATION.match(word.shape)
    rest = word.part(negation.end()) if negation else word
    if negation and (not rest.text or _NEGATION.match(rest.shape)):
        hint = "one - or not: directly before a term turns it round; a word may stand in quotes"
        raise RequestError(f"nothing to negate in {quoted(word.text)}", hint=hint)
    return _read_positive(rest, is_negated=bool(negation))


def _read_positive(word: _Piece, *, is_negated: bool) -> Term:
    if word.shape in _RESERVED_WORDS:
        hint = f"{_RESERVED_WORDS[word.shape]}; {_QUOTE_HINT}"
        raise RequestError(f"{word.shape} is reserved", hint=hint)
    if word.shape[0] == "@":
        _refuse_parentheses(word)
        return Term("view", (_one_value(word.part(1), word),), is_negated)
    found = _OPERATOR.match(word.shape)
    if not found:
        _refuse_parentheses(word)
        return Term("word", (_one_value(word, word),), is_negated)
    return _read_field(word, found, is_negated=is_negated)


def _read_field(word: _Piece, found: re.Match[str], *, is_negated: bool) -> Term:
    name, rest = word.text[: found.end("field")], word.part(found.end())
    operator = found["operator"].removeprefix(":") or ":"
    if not name:
        raise RequestError(f"no field before {operator} in {quoted(word.text)}", hint=_QUOTE_HINT)
    if operator == "~":
        return Term("field", (_one_value(rest, word),), is_negated, name, operator)
    _refuse_parentheses(word)
    if rest.shape[:1] in tuple(":=<>~!"):
        raise RequestError(f"two operators in {quoted(word.text)}", hint=_QUOTE_HINT)
    values = tuple(_one_value(part, word) for part in rest.split(","))
    keyword = _KEYWORDS.get(found["field"].lower())
    if keyword and operator == ":":
        return Term(keyword, values, is_negated)
    return Term("field", values, is_negated, name, operator)


def _one_value(piece: _Piece, word: _Piece) -> Value:
    if not fold(piece.text):
        hint = (
            "the shell keeps > and < for itself unless the term is quoted: 'touches:>3'; "
            "`no:note` finds what is not set"
        )
        raise RequestError(f"a value is missing in {quoted(word.text)}", hint=hint)
    ends = piece.split(r"\.\.", limit=1)
    return Value(piece.text, (ends[0].text, ends[1].text) if len(ends) == 2 else None)


def _refuse_parentheses(word: _Piece) -> None:
    if "(" in word.shape or ")" in word.shape:
        hint = f"terms cannot be grouped; a,b accepts either value; {_QUOTE_HINT}"
        raise RequestError(f"parentheses are reserved: {quoted(word.text)}", hint=hint)
