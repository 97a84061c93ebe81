"""Texts that users see, kept as files: a change of what they see shows as a diff of tests/golden."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Compare `text` with tests/golden/<name>; with ILOG_UPDATE_GOLDEN=1 write it there instead."""
    path = FOLDER / name
    if os.environ.get("ILOG_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert path.is_file(), f"no {path.name} yet: run once with ILOG_UPDATE_GOLDEN=1 and read what it wrote"
    with path.open(encoding="utf-8", newline="") as file:
        assert text == file.read(), f"{path.name} differs; if that is meant, run with ILOG_UPDATE_GOLDEN=1"
