"""What `remove` does: contacts → a plan by which they leave the book, carried out and told of."""

from __future__ import annotations

from leadctl.cli.changing import Chosen, carry_out, tell
from leadctl.cli.session import Session
from leadctl.plans import Plan
from leadctl.removing import left_by, remove
from leadctl.stamps import Stamp


def take_out(session: Session, targets: Chosen, *, note: str) -> None:
    """Remove the contacts that *targets* chooses.

    Raises:
        NoError: somebody is named who does not exist, or the answer was no.
        RefusedError: they were chosen by a query, and nobody can be asked.
        ConflictError: a record changed meanwhile, or another number is expected.
    """

    def work_out(stamp: Stamp) -> Plan:
        entries = targets.entries(session)
        records = session.book.contacts.texts([entry.contact.id for entry in entries])
        return remove(entries, records, note=note, stamp=stamp)

    carry_out(session, work_out, is_query=targets.is_query, report=_report)


def _report(session: Session, plan: Plan) -> None:
    tell(session, plan)
    for hint in () if session.options.dry_run or session.options.json else left_by(plan):
        session.hint(hint)
