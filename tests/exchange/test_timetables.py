"""Timetables, read as cron, systemd and launchd read them."""

from __future__ import annotations

import configparser
import json
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.exchange.timetables import Job, cron_text, launchd_text, parse_hour, systemd_text

#: Prints the words that it is called with, and a variable, as JSON.
TELL = "import json, os, sys; print(json.dumps([sys.argv[1:], os.environ.get('TOLD')]))"
AWKWARD = ("two words", "50%", "it's", '"quoted"', "$HOME", "`id`", "*", "", "a;b", "größe", "#x")


def job(words: Sequence[str], *, told: str = "x") -> Job:
    program = (sys.executable, "-c", TELL)
    return Job("leadctl-book-1", (*program, *words), {"TOLD": told}, 7, 5)


def output(command: Sequence[str]) -> list[object]:
    """What *command* tells when it is run in an empty environment."""
    done = subprocess.run(
        ["/usr/bin/env", "-i", *command], capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def by_cron(text: str) -> list[str]:
    """The command of the last line, as cron hands it to sh: up to a % that no \\ stands before."""
    line = text.splitlines()[-1]
    *times, command = line.split(None, 5)
    assert times == ["5", "7", "*", "*", "*"]
    taken = re.match(r"(?:\\%|[^%])*", command)
    assert taken is not None
    return ["/bin/sh", "-c", taken[0].replace(r"\%", "%")]


def by_systemd(unit: str) -> list[str]:
    """The command of a service, in the environment that it sets."""
    service = dict(_assignments(unit))
    words = shlex.split(service["ExecStart"].removeprefix(":").replace("%%", "%"))
    environment = shlex.split(service["Environment"].replace("%%", "%"))
    assert service["ExecStart"].startswith(":")
    return [*environment, *words]


def _assignments(unit: str) -> list[tuple[str, str]]:
    return re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE)


def units(script: str, home: Path) -> dict[str, str]:
    """The files that *script* puts into the home *home*, and what it tells systemctl."""
    tools = home / "tools"
    tools.mkdir(parents=True)
    fake = tools / "systemctl"
    fake.write_text('#!/bin/sh\necho "$@" >> "$HOME/asked"\n', encoding="ascii")
    fake.chmod(0o700)
    done = subprocess.run(
        ["/usr/bin/env", "-i", f"HOME={home}", f"PATH={tools}:/usr/bin:/bin", "/bin/sh"],
        input=script.encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == b""
    folder = home / ".config" / "systemd" / "user"
    found = {path.suffix: path.read_text("utf-8") for path in folder.iterdir()}
    return {**found, "asked": (home / "asked").read_text("ascii")}


def test_cron_runs_the_words_as_they_are() -> None:
    text = cron_text(job(AWKWARD, told="50% off"), is_mailed=True)

    assert output(by_cron(text)) == [list(AWKWARD), "50% off"]
    assert "crontab -e" in text.splitlines()[0]


SAFE = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="\\"))


@given(st.lists(SAFE.filter(str.isprintable), max_size=3))
def test_a_crontab_gives_back_what_was_put_in(words: list[str]) -> None:
    *_, command = by_cron(cron_text(job(words), is_mailed=False))

    assert shlex.split(command)[2:] == [sys.executable, "-c", TELL, *words]


def test_cron_is_told_how_the_output_is_written_only_if_it_mails_it() -> None:
    assert "CONTENT_TYPE=" in cron_text(job(["x"]), is_mailed=True)
    assert "CONTENT_TYPE=" not in cron_text(job(["x"]), is_mailed=False)


@pytest.mark.parametrize("word", ["a\\b", "a\nb", "x" * 1000])
def test_what_a_crontab_cannot_hold_is_refused(word: str) -> None:
    with pytest.raises(RequestError, match="crontab"):
        cron_text(job([word]), is_mailed=False)


def test_systemd_runs_the_words_as_they_are(tmp_path: Path) -> None:
    words = (*AWKWARD, "back\\slash")
    found = units(systemd_text(job(words, told='50% "off"')), tmp_path / "home")

    assert output(by_systemd(found[".service"])) == [list(words), '50% "off"']


def test_the_timer_has_the_hour_in_its_zone_and_makes_up_for_missed_days(tmp_path: Path) -> None:
    found = units(systemd_text(job(["x"]), zone="Europe/Berlin"), tmp_path / "home")

    timer = configparser.ConfigParser()
    timer.read_string(found[".timer"])
    assert timer["Timer"]["OnCalendar"] == "*-*-* 07:05:00 Europe/Berlin"
    assert timer["Timer"]["Persistent"] == "true"
    assert found["asked"] == ("--user daemon-reload\n--user enable --now leadctl-book-1.timer\n")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    home = tmp_path / "home"
    units(systemd_text(job(AWKWARD), zone="Europe/Berlin"), home)
    folder = home / ".config" / "systemd" / "user"

    # What it says of a unit with a mistake shows that it has looked.
    broken = (folder / "leadctl-book-1.service").read_text("utf-8").replace("oneshot", "bogus")
    (folder / "broken.service").write_text(broken, encoding="utf-8")
    complaints = verified(folder, "broken.service")
    if "bogus" not in complaints:
        pytest.skip("systemd-analyze cannot look at units here")

    assert verified(folder, "leadctl-book-1.service", "leadctl-book-1.timer") == ""


def verified(folder: Path, *names: str) -> str:
    """What systemd says against the units *names*."""
    done = subprocess.run(
        [
            "systemd-analyze",
            "verify",
            "--user",
            "--man=no",
            *(str(folder / name) for name in names),
        ],
        env={"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return "\n".join(
        line for line in done.stderr.splitlines() if any(name in line for name in names)
    )


def test_launchd_runs_the_words_as_they_are() -> None:
    words = (*AWKWARD, "back\\slash", "a --> b")
    text = launchd_text(job(words, told="50% <off>"), log="/tmp/x.log")

    data = plistlib.loads(text.encode())
    environment = [f"{name}={value}" for name, value in data["EnvironmentVariables"].items()]
    assert output([*environment, *data["ProgramArguments"]]) == [list(words), "50% <off>"]
    assert data["StartCalendarInterval"] == {"Hour": 7, "Minute": 5}
    assert "~/Library/LaunchAgents/leadctl-book-1.plist" in text


def test_launchd_and_systemd_refuse_what_they_cannot_hold() -> None:
    with pytest.raises(RequestError, match="launchd cannot hold"):
        launchd_text(job(["\x01"]), log="x")
    with pytest.raises(RequestError, match="line break"):
        systemd_text(job(["a\nb"]))


@pytest.mark.parametrize(("text", "hour"), [("07:30", (7, 30)), ("7:05", (7, 5)), ("0:00", (0, 0))])
def test_an_hour_is_read(text: str, hour: tuple[int, int]) -> None:
    assert parse_hour(text) == hour


@pytest.mark.parametrize("text", ["", "7", "24:00", "07:60", "7:5", "7.30", "half past", "-1:30"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is no time"):
        parse_hour(text)
