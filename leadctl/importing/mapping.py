"""Which column of a foreign table is which field: what the user says, and guesses for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.importing.headers import (
    REASON,
    Guesses,
    guess_contact_fields,
    guess_touch_fields,
    usual_meaning,
)
from leadctl.importing.rules import ColumnRule, Rules
from leadctl.matching import closest, did_you_mean, fold
from leadctl.own_fields import FIELD_NAME, QUERY_WORDS
from leadctl.problems import Where

#: The fields that a table of touches may have.
TOUCH_FIELDS: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field("contact", Kind.TEXT, "id, e-mail or phone of the contact"),
        Field("external_id", Kind.NAME, "key of the contact in the other system"),
        Field("on", Kind.DATE, "when it happened, with or without a time"),
        Field("via", Kind.NAME, "call, email, text, meeting, visit, letter or other"),
        Field("outcome", Kind.NAME, "reached or attempted"),
        Field("note", Kind.TEXT, "free text"),
        Field("ref", Kind.NAME, "key of the touch in the other system"),
    )
}
_NO_PLACE = Where("")
_DIFFERENT_IN_EVERY_ROW = ("id", "external_id", "contact", "ref")
_REASON_FIELD = Field(REASON, Kind.NAME, "why, where the status wants a reason")


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the table that is imported."""

    #: Its index in a row.
    position: int
    header: str
    field: Field


@dataclass(frozen=True, slots=True)
class Constant:
    """What a field is where a row has nothing."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class FieldMap:
    """How the rows of one table are to be read; made by `resolve`."""

    #: One of INTO.
    into: str
    #: Several of the same field stand in the order in which their values are put together.
    columns: tuple[MappedColumn, ...]
    #: Field → folded old value → new value; `*` is everything else but nothing.
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: At most one a field.
    constants: tuple[Constant, ...] = ()
    #: Why, where a status wants a reason and the row gives none.
    reason: str = ""
    #: A row is the contact that agrees with it in any of these fields.
    key: tuple[str, ...] = ()
    #: Likewise, after `key`, but only contacts that have nothing in its first field.
    second_key: tuple[str, ...] = ()
    on_duplicate: str = "fail"
    date_order: str = ""
    #: Stands in the journal where a change of status needs a note; never empty for contacts.
    note: str = ""
    notices: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """True if a column is mapped to the field *name*."""
        return any(column.field.name == name for column in self.columns)

    def fields(self) -> Mapping[str, Field]:
        """Every field that a row or a constant may give, by its name."""
        given = (*(column.field for column in self.columns), *(c.field for c in self.constants))
        return {each.name: each for each in given}


def resolve(rules: Rules, header: Sequence[str], *, schema: Schema, source: str) -> FieldMap:
    """The mapping of a table with *header*; *source*, a file name, goes into the note.

    Raises:
        RequestError: a rule names a column or field that is not there or cannot be imported, two
            columns are one field that holds one value, or a key is in no column.
    """
    fields = _Fields(schema, is_touch=rules.into == "touches")
    spoken, chosen = _chosen_columns(rules.columns, header, fields)
    guesses = _guesses(header, spoken, chosen, fields)
    guessed = (MappedColumn(n, header[n], fields.get(name)) for n, name in guesses.columns)
    columns = (*chosen, *guessed)
    known = {column.field.name for column in columns}
    key, second_key = _keys(rules.key, known, fields)
    constants, reason = _constants(rules, fields)
    return FieldMap(
        into=rules.into or "contacts",
        columns=columns,
        values=_values(rules, known, fields),
        constants=constants,
        reason=reason,
        key=key,
        second_key=second_key,
        on_duplicate=rules.on_duplicate or "fail",
        date_order=rules.date_order,
        note=rules.note or ("" if fields.is_touch else f"imported from {source}"),
        notices=(*fields.notices, *guesses.notices),
    )


class _Fields:
    """The fields that a table may be mapped to."""

    def __init__(self, schema: Schema, *, is_touch: bool) -> None:
        self.schema = schema
        self.is_touch = is_touch
        self.notices: list[str] = []

    def get(self, word: str, where: Where = _NO_PLACE) -> Field:
        """The field that *word* names, a new one of the user's own if it is well formed."""
        known = self._find(word)
        if known and known.derived:
            hint = "import the status instead; the stage follows from it" if word == "stage" else ""
            raise _refused(f'"{known.name}" is worked out, it cannot be imported', hint, where)
        if known:
            return known
        names = tuple(TOUCH_FIELDS) if self.is_touch else (*self.schema.names(), REASON)
        if self.is_touch or word in QUERY_WORDS or not FIELD_NAME.fullmatch(word):
            hint = did_you_mean(word, names, f"fields: {', '.join(names)}")
            raise _refused(f'no field named "{word}"', hint, where)
        return Field(word, Kind.TEXT, "a field of your own")

    def named_by_user(self, word: str, where: Where) -> Field:
        """As `get`; tells of a field that was not there before, since it may be a misspelling."""
        found = self.get(word, where)
        if not self.is_touch and self._find(word) is None:
            near = usual_meaning(word) or closest(word, self.schema.names())
            doubt = f'; did you mean "{near}"?' if near else ""
            self.notices.append(f'"{word}" is a new field of your own{doubt}')
        return found

    def _find(self, word: str) -> Field | None:
        if self.is_touch:
            return TOUCH_FIELDS.get(word.lower())
        return _REASON_FIELD if word.lower() == REASON else self.schema.find(word)


