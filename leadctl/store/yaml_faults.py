"""What the YAML parser could not read, told in plain words and with what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from leadctl.store.yaml_slips import slip
from leadctl.store.yaml_source import MAX_KEY, OpenQuoteError, TooDeepError, TooManyError

_LINE = re.compile(r"[^\r\n]*")
_TAB_INDENT = re.compile(r" *\t")
_FIELD_LINE = re.compile(r"[ \t]*(?:-[ \t]+)*([^\s'\"#:][^:]*?):[ \t]+(\S.*?)[ \t]*$")
_GLUED_COLON = re.compile(r"[ \t]*(?:-[ \t]+)?([\w-]+):(\w\S*)[ \t]*$")
_SECOND_FIELD = re.compile(r"(?:\s{2,}|,\s*|;\s*)(\w+):\s+\S")
#: What YAML allows in a file; libyaml names the first other character, but not its line.
_NOT_ALLOWED = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
_HALVES = frozenset(map(chr, range(0xD800, 0xE000)))
_PAIR = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)

#: Everything that reading the events of a text can raise.
PARSER_ERRORS = (
    *(yaml.YAMLError, UnicodeEncodeError),
    *(TooDeepError, TooManyError, OpenQuoteError),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at *index* of the text, and what to do about it."""

    index: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """The text with the places that the parser names: where it got stuck, and in what."""

    text: str
    stuck: int
    opened: int

    def line(self, index: int) -> str:
        start = self.start_of_line(index)
        found = _LINE.match(self.text, start)
        return found.group() if found else ""

    def start_of_line(self, index: int) -> int:
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    @property
    def is_at_end(self) -> bool:
        return not self.text[self.stuck :].strip()


def explain(error: Exception, text: str, last_quote: int = -1) -> Fault:
    """What *error*, one of `PARSER_ERRORS`, means for the person who wrote *text*.

    *last_quote* is where a quoted text over several lines started, if one came just before.
    """
    if isinstance(error, TooDeepError | TooManyError):
        return _too_much(error)
    if isinstance(error, OpenQuoteError):
        return _open_quote(text, error.index)
    if not isinstance(error, yaml.MarkedYAMLError):
        # UnicodeEncodeError and ReaderError: the others know their place.
        return _bad_character(text)
    stuck = error.problem_mark.index if error.problem_mark else 0
    opened = error.context_mark.index if error.context_mark else stuck
    case = _Case(text, stuck, opened)
    context, problem = error.context or "", error.problem or ""
    if "quoted scalar" in context:
        return _in_quotes(case, problem)
    if last_quote >= 0:
        return _open_quote(text, last_quote)
    # Of a name without a colon, the parser tells where it began and, too late, where it gave up.
    began = opened if "simple key" in context else stuck
    above = max(case.start_of_line(stuck) - 2, 0)
    if "expected" in problem and "block" in context and _slip(case, above):
        # The odd blanks of the line above made a part of a name of it.
        began = above
    return _slip(case, began) or _tab_indent(case) or _by_wording(case, context, problem)


def _slip(case: _Case, index: int) -> Fault | None:
    start = case.start_of_line(index)
    found = slip(case.line(index))
    return Fault(start + found.offset, found.message, found.hint) if found else None


def _too_much(error: TooDeepError | TooManyError) -> Fault:
    if isinstance(error, TooManyError):
        hint = "put an older copy of the file back"
        return Fault(error.index, "too much is wrong with this file to read on", hint)
    hint = "lists and mappings may stand in each other 8 deep"
    return Fault(error.index, "nested deeper than 8", hint)


def _bad_character(text: str) -> Fault:
    found = _NOT_ALLOWED.search(text)
    if found is None:
        return Fault(0, "this file holds a character that YAML does not allow")
    code = f"U+{ord(found.group()):04X}"
    if found.group() in _HALVES:
        return Fault(found.start(), f"half a character, {code}", "remove it")
    hint = "remove it; most editors show it when they show invisible characters"
    return Fault(found.start(), f"the control character {code} is not allowed here", hint)


