"""What others can do and leadctl cannot, or not as well: the reasons to take one of them."""

from __future__ import annotations

from bench.comparison.probing import Cell, Row
from bench.comparison.rules import STARTS

_NOT_IN_THE_WORDS = r"does not happen"

STRENGTHS = (
    Row(
        "instant",
        "It needs less than 20 milliseconds of the processor to start",
        STARTS,
        yes=r"^1?\d ms",
    ),
    Row(
        "standard-files",
        "Its files are a standard of their own, which telephones and servers understand",
        "grep -rlsE 'BEGIN:(VCARD|VTODO)' ~ | head -n 1",
        yes=r"\.(vcf|ics)",
    ),
    Row(
        "packaged",
        "Debian brings it",
        "apt-cache policy {tool} | head -n 3",
        yes=r"Candidate: \d",
        cells={
            "taskwarrior": Cell("apt-cache policy taskwarrior | head -n 3"),
            "recutils": Cell("apt-cache policy recutils | head -n 3"),
            "todoman": Cell("apt-cache policy todoman | head -n 3"),
        },
    ),
    Row(
        "web-app",
        "A web app comes with it",
        "{tool} serve --help",
        yes=r"127\.0\.0\.1|--port\b",
    ),
    Row(
        "sync",
        "It synchronises with a server by itself",
        "{tool} sync --help",
        yes=r"(?i)usage:.*\bsync\b(?s:.)*\[exit 0\]",
        cells={
            "taskwarrior": Cell("task help | grep -i sync", yes="(?i)server"),
            "khard": Cell(note="vdirsyncer does it for its files"),
            "todoman": Cell(note="vdirsyncer does it for its files"),
            "hermitcrm": Cell(
                "{tool} backup --help; {tool} sync --help",
                note="mail and calendar come in; a backup goes out",
            ),
        },
    ),
    Row(
        "recurring",
        "Tasks that come again at a fixed rhythm",
        "leadctl todo add ada 'call' --due tomorrow --repeat month",
        yes=r"\[exit 0\]",
        cells={
            "taskwarrior": Cell("task add due:tomorrow recur:monthly call"),
            "recutils": Cell("recins --help | grep -i -e recur -e repeat"),
            "khard": Cell("khard new --help | grep -i -e recur -e repeat"),
            "hermitcrm": Cell("hermitcrm help tasks | grep -i -e recur -e repeat"),
            "todoman": Cell("todo new --help | grep -i -e recur -e repeat"),
        },
    ),
    Row(
        "joins",
        "Any two kinds of records are joined and grouped in a question",
        "{tool} --help | grep -i -w -e join -e joins",
        yes=r"(?i)\bjoin|count_id",
        cells={
            "recutils": Cell(
                "recsel -t Contact -G status -p 'status,Count(id)' contacts.rec", yes="Count_id"
            ),
        },
    ),
    Row(
        "hooks",
        "Programs of your own run at every change",
        "{tool} --help | grep -i hook",
        yes="hook",
        cells={
            "taskwarrior": Cell(
                "mkdir -p ~/.task/hooks; printf '#!/bin/sh\\nread a; echo \"$a\"; echo hooked\\n' "
                "> ~/.task/hooks/on-add-x; chmod +x ~/.task/hooks/on-add-x; task add Mary",
                yes="hooked",
            )
        },
    ),
    Row(
        "own-reports",
        "Lists with columns, filter and order of your own are kept under a name",
        "sed -i \"s/^  # spring-clean: .*/  mine: 'status:Engage'/; s/^# *views:/views:/\" "
        "stages.yaml; leadctl list @mine -f ids; leadctl mine",
        yes=_NOT_IN_THE_WORDS,
        partly="grace-hopper",
        cells={
            "leadctl": Cell(note="the filter only; columns and order are options"),
            "taskwarrior": Cell(
                "printf 'report.mine.columns=description,crm\\nreport.mine.filter=crm:Engage\\n' "
                ">> ~/.taskrc; task mine",
                yes="Ada Lovelace +Engage",
            ),
            "recutils": Cell("{tool} mine contacts.rec"),
            "khard": Cell("{tool} mine"),
            "hermitcrm": Cell(
                "{tool} help adjust-dashboards | head -n 20",
                yes=_NOT_IN_THE_WORDS,
                partly="(?i)dashboard",
                note="dashboards, in the web app",
            ),
            "todoman": Cell("{tool} mine"),
        },
    ),
    Row(
        "full-screen",
        "One record is edited in a form on the whole terminal",
        "{tool} edit --help",
        yes=r"(?i)interactive mode",
        partly=r"(?i)\beditor\b",
        cells={
            "taskwarrior": Cell("task help | grep -w edit", partly="edit", note="in your editor"),
            "khard": Cell("khard --help | grep edit", partly="edit", note="in your editor"),
        },
    ),
    Row(
        "agents",
        "A server for the assistants of other makers (MCP)",
        "{tool} mcp --help",
        yes=r"(?i)usage: (?s:.)*mcp(?s:.)*\[exit 0\]",
    ),
)
