"""What the user says about an import, by options or in a file, before the columns are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from leadctl.errors import RequestError
from leadctl.matching import did_you_mean, fold
from leadctl.problems import Where

INTO = ("contacts", "touches")
ON_DUPLICATE = ("update", "skip", "fail")
DATE_ORDERS = ("dmy", "mdy")

_OPTION = Where("")


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """The column headed *header* is the field *field*."""

    header: str
    #: Empty: the column is left out.
    field: str
    #: Empty path: given as an option.
    where: Where = _OPTION


@dataclass(frozen=True, slots=True)
class ValueRule:
    """Where the field *field* would be *old*, it is *new*."""

    field: str
    #: `*`: everything that no other rule of the field is about.
    old: str
    new: str
    where: Where = _OPTION


@dataclass(frozen=True, slots=True)
class ConstantRule:
    """The field *field* is *value* in every row that has nothing there."""

    field: str
    value: str
    where: Where = _OPTION


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the user said; empty means nothing was said about it."""

    #: One of INTO.
    into: str = ""
    columns: tuple[ColumnRule, ...] = ()
    values: tuple[ValueRule, ...] = ()
    constants: tuple[ConstantRule, ...] = ()
    #: The fields by which a row is recognised.
    key: tuple[str, ...] = ()
    #: One of ON_DUPLICATE.
    on_duplicate: str = ""
    #: One of DATE_ORDERS.
    date_order: str = ""
    reason: str = ""
    note: str = ""


def rules_from_options(
    *,
    into: str = "",
    columns: Iterable[str] = (),
    values: Iterable[str] = (),
    constants: Iterable[str] = (),
    key: str = "",
    on_duplicate: str = "",
    date_order: str = "",
    reason: str = "",
    note: str = "",
) -> Rules:
    """The rules that options give: `Header=field`, `field:Value=value`, `field=value`, `a,b`.

    Raises:
        RequestError: one of them has another form, or is none of the words to choose from.
    """
    return Rules(
        into=_one_of(into, INTO, option="--into"),
        columns=tuple(_column_rule(text) for text in columns),
        values=tuple(_value_rule(text) for text in values),
        constants=tuple(_constant_rule(text) for text in constants),
        key=split_key(key),
        on_duplicate=_one_of(on_duplicate, ON_DUPLICATE, option="--on-duplicate"),
        date_order=_one_of(date_order, DATE_ORDERS, option="--date-order"),
        reason=reason,
        note=note,
    )


def override(base: Rules, stronger: Rules) -> Rules:
    """*base* with everything that *stronger* says instead.

    A column is replaced by its header, a value by field and old value, a constant by its field.
    """
    columns = {fold(rule.header) for rule in stronger.columns}
    values = {(fold(rule.field), fold(rule.old)) for rule in stronger.values}
    constants = {fold(rule.field) for rule in stronger.constants}
    said = {name: getattr(stronger, name) for name in stronger.__match_args__}
    merged = replace(base, **{name: value for name, value in said.items() if value})
    return replace(
        merged,
        columns=(*(r for r in base.columns if fold(r.header) not in columns), *stronger.columns),
        values=(
            *(r for r in base.values if (fold(r.field), fold(r.old)) not in values),
            *stronger.values,
        ),
        constants=(
            *(r for r in base.constants if fold(r.field) not in constants),
            *stronger.constants,
        ),
    )


def split_key(text: str) -> tuple[str, ...]:
    """The fields in `email,phone`."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _one_of(text: str, known: Sequence[str], *, option: str) -> str:
    if not text or text in known:
        return text
    listed = f"one of {', '.join(known)}"
    # dmy and mdy are so like each other that a guess would be as often wrong as right.
    hint = listed if known is DATE_ORDERS else did_you_mean(text, known, listed)
    raise RequestError(f'{option} cannot be "{text}"', hint=hint)


def _column_rule(text: str) -> ColumnRule:
    header, found, name = text.rpartition("=")
    if not found or not header.strip():
        raise _malformed("--map", text, "--map 'Lead Source=source'; nothing after = drops it")
    return ColumnRule(header.strip(), name.strip())


def _value_rule(text: str) -> ValueRule:
    name, found, rest = text.partition(":")
    old, has_new, new = rest.rpartition("=")
    if not (found and has_new and name.strip()):
        raise _malformed("--map-value", text, "--map-value 'status:Junk Lead=Disqualified'")
    return ValueRule(name.strip(), old.strip(), new.strip())


def _constant_rule(text: str) -> ConstantRule:
    name, found, value = text.partition("=")
    if not (found and name.strip() and value.strip()):
        raise _malformed("--set", text, "--set 'source=Trade fair'")
    return ConstantRule(name.strip(), value.strip())


def _malformed(option: str, text: str, example: str) -> RequestError:
    return RequestError(f'{option} "{text}" is not understood', hint=f"write it as in {example}")
