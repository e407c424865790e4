"""What pages of the help take from the program itself: its fields, flags, exit codes and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadctl.errors import EXIT_MEANINGS
from leadctl.fields import FIELDS
from leadctl.guides import Block, Grid, Paragraph, coded
from leadctl.query.flags import FLAG_MEANINGS


def known_blocks(schema: Mapping[str, Any]) -> Mapping[str, Block]:
    """The blocks by the names that pages call them by; *schema* is that of stages.yaml."""
    return {
        "fields": Paragraph(f"{coded(field.name for field in FIELDS if field.name != 'why')}."),
        "flags": _grid("flag", {f"is:{flag}": said for flag, said in FLAG_MEANINGS.items()}),
        "exit-codes": _grid(
            "code", {str(code.value): EXIT_MEANINGS[code] for code in EXIT_MEANINGS}
        ),
        "status-keys": _keys(schema["definitions"]["status"]),
        "stages-keys": _keys(schema),
    }


def _grid(name: str, rows: Mapping[str, str]) -> Grid:
    return Grid((name, "meaning"), tuple((f"`{key}`", said) for key, said in rows.items()))


def _keys(schema: Mapping[str, Any]) -> Grid:
    keys = schema["properties"].items()
    return _grid("key", {key: each["description"] for key, each in keys if "description" in each})
