"""What ilog costs, as ratios to `python -c pass` in the same environment.

python benchmarks/run.py [--notes 1000 10000 100000] [--repeat 9] [--only stats,new] [--peers] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import generate
from history import ROOT
from measure import Command, Row, compare, run, table
from packfile import git

CACHE = Path(__file__).parent / ".cache"
NEW_COMMITS = 100
# What reading all of history costs git alone, with the switches that keep a user's settings out of the answer.
GIT_LOG = f"""
git --no-pager --no-replace-objects --no-optional-locks --literal-pathspecs
-c log.showSignature=false -c log.follow=false -c log.showRoot=true -c diff.relative=false
log --encoding=UTF-8 --no-color --no-ext-diff --no-textconv --no-notes -O/dev/null --date=raw
--raw --no-abbrev --full-history --topo-order -z -c --combined-all-paths -M -l0
--format=%x01%H%x00%an%x00%ae%x00%ad HEAD -- {ROOT}
""".split()


@dataclass(frozen=True, slots=True)
class Bench:
    """One folder of notes and the program that is measured on it."""

    folder: Path
    ilog: str
    python: str
    environment: dict[str, str]
    repeat: int
    only: tuple[str, ...]
    scratch: Path

    @property
    def index(self) -> Path:
        """Where ilog keeps what it has read before."""
        return self.folder / ".git" / "ilog"

    @property
    def empty(self) -> Command:
        return Command("python -c pass", lambda: [self.python, "-c", "pass"])

    def command(self, words: str, name: str = "", repeat: int | None = None) -> Command:
        return Command(name or f"ilog {words}", lambda: [self.ilog, *words.split()], repeat=repeat)

    def rows(self, commands: list[Command]) -> list[Row]:
        wanted = [one for one in commands if not self.only or any(word in one.name for word in self.only)]
        return compare(wanted, self.empty, self.folder, self.environment, self.repeat) if wanted else []


def starting(bench: Bench) -> list[Command]:
    words = {"_ILOG_COMPLETE": "complete_bash", "COMP_WORDS": "ilog st", "COMP_CWORD": "1"}
    completion = Command("completion of `ilog st`", lambda: [bench.ilog], environment=words)
    return [bench.command("--version"), bench.command("--help"), bench.command("guide"), completion]


def writing(bench: Bench) -> list[Command]:
    """New notes, for a customer unheard of each time; each is taken away again before the next."""
    numbers = count(1)
    head = git(bench.folder, "rev-parse", "HEAD").decode().strip()

    def words(*more: str) -> list[str]:
        return [bench.ilog, "new", "reseller-portal", f"Benchmark {next(numbers)}", "--no-edit", *more]

    def remove(answer: str) -> None:
        if path := answer.strip():
            (bench.folder / path).unlink(missing_ok=True)

    def take_back(answer: str) -> None:
        git(bench.folder, "update-ref", "refs/heads/main", head)
        if path := answer.strip():
            git(bench.folder, "update-index", "--force-remove", "--", path)
        remove(answer)

    return [
        Command("ilog new --no-edit", words, after=remove),
        Command("ilog new --no-edit --commit", lambda: words("--commit"), after=take_back),
    ]


def cold(bench: Bench, repeat: int) -> list[Command]:
    """History read from nothing, beside what git alone needs for it."""
    log = Command("git log of all notes", lambda: GIT_LOG, repeat=repeat)
    words = [bench.ilog, "stats"]

    def forget() -> None:
        shutil.rmtree(bench.index, ignore_errors=True)

    return [log, Command("ilog stats, cold", lambda: words, before=forget, repeat=repeat)]


def warm(bench: Bench) -> list[Command]:
    lines = (
        "list --format paths",
        "search spreadsheet",
        "summary",
        "stats",
        "stats --no-uncommitted",
        "stats --basis commits",
        "stats --weeks all --format json",
    )
    return [bench.command(line) for line in lines]


@contextmanager
def behind(bench: Bench) -> Iterator[list[Command]]:
    """`stats` again and again with an index that has not seen the last hundred commits."""
    known = bench.scratch / "index"
    git(bench.folder, "reset", "-q", "--hard", f"HEAD~{NEW_COMMITS}")
    run(bench.command("stats"), bench.folder, bench.environment)
    if bench.index.is_dir():
        shutil.copytree(bench.index, known, dirs_exist_ok=True)
    git(bench.folder, "reset", "-q", "--hard", "ORIG_HEAD")
    git(bench.folder, "update-index", "-q", "--refresh")

    def forget() -> None:
        shutil.rmtree(bench.index, ignore_errors=True)
        if known.is_dir():
            shutil.copytree(known, bench.index)

    name = f"ilog stats, {NEW_COMMITS} commits later"
    yield [Command(name, lambda: [bench.ilog, "stats"], before=forget)]
    shutil.rmtree(known, ignore_errors=True)


def measured(bench: Bench, notes: int) -> list[Row]:
    rows = bench.rows(starting(bench)) + bench.rows(writing(bench))
    rows += bench.rows(cold(bench, repeat=1 if notes > 10_000 else min(3, bench.repeat)))
    run(bench.command("stats"), bench.folder, bench.environment)
    rows += bench.rows(warm(bench))
    if not bench.only or any(word in "ilog stats, commits later" for word in bench.only):
        with behind(bench) as commands:
            rows += bench.rows(commands)
    return rows[:1] + [row for row in rows if row.name != bench.empty.name]


def folder_of(notes: int, seed: int) -> Path:
    folder = CACHE / f"notes-{notes}-{seed}"
    ledger = folder.with_name(folder.name + ".ledger.json")
    if not ledger.exists():
        shutil.rmtree(folder, ignore_errors=True)
        say(f"making a folder of {notes} notes")
        generate(folder, notes, seed)
    return folder


def plain_environment(scratch: Path) -> dict[str, str]:
    """Nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "ILOG_", "PYTHON"))}
    homes = {name: str(scratch) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    return {**kept, **homes, "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


def peers(environment: dict[str, str], repeat: int, scratch: Path) -> list[Row]:
    """How long others of the trade take to start, from an environment of their own."""
    home = CACHE / "peers"
    python = home / "bin" / "python"
    try:
        if not (home / "bin" / "papis").exists():
            say("installing jrnl and papis")
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            subprocess.run([python, "-m", "pip", "install", "-qq", "jrnl", "papis"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"no peers: {error}")
        return []
    commands = [
        Command(f"{name} --version", lambda name=name: [str(home / "bin" / name), "--version"])
        for name in ("jrnl", "papis")
    ]
    empty = Command("python -c pass", lambda: [str(python), "-c", "pass"])
    return compare(commands, empty, scratch, environment, repeat)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--notes", type=int, nargs="+", default=[1000])
    parser.add_argument("--repeat", type=int, default=9, help="the median of so many runs (9)")
    parser.add_argument("--only", default="", help="only rows with one of these words in their name")
    parser.add_argument("--ilog", type=Path, default=Path(sys.executable).parent / "ilog")
    parser.add_argument("--peers", action="store_true", help="also jrnl and papis, which it installs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write all numbers to this file")
    chosen = parser.parse_args()
    if not chosen.ilog.exists():
        parser.exit(66, f"no ilog at {chosen.ilog}; name one with --ilog\n")
    return chosen


def main() -> None:
    chosen = arguments()
    ilog = chosen.ilog.absolute()
    only = tuple(word.strip() for word in chosen.only.split(",") if word.strip())
    results: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        environment = plain_environment(scratch)
        for notes in chosen.notes:
            folder = folder_of(notes, chosen.seed)
            python = str(ilog.parent / "python")
            bench = Bench(folder, str(ilog), python, environment, chosen.repeat, only, scratch)
            say(f"measuring at {notes} notes")
            results[str(notes)] = measured(bench, notes)
            print(table(f"{notes} notes", results[str(notes)]), flush=True)
        if chosen.peers and (rows := peers(environment, chosen.repeat, scratch)):
            results["peers"] = rows
            print(table("start-up of others", rows), flush=True)
    if chosen.json:
        numbers = {title: [asdict(row) for row in rows] for title, rows in results.items()}
        chosen.json.write_text(json.dumps(numbers, indent=1), "utf-8")


if __name__ == "__main__":
    main()
