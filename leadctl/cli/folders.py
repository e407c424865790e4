"""The folder that the user is in, and the one that is meant by a path as it was typed."""

from __future__ import annotations

import contextlib
from pathlib import Path

from leadctl.errors import RequestError


def here() -> Path:
    """The folder that the user is in.

    Raises:
        RequestError: it has been deleted meanwhile.
    """
    try:
        return Path.cwd()
    except OSError as error:
        raise RequestError("the current folder is gone", hint="go to one that exists") from error


def meant(folder: Path) -> Path:
    """*folder* with its `~` as a shell would have read it; cron and `--book=~/crm` pass it on.

    Raises:
        RequestError: it is named from the current folder, and that has been deleted.
    """
    if folder.parts[:1] == ("~",) and not folder.exists():
        with contextlib.suppress(RuntimeError):
            folder = folder.expanduser()
    if not folder.is_absolute():
        here()
    return folder
