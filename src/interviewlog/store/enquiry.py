"""Puts a question to the index at a commit, wherever the answer can come from.

First from the kept one as it is, then from the kept one brought up to date, at last from one made in memory for the
one answer: all three by the same code.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from interviewlog.store.catalogue import Catalogue, Distrusted, prepare, temporary
from interviewlog.store.folder import Folder
from interviewlog.store.shelf import Shelf

if TYPE_CHECKING:  # what reads history is for those who must
    from sqlite3 import Connection

    from interviewlog.store.scenes import Scene

Tell = Callable[[int, int], None]
T = TypeVar("T")


class Watch(NamedTuple):
    """Who hears how far long work is (`tell`: how many of how many, 0 of nobody knows), and why it is slow."""

    tell: Tell | None = None
    trouble: Callable[[str], None] = lambda _: None


NOBODY = Watch()


def asked(
    folder: Folder, commit: str | None, question: Callable[[Shelf], T], watch: Watch, *, with_words: bool = False
) -> T:
    """Put a question to the index at a commit; to one made for it alone where the kept one cannot be used."""
    from interviewlog.store import scenes

    if commit:
        scene = scenes.Scene(folder.git, folder.root, commit, watch.tell)
        try:
            return _kept_answer(scene, question, with_words=with_words)
        except Distrusted as trouble:
            watch.trouble(str(trouble))
    with temporary() as db:
        if commit:
            from interviewlog.store import filing

            filing.bring(db, scene)
        prepare(db)
        return question(Shelf(db))


def _kept_answer(scene: "Scene", question: Callable[[Shelf], T], *, with_words: bool) -> T:
    from interviewlog.store import scenes, words

    catalogue = Catalogue(scene.git.common_dir / "ilog")
    is_there = False
    with suppress(Distrusted), catalogue.opened() as db:
        is_there = scenes.is_at(db, scene)
        if is_there and (not with_words or words.are_filed(db)):
            return question(Shelf(db))
    try:
        with catalogue.written() as db:
            _make_true(db, scene)
            if with_words:
                words.file(db, scene.tell)
            return question(Shelf(db))
    except Distrusted:
        if not is_there:
            raise
    with catalogue.opened() as db:  # only words are missing, and it cannot be written: then all notes are read
        return question(Shelf(db))


def _make_true(db: "Connection", scene: "Scene") -> None:
    """Bring the index to HEAD, and lay the commit over it if it is another one."""
    from interviewlog.store import filing, scenes

    head = scene.git.head()
    if head in {None, scene.commit}:
        filing.bring(db, scene)
        return
    latest = scene._replace(commit=str(head))
    if scenes.knows(db, latest):  # what HEAD's history has in common with the commit's need not be read again
        filing.bring(db, latest)
    filing.stage(db, scene)


def is_unread(folder: Folder) -> bool:
    """Tell whether there is no index yet of the folder's history, so that an answer needs all of it."""
    from interviewlog.store import scenes

    scene = scenes.Scene(folder.git, folder.root, "")
    with suppress(Distrusted), Catalogue(folder.git.common_dir / "ilog").opened() as db:
        return not scenes.knows(db, scene)
    return True
