"""The programs that are compared: how each is asked for the same thing, and a home for it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.theirs import BIN

#: Where this leadctl is installed.
OUR_BIN = Path(sys.executable).parent
#: What the programs are looked for in; nothing else of the machine is seen by them.
PATH = f"{OUR_BIN}:{BIN}:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Tool:
    """One program."""

    name: str
    program: str
    #: What it is, in a few words.
    note: str
    #: What a probe may say in braces, such as `{list}`, and how this program says it.
    words: Mapping[str, str]
    #: A shell script that puts the same three people into an empty home.
    setup: str

    @property
    def is_there(self) -> bool:
        """True if it can be run."""
        return shutil.which(self.program, path=PATH) is not None

    def says(self, command: str) -> str:
        """*command* with the words of this program in the place of those in braces."""
        return re.sub(r"\{(\w+)\}", lambda word: self.words.get(word[1], word[0]), command)

    def version(self) -> str:
        """The version as the program tells it."""
        words = [shutil.which(self.program, path=PATH) or self.program, "--version"]
        told = subprocess.run(words, capture_output=True, text=True, check=False)
        found = re.search(r"\d+(\.\d+)+", told.stdout + told.stderr)
        return found[0] if found else "unknown"


_LEADCTL = Tool(
    "leadctl",
    "leadctl",
    "a CRM over flat files",
    {
        "tool": "leadctl",
        "list": "leadctl list",
        "helped": "leadctl list",
        "add": "leadctl add",
        "change": "leadctl set-status Future ada-lovelace",
        "many": "leadctl set-status Future --where status:Engage",
        "all": "leadctl set-status Future --where status:Engage --yes",
        "remove": "leadctl forget ada-lovelace",
        "wrong": "leadctl lsit",
        "missing": "leadctl show nobody-of-that-name",
        "undo": "leadctl undo",
        "file": "contacts.yaml",
    },
    """\
leadctl init . >/dev/null
leadctl add "Ada Lovelace" --email ada@example.com --status Engage
leadctl add "Grace Hopper" --email grace@example.com --status Engage
leadctl add "王美玲 Wang" --email mei@example.com
""",
)

_TASKWARRIOR = Tool(
    "taskwarrior",
    "task",
    "to-do lists; a task for each contact",
    {
        "tool": "task",
        "list": "task people",
        "helped": "task list",
        "add": "task add",
        "change": "task 1 modify crm:Future",
        "many": "task crm:Engage modify crm:Future",
        "all": "task rc.confirmation=off crm:Engage modify crm:Future",
        "remove": "task 1 delete",
        "wrong": "task lsit",
        "missing": "task 99 info",
        "undo": "task rc.confirmation=off undo",
        "file": "~/.task/pending.data",
    },
    """\
cat > ~/.taskrc <<'END'
news.version=2.6.0
uda.email.type=string
uda.crm.type=string
report.people.columns=id,description,email,crm
report.people.labels=ID,Name,Email,Status
report.people.filter=status:pending
END
task add "Ada Lovelace" email:ada@example.com crm:Engage
task add "Grace Hopper" email:grace@example.com crm:Engage
task add "王美玲 Wang" email:mei@example.com crm:New
""",
)

_RECUTILS = Tool(
    "recutils",
    "recsel",
    "a database in one text file, and five programs",
    {
        "tool": "recsel",
        "list": "recsel contacts.rec",
        "helped": "recsel",
        "add": "recins -t Contact -f id -v new -f status -v New contacts.rec -f name -v",
        "change": "recset -t Contact -n 0 -f status -s Future contacts.rec",
        "many": 'recset -t Contact -e status~\\"Engage\\" -f status -s Future contacts.rec',
        "all": 'recset -t Contact -e status~\\"Engage\\" -f status -s Future contacts.rec',
        "remove": "recdel -t Contact -n 0 contacts.rec",
        "wrong": "recsel --lsit contacts.rec",
        "missing": "recsel -t Contact -e 'id = \"nobody\"' contacts.rec",
        "undo": "recfix --undo contacts.rec",
        "file": "contacts.rec",
    },
    """\
cat > contacts.rec <<'END'
%rec: Contact
%key: id
%mandatory: name status
%type: status enum New Engage Future
%type: touched date

