"""What `advance` does: moves whose time has come → a plan that is carried out, or silence."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.advancing import advance
from leadctl.cli import terminal
from leadctl.cli.changing import carry_out, tell
from leadctl.cli.session import Session
from leadctl.plans import Plan
from leadctl.query.sql import all_of, marks, of_contact
from leadctl.stamps import Stamp


def advance_all(session: Session, words: Sequence[str] | None) -> None:
    """Make the automatic moves that are due for those whom the query *words* selects.

    A terminal asks first. Elsewhere nobody has to say `--yes`: stages.yaml does, by `automatic`.
    """
    query, statuses = session.query(words), _moving(session)

    def work_out(stamp: Stamp) -> Plan:
        waiting = of_contact(f"c.status in ({marks(statuses)})", *statuses)
        entries = session.index.entries(all_of((waiting, query))) if statuses else []
        return advance(entries, session.stages, session.today, stamp)

    carry_out(session, work_out, is_query=terminal.can_ask(), report=_report)


def _moving(session: Session) -> tuple[str, ...]:
    """The statuses that are not left for good."""
    return tuple(status.name for status in session.stages.statuses if status.then)


def _report(session: Session, plan: Plan) -> None:
    if plan.changed or session.options.json:
        tell(session, plan)
        return
    # Suggestions are on the prospect list: cron need not mail them every day.
    if terminal.can_ask() or session.options.dry_run or session.options.verbose:
        session.say("\n".join(("nothing to move", *plan.notes)))
