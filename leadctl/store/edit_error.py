"""The refusal of an editor to hand out a text that is not exactly what was meant."""

from __future__ import annotations

from leadctl.errors import DataError

_HINT = "nothing was written; `leadctl check` may know more, else change the file by hand"


class EditError(DataError):
    """A splice did not do exactly what was meant; nothing may be written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, hint=_HINT)
