"""The query language: search terms, given a book's fields, stages and today → a `Query`.

The shell takes quotes away, so `status:"Past Clients"` arrives as one word with a blank in it.
`parse_arguments` takes such a word for one value, while the text of `--where` and of saved views
still has its quotes and goes to `parse_query`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from leadctl.errors import RequestError
from leadctl.fields import Field, Schema
from leadctl.matching import did_you_mean, fold
from leadctl.query.fields import field_query
from leadctl.query.flags import flag_query, presence_query
from leadctl.query.sql import Query, all_of, any_of, negated, of_values
from leadctl.query.terms import Term, read_argument, read_terms
from leadctl.stages import Stages

__all__ = ["Query", "parse_arguments", "parse_query"]

#: Where a bare word is looked for.
_SEARCHED = ("name", "company", "email", "tags", "id")
#: Below what SQLite takes by default: a statement of a million characters, 32,766 parameters.
_MOST_CHARACTERS, _MOST_PARAMETERS = 500_000, 20_000
_DEEPEST_VIEW = 20


def parse_query(text: str, *, schema: Schema, stages: Stages, today: date) -> Query:
    """What *text* holds for; all contacts if it is blank.

    Raises:
        RequestError: malformed, or it names a field, status, view or value that is unknown.
    """
    _check_encoding(text)
    return _Reading(schema, stages, today).all_terms(read_terms(text))


def parse_arguments(words: Sequence[str], *, schema: Schema, stages: Stages, today: date) -> Query:
    """What all of *words* hold for, each a query of its own as the shell passed it on.

    Raises:
        RequestError: as `parse_query`.
    """
    for word in words:
        _check_encoding(word)
    terms = tuple(term for word in words for term in read_argument(word))
    return _Reading(schema, stages, today).all_terms(terms)


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that the meaning of a term depends on."""

    schema: Schema
    stages: Stages
    today: date
    #: The views that are being read, the outermost first.
    open_views: tuple[str, ...] = ()

    def all_terms(self, terms: Sequence[Term]) -> Query:
        query = all_of([self._term(term) for term in terms])
        if len(query.sql) > _MOST_CHARACTERS or len(query.parameters) > _MOST_PARAMETERS:
            hint = "ask for less at once, or give ids on standard input"
            raise RequestError("the query is too long", hint=hint)
        return query

    def _term(self, term: Term) -> Query:
        query = self._positive(term)
        return negated(query) if term.is_negated else query

    def _positive(self, term: Term) -> Query:
        if term.subject == "field":
            field = self._field(term)
            return field_query(term, field, stages=self.stages, today=self.today)
        if term.subject == "view":
            return self._view(term.values[0].text)
        return any_of([self._named(term.subject, value.text) for value in term.values])

    def _named(self, subject: str, word: str) -> Query:
        if subject == "is":
            return flag_query(word, self.today)
        if subject == "word":
            return of_values(_SEARCHED, "instr(x.folded, ?) > 0", fold(word))
        present = presence_query(self.schema.get(word))
        return negated(present) if subject == "no" else present

    def _field(self, term: Term) -> Field:
        try:
            return self.schema.get(term.field)
        except RequestError as error:
            quotes = "text to look for takes quotes inside quotes: '\"a:b\"'"
            is_slip = error.hint.startswith("did you mean")
            hint = error.hint if is_slip else f"{error.hint}; {quotes}"
            raise RequestError(error.message, hint=hint) from error

    def _view(self, word: str) -> Query:
        names = {fold(name): name for name in self.stages.views}
        name = names.get(fold(word))
        if name is None:
            otherwise = f"views: {', '.join(names.values())}" if names else "there are no views"
            hint = did_you_mean(word, names.values(), otherwise)
            raise RequestError(f'no view named "{word}"', hint=hint)
        if name in self.open_views or len(self.open_views) >= _DEEPEST_VIEW:
            chain = " → ".join(f"@{each}" for each in (*self.open_views[-3:], name))
            message = f"views refer to each other in a circle or too deeply: {chain}"
            raise RequestError(message, hint="write out the query of one of them")
        inner = replace(self, open_views=(*self.open_views, name))
        try:
            return inner.all_terms(read_terms(self.stages.views[name]))
        except RequestError as error:
            message = error.message if self.open_views else f"in view @{name}: {error.message}"
            raise RequestError(message, hint=error.hint) from error


def _check_encoding(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RequestError("the query is not valid UTF-8") from error
