"""Trials → medians, spreads and peak memory: one run by ourselves, then hyperfine for the rest."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.trials import LEADCTL, PYTHON, Trial

#: How often a command is run; fewer times, the longer it and its preparation take.
_RUNS = (10, 5, 3, 2)
#: What every table is held against is measured anew beside each group of commands.
_BASELINES = {"python": Trial(f"{PYTHON} -c pass"), "start": Trial(f"{LEADCTL} --version")}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much time there is."""

    #: For all runs of one command, with preparation, in seconds; two runs are always made.
    budget: float
    #: A command that takes longer is stopped and not measured.
    longest: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for one command; times in seconds."""

    median: float = 0.0
    least: float = 0.0
    most: float = 0.0
    runs: int = 0
    #: The peak, in kB.
    memory: int = 0
    #: `python -c pass` and `leadctl --version` in the same run.
    python: float = 0.0
    start: float = 0.0
    #: Why there are no times; empty if there are.
    failed: str = ""

    def as_data(self) -> dict[str, float | str]:
        """For a JSON file."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Probe:
    seconds: float = 0.0
    preparing: float = 0.0
    memory: int = 0
    failed: str = ""

    @property
    def cost(self) -> float:
        return self.seconds + self.preparing


def measure(
    trials: Mapping[str, Trial], folder: Path, limits: Limits, env: Mapping[str, str]
) -> dict[str, Result]:
    """The result of each of *trials*; *folder* is for files in between.

    All that take about as long are measured one after the other by one call of hyperfine.
    """
    probes = {name: _probe(trial, folder, limits, env) for name, trial in trials.items()}
    results = {name: Result(failed=probe.failed) for name, probe in probes.items() if probe.failed}
    for runs in _RUNS:
        group = [
            name for name in probes if name not in results and _runs(probes[name], limits) == runs
        ]
        if group:
            timed = _hyperfine({name: trials[name] for name in group}, runs, probes, folder, env)
            # Hyperfine gives up as a whole if one preparation fails; the others are not to blame.
            blamed = [name for name in group if timed[name].failed and len(group) > 1]
            for name in blamed:
                timed |= _hyperfine({name: trials[name]}, runs, probes, folder, env)
            results |= timed
    return {name: results[name] for name in trials}


def _runs(probe: _Probe, limits: Limits) -> int:
    return next((runs for runs in _RUNS if runs * probe.cost <= limits.budget), _RUNS[-1])


def _probe(trial: Trial, folder: Path, limits: Limits, env: Mapping[str, str]) -> _Probe:
    """One run that is not counted; it warms up, and tells memory and about how long it takes."""
    told = folder / "memory"
    measured = ["/usr/bin/time", "-f", "%M", "-o", str(told), *shlex.split(trial.command)]
    if trial.is_rehearsed:
        _run(measured, limits.longest, env)
    begun = time.monotonic()
    if trial.prepare:
        _run(["sh", "-c", trial.prepare], 20 * limits.longest, env)
    prepared = time.monotonic()
    failed = _run(measured, limits.longest, env)
    if failed:
        return _Probe(failed=failed)
    memory = int(told.read_text(encoding="utf-8").split()[-1])
    return _Probe(time.monotonic() - prepared, prepared - begun, memory)


def _hyperfine(
    trials: Mapping[str, Trial],
    runs: int,
    probes: Mapping[str, _Probe],
    folder: Path,
    env: Mapping[str, str],
) -> dict[str, Result]:
    told = folder / "hyperfine.json"
    told.unlink(missing_ok=True)
    warmup = 1 if runs > 2 else 0
    words = ["hyperfine", "-N", "-i", "--style=none", f"--warmup={warmup}", f"--runs={runs}"]
    words.append(f"--export-json={told}")
    for trial in (*_BASELINES.values(), *trials.values()):
        words += [f"--prepare=sh -c {shlex.quote(trial.prepare or ':')}", trial.command]
    expected = sum(probes[name].cost for name in trials) * (runs + warmup)
    failed = _run(words, 300 + 10 * expected, env)
    if failed or not told.exists():
        return dict.fromkeys(trials, Result(failed=f"hyperfine: {failed or 'no result'}"))
    python, start, *found = json.loads(told.read_text())["results"]
    return {
        name: _result(data, probes[name].memory, python["median"], start["median"])
        for name, data in zip(trials, found, strict=True)
    }


def _result(data: Mapping[str, object], memory: int, python: float, start: float) -> Result:
    times = sorted(_numbers(data["times"]))
    codes = _numbers(data["exit_codes"])
    if any(codes):
        return Result(failed="did not succeed every time")
    middle = len(times) // 2
    median = times[middle] if len(times) % 2 else (times[middle - 1] + times[middle]) / 2
    return Result(median, times[0], times[-1], len(times), memory, python, start)


def _numbers(data: object) -> Sequence[float]:
    return [float(each) for each in data if each is not None] if isinstance(data, list) else []


def _run(words: Sequence[str], seconds: float, env: Mapping[str, str]) -> str:
    """Run *words* with all that they start, for so long at most; why it went wrong, if it did."""
    with subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=env,
        start_new_session=True,
    ) as process:
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return f"took longer than {seconds:.0f} s"
    if process.returncode == 0:
        return ""
    sentence = said.decode("utf-8", "replace").strip().rpartition("\n")[2].partition(". ")[0]
    return f"exit code {process.returncode}" + (f": {sentence[:120]}" if sentence else "")
