"""Names of leadctl's own that somebody has taken, and a lock that somebody does not give back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from leadctl.store import locking
from tests.commands import NewBook, Run, tree

CONTACTS = "- {id: ada, name: Ada, status: New}\n- {id: bo, name: Bo, status: New}\n"
HOLD = """\
import sys, time
from pathlib import Path
from leadctl.store.locking import exclusive
with exclusive(Path(sys.argv[1]), command="leadctl import"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def book(new_book: NewBook, run: Run) -> Path:
    root = new_book(CONTACTS)
    run("touch", "ada")
    return root


@pytest.mark.parametrize(
    "name", ["lock", "txn", "txn.new", "manifest.json", "manifest.json.new", "quarantine"]
)
def test_a_link_that_is_planted_leads_nowhere(
    run: Run, book: Path, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    planted = book / ".leadctl" / name
    if planted.is_dir():
        planted.rmdir()
    planted.unlink(missing_ok=True)
    planted.symlink_to(victim)
    done = run("set", "--all", "owner=marta", "--yes")

    assert victim.read_text("utf-8") == "precious"
    assert done.code in (0, 6)
    assert ("owner: marta" in (book / "contacts.yaml").read_text("utf-8")) == (done.code == 0)


@pytest.mark.parametrize("number", [0, signal.SIGSTOP], ids=["busy", "stopped"])
def test_who_waits_in_vain_is_told_for_whom(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(locking, "LOCK_TIMEOUT", 0.2)
    command = [sys.executable, "-c", HOLD, str(book / ".leadctl" / "lock")]
    before = (book / "contacts.yaml").read_bytes()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        holder.send_signal(number)
        refused = run("set", "ada", "owner=marta")
        holder.kill()
    done = run("set", "ada", "owner=marta")

    assert refused.code == 5
    assert f"process {holder.pid} (leadctl import)" in refused.err
    assert "nothing was changed" in refused.err
    assert before != (book / "contacts.yaml").read_bytes()
    assert done.code == 0


def test_what_another_machine_has_begun_does_not_change_what_was_written_since(
    run: Run, book: Path
) -> None:
    run("set", "ada", "owner=marta")
    other = json.dumps(
        {
            "format": 1,
            "op": "abcdef",
            "host": "another-machine",
            "steps": [
                {
                    "path": "contacts.yaml",
                    "old": "0" * 64,
                    "new": "1" * 64,
                    "temporary": ".contacts.yaml.leadctl-1-00000000.tmp",
                }
            ],
            "journal": "journal.jsonl",
            "size": 0,
            "lines": '{"id": "1"}\n',
            "contacts": 2,
        }
    ).encode()
    (book / ".leadctl" / "txn").write_bytes(sha256(other).hexdigest().encode() + b"\n" + other)
    before = {name: text for name, text in tree(book).items() if ".leadctl" not in name}
    done = run("touch", "bo")
    after = tree(book)

    assert done.code == 0
    assert "was put aside in .leadctl/quarantine" in done.err
    assert after["contacts.yaml"] == before["contacts.yaml"]
    assert after["journal.jsonl"].startswith(before["journal.jsonl"])
    assert ".leadctl/txn" not in after
