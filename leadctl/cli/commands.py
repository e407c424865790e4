"""The commands, in the order of the help, and the module of this room that declares each."""

from __future__ import annotations

from collections.abc import Mapping

#: The commands by what people want of them, and where each is declared.
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Every day": {
        "prospects": "today",
        "touch": "clockwork",
        "snooze": "clockwork",
        "todo": "todo",
        "list": "look",
        "show": "look",
    },
    "Change": {
        "add": "change",
        "edit": "change",
        "set-status": "change",
        "set": "change",
        "remove": "change",
        "pin": "clockwork",
        "dismiss": "clockwork",
    },
    "Look": {
        "overview": "glance",
        "pipeline": "today",
        "board": "today",
        "report": "reporting",
        "history": "look",
        "values": "look",
    },
    "Trade": {
        "plan": "plan",
        "advance": "clockwork",
        "draft": "composing",
        "remind": "remind",
        "schedule": "remind",
    },
    "Book": {
        "init": "keep",
        "stages": "staging",
        "check": "keep",
        "undo": "undo",
        "convert": "keep",
        "doctor": "keep",
        "import": "bring",
        "export": "bring",
        "export-person": "privacy",
        "forget": "privacy",
        "completion": "completion",
        "help": "helping",
    },
}
#: Only the module of the command is loaded for a call.
COMMANDS: Mapping[str, str] = {
    name: module for section in SECTIONS.values() for name, module in section.items()
}
#: Those that the short help sums up.
FIRST: Mapping[str, str] = next(iter(SECTIONS.values()))
#: Pages of the help that are about no single command: `leadctl help TOPIC`.
TOPICS = ("query", "stages", "formats", "exit-codes", "environment", "cron", "files", "safety")
