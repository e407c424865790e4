"""What runs a command each day, in the languages of cron, systemd and launchd."""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from leadctl.dates import quoted
from leadctl.errors import RequestError

#: A longer line is cut off by some crons without a word.
_LONGEST = 990
#: Exit codes that another try cannot mend: only a busy book, files and mail servers recover.
_FINAL = "1 2 3 4 7 70"


@dataclass(frozen=True, slots=True)
class Job:
    """A command that is to run each day."""

    #: What tells it from other jobs of leadctl: lower case letters, digits and hyphens.
    name: str
    #: The program, by its whole path, and the words after it.
    words: tuple[str, ...]
    #: What it needs of the environment, which is nearly empty there.
    environment: Mapping[str, str]
    hour: int
    minute: int


def cron_text(job: Job, *, is_mailed: bool) -> str:
    """The lines for a crontab; with *is_mailed* cron is told how the output is written.

    Raises:
        RequestError: there is something in it that a crontab cannot hold.
    """
    command = shlex.join(["/usr/bin/env", *_assignments(job), *job.words])
    if "\\" in command or not command.isprintable():
        message = "a crontab cannot hold a backslash or a line break"
        raise RequestError(message, hint="rename the folder, or put a link with a plain name there")
    line = f"{job.minute} {job.hour} * * *  " + command.replace("%", r"\%")
    if len(line.encode()) > _LONGEST:
        raise RequestError("the line is too long for a crontab", hint="use shorter paths")
    told = ["# To put it in place: run `crontab -e` and add these lines at the end."]
    if is_mailed:
        told.append("# cron mails what is printed to MAILTO, or to you on this machine.")
        told.append("CONTENT_TYPE=text/plain; charset=UTF-8")
    return "\n".join([*told, line, ""])


def systemd_text(job: Job, *, zone: str = "") -> str:
    """A shell script that puts a service and a timer of the user in place; *zone* is of the hour.

    Raises:
        RequestError: there is a line break in it.
    """
    _require_one_line(job, "a unit of systemd")
    folder = '"${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user"'
    lines = [
        "# A service and a timer of your own. To put them in place, pipe all of this into sh.",
        "# To run also while you are logged out: loginctl enable-linger",
        f"mkdir -p {folder} && cd {folder} || exit 1",
        f"cat > {job.name}.service <<'END'",
        *_service(job),
        "END",
        f"cat > {job.name}.timer <<'END'",
        *_timer(job, zone),
        "END",
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {job.name}.timer",
    ]
    return "\n".join([*lines, ""])


def launchd_text(job: Job, *, log: str) -> str:
    """A property list for launchd, which writes what goes wrong into the file *log*."""
    data = {
        "Label": job.name,
        "ProgramArguments": list(job.words),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": {"Hour": job.hour, "Minute": job.minute},
        "StandardOutPath": log,
        "StandardErrorPath": log,
        "ProcessType": "Background",
    }
    try:
        text = plistlib.dumps(data, sort_keys=False).decode("utf-8")
    except ValueError as error:
        raise RequestError(f"launchd cannot hold that: {error}") from error
    path = f"~/Library/LaunchAgents/{job.name}.plist"
    comment = (
        f"<!-- To put it in place: save this as {path}, then run\n"
        f"     launchctl bootstrap gui/$(id -u) {path} -->\n"
    )
    # A tab does not survive every way from a terminal into a file.
    text = re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), text, flags=re.MULTILINE)
    head, mark, rest = text.partition("<plist")
    return f"{head}{comment}{mark}{rest}"


def parse_hour(text: str) -> tuple[int, int]:
    """The hour and the minute that *text*, such as 7:30, means.

    Raises:
        RequestError: it is no time of a day.
    """
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text.strip(), re.ASCII)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return int(found[1]), int(found[2])
    raise RequestError(f"--at: {quoted(text)} is no time", hint="write it like 07:30 or 18:05")


def _service(job: Job) -> list[str]:
    assignments = [f"Environment={_unit_word(each)}" for each in _assignments(job)]
    # The colon keeps systemd from replacing $NAME, and an oneshot may be tried again.
    command = " ".join(_unit_word(each) for each in job.words)
    return [
        "[Unit]",
        "Description=The digest of leadctl",
        "StartLimitIntervalSec=6h",
        "StartLimitBurst=12",
        "",
        "[Service]",
        "Type=oneshot",
        *assignments,
        f"ExecStart=:{command}",
        "# What could not be sent is tried again for two hours.",
        "Restart=on-failure",
        "RestartSec=10min",
        f"RestartPreventExitStatus={_FINAL}",
    ]


def _timer(job: Job, zone: str) -> list[str]:
    when = f"*-*-* {job.hour:02}:{job.minute:02}:00"
    return [
        "[Unit]",
        "Description=The digest of leadctl, each day",
        "",
        "[Timer]",
        f"OnCalendar={when} {zone}".rstrip(),
        "# A day on which the machine was off is made up for.",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]


def _unit_word(word: str) -> str:
    """*word* as systemd reads it back: quoted, and nothing in it replaced."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _assignments(job: Job) -> list[str]:
    return [f"{name}={value}" for name, value in job.environment.items()]


def _require_one_line(job: Job, what: str) -> None:
    if not all(each.isprintable() for each in (*job.words, *job.environment.values())):
        raise RequestError(f"{what} cannot hold a line break", hint="rename the folder")
