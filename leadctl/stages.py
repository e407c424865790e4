"""What stages.yaml declares, as frozen values with lookups: statuses, stages, fields, rules.

`leadctl.stages_reading` makes them from the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leadctl.dates import Interval
from leadctl.errors import RequestError
from leadctl.fields import Field
from leadctl.matching import did_you_mean, fold
from leadctl.problems import Where
from leadctl.prospecting.criteria import Criteria
from leadctl.records import Value

#: How a stage counts in reports.
OUTCOMES = ("open", "won", "lost")
#: In a condition of a rule: the field has a value, whichever.
ANY_VALUE = "*"
_HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
#: The colours that every terminal has.
COLOURS = (*_HUES, *(f"bright-{hue}" for hue in _HUES))


@dataclass(frozen=True, slots=True)
class Then:
    """Where contacts go on to once they have been in a status for long enough."""

    #: Longer than nothing, and not never.
    after: Interval
    #: The name of another status.
    to: str
    #: The field of the user's own with the day that `after` is counted from; empty: the day on
    #: which the contact came into the status.
    since: str = ""
    #: Carried out by `leadctl advance`; else only suggested.
    automatic: bool = False
    #: As written; `note_from` words one where there is none.
    note: str = ""
    #: As the list of the other status spells it.
    reason: str = ""

    def note_from(self, status: str) -> str:
        """The note of the move out of *status*: the one given, or how long it has been."""
        where = f"since {self.since}" if self.since else f"in {status}"
        return self.note or f"{self.after} {where}"


@dataclass(frozen=True, slots=True)
class Status:
    """Where a contact may stand in the lifecycle, and what that asks for."""

    name: str
    #: The stage it belongs to; empty if it is in none.
    stage: str = ""
    #: That of the stage: open, won or lost; empty without a stage.
    outcome: str = ""
    #: How often a contact wants to hear from you; None is "not set" and differs from never.
    touch_every: Interval | None = None
    #: From `created` until a contact that was never touched is due; None: as `touch_every`.
    first_touch: Interval | None = None
    on_pipeline: bool = True
    #: Who is in it is known to be worth the effort; `report speed` tells how soon.
    qualified: bool = False
    note_required: bool = False
    reason_required: bool = False
    #: The only reasons that are taken; any text is if empty.
    reasons: tuple[str, ...] = ()
    #: Old names, still understood.
    aliases: tuple[str, ...] = ()
    #: Statuses suggested as the next one, by their names; a hint, never a lock.
    next: tuple[str, ...] = ()
    #: Longer than this in the status is too long; None: no limit.
    limit: Interval | None = None
    #: One of COLOURS, its own or that of the stage; empty for none.
    colour: str = ""
    #: How many times a due touch counts for the urgency, from 1 to 9.
    weight: int = 1
    #: Where its contacts go on to by and by; None: nowhere.
    then: Then | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A group of statuses that says how to treat a lead."""

    name: str
    #: One of OUTCOMES.
    outcome: str = "open"
    #: One of COLOURS; empty for none.
    colour: str = ""
    #: By their names, in the order of the stage.
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeRule:
    """What becomes of a new contact of some kind without anybody's doing."""

    name: str
    #: Field → the values of which the contact has to have one; ANY_VALUE is met by every value.
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Field → value as the file of contacts is to hold it; a status by its name.
    set: Mapping[str, Value] = field(default_factory=dict)
    #: The action plan that begins; empty for none.
    plan: str = ""
    note: str = ""
    reason: str = ""
    source: Where = field(default=Where(""), compare=False)


@dataclass(frozen=True, slots=True)
class Intake:
    """The rules for new contacts, in the order in which they are asked."""

    rules: tuple[IntakeRule, ...] = ()
    #: Only the first rule that fits is followed, not all that do.
    is_first_only: bool = True


@dataclass(frozen=True, slots=True)
class Stages:
    """Everything that one stages.yaml says; no two names or aliases of it fold to the same text."""

    #: In pipeline order.
    statuses: tuple[Status, ...]
    stages: tuple[Stage, ...]
    #: The name of the status that new contacts get.
    default: str
    #: The user's own fields that are declared.
    fields: Mapping[str, Field] = field(default_factory=dict)
    #: Saved queries by name, as text in the query language; not yet parsed.
    views: Mapping[str, str] = field(default_factory=dict)
    #: What puts somebody on the prospect list.
    criteria: Criteria = field(default_factory=Criteria)
    intake: Intake = Intake()
    # Every contact and every event asks for its status: a lookup must not cost much.
    _status_by_word: Mapping[str, Status] = field(init=False, repr=False, compare=False)
    _stage_by_word: Mapping[str, Stage] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_word = {fold(alias): status for status in self.statuses for alias in status.aliases}
        by_word |= {fold(status.name): status for status in self.statuses}
        # As it is written most often, so that most lookups need no folding.
        by_word |= {status.name: status for status in self.statuses}
        object.__setattr__(self, "_status_by_word", by_word)
        object.__setattr__(
            self, "_stage_by_word", {fold(stage.name): stage for stage in self.stages}
        )

    @property
    def pipeline(self) -> tuple[Status, ...]:
        """The statuses with a tab of their own, in order."""
        return tuple(status for status in self.statuses if status.on_pipeline)

    @property
    def won(self) -> frozenset[str]:
        """The names of the statuses that count as won."""
        return frozenset(status.name for status in self.statuses if status.outcome == "won")

    @property
    def names(self) -> dict[str, str]:
        """Each word for a status, folded or as written → the name of the status."""
        return {word: status.name for word, status in self._status_by_word.items()}

    def find(self, word: str) -> Status | None:
        """The status with this name or alias, in any case; None if there is none."""
        return self._status_by_word.get(word) or self._status_by_word.get(fold(word))

    def find_stage(self, word: str) -> Stage | None:
        """The stage with this name, in any case; None if there is none."""
        return self._stage_by_word.get(fold(word))

    def get(self, word: str) -> Status:
        """The status with this name or alias, in any case.

        Raises:
            RequestError: there is none; the hint suggests one.
        """
        status = self.find(word)
        if status is None:
            aliases = (alias for status in self.statuses for alias in status.aliases)
            raise _unknown("status", word, (*(status.name for status in self.statuses), *aliases))
        return status

    def get_stage(self, word: str) -> Stage:
        """The stage with this name, in any case.

        Raises:
            RequestError: there is none; the hint suggests one.
        """
        stage = self.find_stage(word)
        if stage is None:
            raise _unknown("stage", word, (stage.name for stage in self.stages))
        return stage


def _unknown(kind: str, word: str, known: Iterable[str]) -> RequestError:
    hint = did_you_mean(word, known, "`leadctl stages` lists them all")
    return RequestError(f'no {kind} named "{word}"', hint=hint)
