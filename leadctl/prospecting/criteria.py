"""What puts a contact on the prospect list: which reasons a book knows, and their numbers.

Values only; `leadctl.prospecting.criteria_reading` makes them from `prospects:` in stages.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from leadctl.dates import Interval

FOLLOW_UP_DUE = "follow_up_due"
PLAN_STEP_DUE = "plan_step_due"
PINNED = "pinned"
NEVER_CONTACTED = "never_contacted"
BIRTHDAY = "birthday"
ANNIVERSARY = "anniversary"
TOUCH_DUE = "touch_due"
GONE_QUIET = "gone_quiet"
MOVE_ON = "move_on"
STUCK = "stuck"
UNREACHABLE = "unreachable"

#: The stable code of each reason that leadctl knows, the most urgent first, and what it stands for.
REASONS: dict[str, str] = {
    FOLLOW_UP_DUE: "something was promised, and its day has come",
    PLAN_STEP_DUE: "a step of an action plan, and its day has come",
    PINNED: "pinned by hand",
    NEVER_CONTACTED: "no touch yet, and the first one is due",
    BIRTHDAY: "the birthday is near",
    ANNIVERSARY: "so many years ago the business was closed",
    TOUCH_DUE: "the time since the last touch has reached the touch interval",
    GONE_QUIET: "an early status, and no touch for too long",
    MOVE_ON: "long enough in the status to go on to another one",
    STUCK: "in the status for longer than its limit",
    UNREACHABLE: "to be touched, but without phone, e-mail and address",
}
CRITERIA = tuple(REASONS)
#: Those that are taken off the list by what is done about them, never by `leadctl dismiss`.
KEPT = (FOLLOW_UP_DUE, PLAN_STEP_DUE, PINNED)

#: What each adds to the urgency, and where that ends if it grows; see docs/reference/prospects.md.
PROMISED_POINTS, PROMISED_MOST = 20_000, 20_500
PINNED_POINTS = 10_000
# The sooner a new lead is called the likelier it is to become one: the newest come first.
NEW_POINTS, NEW_MOST = 5_000, 5_500
BIRTHDAY_POINTS, ANNIVERSARY_POINTS = 1_000, 600
TOUCH_MOST = 900
QUIET_POINTS, MOVE_ON_POINTS, UNREACHABLE_POINTS = 100, 80, 5
STUCK_POINTS, STUCK_MOST = 10, 50

_WEEK, _FORTNIGHT = Interval(7, "day"), Interval(14, "day")


@dataclass(frozen=True, slots=True)
class Window:
    """The days around a day that comes every year on which it is a reason."""

    #: So many days before it.
    within: int
    #: So many days after it, so that nobody is missed if the list is not looked at for a while.
    late: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """When a contact has gone quiet."""

    #: Longer than this without a touch, or without one since it was created.
    after: Interval = _WEEK
    #: The names of the statuses that this is about.
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason of the user's own."""

    #: Also its stable code.
    name: str
    #: A query; not yet parsed.
    where: str
    #: What the list says.
    reason: str
    #: What it adds to the urgency.
    points: int = 50
    #: Not again for so long after a touch or a dismissal.
    again: Interval = _FORTNIGHT
    #: The next step that it suggests; empty for none.
    next: str = ""


@dataclass(frozen=True, slots=True)
class Criteria:
    """The reasons that count in a book."""

    #: Those of CRITERIA that are switched on.
    on: frozenset[str] = frozenset(CRITERIA)
    quiet: Quiet = field(default_factory=Quiet)
    birthday: Window = field(default_factory=lambda: Window(within=3, late=7))
    anniversary: Window = field(default_factory=lambda: Window(within=0, late=7))
    rules: tuple[Rule, ...] = ()

    def __contains__(self, code: object) -> bool:
        """True if the reason with this code counts; the user's own always do."""
        return code in self.on or code in self.rule_names

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all reasons that a contact could have, switched on or not."""
        return (*CRITERIA, *self.rule_names)

    @property
    def rule_names(self) -> tuple[str, ...]:
        """The names of the user's own rules, in the order of the file."""
        return tuple(rule.name for rule in self.rules)

    def rule(self, name: str) -> Rule | None:
        """The rule of the user's own with this name; None if there is none."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def window(self, code: str) -> Window:
        """The days around a birthday or an anniversary, by the code of that reason."""
        return self.birthday if code == BIRTHDAY else self.anniversary
