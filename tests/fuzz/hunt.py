"""One target under atheris: `python tests/fuzz/hunt.py TARGET [libFuzzer's options] [FILE…]`; a FILE is tried once."""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["interviewlog"]):
    from targets import TARGETS

name = sys.argv.pop(1)
atheris.Setup(sys.argv, TARGETS[name].run)
atheris.Fuzz()