def _open_quote(text: str, index: int) -> Fault:
    quote = text[index]
    return Fault(index, f"this quote {quote} is not closed", f"add the closing {quote}")


def _in_quotes(case: _Case, problem: str) -> Fault:
    if "unexpected end" in problem or "document indicator" in problem:
        return _open_quote(case.text, case.opened)
    pair = _PAIR.search(case.text, case.opened)
    if "Unicode character" in problem and pair and pair.start() <= case.stuck <= pair.end():
        character = chr(0x10000 + ((int(pair[1], 16) - 0xD800) << 10) + int(pair[2], 16) - 0xDC00)
        return Fault(
            pair.start(), f'"{pair[0]}" is one character in two halves', f"write {character}"
        )
    if "Unicode character" in problem:
        start = case.text.rfind("\\", 0, case.stuck)
        return Fault(start, f'"{case.text[start : start + 6]}" is half a character', "remove it")
    escape = case.text[case.text.rfind("\\", 0, case.stuck + 1) :][:2]
    hint = r"write \\ for a backslash, or put the text in single quotes"
    return Fault(case.stuck, f'"{escape}" has no meaning in double quotes', hint)


def _tab_indent(case: _Case) -> Fault | None:
    for index in (case.stuck, case.opened):
        start = case.start_of_line(index)
        found = _TAB_INDENT.match(case.text, start)
        if found:
            return Fault(found.end() - 1, "tab used for indentation", "use spaces")
    return None


def _by_wording(case: _Case, context: str, problem: str) -> Fault:
    for words, tell in _CASES:
        if words in problem or words in context:
            return tell(case)
    return Fault(case.stuck, "this is not readable here", _IN_QUOTES)


_IN_QUOTES = "if it is text, put the value in quotes"


def _quoted(value: str) -> str:
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _second_colon(case: _Case) -> Fault:
    line = case.line(case.stuck)
    name = line[: case.stuck - case.start_of_line(case.stuck)]
    if len(name) > MAX_KEY:
        index = case.start_of_line(case.stuck)
        return Fault(index, "a field name is longer than 1,024 characters", "use a shorter name")
    found = _FIELD_LINE.match(line)
    if found and re.search(r":(\s|$)", found[2]):
        hint = f"put the value in quotes: {found[1]}: {_quoted(found[2])}"
        merged = _SECOND_FIELD.search(found[2])
        if merged:
            hint += f"; or start a new line before {merged[1]}"
        return Fault(case.stuck, "a second colon in an unquoted value", hint)
    above = case.start_of_line(case.start_of_line(case.stuck) - 1)
    glued = _GLUED_COLON.match(case.line(above)) if above < case.start_of_line(case.stuck) else None
    if glued:
        message = "a blank is missing after the colon"
        return Fault(above + glued.start(2), message, f"write `{glued[1]}: {glued[2]}`")
    hint = "indent it like the fields above; if it is part of the value above, use quotes there"
    return Fault(case.stuck, "this field is indented deeper than the one above", hint)


def _wrong_start(case: _Case) -> Fault:
    character = case.text[case.stuck : case.stuck + 1]
    if character == "\t":
        return Fault(case.stuck, "tab used for indentation", "use spaces")
    rest = case.line(case.stuck)[case.stuck - case.start_of_line(case.stuck) :].strip()
    hint = f"put the value in quotes: {_quoted(rest)}"
    return Fault(case.stuck, f'a value cannot start with "{character}" unless quoted', hint)


def _starred(case: _Case) -> Fault:
    return _wrong_start(_Case(case.text, case.opened, case.opened))


def _no_colon(case: _Case) -> Fault:
    line = case.line(case.opened).strip()
    if len(line) > MAX_KEY:
        message = "a field name is longer than 1,024 characters"
        return Fault(case.opened, message, "use a shorter name")
    if re.search(r"\w:\w", line):
        hint = "a blank belongs after the colon"
    else:
        hint = "write `field: value`; to go on with the value above, indent it deeper"
    return Fault(case.opened, "a line without a colon among the fields", hint)


