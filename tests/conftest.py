"""What every test may count on: nobody's settings, and folders of notes to work in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import Team, stocked
from gitrepo import isolate


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Cut the tests off from whoever runs them; git knows nobody here, but for what a repository says itself."""
    home = tmp_path_factory.mktemp("home")
    update = os.environ.get("ILOG_UPDATE_GOLDEN", "")
    with pytest.MonkeyPatch.context() as patch:
        isolate(patch, home)
        patch.setenv("ILOG_UPDATE_GOLDEN", update)
        (home / ".gitconfig").write_text("[init]\n\tdefaultBranch = main\n", encoding="utf-8")
        for name in ("VISUAL", "EDITOR", "NO_COLOR", "COLUMNS", "DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"):
            patch.delenv(name, raising=False)
        patch.setenv("TERM", "xterm-256color")
        yield


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A folder of its own for one test: the roster is committed, no note is."""
    return Team.start(tmp_path / "notes")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """A folder with some of everything, for tests that only read."""
    return stocked(Team.start(tmp_path_factory.mktemp("shelf") / "notes"))
