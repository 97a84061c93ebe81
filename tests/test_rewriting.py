"""Texts that are written anew come back, on a full disk too."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from cli import Team
from interviewlog.store.folder import Folder, find
from interviewlog.store.rewriting import Rewrite, Rewriting


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow, which is what a full disk does; Python turns the signal into an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def begun(team: Team) -> tuple[Folder, Rewriting, bytes]:
    folder, path = find(team.top, ""), team.draft("Acme")
    before = folder.read(path)
    work = Rewriting(folder, [Rewrite(path, path, before, b"---\nredacted\n")])
    work.write()
    assert folder.read(path) == b"---\nredacted\n"
    return folder, work, before


def test_what_was_written_is_taken_back_where_nothing_more_can_be_written(team):
    folder, work, before = begun(team)
    with full_disk():
        assert work.take_back() == []
    assert folder.read(work.rewrites[0].to) == before


def test_what_cannot_be_taken_back_is_named(team):
    _, work, _ = begun(team)
    work.forget()
    with full_disk():
        assert work.take_back() == [work.rewrites[0].path]


def test_what_somebody_wrote_meanwhile_stays(team):
    folder, work, _ = begun(team)
    path = work.rewrites[0].to
    (team.top / path).write_text("mine\n", encoding="utf-8")
    assert work.take_back() == [path]
    assert folder.read(path) == b"mine\n"


def test_no_copy_of_the_old_text_stays_behind(team):
    _, work, before = begun(team)
    work.forget()
    assert not [path for path in (team.top / ".git").rglob("*") if path.is_file() and before == path.read_bytes()]
