"""How often ordinary prose sets off an alarm: `python benchmarks/false_alarms.py DIR…`.

Reads every text file below the directories, and prints the alarms per 1,000 lines by kind, errors and warnings apart.
`--show KIND` prints the masked lines of a kind. What is found in documentation is mostly what it should be, such as
addresses of authors: the figure is an upper bound, and the lines show what is behind it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from interviewlog.insights.privacy import KINDS, Known, leaks, masked

SUFFIXES = {".md", ".txt", ".rst"}
NAMES = {"METADATA", "README", "CHANGELOG", "NEWS", "TODO", "copyright"}
LARGEST = 1024 * 1024


def texts(places: list[Path]) -> Iterator[tuple[Path, str]]:
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            is_prose = path.suffix in SUFFIXES or path.name in NAMES
            if is_prose and path.is_file() and path.stat().st_size <= LARGEST:
                try:
                    yield path, path.read_text("utf-8")
                except UnicodeDecodeError:
                    continue


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--show", choices=KINDS)
    asked = parser.parse_args()
    lines, files, alarms = 0, 0, Counter[tuple[str, bool]]()
    for path, text in texts(asked.places):
        rows = text.splitlines()
        lines, files = lines + len(rows), files + 1
        for leak in leaks(text, Known()):
            alarms[leak.kind, leak.is_error] += 1
            if leak.kind == asked.show:
                row = text[: leak.start].rpartition("\n")[2] + text[leak.start :].partition("\n")[0]
                print(f"{path}:{leak.line}: {masked(row, Known())}")
    print(f"{files} files, {lines} lines")
    for (kind, is_error), number in sorted(alarms.items()):
        rate = 1000 * number / max(lines, 1)
        print(f"{kind:22} {'error' if is_error else 'warning':8} {number:6}  {rate:8.3f} per 1,000 lines")


if __name__ == "__main__":
    main()
