"""What a command costs: processor time with all its children, time on the clock, and memory of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


def nothing(_answer: str = "") -> None:
    pass


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    words: Callable[[], list[str]]
    environment: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] = nothing
    after: Callable[[str], None] = nothing  # is given what the command printed
    repeat: int | None = None  # fewer than asked for, where one run takes minutes


@dataclass(frozen=True, slots=True)
class Run:
    cpu: float  # milliseconds, user and system, with git and all other children
    wall: float
    code: int
    answer: str
    complaint: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cpu: float
    wall: float
    ratio: float  # to an empty program of the same interpreter
    peak: float | None  # MB, of the process itself without its children
    runs: int
    failure: str


def run(command: Command, folder: Path, environment: dict[str, str]) -> Run:
    command.before()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = _start(command, folder, environment, out, err)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        answer, complaint = _text(out), _text(err)
    command.after(answer)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(cpu * 1000, wall * 1000, child.returncode, answer, complaint)


def own_peak(command: Command, folder: Path, environment: dict[str, str]) -> float | None:
    """The most memory that the process itself held, in MB; only Linux tells while it runs.

    `ru_maxrss` will not do: it is the greatest of the process and its children, so it may be git's.
    """
    command.before()
    peak = None
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = _start(command, folder, environment, out, err)
        while child.poll() is None:
            peak = max(peak or 0.0, _high_water(child.pid)) or None
            time.sleep(0.001)
        answer = _text(out)
    command.after(answer)
    return peak


def compare(
    commands: list[Command], empty: Command, folder: Path, environment: dict[str, str], repeat: int
) -> list[Row]:
    """Medians, every command in turn with the empty program, so that a slow minute slows them all alike."""
    peaks = {command.name: own_peak(command, folder, environment) for command in commands}
    runs: dict[str, list[Run]] = {command.name: [] for command in (empty, *commands)}
    for turn in range(repeat):
        for command in (empty, *commands):
            if turn < (command.repeat or repeat):
                runs[command.name].append(run(command, folder, environment))
    base = median(one.cpu for one in runs[empty.name])
    return [_row(command.name, runs[command.name], base, peaks.get(command.name)) for command in (empty, *commands)]


def _row(name: str, runs: list[Run], base: float, peak: float | None) -> Row:
    cpu = median(one.cpu for one in runs)
    failed = next((one for one in runs if one.code), None)
    failure = f"exit {failed.code}: {failed.complaint.strip().partition(chr(10))[0]}" if failed else ""
    return Row(name, cpu, median(one.wall for one in runs), cpu / base, peak, len(runs), failure)


def table(title: str, rows: list[Row]) -> str:
    width = max(len(row.name) for row in rows)
    lines = [title, "", f"{'':{width}}  {'CPU ms':>9} {'ratio':>8} {'wall ms':>9} {'own MB':>7} {'runs':>4}"]
    for row in rows:
        peak = f"{row.peak:.0f}" if row.peak else "–"
        line = f"{row.name:{width}}  {row.cpu:9.1f} {row.ratio:8.1f} {row.wall:9.1f} {peak:>7} {row.runs:4}"
        lines.append(f"{line}  {row.failure}".rstrip())
    return "\n".join(lines) + "\n"


def _start(
    command: Command, folder: Path, environment: dict[str, str], out: object, err: object
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.words(), cwd=folder, env={**environment, **command.environment},
        stdin=subprocess.DEVNULL, stdout=out, stderr=err,
    )  # fmt: skip


def _text(stream: object) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def _high_water(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines() if line.startswith("VmHWM:"))
    return next((int(line[1]) / 1024 for line in lines), 0.0)
