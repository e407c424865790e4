"""Passwords from where the user keeps them: a command that prints one, or the system's keyring."""

from __future__ import annotations

import importlib
import subprocess

from leadctl.dates import quoted
from leadctl.errors import MailError, RequestError

#: How long the command may take, in seconds: somebody may have to unlock something.
TIMEOUT = 60.0


def password_by_command(command: str) -> str:
    """The first line that the shell prints when it runs *command*.

    Raises:
        MailError: the command failed, printed nothing, or was not done in time.
    """
    try:
        # In a shell, so that pipes and ~ work; it is the user's own file that says what to run.
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MailError(f"password_command was not done after {TIMEOUT:g} seconds") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        ended = f"password_command ended with {done.returncode}"
        raise MailError(f"{ended}: {said}" if said else ended)
    password = done.stdout.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if not password:
        raise MailError("password_command printed no password")
    return password


def password_by_keyring(service: str, user: str) -> str:
    """The password of *user* that the keyring of the system has filed under *service*.

    Raises:
        MailError: it has none, or is locked.
        RequestError: the package that asks it is not installed.
    """
    try:
        keyring = importlib.import_module("keyring")
    except ImportError as error:
        hint = "pip install 'leadctl[keyring]', or use password_command"
        raise RequestError("the Python package keyring is not installed", hint=hint) from error
    try:
        password = keyring.get_password(service, user)
    except Exception as error:  # each keyring raises errors of its own, and all mean the same
        raise MailError(f"the keyring did not answer: {error}") from error
    if not password:
        hint = f"keyring set {service} {user}"
        raise MailError(f"the keyring has no password of {quoted(user)}", hint=hint)
    return str(password)
