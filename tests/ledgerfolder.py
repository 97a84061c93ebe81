"""A folder of generated notes for tests, with the ledger of what a right count must find in it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

GENERATOR = Path(__file__).parents[1] / "benchmarks" / "generate.py"
TODAY = date(2026, 11, 18)


def make(directory: Path, notes: int = 300, seed: int = 1, *, messy: bool = True) -> dict:
    """Make a git repository in `directory` and hand back its ledger (see benchmarks/README.md)."""
    options = ["--notes", str(notes), "--seed", str(seed), "--today", str(TODAY), *(["--messy"] if messy else [])]
    subprocess.run([sys.executable, GENERATOR, directory, *options], check=True, stdout=subprocess.DEVNULL)
    return json.loads(directory.with_name(directory.name + ".ledger.json").read_text("utf-8"))


def handle_of(ledger: dict, email: str) -> str:
    """The roster handle behind an e-mail, or the e-mail itself."""
    return next((pm for pm, entry in ledger["roster"].items() if email in entry["emails"]), email)
