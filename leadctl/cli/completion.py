"""The command that prints what a shell needs to complete leadctl: completion."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from leadctl.cli.group import Command

app = typer.Typer()


class Shell(StrEnum):
    """The shells that can be taught to complete leadctl."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@app.command("completion", cls=Command)
def completion(
    shell: Annotated[
        Shell,
        typer.Argument(
            metavar="SHELL", help="bash, zsh or fish: the shell that is to read the script."
        ),
    ],
) -> None:
    """Print the script that completes leadctl on TAB in a shell.

    It offers commands and options, and out of the book ids, fields, statuses, tags, sources and
    the like; names and other free text never. Nothing that it offers is run, and nothing is
    written.

    \b
    Where the shells look for it:
      bash  ~/.local/share/bash-completion/completions/leadctl
      zsh   a folder in $fpath, as _leadctl
      fish  ~/.config/fish/completions/leadctl.fish

    \b
    Examples:
      leadctl completion bash
      leadctl completion zsh
      leadctl completion fish
    """
    from importlib.resources import files
    from sys import stdout

    script = files("leadctl") / "completions" / f"leadctl.{shell.value}"
    stdout.write(script.read_text(encoding="ascii"))
