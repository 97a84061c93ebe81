"""What reading a note costs, beside what CSafeLoader needs for its front matter alone.

    python benchmarks/reading.py [--notes 10000] [--rounds 9] [--seed 1]

Notes are those of `generate.py`, without the ones that cannot be read. Each round reads all of them in each way, one
way after the other, so that what else the machine does falls on both; figures are medians of CPU time over the rounds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from random import Random
from statistics import median

import yaml

from interviewlog.note import FRONT_LINE, parse, split
from interviewlog.observations import read_body
from interviewlog.yamlevents import by_events
from interviewlog.yamltext import MOST_NODES, load

sys.path.insert(0, str(__file__).rpartition("/")[0] or ".")

from generate import TODAY
from plan import CALM, Plan

LIMIT = 2.5
BASE = "CSafeLoader, front matter alone"


def contents(notes: int, seed: int) -> list[tuple[str, bytes]]:
    plan = Plan(notes, Random(seed), CALM, TODAY)
    plan.make()
    return [(note.path, note.content()) for note in plan.notes if not note.broken]


def ways(notes: list[tuple[str, bytes]]) -> dict[str, Callable[[], Iterable[object]]]:
    cut = [split(raw) for _, raw in notes]
    fronts = [parts.front for parts in cut]
    texts = [front.decode() for front in fronts]
    bodies = [parts.body.decode() for parts in cut]
    return {
        BASE: lambda: (yaml.load(front, Loader=yaml.CSafeLoader) for front in fronts),
        "a note, whole": lambda: (parse(path, raw) for path, raw in notes),
        "its front matter": lambda: (load(text, first_line=FRONT_LINE) for text in texts),
        "its front matter, by YAML's events": lambda: (by_events(text, MOST_NODES, FRONT_LINE) for text in texts),
        "its body": lambda: (read_body(body) for body in bodies),
    }


def cpu_seconds(work: Iterable[object]) -> float:
    """Tell what it takes to go through all of it; nothing of it is kept."""
    begun = time.process_time()
    deque(work, maxlen=0)
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9, help="the median of so many (9)")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    notes = contents(chosen.notes, chosen.seed)
    measured = ways(notes)
    rounds = [{name: cpu_seconds(work()) for name, work in measured.items()} for _ in range(chosen.rounds)]
    print(f"{len(notes)} notes, medians of {chosen.rounds} rounds\n\n{'':36}  µs a note  ratio")
    for name in measured:
        cost = median(each[name] for each in rounds) / len(notes) * 1e6
        ratio = median(each[name] / each[BASE] for each in rounds)
        print(f"{name:36}  {cost:9.1f}  {ratio:5.2f}")
    print(f"\na note, whole, is to cost at most {LIMIT}")


if __name__ == "__main__":
    main()
