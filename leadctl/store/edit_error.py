"""The refusal of an editor to hand out a text that is not exactly what was meant."""

from __future__ import annotations


class EditError(Exception):
    """A splice did not do exactly what was meant; nothing may be written."""
