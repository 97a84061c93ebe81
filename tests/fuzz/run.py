"""`make fuzz`: hunt with each target for a while, say how much was tried, and keep what broke a claim."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from targets import TARGETS, Target, crashers  # noqa: E402 - claims and builders stand one folder up

LIMITS = ("-max_len=8192", "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1", f"-dict={HERE / 'yaml.dict'}")
ABSENT = """\
fuzz: atheris is not installed: it comes ready-made for Linux and Python 3.11 to 3.13 only
  next: make fuzz VENV=.venv-fuzz PYTHON=python3.12, or leave it out with FUZZ_OPTIONAL=1
"""


def main() -> int:
    """Give 0 when nothing broke; 1 when something did, or when there is no atheris and nobody said it may be missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30, help="for each target")
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"some of {', '.join(TARGETS)}; all when none is named"
    )
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if not find_spec("atheris"):
        sys.stderr.write(ABSENT)
        return 0 if os.environ.get("FUZZ_OPTIONAL") else 1
    return max([_hunt(name, TARGETS[name], asked.seconds) for name in asked.targets or TARGETS])


def _hunt(name: str, target: Target, seconds: int) -> int:
    """Run one target in a process of its own, on a corpus that is gone afterwards; what crashed it is kept."""
    found = Path(tempfile.gettempdir()) / f"ilog-fuzz-{name}-"
    with tempfile.TemporaryDirectory() as corpus:
        for number, raw in enumerate([*target.seeds(), *crashers(name)]):
            Path(corpus, str(number)).write_bytes(raw)
        line = [
            sys.executable,
            str(HERE / "hunt.py"),
            name,
            *LIMITS,
            f"-artifact_prefix={found}",
            f"-max_total_time={seconds}",
            corpus,
        ]
        done = subprocess.run(line, capture_output=True, text=True, errors="replace", check=False)
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    if not done.returncode:
        sys.stdout.write(f"fuzz: {name}: {int(tried[1]) if tried else 0:,} inputs in {seconds} s, every claim held\n")
        return 0
    kept = re.search(r"Test unit written to (\S+)", done.stderr)
    at = kept[1] if kept else "nowhere"
    sys.stdout.write(done.stdout + done.stderr)
    sys.stdout.write(
        f"\nfuzz: {name}: a claim was broken; the input is kept: {at}\n"
        f"  see it again: {sys.executable} {HERE / 'hunt.py'} {name} {at}\n"
        f"  make it a test: put it to {target.keep}\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