id: ada
name: Ada Lovelace
email: ada@example.com
status: Engage

id: grace
name: Grace Hopper
email: grace@example.com
status: Engage

id: mei
name: 王美玲 Wang
email: mei@example.com
status: New
END
""",
)

_KHARD = Tool(
    "khard",
    "khard",
    "an address book of vCards; the status is a category",
    {
        "tool": "khard",
        "list": "khard list",
        "helped": "khard list",
        "add": "khard new --name",
        "change": "khard show --format yaml ada | sed s/Engage/Future/ > a.yaml; "
        "yes yes | khard edit -i a.yaml ada",
        "many": "khard edit -i a.yaml categories:Engage",
        "all": "khard edit -i a.yaml categories:Engage",
        "remove": "khard remove Ada",
        "wrong": "khard lsit",
        "missing": "khard show nobody",
        "undo": "khard undo",
        "file": "~/cards/ada.vcf",
    },
    """\
mkdir -p ~/.config/khard ~/cards
printf '[addressbooks]\\n[[crm]]\\npath = ~/cards\\n[general]\\neditor = true\\n' \
> ~/.config/khard/khard.conf
card() {
printf 'BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nUID:%s\\r\\nFN:%s\\r\\nN:%s;;;;\\r\\n' "$1" "$2" "$2"
printf 'EMAIL;TYPE=work:%s@example.com\\r\\nCATEGORIES:%s\\r\\nEND:VCARD\\r\\n' "$1" "$3"
}
card ada "Ada Lovelace" Engage > ~/cards/ada.vcf
card grace "Grace Hopper" Engage > ~/cards/grace.vcf
card mei "王美玲 Wang" New > ~/cards/mei.vcf
""",
)

_HERMITCRM = Tool(
    "hermitcrm",
    "hermitcrm",
    "a CRM in Markdown files under git, with a web app; a company for each contact",
    {
        "tool": "hermitcrm",
        "list": "hermitcrm set companies --all --add-tag x",
        "helped": "hermitcrm set",
        "add": "hermitcrm add company",
        "change": 'hermitcrm set companies --where "name=Ada Lovelace" --stage offer --apply',
        "many": "hermitcrm set companies --where stage=engaged --stage offer",
        "all": "hermitcrm set companies --where stage=engaged --stage offer --apply",
        "remove": "hermitcrm remove ada-lovelace",
        "wrong": "hermitcrm lsit",
        "missing": "hermitcrm show nobody",
        "undo": "hermitcrm undo $(git -C ~/data log -1 --format=%h)",
        "file": "~/data/companies/ada-lovelace/company.md",
    },
    """\
git config --global user.email marta@example.com
git config --global user.name marta
hermitcrm init --no-setup ~/data
hermitcrm add company "Ada Lovelace" --stage engaged
hermitcrm add company "Grace Hopper" --stage engaged
hermitcrm add company "王美玲 Wang"
""",
)

#: todoman numbers its entries anew in each copy of the home.
_ADA = "$(todo --porcelain list --grep Ada | jq .[0].id)"
_TODOMAN = Tool(
    "todoman",
    "todo",
    "to-do lists in iCalendar files; an entry for each contact",
    {
        "tool": "todo",
        "list": "todo list",
        "helped": "todo list",
        "add": "todo new",
        "change": f"todo edit {_ADA} --location Future",
        "many": "todo edit 1 2 --location Future",
        "all": "todo edit 1 2 --location Future",
        "remove": f"todo delete {_ADA}",
        "wrong": "todo lsit",
        "missing": "todo show 99",
        "undo": "todo undo",
        "file": "$(grep -l Ada ~/cal/crm/*.ics)",
    },
    """\
mkdir -p ~/.config/todoman ~/cal/crm
printf 'path = "~/cal/*"\\ndefault_list = "crm"\\n' > ~/.config/todoman/config.py
todo new --location Engage "Ada Lovelace"
todo new --location Engage "Grace Hopper"
todo new --location New "王美玲 Wang"
""",
)

TOOLS = (_LEADCTL, _TASKWARRIOR, _RECUTILS, _KHARD, _HERMITCRM, _TODOMAN)
