"""Every command that writes, with words that make it write: the table that each torture goes by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leadctl.cli.commands import COMMANDS
from tools.torture import warm
from tools.torture.books import contact_files, make

_LEADS = """\
Name,Email,Status,Tags
Fay Moss,fay@example.com,New,fair
Gus Ito,gus@example.org,Engage,
Hal Berg,hal@example.net,New,fair
"""
_CALLS = """\
Email,Date,Subject
ada@example.com,2026-11-20,asked for the plans
cleo@example.com,2026-11-19,voicemail
"""
_MOVES = "id,status,note\nbo-ek,Active,ready\ncleo-diaz,Future,not before spring\n"


@dataclass(frozen=True, slots=True)
class Trial:
    """One call of leadctl that changes the book."""

    name: str
    #: `{files}` stands for the folder of *files*.
    words: tuple[str, ...]
    #: What lies beside the book: name → text.
    files: Mapping[str, str] = field(default_factory=dict)
    #: Calls of leadctl before it.
    before: tuple[tuple[str, ...], ...] = ()
    #: A text in the contacts that is replaced by hand before it: old, new.
    by_hand: tuple[str, str] = ("", "")
    #: The exit codes of a whole run.
    codes: tuple[int, ...] = (0,)

    @property
    def is_known(self) -> bool:
        """True if this leadctl has the command."""
        return self.words[0] in COMMANDS


TRIALS = (
    Trial("add", ("add", "Grace Hopper", "--email", "grace@example.com", "--tag", "fair")),
    Trial(
        "set", ("set", "ada-lovelace", "company=Analytical", "tag+=vip", "email-=ada@example.com")
    ),
    Trial("set many", ("set", "--where", "status:New", "owner=marta", "--yes", "-m", "mine now")),
    Trial("set-status", ("set-status", "Engage", "--where", "status:New", "--yes")),
    Trial("set-status from", ("set-status", "--from", "{files}/moves.csv"), {"moves.csv": _MOVES}),
    Trial("touch", ("touch", "ada-lovelace", "-m", "likes the garden")),
    Trial("touch two", ("touch", "ada-lovelace", "bo-ek", "--via", "email", "-m", "sent plans")),
    Trial("touch status", ("touch", "dan-wu", "--status", "Active", "-m", "ready")),
    Trial("snooze", ("snooze", "cleo-diaz", "+2w", "-m", "on holiday")),
    Trial("pin", ("pin", "bo-ek", "-m", "asked for me")),
    Trial("import contacts", ("import", "{files}/leads.csv"), {"leads.csv": _LEADS}),
    Trial(
        "import touches",
        ("import", "{files}/calls.csv", "--into", "touches"),
        {"calls.csv": _CALLS},
    ),
    Trial("undo", ("undo",), before=(("set-status", "Engage", "bo-ek", "dan-wu"),)),
    Trial("undo add", ("undo",), before=(("add", "Grace Hopper", "--tag", "fair"),)),
    Trial("stages add", ("stages", "add", "Viewing", "--stage", "Hot", "--touch-every", "3 days")),
    Trial("stages move", ("stages", "move", "Active", "--after", "New")),
    Trial("stages rename", ("stages", "rename", "New", "Fresh", "--yes")),
    Trial("stages remove", ("stages", "remove", "Future", "--into", "Inactive", "--yes")),
    Trial(
        "forget",
        ("forget", "cleo-diaz", "--yes", "--reason", "asked by e-mail"),
        before=(("touch", "cleo-diaz", "-m", "call Cleo Díaz at home"),),
    ),
    Trial(
        "check --fix",
        ("check", "--fix", "statuses", "--fix", "dates"),
        by_hand=("2026-09-01", "1 Sep 2026"),
        codes=(0, 1),
    ),
)


def known(only: frozenset[str] = frozenset()) -> list[Trial]:
    """The trials of *only*, or all of them, whose commands this leadctl has."""
    return [each for each in TRIALS if each.is_known and (not only or each.name in only)]


def missing() -> list[str]:
    """The names of trials whose commands this leadctl does not have."""
    return [each.name for each in TRIALS if not each.is_known]


@dataclass(frozen=True, slots=True)
class Stage:
    """A trial set up for one form of the book: what a try starts from."""

    trial: Trial
    form: str
    #: The book before the command, to be copied; and where the copy has to be.
    template: Path
    root: Path
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """What is printed of it."""
        return f"{self.trial.name} ({self.form})"


def prepare(trial: Trial, form: str, folder: Path) -> Stage:
    """*trial* ready to start, in the folder *folder*."""
    place = folder / f"{trial.name.replace(' ', '-')}-{form}"
    place.mkdir(parents=True)
    for name, text in trial.files.items():
        (place / name).write_text(text, encoding="utf-8")
    template = place / "template"
    make(template, form)
    for words in (("set", "eve-novak", "owner=marta"), *trial.before):
        done = warm.run(words, template)
        if done.code != 0:
            raise RuntimeError(f"{trial.name}: {' '.join(words)}: {done.err}")
    old, new = trial.by_hand
    for path in contact_files(template) if old else ():
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    words = tuple(word.replace("{files}", str(place)) for word in trial.words)
    return Stage(trial, form, template, place / "book", words)
