"""The user's own settings and folders: config.yaml, what it says, and where states are kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leadctl.errors import DataError, RefusedError

if TYPE_CHECKING:
    from leadctl.located import Node
    from leadctl.messages.mail_settings import MailSettings


def config_path(environment: Mapping[str, str]) -> Path | None:
    """The user's own config.yaml, None where there is no home; it need not be there."""
    folder = _folder(environment, "XDG_CONFIG_HOME", ".config")
    return folder / "config.yaml" if folder else None


def state_folder(environment: Mapping[str, str]) -> Path | None:
    """The folder for what leadctl remembers beside the books, None where there is no home."""
    return _folder(environment, "XDG_STATE_HOME", ".local/state")


def configured_book(environment: Mapping[str, str]) -> Path | None:
    """`book:` of the user's own config.yaml, None if there is none.

    Raises:
        DataError: it is no YAML.
    """
    from leadctl.located import Scalar

    named = _value(config_path(environment), "book")
    if not isinstance(named, Scalar) or not named.text:
        return None
    return Path(named.text).expanduser()


def mail_settings(environment: Mapping[str, str]) -> MailSettings:
    """`mail:` of the user's own config.yaml.

    Raises:
        DataError: it has mistakes.
        RefusedError: others can read a password in it, or change what it has leadctl run.
    """
    from leadctl.messages.mail_settings import read_mail_settings

    path = config_path(environment)
    settings, problems = read_mail_settings(_value(path, "mail"))
    if problems:
        raise DataError(f"{path} cannot be used", problems=tuple(problems))
    if path and path.is_file():
        _require_private(path, settings)
    return settings


def _value(path: Path | None, key: str) -> Node | None:
    """What stands behind *key* in the file *path*, None if nothing does."""
    if path is None or not path.is_file():
        return None
    from leadctl.located import Mapping as Fields
    from leadctl.store.book import read_yaml

    tree, _, problems = read_yaml(path, shown=str(path))
    if problems:
        raise DataError(f"{path} cannot be used", problems=tuple(problems))
    return tree.get(key) if isinstance(tree, Fields) else None


def _require_private(path: Path, settings: MailSettings) -> None:
    found = path.stat()
    mode = stat.S_IMODE(found.st_mode)
    # Of ://user:password@ only the colon behind the user tells of a password.
    has_password = ":" in settings.smtp.partition("://")[2].rpartition("@")[0]
    hint = f"chmod 600 {path}"
    if has_password and mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"{path} holds a password, and others can read it"
        raise RefusedError(message, hint=f"{hint}; `password_command:` is safer")
    is_foreign = found.st_uid not in (os.getuid(), 0)
    if settings.runs_something and (mode & (stat.S_IWGRP | stat.S_IWOTH) or is_foreign):
        message = f"{path} names a command to be run, and others can change it"
        raise RefusedError(message, hint=hint)


def _folder(environment: Mapping[str, str], variable: str, usual: str) -> Path | None:
    base = environment.get(variable, "")
    if base.startswith("/"):
        return Path(base) / "leadctl"
    home = environment.get("HOME", "")
    return Path(home) / usual / "leadctl" if home else None
