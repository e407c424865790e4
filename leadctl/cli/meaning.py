"""A word that is no command → what was meant by it, also by those who know other tools."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from leadctl.errors import RequestError
from leadctl.matching import closest

#: What other programs call it → what leadctl does; the first that there is.
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("ls", "search", "find", "grep", "query", "contacts"), ("list",)),
    **dict.fromkeys(("cat", "info", "view", "get", "open"), ("show",)),
    **dict.fromkeys(("rm", "del", "delete", "drop"), ("remove", "forget")),
    **dict.fromkeys(("mv", "move", "status"), ("move", "set-status")),
    **dict.fromkeys(("new", "create"), ("add",)),
    **dict.fromkeys(("log", "journal", "events"), ("history",)),
    **dict.fromkeys(("done", "do", "finish", "complete", "close"), ("done", "todo done")),
    **dict.fromkeys(("task", "tasks", "remember", "followup", "follow-up"), ("todo",)),
    **dict.fromkeys(("call", "called", "contact", "note", "contacted"), ("touch",)),
    **dict.fromkeys(("today", "next", "due", "agenda", "inbox"), ("prospects",)),
    **dict.fromkeys(("modify", "mod", "update", "change", "tag"), ("set",)),
    **dict.fromkeys(("revert", "rollback", "reset"), ("undo",)),
    **dict.fromkeys(("load", "ingest"), ("import",)),
    **dict.fromkeys(("dump", "save"), ("export", "list")),
    **dict.fromkeys(("lint", "validate", "verify", "fsck"), ("check",)),
    **dict.fromkeys(("stats", "count", "summary"), ("report",)),
    **dict.fromkeys(("kanban", "funnel"), ("board", "pipeline")),
    **dict.fromkeys(("wait", "later", "postpone", "defer"), ("snooze",)),
    **dict.fromkeys(("mail", "email", "send", "write"), ("draft",)),
    **dict.fromkeys(("man", "usage", "commands"), ("help",)),
    "cron": ("schedule",),
    "digest": ("remind",),
    "gdpr": ("export-person",),
    "statuses": ("stages",),
    "version": ("--version",),
}


def no_command(word: str, known: Collection[str], *, group: str = "") -> RequestError:
    """What is said of *word*, which is none of the *known* commands of *group*, or of leadctl."""
    before = f"leadctl {group}" if group else "leadctl"
    meant = _elsewhere(word.lower(), known) or closest(word, known)
    otherwise = "`leadctl help` lists all commands"
    if group:
        otherwise = f"{before} has: {', '.join(known)}"
    if group == "plan":
        otherwise = f"to begin a plan: leadctl plan apply {word} WHO; {otherwise}"
    hint = f"did you mean `{before} {meant}`?" if meant else otherwise
    return RequestError(f'no command named "{word}"', hint=hint)


def no_topic(words: str, known: Collection[str]) -> RequestError:
    """What is said of *words*, which name none of the *known* pages of the help."""
    meant = _elsewhere(words.lower(), known) or closest(words, known)
    hint = f"did you mean `leadctl help {meant}`?" if meant else "`leadctl help` lists all"
    return RequestError(f'no command and no topic named "{words}"', hint=hint)


def _elsewhere(word: str, known: Collection[str]) -> str:
    # An option of leadctl is no command, and always there.
    return next(
        (each for each in ELSEWHERE.get(word, ()) if each[0] == "-" or each.split()[0] in known),
        "",
    )
