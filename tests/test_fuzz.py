"""The fuzzer's targets hold for their own seeds and for what once broke them; `make fuzz` looks further."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).parent / "fuzz"
sys.path.insert(0, str(FUZZ))
from targets import TARGETS, crashers  # noqa: E402


@pytest.mark.parametrize("name", TARGETS)
def test_every_claim_holds_for_the_seeds_and_for_what_once_broke_it(name: str) -> None:
    seeds = [*TARGETS[name].seeds(), *crashers(name)]
    assert len(seeds) >= 10
    for raw in seeds:
        TARGETS[name].run(raw)


def test_a_target_that_does_not_exist_is_refused() -> None:
    done = subprocess.run([sys.executable, FUZZ / "run.py", "nose"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no such target: nose" in done.stderr


@pytest.mark.parametrize(("said", "code"), [({}, 1), ({"FUZZ_OPTIONAL": "1"}, 0)])
def test_without_atheris_it_says_so_and_fails_unless_it_may_be_missing(
    tmp_path: Path, said: dict[str, str], code: int
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['atheris'] = None\n", encoding="utf-8")
    around = {**os.environ, "PYTHONPATH": str(tmp_path), **said}
    done = subprocess.run([sys.executable, FUZZ / "run.py"], env=around, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "atheris is not installed" in done.stderr
