"""Commands that people are entitled to: export-person, forget."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import ExactOption, asks, hands_out
from leadctl.cli.session import Session

app = typer.Typer()


@hands_out(app, "export-person")
def export_person(
    session: Session,
    who: Annotated[str, typer.Argument(metavar="WHO", help="Id, e-mail, phone or name.")],
    exact: ExactOption = False,
) -> None:
    """Give all that the book holds on a person.

    Every field and every event with its file and line, where the person stands, and every other
    place that mentions them. Whoever is only in the journal any more is named by the id.

    \b
    Examples:
      leadctl export-person chloe-bergeron
      leadctl export-person chloe-bergeron -f json
      leadctl export-person chloe-bergeron -f md
    """
    from leadctl.cli.persons import person_view

    session.show(person_view(session, who, is_exact=exact))


@asks(app, "forget")
def forget(
    session: Session,
    who: Annotated[str, typer.Argument(metavar="WHO", help="Id, e-mail, phone or name.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Kept in the journal, without a name.")
    ] = "",
    exact: ExactOption = False,
) -> None:
    """Take a person out of the book for good.

    The contact goes, and what happened stays in the journal without a name, so that reports add
    up. Import does not let the person in again. Other places that mention them are listed. This
    cannot be undone.

    \b
    Examples:
      leadctl forget chloe-bergeron -n
      leadctl forget chloe-bergeron --yes --reason "asked by e-mail"
    """
    from leadctl.cli.forgetting import forget as carry_out

    carry_out(session, who, reason, is_exact=exact)
