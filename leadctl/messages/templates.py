"""Message templates: plain text with `{field}` in it → a template, and with a contact a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from leadctl.braces import Placeholder, Stray, pieces
from leadctl.fields import Schema
from leadctl.matching import did_you_mean
from leadctl.messages.first_names import first_name
from leadctl.messages.letters import SUBJECT, Letter
from leadctl.problems import Problem, Where
from leadctl.views import Column, Row, Table, plainly

#: What may stand between braces beside the fields of a contact.
EXTRA: Mapping[str, str] = {
    "first_name": "the first name of a person",
    "today": "the day of the draft",
}

#: The field of a placeholder may be one of `EXTRA`; where it has no default and the contact not
#: the value, there is no draft.
Parts = tuple[str | Placeholder, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A message to anybody."""

    name: str
    subject: Parts
    body: Parts

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """All of them, in the order in which they stand."""
        parts = (*self.subject, *self.body)
        return tuple(each for each in parts if isinstance(each, Placeholder))


def read_template(
    text: str, *, name: str, path: str, schema: Schema
) -> tuple[Template, list[Problem]]:
    """The template *name* that the file *path* holds, and every mistake in it.

    If there are any, the template is good for nothing but to be listed.
    """
    reader = _Reader(path, schema)
    lines = text.replace("\r\n", "\n").split("\n")
    head = SUBJECT.match(lines[0])
    if head is None:
        return Template(name, (), reader.parts(lines, line=1)), reader.problems
    subject = reader.parts([lines[0][head.end() :].rstrip()], line=1, column=head.end() + 1)
    if "".join(lines[1:2]).strip():
        message = "there is no empty line behind the subject"
        reader.complain(message, "leave the second line empty", (2, 1))
    return Template(name, subject, reader.parts(lines[1:], line=2)), reader.problems


def values_of(row: Row, today: date) -> dict[str, str]:
    """What templates can say of a contact, by the *row* of all its fields; not what is not set.

    A field of the user's own goes before one of `EXTRA` that has the same name.
    """
    known = {name: text for name, cell in row.items() if (text := plainly(cell))}
    called = first_name(known.get("name", ""), company=known.get("company", ""))
    extra = {"first_name": called, "today": today.isoformat()}
    return {name: text for name, text in {**extra, **known}.items() if text}


def missing(template: Template, values: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that *template* cannot do without and that *values* do not have."""
    wanted = (each.field for each in template.placeholders if each.default is None)
    return tuple(name for name in dict.fromkeys(wanted) if name not in values)


def letter(template: Template, values: Mapping[str, str]) -> Letter:
    """*template* with *values*, of which none is missing; they are taken as they are."""
    return Letter.of(_filled(template.subject, values), _filled(template.body, values))


def subject_of(template: Template) -> str:
    """The subject of *template* as it is written."""
    return "".join(each if isinstance(each, str) else _typed(each) for each in template.subject)


def template_table(templates: Iterable[Template]) -> Table:
    """What there is to choose from, and what each template asks for."""
    rows = tuple(_row(each) for each in templates)
    columns = (Column("template", is_whole=True), Column("subject"), Column("fields", "asks for"))
    return Table(columns, rows, key="template")


def _row(template: Template) -> Row:
    names = (each.field for each in template.placeholders if each.default is None)
    return {
        "template": template.name,
        "subject": subject_of(template) or None,
        "fields": tuple(dict.fromkeys(names)),
    }


def _typed(place: Placeholder) -> str:
    return f"{{{place.field}}}" if place.default is None else f"{{{place.field}|{place.default}}}"


def _filled(parts: Parts, values: Mapping[str, str]) -> str:
    return "".join(
        each if isinstance(each, str) else values.get(each.field, each.default or "")
        for each in parts
    )


class _Reader:
    """Reads the parts of one file and notes what is wrong."""

    def __init__(self, path: str, schema: Schema) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._schema = schema

    def parts(self, lines: Iterable[str], *, line: int, column: int = 1) -> Parts:
        """The parts of *lines*, of which the first one stands at *line* and *column*."""
        found: list[str | Placeholder] = []
        for number, text in enumerate(lines, line):
            if number > line:
                found.append("\n")
            found += self._in_line(text, (number, column))
            column = 1
        return tuple(found)

    def complain(self, message: str, hint: str, at: tuple[int, int]) -> None:
        """Note what is wrong at line and column *at*."""
        self.problems.append(Problem(Where(self._path, *at), message, hint, "templates"))

    def _in_line(self, text: str, at: tuple[int, int]) -> Iterable[str | Placeholder]:
        line, column = at
        return (self._sound(piece, (line, column + place)) for place, piece in pieces(text))

    def _sound(self, piece: str | Placeholder | Stray, at: tuple[int, int]) -> str | Placeholder:
        if isinstance(piece, Stray):
            self.complain(piece.complaint, piece.hint, at)
            return piece.brace
        if isinstance(piece, Placeholder):
            return replace(piece, field=self._known(piece.field, at))
        return piece

    def _known(self, word: str, at: tuple[int, int]) -> str:
        field = self._schema.find(word)
        if field or word in EXTRA:
            return field.name if field else word
        names = (*self._schema.names(), *EXTRA)
        declare = "declare it under `fields:` in stages.yaml, if it is one of your own"
        if word:
            self.complain(f'no field named "{word}"', did_you_mean(word, names, declare), at)
        else:
            example = 'write the name of a field there, as in "{name}"'
            self.complain("no field is named between the braces", example, at)
        return word
