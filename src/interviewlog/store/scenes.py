"""What an index is true of, and whether one is."""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from interviewlog.store import catalogue
from interviewlog.store.git import Git


class Scene(NamedTuple):
    """The notes below `root` at `commit`, in the history that leads to it. `tell` hears how far reading is."""

    git: Git
    root: str
    commit: str
    tell: Callable[[int, int], None] | None = None

    def says(self) -> dict[str, str]:
        """Give what must be equal for anything known of another commit to be of use."""
        horizon = " ".join(sorted(self.git.horizon()))
        return {"root": self.root, "horizon": horizon, "replaced": " ".join(self.git.replaced())}


def is_at(db: sqlite3.Connection, scene: Scene) -> bool:
    """Tell whether the index is true of a scene."""
    facts = catalogue.facts(db) if knows(db, scene) else {}
    return facts.get("commit") == scene.commit and "missing" not in facts


def knows(db: sqlite3.Connection, scene: Scene) -> bool:
    """Tell whether what the index holds is of any use for a scene, be it of another commit."""
    return catalogue.is_made(db) and scene.says().items() <= catalogue.facts(db).items()