def _chosen_columns(
    rules: Iterable[ColumnRule], header: Sequence[str], fields: _Fields
) -> tuple[frozenset[int], tuple[MappedColumn, ...]]:
    """The columns that rules speak of, and those of them that are imported, in header order."""
    positions = {fold(heading): n for n, heading in enumerate(header)}
    spoken: set[int] = set()
    chosen: list[MappedColumn] = []
    for rule in rules:
        n = positions.get(fold(rule.header))
        if n is None:
            hint = did_you_mean(rule.header, header, f"columns: {', '.join(header)}")
            raise _refused(f'no column is headed "{rule.header}"', hint, rule.where)
        spoken.add(n)
        if rule.field:
            found = fields.named_by_user(rule.field, rule.where)
            _check_single(found, chosen, rule)
            chosen.append(MappedColumn(n, header[n], found))
    return frozenset(spoken), tuple(sorted(chosen, key=lambda column: column.position))


def _check_single(found: Field, chosen: Sequence[MappedColumn], rule: ColumnRule) -> None:
    other = next((column for column in chosen if column.field.name == found.name), None)
    if other is None or found.many or found.name == "name":
        return
    message = f'"{other.header}" and "{rule.header}" cannot both be {found.name}'
    raise _refused(message, "it holds one value: map one of them to another field", rule.where)


def _guesses(
    header: Sequence[str],
    spoken: frozenset[int],
    chosen: Sequence[MappedColumn],
    fields: _Fields,
) -> Guesses:
    used = {column.field.name for column in chosen}
    if fields.is_touch:
        return guess_touch_fields(header, spoken_of=spoken, used=used)
    return guess_contact_fields(header, spoken_of=spoken, used=used, schema=fields.schema)


def _values(rules: Rules, known: set[str], fields: _Fields) -> Mapping[str, Mapping[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for rule in rules.values:
        name = _mapped(rule.field, known, fields, where=rule.where)
        values.setdefault(name, {})[fold(rule.old)] = rule.new
    return values


def _constants(rules: Rules, fields: _Fields) -> tuple[tuple[Constant, ...], str]:
    """The constants of fields, and the reason for those whose status wants one."""
    found = {}
    for rule in rules.constants:
        each = Constant(fields.named_by_user(rule.field, rule.where), rule.value)
        if each.field.name in _DIFFERENT_IN_EVERY_ROW:
            message = f'"{each.field.name}" cannot be the same in every row'
            raise _refused(message, "map a column to it instead", rule.where)
        found[each.field.name] = each
    reason = found.pop(REASON, None)
    return tuple(found.values()), rules.reason or (reason.value if reason else "")


def _keys(
    wanted: Sequence[str], known: set[str], fields: _Fields
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if fields.is_touch:
        return (), ()
    if wanted:
        return tuple(_mapped(word, known, fields) for word in wanted), ()
    for name in ("id", "external_id"):
        if name in known:
            return (name,), ("email",) if name == "external_id" and "email" in known else ()
    return tuple(name for name in ("email", "phone") if name in known), ()


def _mapped(word: str, known: set[str], fields: _Fields, *, where: Where = _NO_PLACE) -> str:
    found = fields.get(word, where).name
    if found in known:
        return found
    hint = did_you_mean(word, known, f"mapped are: {', '.join(sorted(known))}")
    raise _refused(f'no column is mapped to "{word}"', hint, where)


def _refused(message: str, hint: str, where: Where) -> RequestError:
    return RequestError(message, hint=hint, where=where if where.path else None)
