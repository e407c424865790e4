"""The options that commands share, each said once, and how a command is declared.

A command is a function whose first parameter is the `Session` it works in; the shared options
are added to its own by the decorators here, and reach it as `session.options`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from leadctl.cli import output
from leadctl.cli.group import Command
from leadctl.errors import NoError
from leadctl.render.formats import Foreign, Format


class Colour(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Options:
    """The shared options of one call, with what they are unless they are given."""

    book: Path | None = None
    color: Colour = Colour.AUTO
    quiet: bool = False
    verbose: bool = False
    json: bool = False
    format: Format | None = None
    #: What other programs keep files of, instead of a format of our own.
    foreign: Foreign | None = None
    columns: str = ""
    template: str = ""
    null: bool = False
    sort: str = ""
    limit: int | None = None
    no_header: bool = False
    raw: bool = False
    strict: bool = False
    as_of: str = ""
    dry_run: bool = False
    yes: bool = False
    expect: int | None = None
    #: Of a command that reads: it may answer for a day that has passed.
    may_rewind: bool = False
    #: What was called, as somebody is told who waits for it.
    command: str = "leadctl"


_BOOK = Annotated[
    Path | None,
    typer.Option("-b", "--book", metavar="DIR", help="The book; else $LEADCTL_BOOK, else upwards."),
]
_COLOR = Annotated[Colour, typer.Option("--color", help="Colour: auto means on a terminal.")]
_QUIET = Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")]
_VERBOSE = Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")]
_STRICT = Annotated[bool, typer.Option("--strict", help="Exit 3 if a record cannot be read.")]
_WARNINGS_COUNT = Annotated[bool, typer.Option("--strict", help="A warning counts as an error.")]
_AS_OF = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Answer as on that day, past or to come.")
]
_DRY_RUN = Annotated[bool, typer.Option("-n", "--dry-run", help="Only say what would be done.")]
_YES = Annotated[bool, typer.Option("-y", "--yes", help="Do not ask.")]
_EXPECT = Annotated[
    int | None,
    typer.Option("--expect", min=0, metavar="N", help="Go on only if exactly N would change."),
]

_EVERYWHERE: Mapping[str, object] = {
    "book": _BOOK, "color": _COLOR, "quiet": _QUIET, "verbose": _VERBOSE,
}  # fmt: skip
_READING: Mapping[str, object] = {**output.ROWS, "as_of": _AS_OF, "strict": _STRICT, **_EVERYWHERE}
_PLAIN: Mapping[str, object] = {**output.SHOWN, "as_of": _AS_OF, "strict": _STRICT, **_EVERYWHERE}
_WRITING: Mapping[str, object] = {"json": output.JSON, "dry_run": _DRY_RUN, **_EVERYWHERE}
_SENDING: Mapping[str, object] = {
    "limit": output.LIMIT, "json": output.JSON, "as_of": _AS_OF, "strict": _STRICT,
    "dry_run": _DRY_RUN,
    **_EVERYWHERE,
}  # fmt: skip
_CHOOSING: Mapping[str, object] = {**_WRITING, "yes": _YES, "expect": _EXPECT}

Body = Callable[..., None]


def reads(app: typer.Typer, name: str, *foreign: Foreign) -> Callable[[Body], Body]:
    """Declare a command that shows rows of contacts: it can be sorted, cut and given columns.

    If it can also print one of *foreign*, it has to mind `Options.foreign`.
    """
    return _declare(app, name, {"format": output.format_option(foreign), **_READING})


def shows(app: typer.Typer, name: str, *foreign: Foreign) -> Callable[[Body], Body]:
    """Declare a command that shows something of its own shape, and *foreign* as `reads` does."""
    return _declare(app, name, {"format": output.format_option(foreign), **_PLAIN})


def writes(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that changes what it names."""
    return _declare(app, name, _WRITING)


