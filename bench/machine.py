"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from pathlib import Path

from leadctl import __version__


def describe(folder: Path) -> dict[str, str]:
    """Processor, memory, the disk under *folder*, system, and the day of the measurement."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": _found("/proc/cpuinfo", "model name", ":") or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": _gigabytes(_found("/proc/meminfo", "MemTotal", ":")),
        "disk": _disk(folder),
        "system": _found("/etc/os-release", "PRETTY_NAME", "=").strip('"'),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "leadctl": __version__,
    }


def _found(path: str, key: str, sign: str) -> str:
    """The value of the first line of *path* that begins with *key*; empty if there is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(sign)[2].strip() for line in lines if line.startswith(key)), "")


def _gigabytes(kilobytes: str) -> str:
    number = kilobytes.partition(" ")[0]
    return f"{int(number) / 2**20:.0f} GB" if number.isdigit() else "unknown"


def _disk(folder: Path) -> str:
    words = ["df", "--output=fstype,size", "-h", str(folder)]
    told = subprocess.run(words, capture_output=True, text=True, check=False).stdout.splitlines()
    return ", ".join(told[-1].split()) if len(told) > 1 else "unknown"
