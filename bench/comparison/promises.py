"""What somebody who keeps contacts in files expects of a program on the command line."""

from __future__ import annotations

from bench.comparison.probing import Cell, Row

_THREE = "Ada Lovelace(?s:.)*Grace Hopper(?s:.)*Wang|Wang(?s:.)*Grace Hopper(?s:.)*Ada Lovelace"
_ALL_BACK = r"Ada Lovelace.*Engage(?s:.)*Grace Hopper.*Engage"
_NO_CHANGE_OF_MANY = "it changes one contact at a time"
_NOT_THE_TRADE = "not what it is for"
_NOT_A_TABLE = Cell(nothing="it prints records, no table")
_LONG = "A very long company name that goes on and on until no terminal is wide enough for it any"
#: Where the `@` of each line stands, in columns of a terminal.
_COLUMNS_OF_SIGN = (
    "python -c 'import sys, wcwidth; "
    'print(*(wcwidth.wcswidth(line[:line.index("@")].rsplit(" ", 1)[0] + " ") '
    'for line in sys.stdin if "@" in line))\''
)

PROMISES = (
    Row(
        "change-many",
        "Many are changed by one command that says whom, by a query",
        "{all}; {list}",
        yes=r"Ada Lovelace.*Future(?s:.)*Grace Hopper.*Future",
        cells={
            "taskwarrior": Cell(yes=r"Ada Lovelace .*Future(?s:.)*Grace Hopper .*Future"),
            "recutils": Cell(yes=r"(?s)Future.*Future"),
            "khard": Cell("khard edit -i /dev/null categories:Engage", note=_NO_CHANGE_OF_MANY),
            "hermitcrm": Cell("{all}", yes="2 companies changed"),
            "todoman": Cell(
                "todo done 1 2; todo list",
                yes="does not happen",
                partly=r"(?m)^\[ \] 3 .*\n\[exit 0\]",
                note="only `done`, `cancel`, `delete` and `move`, with numbers, not a query",
            ),
        },
    ),
    Row(
        "plan-first",
        "Whom a query would change is shown and asked first",
        "answer n '{many}'; {list}",
        yes=r"(?is)match.*\[y/n\].*Ada Lovelace.*Engage",
        cells={
            "taskwarrior": Cell(
                "answer no 'task rc.bulk=2 crm:Engage modify crm:Future'; {list}",
                yes=r"(?is)alter 2 tasks.*yes/no.*Ada Lovelace +ada@example.com +Engage",
                note="from three tasks on (`bulk`)",
            ),
            "hermitcrm": Cell("{many}", yes="(?s)2 would change.*--apply"),
        },
    ),
    Row(
        "no-silent-bulk",
        "Where nobody can be asked, a query changes nobody without an explicit yes",
        "{many} </dev/null; {list}",
        yes=r"Ada Lovelace.*Engage(?s:.)*Grace Hopper.*Engage",
        cells={
            "recutils": Cell(yes="(?s)Engage.*Engage"),
            "hermitcrm": Cell("{many}; grep stage: ../data/companies/ada*/company.md", yes="engag"),
            "khard": Cell(nothing=_NO_CHANGE_OF_MANY),
            "todoman": Cell(nothing=_NO_CHANGE_OF_MANY),
        },
    ),
    Row(
        "undo-many",
        "A change of many is taken back as one",
        "{all} >/dev/null; {undo}; {list}",
        yes=_ALL_BACK,
        cells={
            "taskwarrior": Cell(
                yes=_ALL_BACK,
                partly="Engage",
                note="`undo` takes back one task at a time",
            ),
            "recutils": Cell(yes="reverted"),
            "hermitcrm": Cell(
                "{all} >/dev/null; {undo}; grep stage: ../data/companies/[ag]*/company.md",
                yes="(?s)engaged.*engaged",
            ),
            "khard": Cell(nothing=_NO_CHANGE_OF_MANY),
            "todoman": Cell(nothing=_NO_CHANGE_OF_MANY),
        },
    ),
    Row(
        "query",
        "Questions join fields, ranges and negation",
        "leadctl list status:Engage created:..today -email:grace",
        yes=r"^(?!(?s:.)*Grace)(?s:.)*Ada",
        cells={
            "taskwarrior": Cell(
                "task crm:Engage entry.before:tomorrow email.isnt:grace@example.com list"
            ),
            "recutils": Cell("recsel -e \"status = 'Engage' && !(email ~ 'grace')\" contacts.rec"),
            "khard": Cell(
                "khard list categories:Engage name:Ada; khard list categories:Engage not:grace",
                yes="does not happen",
                partly="Ada",
                note="fields, all of which must hold",
            ),
            "hermitcrm": Cell(
                "hermitcrm set companies --where stage=engaged --where 'name=!Grace Hopper' "
                "--add-tag x; hermitcrm set companies --where stage=engaged "
                "--where 'name=Ada Lovelace' --add-tag x",
                partly="ada-lovelace",
                yes=r"(?m)^1 company matches(?s:.)*^1 company matches",
                note="fields and ranges",
            ),
            "todoman": Cell(
                "todo list --location Engage --grep Ada",
                yes="does not happen",
                partly="Ada",
                note="fields, all of which must hold",
            ),
        },
    ),
    Row(
        "query-mistake",
        "An unknown field in a question is an error, not an empty answer",
        "leadctl list statsu:Engage",
        yes=r"(?i)\[exit [1-9]",
        cells={
            "taskwarrior": Cell("task statsu:Engage list"),
            "recutils": Cell("recsel -t Contact -e \"statsu = 'Engage'\" contacts.rec"),
            "khard": Cell("khard list statsu:Engage"),
            "hermitcrm": Cell("hermitcrm set companies --where statsu=Engage --add-tag x"),
            "todoman": Cell("todo list --statsu Engage"),
        },
    ),
    Row(
        "dates-in-words",
        "Dates in words",
        'leadctl todo add ada "call" --due "in 3 days"',
        yes=r"20\d\d-",
        cells={
            "taskwarrior": Cell("task 1 modify due:friday; task _get 1.due"),
            "recutils": Cell(
                "recset -t Contact -e \"id = 'ada'\" -f touched -S yesterday contacts.rec; "
                "recsel -t Contact -e \"touched >> '2 days ago'\" -p name contacts.rec",
                yes="Ada",
            ),
            "khard": Cell(
                "khard show --format yaml ada | sed 's/^Birthday.*/Birthday: yesterday/' > a; "
                "yes yes | khard edit -i a ada; khard birthdays",
                yes="Ada",
            ),
            "hermitcrm": Cell(
                "hermitcrm set companies --all --set next_step_due=friday --apply",
                yes="changed in one",
            ),
            "todoman": Cell("todo new --due tomorrow Mary", yes=r"Mary"),
        },
    ),
    Row(
        "stable-ids",
        "The short name of a contact stays the same when others go",
        "{remove} --yes >/dev/null; leadctl show grace-hopper",
        yes="Grace Hopper",
        cells={
            "taskwarrior": Cell(
                "task _get 2.uuid; task rc.confirmation=off 1 delete >/dev/null; task list "
                ">/dev/null; task _get 2.uuid",
                yes=r"^(\S+)\n\1\n",
                partly="-",
                note="numbers move up; the UUID stays",
            ),
            "recutils": Cell("{remove}; recsel -e \"id = 'grace'\" contacts.rec"),
            "khard": Cell("khard remove --force Ada; khard show uid:grace"),
            "hermitcrm": Cell("rm -r ../data/companies/ada*; hermitcrm show grace-hopper"),
            "todoman": Cell("{remove} --yes; todo list"),
        },
    ),
    Row(
        "formula-guard",
        "A name that is a formula does nothing in a spreadsheet",
        "leadctl add '=1+1' >/dev/null; leadctl list -f csv --columns name",
        yes=r"(?m)^\"?'=1\+1",
        cells={
            "taskwarrior": Cell(nothing="it writes no CSV"),
            "recutils": Cell("{add} '=1+1'; rec2csv contacts.rec"),
            "khard": Cell(nothing="it writes no CSV"),
            "hermitcrm": Cell(
                "hermitcrm add company '=1+1 Ltd'; hermitcrm export -o x.zip; "
                "unzip -p x.zip companies.csv",
                yes=r"'=1\+1",
            ),
            "todoman": Cell(nothing="it writes no CSV"),
        },
    ),
    Row(
        "mistake-located",
        "A mistake typed into a file is told with file and line",
        "sed -i 's/status: Engage/status: Engaged/' contacts.yaml; leadctl check",
        yes=r"contacts\.yaml:\d+",
        cells={
            "taskwarrior": Cell(
                "sed -i '1s/\"]$//;1s/]$//' ~/.task/pending.data; task list",
                yes=r"pending\.data.*\b1\b|line 1",
            ),
            "recutils": Cell(
                "sed -i 's/status: Engage/status: Engaged/' contacts.rec; recfix contacts.rec",
                yes=r"contacts\.rec:\s*\d+",
            ),
            "khard": Cell(
                "sed -i 's/^END.*//' ~/cards/ada.vcf; khard list",
                yes=r"ada\.vcf\n.*At line \d+",
            ),
            "hermitcrm": Cell(
                "sed -i 's/^stage: .*/stage: engagd/' ../data/companies/ada*/company.md; "
                "hermitcrm check",
                yes=r"company\.md:\d+|line \d+",
                partly=r"companies/ada-lovelace:",
                note="the file, not the line",
            ),
            "todoman": Cell(
                "sed -i 's/^END:VTODO.*//' {file}; todo list",
                yes=r"\.ics:\d+",
                partly=r"\.ics",
                note="the file, not the line",
            ),
        },
    ),
    Row(
        "bad-record",
        "One broken record hides none of the others",
        "sed -i 's/name: Ada Lovelace/name: [Ada/' contacts.yaml; leadctl list",
        yes="Grace Hopper(?s:.)*Wang|Wang(?s:.)*Grace Hopper",
        cells={
            "taskwarrior": Cell("sed -i '1s/]$//' ~/.task/pending.data; task list"),
            "recutils": Cell("sed -i 's/^name: Ada/name Ada/' contacts.rec; recsel contacts.rec"),
            "khard": Cell(
                "sed -i 's/^END.*//' ~/cards/ada.vcf; khard list; khard --skip-unparsable list",
                partly="Grace Hopper",
                yes=r"Grace Hopper(?s:.)*Grace Hopper",
                note="with `--skip-unparsable`",
            ),
            "hermitcrm": Cell(
                "printf -- '---\\n: [\\n---\\n' > ../data/companies/ada-lovelace/company.md; "
                "{list}",
                yes="(?s)grace-hopper.*wang",
            ),
            "todoman": Cell("sed -i 's/^END:VTODO.*//' {file}; todo list"),
        },
    ),
    Row(
        "comments",
        "A comment in a file of data survives a change",
        "sed -i '1i # my own words' {file}; {change} >/dev/null && grep 'my own' {file}",
        yes="(?m)^# my own words",
        cells={
            "hermitcrm": Cell(
                "sed -i '2i # my own words' {file}; {change} >/dev/null && grep 'my own' {file}"
            ),
            "khard": Cell(nothing="vCards have no comments"),
            "todoman": Cell(nothing="iCalendar files have no comments"),
        },
    ),
    Row(
        "two-writers",
        "Ten writers at once, and nothing is lost",
        'for i in 1 2 3 4 5 6 7 8 9 10; do {add} "Mary Kies $i" >/dev/null 2>&1 & done; wait; '
        "{list} | grep -c 'Mary Kies'",
        yes=r"(?m)^10\n",
        cells={
            "leadctl": Cell(
                'for i in 1 2 3 4 5 6 7 8 9 10; do leadctl add "Mary Kies $i" >/dev/null 2>&1 & '
                "done; wait; leadctl list -f ids mary | grep -c mary"
            ),
            "recutils": Cell(
                "for i in 1 2 3 4 5 6 7 8 9 10; do recins -t Contact -f id -v n$i -f status -v New "
                '-f name -v "Mary Kies $i" contacts.rec >/dev/null 2>&1 & done; wait; '
                "recsel contacts.rec | grep -c 'Mary Kies'"
            ),
            "khard": Cell(
                'for i in 1 2 3 4 5 6 7 8 9 10; do printf "First name: Mary\\nLast name: Kies $i'
                "\\n\" | khard new >/dev/null 2>&1 & done; wait; khard list | grep -c 'Mary Kies'"
            ),
            "hermitcrm": Cell(
                'for i in 1 2 3 4 5 6 7 8 9 10; do {add} "Mary Kies $i" >/dev/null 2>&1 & done; '
                "wait; ls ../data/companies | grep -c mary"
            ),
        },
    ),
    Row(
        "killed",
        "Killed in the middle of a change, again and again, the data stay readable",
        "for t in 02 05 08 10 12 14 16 18 20 25 30 40; do "
        "timeout -s KILL 0.$t bash -c '{change}' >/dev/null 2>&1; done; {list}",
        yes=_THREE,
        cells={
            "taskwarrior": Cell(
                "for t in 002 004 006 008 010 015 020 030; do timeout -s KILL 0.$t {change} "
                ">/dev/null 2>&1; done; {list}"
            ),
            "recutils": Cell(
                "for t in 001 002 003 004 006 008 010 020; do timeout -s KILL 0.$t {change}; "
                "done >/dev/null 2>&1; {list}"
            ),
            "khard": Cell(
                "khard show --format yaml ada | sed s/Engage/Future/ > a.yaml; for t in 10 20 25 "
                "30 35 40 50; do timeout -s KILL 0.$t sh -c 'yes yes | khard edit -i a.yaml ada'; "
                "done >/dev/null 2>&1; {list}"
            ),
            "hermitcrm": Cell(
                "for t in 10 20 25 30 35 40 50 60; do timeout -s KILL 0.$t {change} >/dev/null "
                "2>&1; done; {list}",
                yes="(?s)ada-lovelace.*grace-hopper.*wang",
            ),
        },
    ),
    Row(
        "uncut",
        "Tables in a pipe are whole: nothing is cut or wrapped",
        f"leadctl set ada company='{_LONG}' >/dev/null; leadctl list | cat",
        yes=_LONG,
        cells={
            "taskwarrior": Cell(f"task 1 modify '{_LONG}' >/dev/null; task list | cat"),
            "recutils": _NOT_A_TABLE,
            "khard": Cell(f"sed -i 's/^N:.*/N:{_LONG};;;;\\r/' ~/cards/ada.vcf; khard list | cat"),
            "hermitcrm": _NOT_A_TABLE,
            "todoman": Cell(f"todo new '{_LONG}' >/dev/null; todo list | cat"),
        },
    ),
    Row(
        "wide-signs",
        "Columns stand straight behind wide signs, as of 王美玲",
        f"{{list}} | {_COLUMNS_OF_SIGN}",
        yes=r"(?m)^(\d+) \1 \1$",
        cells={
            "leadctl": Cell(f"leadctl list --columns name,email | {_COLUMNS_OF_SIGN}"),
            "khard": Cell(f"khard list --fields name,emails | {_COLUMNS_OF_SIGN}"),
            "recutils": _NOT_A_TABLE,
            "hermitcrm": _NOT_A_TABLE,
            "todoman": Cell(nothing="it has no column behind the name"),
        },
    ),
    Row(
        "reads-write-nothing",
        "A list writes nothing beside the data",
        "look() { ls -laR --time-style=full-iso ~/work ~/cards ~/cal ~/.task ~/data 2>&1; }; "
        "{list} >/dev/null; look > ~/before; sleep 0.1; {list} >/dev/null; "
        "look | diff ~/before - && echo same",
        yes=r"(?m)^same$",
    ),
    Row(
        "small-diffs",
        "The data are text, and a change of one contact is a diff of a few lines",
        "(git init -q; git add -A; git -c user.email=a@b.c -c user.name=m commit -qm 1; "
        "{change}) >/dev/null 2>&1; git diff --stat",
        yes=r"\b[1-9] insertions?",
        cells={
            "taskwarrior": Cell(
                "cp -r ~/.task ~/work/t; cd t; git init -q; git add pending.data; {change} "
                ">/dev/null; git diff --no-index --stat pending.data ~/.task/pending.data",
            ),
            "khard": Cell(
                "cp ~/cards/ada.vcf b; {change} >/dev/null 2>&1; git diff --no-index --stat b "
                "~/cards/ada.vcf",
                yes=r"\b[1-9] insertions?",
                partly="insertion",
                note="the whole card is written anew",
            ),
            "hermitcrm": Cell("{change} >/dev/null; git -C ~/data diff --stat HEAD~1"),
            "todoman": Cell(
                "cp {file} b; {change} >/dev/null 2>&1; git diff --no-index --stat b {file}",
                partly="insertion",
            ),
        },
    ),
    Row(
        "whom-today",
        "It says by itself whom to contact today, and why",
        "leadctl prospects --columns id,reasons",
        yes=r"wang .*no touch yet",
        cells={
            "taskwarrior": Cell(
                "task 1 modify due:today >/dev/null; task next",
                yes="does not happen",
                partly=r"Ada",
                note="tasks by urgency, with a due date that you have given",
            ),
            "recutils": Cell(nothing=_NOT_THE_TRADE),
            "khard": Cell(nothing=_NOT_THE_TRADE),
            "hermitcrm": Cell(
                "hermitcrm add interaction ada-lovelace --channel email --direction out --body hi "
                "--date 2026-01-05; hermitcrm followups; hermitcrm keep-in-touch",
                yes=r"(?i)ada",
                note="replies that are owed, and people not heard from",
            ),
            "todoman": Cell(
                "todo list --due 48",
                yes="does not happen",
                partly="Ada",
                note="what is due, by a date that you have given",
            ),
        },
    ),
    Row(
        "follow-ups",
        "A follow-up belongs to a contact and a day",
        "leadctl todo add ada 'send the plan' --due tomorrow; leadctl todo list",
        yes=r"Ada Lovelace +send the plan",
        cells={
            "taskwarrior": Cell(
                "task add project:Ada due:tomorrow send the plan; task project:Ada list",
                yes="send the plan",
            ),
            "recutils": Cell(
                "printf '\\n%%rec: Todo\\n%%type: who rec Contact\\n\\nwho: ada\\nwhat: send the "
                "plan\\ndue: 2026-11-23\\n' >> contacts.rec; "
                "recsel -t Todo -j who -p who_name,what contacts.rec",
                yes="(?s)Ada Lovelace.*send the plan",
                note="a second type of record, joined",
            ),
            "khard": Cell(nothing=_NOT_THE_TRADE),
            "hermitcrm": Cell(
                'hermitcrm set companies --where "name=Ada Lovelace" --set next_step="send the '
                'plan" --set next_step_due=2026-11-23 --apply; hermitcrm show ada-lovelace',
                yes="send the plan",
                note="one next step for each company, and tasks in the web app",
            ),
            "todoman": Cell(
                "todo new --due '' --location Ada 'send the plan'; todo list --location Ada",
                yes="send the plan",
            ),
        },
    ),
    Row(
        "plans",
        "A plan of several steps is begun for a contact by one command",
        "leadctl plan list; leadctl plan apply $(leadctl plan list -f ids | head -n 1) ada; "
        "leadctl todo list",
        yes=r"(?s)Ada Lovelace.*Ada Lovelace",
        cells={
            "taskwarrior": Cell("task help | grep -i -e plan -e template"),
            "recutils": Cell(nothing=_NOT_THE_TRADE),
            "khard": Cell(nothing=_NOT_THE_TRADE),
            "hermitcrm": Cell(
                "hermitcrm routines list",
                yes="does not happen",
                partly="routine",
                note="routines of an AI that prepare drafts",
            ),
            "todoman": Cell("todo plan", note="no command of that kind"),
        },
    ),
    Row(
        "reasons",
        "A status can ask for a reason or a note, also when many are changed",
        "leadctl init c --preset calling >/dev/null; leadctl -b c add 'Mary Kies' >/dev/null; "
        "leadctl -b c set-status Disqualified --all --yes -m 'no answer'",
        yes=r"(?i)needs? a reason",
        cells={
            "taskwarrior": Cell("task crm:Engage modify crm:Lost", yes="reason"),
            "recutils": Cell(
                "recset -t Contact -e \"status = 'Engage'\" -f status -s Lost contacts.rec",
                yes="reason",
                partly="integrity",
                note="only the values of a type are held, not what goes with them",
            ),
            "khard": Cell(nothing=_NOT_THE_TRADE),
            "hermitcrm": Cell("hermitcrm set companies --all --stage lost --apply", yes="reason"),
            "todoman": Cell(nothing=_NOT_THE_TRADE),
        },
    ),
    Row(
        "history",
        "It tells what happened to a contact, and when",
        "{change} >/dev/null; leadctl history ada",
        yes="Engage → Future",
        cells={
            "taskwarrior": Cell("{change} >/dev/null; task 1 info", yes="(?i)crm.*changed.*Future"),
            "recutils": Cell(nothing="it keeps no history; git can"),
            "khard": Cell(nothing="it keeps no history; git can"),
            "hermitcrm": Cell(
                "{change} >/dev/null; git -C ~/data log --oneline -- companies/ada-lovelace; "
                "grep -A 9 stage_history {file}",
                yes="(?i)offer",
            ),
            "todoman": Cell(nothing="it keeps no history; git can"),
        },
    ),
    Row(
        "reports",
        "Reports of the trade: ways through the statuses, sources, losses",
        "{change} >/dev/null; leadctl report funnel; leadctl report sources; leadctl report lost",
        yes=r"\[exit 0\]",
        cells={
            "taskwarrior": Cell(
                "task summary; task stats; task burndown.daily",
                yes="does not happen",
                partly="Pending",
                note="of tasks: summary, burndown, history",
            ),
            "recutils": Cell(
                "recsel -t Contact -G status -p 'status,Count(id)' contacts.rec",
                yes="does not happen",
                partly="Count_id",
                note="groups and counts",
            ),
            "khard": Cell(nothing=_NOT_THE_TRADE),
            "hermitcrm": Cell("hermitcrm report", yes="(?i)funnel"),
            "todoman": Cell(nothing=_NOT_THE_TRADE),
        },
    ),
    Row(
        "as-of",
        "It answers as on another day, past or to come",
        "leadctl list --as-of tomorrow >/dev/null && leadctl prospects --as-of +30d",
        yes=r"Ada Lovelace.*overdue",
        cells={
            "taskwarrior": Cell("task rc.now=2026-12-24 next", yes="overdue"),
            "recutils": Cell(nothing=_NOT_THE_TRADE),
            "khard": Cell(nothing=_NOT_THE_TRADE),
            "hermitcrm": Cell(
                "hermitcrm report --to 2026-10-01",
                yes="does not happen",
                partly=r"2026-10-01",
                note="a report of a period",
            ),
            "todoman": Cell(nothing=_NOT_THE_TRADE),
        },
    ),
    Row(
        "same-person-twice",
        "The same address twice is noticed",
        "leadctl add 'A. Lovelace' --email ADA@example.com",
        yes=r"(?i)known already.*(?s:.)*\[exit [1-9]",
        cells={
            "taskwarrior": Cell("task add 'A. Lovelace' email:ada@example.com"),
            "recutils": Cell(
                "sed -i 's/^%key.*/%key: email/' contacts.rec; {add} 'A. Lovelace' "
                "-f email -v ada@example.com",
                yes="does not happen",
                partly=r"integrity|exit 1",
                note="where the address is the key",
            ),
            "khard": Cell(
                "printf 'From: A. Lovelace <ada@example.com>\\n\\n' | timeout 5 khard add-email",
                yes="Found in contacts",
            ),
            "hermitcrm": Cell(
                "for n in Ada Augusta; do hermitcrm add contact ada-lovelace $n --email "
                "ada@example.com; done",
                yes="(?i)already|exists|same|duplicate",
            ),
            "todoman": Cell(nothing="it has no addresses"),
        },
    ),
    Row(
        "csv-import",
        "A table of a spreadsheet comes in, twice without doubles",
        "printf 'Name;E-mail;Phone\\nMary Kies;mary@example.com;555\\n' > t.csv; "
        "leadctl import t.csv; leadctl import t.csv",
        yes="(?s)1 new.*1 same",
        cells={
            "taskwarrior": Cell(
                "printf 'description\\nMary Kies\\n' > t.csv; task import t.csv", yes="Imported 1"
            ),
            "recutils": Cell(
                "printf 'id,name\\nmary,Mary Kies\\n' > t.csv; csv2rec t.csv",
                yes="does not happen",
                partly="Mary Kies",
                note="as new records",
            ),
            "khard": Cell("khard import t.csv", note="vCards only"),
            "hermitcrm": Cell(
                "printf 'Company,Country\\nKies Ltd,DE\\n' > t.csv; for i in 1 2; do "
                "hermitcrm import --mode companies --apply t.csv; done",
                yes="(?si)1.*(0 new|skip|exist|duplicate|0 created|no change)",
            ),
            "todoman": Cell("todo import t.csv"),
        },
    ),
    Row(
        "mail",
        "It mails the day, or prints what cron can mail",
        "leadctl remind; leadctl schedule cron",
        yes=r"(?s)to contact on.*\* \* \*",
        cells={
            "taskwarrior": Cell("task next", yes="Ada", note="the list, as cron mails it"),
            "recutils": Cell(nothing=_NOT_THE_TRADE),
            "khard": Cell(
                "khard birthdays",
                yes="does not happen",
                partly="Found no|Index|birth",
                note="birthdays",
            ),
            "hermitcrm": Cell("hermitcrm brief; hermitcrm schedule --help", yes="(?s)usage"),
            "todoman": Cell("todo list", yes="Ada", note="the list, as cron mails it"),
        },
    ),
)
