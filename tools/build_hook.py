"""Puts the manual into the wheel: the pages are made from the program while it is built."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualHook(BuildHookInterface):
    """Adds `share/man` to what is installed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the pages beside the build, and name each with its place."""
        if version == "editable":
            # What is being worked on has no manual yet.
            return
        sys.path.insert(0, self.root)
        from tools.man_pages import write

        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        for name in write(folder):
            build_data["shared_data"][str(folder / name)] = f"share/man/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was written beside the build."""
        if version != "editable":
            self._folder.cleanup()
