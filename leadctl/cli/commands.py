"""The commands, in the order of the help, and the module of this room that declares each."""

#: Where each command is declared; only that module is loaded for a call.
COMMANDS: dict[str, str] = {
    "prospects": "today",
    "pipeline": "today",
    "report": "reporting",
    "touch": "clockwork",
    "snooze": "clockwork",
    "pin": "clockwork",
    "dismiss": "clockwork",
    "todo": "todo",
    "draft": "composing",
    "list": "look",
    "show": "look",
    "history": "look",
    "values": "look",
    "add": "change",
    "set-status": "change",
    "set": "change",
    "import": "bring",
    "export-person": "privacy",
    "forget": "privacy",
    "init": "keep",
    "stages": "staging",
    "check": "keep",
    "undo": "undo",
    "completion": "completion",
}
