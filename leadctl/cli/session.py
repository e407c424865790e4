"""One call of leadctl: book, index, day and options, and what every command asks of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from leadctl.cli import terminal
from leadctl.cli.options import Options
from leadctl.errors import DataError, NoError, RequestError
from leadctl.fields import Schema
from leadctl.index.index import Index
from leadctl.matching import did_you_mean
from leadctl.plans import require_text
from leadctl.problems import Problem
from leadctl.query.sql import EVERYTHING, Query
from leadctl.records import Entry
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.views import View, is_empty

if TYPE_CHECKING:
    from leadctl.spoken_dates import Direction
    from leadctl.stamps import Stamp

#: How many candidates an ambiguous name lists, and how many problems a read names.
CANDIDATES = 10
_PROBLEMS_SHOWN = 3
_NO_CONTACTS = 'the book has no contacts yet: leadctl add "Ada Lovelace" --email ada@example.com'


@dataclass(frozen=True, slots=True)
class Visit:
    """What a command works in that must not need the files to be sound."""

    book: Book
    options: Options
    today: date


@dataclass(slots=True)
class Session:
    """What one command works in; `today` is the day that it answers for."""

    book: Book
    options: Options
    environment: Mapping[str, str]
    index: Index
    stages: Stages
    today: date

    @property
    def schema(self) -> Schema:
        """The fields of the book, the user's own included."""
        return Schema(self.stages.fields).with_seen(self.index.own_fields())

    @property
    def columns(self) -> tuple[str, ...]:
        """The words after --columns, or the fields that --template asks for."""
        if self.options.template:
            from leadctl.row_templates import read_row_template

            return read_row_template(self.options.template).fields
        return _listed(self.options.columns)

    @property
    def sort(self) -> tuple[str, ...]:
        """The words after --sort."""
        return _listed(self.options.sort)

    def query(self, words: Sequence[str] | None) -> Query:
        """The query that *words*, as the shell passed them, make."""
        if not words:
            return EVERYTHING
        from leadctl.query.language import parse_arguments

        return parse_arguments(words, schema=self.schema, stages=self.stages, today=self.today)

    def where(self, text: str) -> Query:
        """The query after --where, which may not be empty.

        Raises:
            RequestError: it is.
        """
        from leadctl.query.language import parse_query

        if not text.strip():
            raise RequestError("--where is empty", hint="everybody is chosen by --all")
        return parse_query(text, schema=self.schema, stages=self.stages, today=self.today)

    def select(self, query: Query, *, limit: int | None = None) -> list[Entry]:
        """The contacts that *query* selects, sorted as the options say; *limit* 0 means all.

        Without a *limit* the options tell that as well.
        """
        most = (self.options.limit or 0) if limit is None else limit
        return self.index.entries(query, sort=self.sort, limit=most, known=self.schema)

    def who(self, words: Iterable[str], *, is_exact: bool = False) -> list[Entry]:
        """The contacts that *words* name, each once, in that order.

        Raises:
            NoError: one of them names nobody.
            RequestError: one of them may be several contacts.
        """
        found = [self.one(word, is_exact=is_exact) for word in words]
        return list({entry.contact.id: entry for entry in found}.values())

    def one(self, word: str, *, is_exact: bool = False) -> Entry:
        """The one contact that *word* names: id, e-mail or phone, begin of an id, words of a name.

        Raises:
            NoError: nobody.
            RequestError: several.
        """
        require_text(word, "the name of a contact")
        word = word.strip()
        exact = self.index.by_ids([word])
        if word in exact:
            return exact[word]
        ways = [self.index.by_address(word, with_phones=not is_exact)]
        if word and not any(ways):
            self._require_never_there(word)
        if not is_exact and word:
            ways.append(self.index.by_prefix(word.lower(), limit=CANDIDATES + 1))
            ways.append(self.index.by_name(word, limit=CANDIDATES + 1))
        for candidates in ways:
            if len(candidates) == 1:
                return candidates[0]
            if candidates:
                raise _ambiguous(word, candidates)
        near = (entry.contact.id for entry in self.index.by_prefix(word[:2].lower(), limit=500))
        hint = did_you_mean(word, near, "`leadctl list WORD` searches names, companies and e-mails")
        raise NoError(f'no contact "{word}"', hint=hint)

    def _require_never_there(self, word: str) -> None:
        """An id of somebody who is gone must not become the begin of another one's."""
        if self.index.knows_contact(word):
            hint = f"`leadctl history {word}` tells what became of it, `leadctl check` of mistakes"
            raise NoError(f'the contact "{word}" is no longer there, or cannot be read', hint=hint)
        near = [entry.contact.id for entry in self.index.by_prefix(f"{word.lower()}-", limit=2)]
        if len(near) == 1 and near[0].removeprefix(f"{word.lower()}-").isdigit():
            raise NoError(f'no contact "{word}"', hint=f'did you mean "{near[0]}"?')

    def judged(self, entry: Entry) -> Entry:
        """*entry* with the rules for the prospect list that hold for it."""
        if not self.index.rules:
            return entry
        return self.index.entries(Query("c.id = ?", (entry.contact.id,)))[0]

    def day(self, text: str, option: str, *, prefer: Direction = "past") -> date | None:
        """The day that *text*, given as *option*, means; None if it is empty.

        Raises:
            RequestError: it is no day.
        """
        if not text:
            return None
        from leadctl.spoken_dates import parse_day

        try:
            return parse_day(text, self.today, prefer=prefer)
        except ValueError as error:
            raise RequestError(f"{option}: {error}") from error

    def days(self, text: str, option: str) -> int:
        """How many days *text*, such as 3d or 2 weeks, given as *option*, means; 0 if empty.

        Raises:
            RequestError: it is no span of time.
        """
        from leadctl.dates import parse_interval

        try:
            interval = parse_interval(text.removeprefix("+")) if text else None
        except ValueError as error:
            message = str(error).partition("; ")[0]
            hint = "say for example 3d, 2 weeks or 1 month"
            raise RequestError(f"{option}: {message}", hint=hint) from error
        return (interval.after(self.today) - self.today).days if interval else 0

    def stamp(self, *, origin: str = "") -> Stamp:
        """The stamp of the operation that this command is."""
        from leadctl.cli.clock import stamp

        return stamp(
            self.environment,
            is_taken=self.index.knows_op,
            after=self.index.last_event(),
            origin=origin,
        )

    def moment(self) -> datetime:
        """This time of today, with its time zone."""
        from leadctl.cli.clock import moment

        return moment(self.environment)

    def show(self, view: View, *, if_empty: str = "") -> None:
        """Print *view* on stdout, in the format and with the looks that the options ask for.

        Without any row, whoever sits at a terminal is told *if_empty*.

        Raises:
            RequestError: they ask for a column that it does not have.
        """
        if columns := self.columns:
            from leadctl.picking import picked

            view = picked(view, columns)
        # Whoever reads it may take all day.
        self.index.release()
        terminal.show(view, self.options, self.environment, self.today)
        if if_empty and is_empty(view):
            # What cannot be read is told at the end, and is more than none.
            is_new = not (self.index.count(EVERYTHING) or self.unread())
            self.hint(_NO_CONTACTS if is_new else if_empty)

    def say(self, text: str) -> None:
        """One line about what was done, on stdout, unless the user wants quiet."""
        self.index.release()
        if not self.options.quiet:
            terminal.say(text)

    def hint(self, text: str) -> None:
        """One line that helps on, on stderr, for people at a terminal only."""
        if text and not self.options.quiet and sys.stderr.isatty():
            terminal.talk(text)

    def is_machine_read(self) -> bool:
        """True if the output goes into a program."""
        from leadctl.render.formats import Format

        is_plain = self.options.format in (None, Format.TABLE, Format.MD, Format.HTML)
        chosen = self.options.json or self.options.foreign or self.options.template
        return bool(chosen) or not is_plain

    def finish(self) -> None:
        """Name the records that could not be read, on stderr.

        Raises:
            DataError: there are some, and the user is strict.
        """
        problems = self.unread()
        if problems and self.options.strict:
            shown = self.book.with_excerpts(problems)
            raise DataError("some records cannot be read", problems=shown)
        self.name_unread()

    def name_unknown_statuses(self) -> None:
        """Say which statuses are none of stages.yaml: no clock runs for who is in them.

        Raises:
            DataError: there are some, and the user is strict.
        """
        unknown = [name for name in self.index.statuses() if not self.stages.find(name)]
        if not unknown:
            return
        counts = self.index.counts(EVERYTHING, "status")
        named = ", ".join(f'"{name}" ({counts[name]})' for name in sorted(unknown)[:5])
        message = f"stages.yaml does not have the status of some contacts: {named}"
        if self.options.strict:
            raise DataError(message, hint="`leadctl check statuses` lists them")
        terminal.talk(f"leadctl: warning: {message}; they are never due")

    def name_unread(self) -> None:
        """Name the records that could not be read, on stderr."""
        problems = self.unread()
        for problem in problems[:_PROBLEMS_SHOWN]:
            terminal.talk(f"leadctl: warning: {problem.where}: {problem.message}")
        if len(problems) > _PROBLEMS_SHOWN:
            rest = len(problems) - _PROBLEMS_SHOWN
            terminal.talk(f"leadctl: warning: {rest} more; `leadctl check` lists them all")

    def unread(self) -> tuple[Problem, ...]:
        """What is wrong with the records that could not be read."""
        return tuple(each for each in self.index.problems() if not each.is_warning)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _ambiguous(word: str, candidates: Sequence[Entry]) -> RequestError:
    shown = [f"{entry.contact.id} ({entry.contact.name})" for entry in candidates[:CANDIDATES]]
    more = ", …" if len(candidates) > CANDIDATES else ""
    return RequestError(f'"{word}" may be several contacts', hint=f"{', '.join(shown)}{more}")