def _missing_value(case: _Case) -> Fault:
    before = case.text[case.start_of_line(case.stuck) : case.stuck]
    if before.rstrip().endswith((":", "-")) and not re.search(r"[\[{]", before):
        return _wrong_start(case)
    return Fault(case.stuck, "a value is missing here", "remove the comma, or write ''")


def _stray_key(case: _Case) -> Fault:
    if case.text.startswith(":", case.stuck):
        return Fault(case.stuck, "a field without a name", "write one before the colon")
    start = case.start_of_line(case.stuck)
    before = case.text[start : case.stuck].rstrip()
    if before.endswith(('"', "'")):
        hint = "put the whole value in quotes, and double a quote that belongs to it"
        return Fault(case.stuck, "text after the closing quote", hint)
    if before.endswith(("]", "}")):
        return Fault(case.stuck, "text after the closing bracket", _IN_QUOTES)
    hint = "indent all fields of a record by the same number of blanks"
    return Fault(case.stuck, "this line does not fit the fields above it", hint)


def _no_dash(case: _Case) -> Fault:
    hint = 'start each record with "- " and indent its fields alike'
    return Fault(case.stuck, "this line does not belong to the record above it", hint)


def _open_bracket(case: _Case) -> Fault:
    bracket = case.text[case.opened : case.opened + 1]
    closing = {"[": "]", "{": "}"}.get(bracket, "bracket")
    line = case.line(case.opened)
    if re.search(r"\s#", line[case.opened - case.start_of_line(case.opened) :]):
        hint = "what comes after # is a comment; put a value that has one in quotes"
        return Fault(case.opened, f"this {bracket} is not closed", hint)
    if case.is_at_end or "\n" in case.text[case.opened : case.stuck]:
        return Fault(case.opened, f"this {bracket} is not closed", f"add the closing {closing}")
    hint = f"put values with special characters in quotes, or add the {closing}"
    return Fault(case.stuck, f"a comma or {closing} is missing here", hint)


def _after_block_mark(case: _Case) -> Fault:
    mark = case.text[case.opened : case.opened + 1]
    message = f"the text after {mark} has to start on the next line"
    return Fault(case.opened, message, _IN_QUOTES)


def _directive(case: _Case) -> Fault:
    message = "a line that starts with % is no field"
    return Fault(case.start_of_line(case.stuck), message, "remove it")


def _after_end(case: _Case) -> Fault:
    directive = re.search(r"^%", case.text[: case.stuck], re.MULTILINE)
    if directive:
        return _directive(_Case(case.text, directive.start(), directive.start()))
    hint = "remove the line ... above it"
    return Fault(case.stuck, "text after the end of the records", hint)


def _told(message: str, hint: str = "") -> Callable[[_Case], Fault]:
    return lambda case: Fault(case.stuck, message, hint)


#: Words of libyaml or PyYAML → what we say. The first that fits counts.
_CASES: tuple[tuple[str, Callable[[_Case], Fault]], ...] = (
    ("mapping values are not allowed", _second_colon),
    ("cannot start any token", _wrong_start),
    ("scanning an alias", _starred),
    ("scanning an anchor", _starred),
    ("tag", _starred),
    ("simple key", _no_colon),
    ("block scalar", _after_block_mark),
    ("incompatible YAML", _told("this version of YAML is not known", "remove the %YAML line")),
    ("directive", _directive),
    ("unexpected ':'", _told("a colon inside a value between brackets", _IN_QUOTES)),
    (
        "sequence entries are not allowed",
        _told("a list cannot start here", "put each item on a line of its own, or use [a, b]"),
    ),
    ("keys are not allowed", _told('a value cannot start with "?" unless quoted', _IN_QUOTES)),
    ("sequence entry", _told("a list cannot start here", _IN_QUOTES)),
    ("expected ',' or", _open_bracket),
    ("expected key", _stray_key),
    ("block collection", _no_dash),
    ("expected <block end>", _stray_key),
    ("node content", _missing_value),
    ("document start", _after_end),
)
