"""Files, other programs and odd surroundings: what the world does to a book."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.corpus.case import Case

_SET = ("set", "ada", "company=Mills")
_WRITTEN = frozenset({"contacts.yaml", "journal.jsonl"})
_ADA = "id: ada\nname: Ada Lovelace\nstatus: New\n"


def _linked(root: Path) -> None:
    (root / "synced").mkdir(mode=0o700)
    (root / "contacts.yaml").rename(root / "synced" / "contacts.yaml")
    (root / "contacts.yaml").symlink_to("synced/contacts.yaml")


def _dangling(root: Path) -> None:
    (root / "contacts.yaml").unlink()
    (root / "contacts.yaml").symlink_to("nowhere.yaml")


def _hard_linked(root: Path) -> None:
    os.link(root / "contacts.yaml", root / "contacts.yaml.mine")


def _open_to_all(root: Path) -> None:
    root.chmod(0o777)


def _no_contacts(root: Path) -> None:
    (root / "contacts.yaml").unlink()


def _no_stages(root: Path) -> None:
    (root / "stages.yaml").unlink()


def _contacts_are_a_folder(root: Path) -> None:
    (root / "contacts.yaml").unlink()
    (root / "contacts.yaml").mkdir()


def _journal_is_a_folder(root: Path) -> None:
    (root / "journal.jsonl").unlink()
    (root / "journal.jsonl").mkdir()


def _state_is_a_file(root: Path) -> None:
    shutil.rmtree(root / ".leadctl", ignore_errors=True)
    (root / ".leadctl").write_text("")


def _state_is_a_link(root: Path) -> None:
    shutil.rmtree(root / ".leadctl", ignore_errors=True)
    (root / ".leadctl").symlink_to("/tmp")


def _lock_is_a_folder(root: Path) -> None:
    (root / ".leadctl" / "lock").mkdir(parents=True, mode=0o700)


def _lock_is_a_link(root: Path) -> None:
    (root / ".leadctl").mkdir(mode=0o700, exist_ok=True)
    (root / ".leadctl" / "lock").symlink_to("../contacts.yaml")


def _manifest(text: str) -> dict[str, str]:
    return {".leadctl/manifest.json": text}


CASES: tuple[Case, ...] = (
    Case(
        "F7a", "the contacts are a link, as sync clients and dotfiles make them", 0,
        command=_SET, prepare=_linked, says=("ada: company",),
        changes=_WRITTEN | {"synced/contacts.yaml"},
    ),
    Case(
        "F7b", "the contacts are a link that leads nowhere", 6,
        command=("list",), prepare=_dangling, says=("its contacts are gone", "put back"),
    ),
    Case(
        "F8", "the contacts have a second name, a hard link", 1,
        command=("check", "permissions", "--strict"), prepare=_hard_linked,
        says=("another name elsewhere, a hard link",),
    ),
    Case(
        "F11", "everybody on the machine can write into the folder of the book", 1,
        command=("check", "permissions"), prepare=_open_to_all, says=("error:",),
    ),
    Case(
        "F16a", "files that editors leave beside the contacts", 0, form="dir", command=("list",),
        files={
            "contacts/.ada.yaml.swp": "b0VIM 9.0", "contacts/#ada.yaml#": _ADA,
            "contacts/ada.yaml~": _ADA, "contacts/4913": "", "contacts/.DS_Store": "x",
            "contacts/.#ada.yaml": "marta@vm.42",
        },
        says=("Ada Lovelace",),
    ),
    Case(
        "F16b", "a temporary file that a killed leadctl has left", 0, command=_SET,
        files={".contacts.yaml.leadctl-999999999-0123456789ab.tmp": "half a fi"},
        says=("ada: company",),
        changes=_WRITTEN | {".contacts.yaml.leadctl-999999999-0123456789ab.tmp"},
    ),
    Case(
        "F17a", "a second version that a sync client made of the contacts", 1,
        command=("check", "conflicts"),
        files={"contacts (conflicted copy 2026-11-20).yaml": "- id: x\n  name: X\n"},
        says=("conflicted copy",),
    ),
    Case(
        "F17b", "a second version of one contact", 1, form="dir", command=("check", "conflicts"),
        files={"contacts/ada.sync-conflict-20261120-101010-ABCDEFG.yaml": _ADA},
        says=("sync-conflict",),
    ),
    Case(
        "F17c", "a second version is not read as a contact", 0, form="dir", command=("list",),
        files={"contacts/ada 2.yaml": _ADA.replace("Ada", "Old Ada")},
        says=("Ada Lovelace",), says_not=("Old Ada",),
    ),
    Case(
        "F18a", "the name of a file is not the id in it", 3, form="dir",
        command=("list", "--strict"), files={"contacts/ada.yaml": _ADA.replace("ada", "eva")},
        where="contacts/ada.yaml:1:5", says=("rename the file or change the id",),
    ),
    Case(
        "F18b", "two records with one id", 1, where="contacts.yaml:4:7",
        files={"contacts.yaml": "- id: ada\n  name: Ada\n  status: New\n- id: ada\n  name: Eva\n"
               "  status: New\n"},
        says=("ada",),
    ),
    Case(
        "F20a", "the contacts are gone, and the journal is there", 6, command=("list",),
        prepare=_no_contacts, says=("has a journal, but its contacts are gone",),
    ),
    Case(
        "F20b", "the contacts were emptied", 7, command=("add", "Zoe"),
        files={"contacts.yaml": "", **_manifest('{"contacts": 3, "op": "8f3k2m"}')},
        says=("the book had 3 contacts", "none is there now", "--fix shrunk"),
    ),
    Case(
        "F20c", "half of the contacts were cut off", 7, command=_SET,
        files=_manifest('{"contacts": 8, "op": "8f3k2m"}'),
        says=("the book had 8 contacts", "only 3 are there now"),
    ),
    Case(
        "F20d", "who only reads is warned of it", 0, command=("list",),
        files=_manifest('{"contacts": 8, "op": "8f3k2m"}'),
        says=("warning: the book had 8 contacts", "Ada Lovelace"),
    ),
    Case(
        "F25", "a locale that cannot show the names", 0, command=("list",), is_installed=True,
        environment={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        files={"contacts.yaml": "- id: bela\n  name: Béla 李\n  status: New\n"},
        says=("B\\xe9la \\u674e",),
    ),
    Case(
        "F26a", "a time zone that there is none of", 0, command=("touch", "ada"),
        is_installed=True, environment={"TZ": "Not/A_Zone"}, says=("ada: touched",),
        changes=_WRITTEN,
    ),
    Case("F26b", "a day long ago", 0, command=("prospects",), is_installed=True,
         environment={"LEADCTL_TODAY": "1900-01-01"}),
    Case("F26c", "the last day there is", 0, command=("prospects",), is_installed=True,
         environment={"LEADCTL_TODAY": "9998-12-31"}, says=("Cleo Marsh",)),
    Case("F26d", "a day that no calendar has", 2, command=("list",), is_installed=True,
         environment={"LEADCTL_TODAY": "0001-01-01"}, says=("LEADCTL_TODAY", "1900")),
    Case("F30a", "no home, no cache, nobody logged in", 0, command=("list",), is_installed=True,
         environment={"HOME": "", "XDG_CACHE_HOME": "", "LOGNAME": ""}, says=("Ada Lovelace",)),
    Case(
        "F30b", "a bulk change in a cron job, where nobody can be asked", 7,
        command=("set-status", "Active", "--where", "status:New"), says=("--yes", "--expect 1"),
    ),
    Case(
        "F31", "stages.yaml is gone", 2, command=("list",), prepare=_no_stages,
        says=("stages.yaml",),
    ),
    Case("F32", "contacts.yaml is a folder", 6, command=("list",), prepare=_contacts_are_a_folder,
         says=("contacts are gone",)),
    Case("F33", "the journal is a folder", 6, command=("touch", "ada"),
         prepare=_journal_is_a_folder, says=("journal.jsonl",)),
    Case("F34", "contacts in two forms", 2, command=("list",),
         files={"contacts.csv": "id,name,status\n"}, says=("holds its contacts twice",)),
    Case("F35", "a file where the folder of the lock has to be", 6, command=_SET,
         prepare=_state_is_a_file, says=(".leadctl",)),
    Case("F36", "the folder of the lock is a link out of the book", 7, command=_SET,
         prepare=_state_is_a_link, says=("is a link", "remove the link")),
    Case("F37", "a folder where the lock has to be", 6, command=_SET, prepare=_lock_is_a_folder,
         says=("lock",)),
    Case("F38", "the lock is a link to a file of the book", 6, command=_SET,
         prepare=_lock_is_a_link, says=("lock", "nothing was changed")),
    Case("F39", "an intent that was cut off", 0, command=_SET,
         files={".leadctl/txn": "0123abcd\n{\"format\": 1, \"op\""},
         says=("an interrupted change was put aside", "it was never completed"),
         changes=_WRITTEN),
    Case("F40", "a count of contacts that cannot be read", 0, command=_SET,
         files=_manifest("[]"), says=("ada: company",), changes=_WRITTEN),
    Case("F41", "a day that is none in LEADCTL_TODAY", 2, command=("list",), is_installed=True,
         environment={"LEADCTL_TODAY": "2026-02-30"}, says=("LEADCTL_TODAY",)),
)  # fmt: skip
