"""Where passwords come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leadctl.errors import MailError, RequestError
from leadctl.exchange import passwords
from leadctl.exchange.passwords import password_by_command, password_by_keyring


@pytest.mark.parametrize(
    ("command", "password"),
    [
        ("printf 'correct horse\\nuser: marta\\n'", "correct horse"),
        ("printf ' x \\r\\n'", " x "),
        ("echo a | tr a b", "b"),
    ],
)
def test_a_command_prints_the_password_on_its_first_line(command: str, password: str) -> None:
    assert password_by_command(command) == password


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("echo locked >&2; exit 3", "ended with 3: locked"),
        ("true", "printed no password"),
        ("no-such-command-at-all", "ended with 127"),
    ],
)
def test_a_command_without_a_password_is_told(command: str, told: str) -> None:
    with pytest.raises(MailError, match=f"password_command {told}"):
        password_by_command(command)


def test_a_command_that_waits_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "TIMEOUT", 0.2)

    with pytest.raises(MailError, match="was not done after"):
        password_by_command("exec sleep 30")


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package keyring that knows one password, and is locked for Jonah."""
    text = """\
def get_password(service, user):
    if user == "jonah":
        raise RuntimeError("it is locked")
    return {("leadctl", "marta"): "correct horse"}.get((service, user))
"""
    (tmp_path / "keyring.py").write_text(text, encoding="ascii")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "keyring", raising=False)


@pytest.mark.usefixtures("keyring")
def test_the_keyring_is_asked_for_the_user_of_a_service() -> None:
    assert password_by_keyring("leadctl", "marta") == "correct horse"


@pytest.mark.usefixtures("keyring")
@pytest.mark.parametrize(
    ("user", "told"), [("zoe", 'has no password of "zoe"'), ("jonah", "did not answer: it is lock")]
)
def test_a_keyring_without_the_password_is_told(user: str, told: str) -> None:
    with pytest.raises(MailError, match=told):
        password_by_keyring("leadctl", user)


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(RequestError, match="package keyring is not installed"):
        password_by_keyring("leadctl", "marta")