def chooses(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that may change many, chosen by a query."""
    return _declare(app, name, _CHOOSING)


def asks(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command by which something may be lost, and which asks before that."""
    return _declare(app, name, {**_WRITING, "yes": _YES})


def composes(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that makes a text out of a book, for somebody to go on with."""
    return _declare(app, name, {"json": output.JSON, **_EVERYWHERE})


def hands_out(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that gives all there is, as the files are now."""
    shared = {"format": output.format_option(), "json": output.JSON, "strict": _STRICT}
    return _declare(app, name, {**shared, **_EVERYWHERE})


def exports(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that writes contacts for other programs, and has to mind a foreign one."""
    shared = {"format": output.file_format_option(), **output.EXPORTED, "strict": _STRICT}
    return _declare(app, name, {**shared, **_EVERYWHERE})


def sends(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that prints what it has to tell, or sends it to somebody."""
    return _declare(app, name, _SENDING)


def plans(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that prints what is to be done with a book, without reading it.

    Its first parameter is a `Visit`.
    """
    return _declare(app, name, _EVERYWHERE, _in_visit)


def visits(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that looks at the files of a book without needing them to be sound.

    Its first parameter is a `Visit`.
    """
    return _declare(app, name, {"json": output.JSON, "strict": _STRICT, **_EVERYWHERE}, _in_visit)


def examines(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that works without a book as well.

    Its first parameter is the `Options`.
    """
    return _declare(app, name, {"json": output.JSON, **_EVERYWHERE}, _in_options)


def mends(app: typer.Typer, name: str) -> Callable[[Body], Body]:
    """Declare a command that looks at the files as `visits` does, and can mend them."""
    shared = {"json": output.JSON, "strict": _WARNINGS_COUNT, "dry_run": _DRY_RUN, **_EVERYWHERE}
    return _declare(app, name, shared, _in_visit)


def _in_session(body: Body, options: Options, given: Mapping[str, Any]) -> None:
    from leadctl.cli.opening import open_session

    session = open_session(options)
    try:
        body(session, **given)
        session.finish()
    except NoError:
        # Whoever is missed may stand in what could not be read.
        session.name_unread()
        raise
    finally:
        session.index.close()


def _in_visit(body: Body, options: Options, given: Mapping[str, Any]) -> None:
    from leadctl.cli.opening import open_visit

    body(open_visit(options), **given)


def _in_options(body: Body, options: Options, given: Mapping[str, Any]) -> None:
    body(options, **given)


def _declare(
    app: typer.Typer,
    name: str,
    shared: Mapping[str, object],
    run: Callable[[Body, Options, Mapping[str, Any]], None] = _in_session,
) -> Callable[[Body], Body]:
    defaults = Options()

    def decorate(body: Body) -> Body:
        def command(**given: Any) -> None:
            said = {key: given.pop(key) for key in shared}
            options = Options(**said, may_rewind="as_of" in shared, command=f"leadctl {name}")
            run(body, output.settled(options, said.get("format")), given)

        _, *own = inspect.signature(body, eval_str=True).parameters.values()
        parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
        parameters += [
            inspect.Parameter(
                key,
                inspect.Parameter.KEYWORD_ONLY,
                default=getattr(defaults, key),
                annotation=annotation,
            )
            for key, annotation in shared.items()
        ]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in parameters}
        command.__doc__ = body.__doc__
        app.command(name, cls=Command)(command)
        return body

    return decorate


QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help="Terms that must all hold.", show_default=False),
]
WhoArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WHO...", help="Id, e-mail, phone or name; - reads ids.", show_default=False
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="QUERY", help="Everybody who matches; several must all hold."),
]
AllOption = Annotated[bool, typer.Option("--all", help="Everybody in the book.")]
ExactOption = Annotated[bool, typer.Option("--exact", help="Take ids and e-mails only.")]
NoteOption = Annotated[str, typer.Option("-m", "--note", metavar="TEXT", help="How it came about.")]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="The reason, where the status has a list.")
]
OnOption = Annotated[
    str, typer.Option("--on", metavar="DATE", help="When it happened, if not today.")
]
