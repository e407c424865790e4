"""`mail:` of the user's own config.yaml."""

from __future__ import annotations

import pytest

from leadctl.messages.mail_settings import MAIL_KEYS, MailSettings, read_mail_settings
from leadctl.store.yaml_reader import read_tree


def settings(text: str) -> tuple[MailSettings, list[str]]:
    tree, problems = read_tree(text, "config.yaml")
    assert not problems
    found, mistakes = read_mail_settings(tree)
    return found, [f"{each.where.line}: {each.message}" for each in mistakes]


def test_every_key_is_read() -> None:
    text = """\
from: Marta <marta@example.com>
to: [marta@example.com, office@example.com]
smtp: smtps://marta@mail.example.com
password_command: pass show mail
keyring: yes
ca_file: ~/ca.pem
sendmail: msmtp -t
"""

    assert settings(text) == (
        MailSettings(
            "Marta <marta@example.com>",
            ("marta@example.com", "office@example.com"),
            "smtps://marta@mail.example.com",
            "pass show mail",
            "leadctl",
            "~/ca.pem",
            "msmtp -t",
        ),
        [],
    )
    assert all(f"{key}: " in text for key in MAIL_KEYS)


@pytest.mark.parametrize(("said", "service"), [("yes", "leadctl"), ("no", ""), ("post", "post")])
def test_the_keyring_is_asked_under_a_name(said: str, service: str) -> None:
    assert settings(f"keyring: {said}\n")[0].keyring == service


def test_one_address_needs_no_list() -> None:
    assert settings("to: marta@example.com\n")[0].to == ("marta@example.com",)


def test_nothing_is_set_where_there_is_nothing() -> None:
    assert read_mail_settings(None) == (MailSettings(), [])


def test_every_mistake_is_told_with_its_line() -> None:
    _, mistakes = settings("form: a@example.com\nsmtp:\n  host: x\nto: []\npassword: x\n")

    assert mistakes == [
        '1: unknown key "form" in mail',
        '5: unknown key "password" in mail',
        "3: smtp is to be one text, not keys and values",
    ]
