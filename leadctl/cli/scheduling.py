"""What `schedule` prints: this program, this book and the words for `remind`, for each day."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

from leadctl.cli import terminal
from leadctl.cli.session import Visit
from leadctl.cli.user_config import config_path
from leadctl.errors import RequestError
from leadctl.exchange.timetables import Job, cron_text, launchd_text, parse_hour, systemd_text
from leadctl.sanitise import safe_lines

_ONCE, _SEND = "--once-per-day", "--send"
#: The words that make a mail of the digest.
_MAILING = ("--send", "--sendmail", "--out")
#: Where programs are, for `sendmail` and for the command that prints a password.
_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
#: What the digest depends on and nobody sets there; never what may hold a password.
_CARRIED = ("TZ", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def print_schedule(visit: Visit, scheduler: str, words: Sequence[str], *, at: str) -> None:
    """Print what has *scheduler*, or that of this machine, run `remind` with *words* each day.

    Raises:
        RequestError: *at* is no time of a day, or *words* are none of `remind`.
    """
    hour, minute = parse_hour(at)
    chosen, environment = scheduler or _of_this_machine(), os.environ
    remind = _remind_words(words, chosen)
    root = visit.book.root.absolute()
    job = Job(
        name=_name(root, remind),
        words=(*_program(), "--book", str(root), *remind),
        environment=_needed(environment),
        hour=hour,
        minute=minute,
    )
    is_mailed = not _makes_mail(remind)
    if chosen == "cron":
        text = cron_text(job, is_mailed=is_mailed)
    elif chosen == "systemd":
        text = systemd_text(job, zone=_zone(environment))
    else:
        text = launchd_text(job, log=f"{Path.home()}/Library/Logs/{job.name}.log")
    if safe_lines(text) != text:
        message = "there are characters in it that cannot be shown, nor be copied from here"
        raise RequestError(message, hint="rename the folder, or put a link with a plain name there")
    terminal.say(text.rstrip("\n"))
    _warn(chosen, environment, remind, is_mailed=is_mailed)


def _remind_words(words: Sequence[str], chosen: str) -> tuple[str, ...]:
    given = list(words[1:] if words[:1] == ["remind"] else words)
    if not given:
        # Only cron mails what is printed.
        given = [_ONCE] if chosen == "cron" else [_ONCE, _SEND]
    _require_known(given)
    return ("remind", *given)


def _require_known(words: Sequence[str]) -> None:
    """Raise as `leadctl remind` would of words that it cannot take: nobody sees it at night."""
    from leadctl.cli import program

    program.require_parsable(["remind", *words], module="remind")


def _makes_mail(words: Sequence[str]) -> bool:
    return any(word.partition("=")[0] in _MAILING for word in words)


def _of_this_machine() -> str:
    if sys.platform == "darwin":
        return "launchd"
    # This folder is there if systemd has started the machine, as sd_booted(3) tells.
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"


def _program() -> tuple[str, ...]:
    """This program as it can be called from anywhere."""
    called = Path(sys.argv[0])
    if called.name == "leadctl" and called.is_file():
        return (str(called.absolute()),)
    beside = shutil.which("leadctl", path=str(Path(sys.executable).parent))
    # With -P a folder named leadctl in the home is not taken for the program.
    return (beside,) if beside else (sys.executable, "-P", "-m", "leadctl")


def _needed(environment: Mapping[str, str]) -> dict[str, str]:
    language = environment.get("LC_ALL") or environment.get("LANG", "")
    is_utf8 = "utf" in language.lower()
    usual = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    homebrew = "/opt/homebrew/bin:" if sys.platform == "darwin" else ""
    carried = {name: environment[name] for name in _CARRIED if environment.get(name)}
    return {"PATH": homebrew + _PATH, "LANG": language if is_utf8 else usual, **carried}


def _zone(environment: Mapping[str, str]) -> str:
    """The time zone that was set by its name; the timer goes by the machine's own otherwise."""
    zone = environment.get("TZ", "")
    return zone if re.fullmatch(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)*", zone) else ""


def _name(root: Path, words: Sequence[str]) -> str:
    """A name that stays if the hour is another, and is not that of another book or digest."""
    shown = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-") or "book"
    told = "\0".join([str(root), *words])
    return f"leadctl-{shown}-{crc32(os.fsencode(told)):08x}"


def _warn(
    chosen: str, environment: Mapping[str, str], words: Sequence[str], *, is_mailed: bool
) -> None:
    if is_mailed and chosen != "cron":
        terminal.talk(
            f"leadctl: warning: {chosen} mails nothing of what is printed; add --send or --sendmail"
        )
    if _SEND in words and environment.get("LEADCTL_SMTP_URL"):
        terminal.talk(
            f"leadctl: warning: LEADCTL_SMTP_URL is not known to {chosen}; "
            f"set `smtp:` under `mail:` in {config_path(environment)}"
        )
