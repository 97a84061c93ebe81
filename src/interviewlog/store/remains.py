"""Where the old words of redacted notes may still be, as far as this machine can tell. No word of them is shown."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote

from interviewlog import address
from interviewlog.address import without_secret
from interviewlog.errors import IlogError
from interviewlog.slugs import slug, stem
from interviewlog.store.files import read_below
from interviewlog.store.folder import Folder
from interviewlog.store.git import Git
from interviewlog.store.pasts import Past
from interviewlog.whereabouts import Remain, Remote

_LARGEST = 16 * 1024 * 1024
_WORD = re.compile(r"[^\W_]+")
_ROLE = re.compile(r" \((?:fetch|push)\)(?: \[.*\])?$")


def here(folder: Folder, past: Past, paths: Iterable[str]) -> list[Remain]:
    """List what this clone has of redacted notes beside the branch they were redacted on."""
    git = folder.git
    redacted = list(paths)
    copies = [Remain("copy", path, f"ilog redact {quote(path)}") for path in past.copies]
    found = [*copies, *_refs(git, past), *_stashes(git, past), *_reflogs(git, past), *_worktrees(folder, redacted)]
    return [*found, *_beside(folder, redacted)]


def remotes(git: Git) -> list[Remote]:
    """List the remotes, the one that is followed first; each address once, without passwords."""
    said = _text(git.try_read("remote", "-v") or b"")
    lines = (_ROLE.sub("", line).split("\t", 1) for line in said.splitlines())
    found = dict.fromkeys(Remote(line[0], _whole(git, without_secret(line[-1]))) for line in lines)
    sharing = git.upstream_state()
    followed = sharing.upstream.partition("/")[0] if sharing else "origin"
    return sorted(found, key=lambda each: each.name != followed)


def _whole(git: Git, url: str) -> str:
    """Give an address that means the same in any directory."""
    is_relative = not address.parse(url) and not url.startswith("/") and (git.top / url).exists()
    return os.path.normpath(git.top / url) if is_relative else url


def mentions(folder: Folder, names: Iterable[str], without: Iterable[str]) -> list[str]:
    """List the files at HEAD that name a customer, however its words are set apart; `without` are left out."""
    patterns = {pattern for name in names for pattern in _patterns(name)}
    if not patterns or not folder.git.head():
        return []
    asked = [word for pattern in sorted(patterns) for word in ("-e", pattern)]
    options = ("-l", "-z", "-i", "-I", "-E", "--full-name", "--no-textconv", "--no-color", *asked)
    try:
        said = folder.git.try_read("grep", *options, "HEAD", "--") or b""
    except IlogError:  # it takes too long: then nobody can say
        return []
    hidden = set(without)
    found = (name.decode("utf-8", "surrogateescape").removeprefix("HEAD:") for name in said.split(b"\0") if name)
    return [path for path in found if path not in hidden]


def _patterns(name: str) -> Iterator[str]:
    """Yield what finds a name as people spell it, and as files do; without its company form."""
    for words in (_WORD.findall(name), stem(slug(name)).split("-")):
        if words and any(len(word) > 1 for word in words):
            yield rf"(^|[^[:alnum:]]){'[^[:alnum:]]*'.join(words)}([^[:alnum:]]|$)"


def _refs(git: Git, past: Past) -> Iterator[Remain]:
    """Yield the branches and tags whose latest commit has an old text."""
    asked = ("--format=%(refname)%00%(objectname)%00%(symref)", "refs/heads", "refs/remotes", "refs/tags")
    lines = (line.split("\0") for line in _text(git.read("for-each-ref", *asked)).splitlines())
    refs = [(name, commit) for name, commit, symref in lines if not symref]
    apart = set(_text(git.read("for-each-ref", "--no-merged=HEAD", "--format=%(refname)")).splitlines())
    for name in _holding(git, refs, past):
        kind = "tag" if name.startswith("refs/tags/") else "branch" if name in apart else "behind"
        yield Remain(kind, name.split("/", 2)[2])


def _stashes(git: Git, past: Past) -> Iterator[Remain]:
    said = git.try_read("log", "-g", "--format=%gd%x00%H%x00%P", "refs/stash", "--") or b""
    lines = (line.split("\0") for line in _text(said).splitlines())
    sides = [(name, commit) for name, tip, parents in lines for commit in (tip, *parents.split())]
    for name in dict.fromkeys(_holding(git, sides, past)):
        yield Remain("stash", name, f"git stash drop {quote(name)}")


def _holding(git: Git, commits: Iterable[tuple[str, str]], past: Past) -> Iterator[str]:
    """Yield the names of those commits that have an old content under one of the old names."""
    asked = [(name, f"{commit}:{path}") for name, commit in commits for path in past.names if "\n" not in path]
    if not asked:
        return
    questions = "".join(f"{spec}\n" for _, spec in asked).encode("utf-8", "surrogateescape")
    said = git.read("cat-file", "--batch-check=%(objectname)", stdin=questions).decode().splitlines()
    yield from dict.fromkeys(
        name for (name, _), answer in zip(asked, said, strict=True) if answer.split(" ")[0] in past.contents
    )


def _reflogs(git: Git, past: Past) -> Iterator[Remain]:
    if past.contents and (git.git_dir / "logs" / "HEAD").is_file():
        yield Remain("reflog", "the reflogs of this clone, for ninety days")


def _worktrees(folder: Folder, paths: Iterable[str]) -> Iterator[Remain]:
    """Yield the files of other work trees of this repository that are not redacted yet."""
    said = _text(folder.git.try_read("worktree", "list", "--porcelain", "-z") or b"")
    tops = [Path(line.removeprefix("worktree ")) for line in said.split("\0") if line.startswith("worktree ")]
    for path in paths:
        ours = _content(folder.top, path)
        for top in tops:
            theirs = _content(top, path) if top != folder.top else None
            if theirs is not None and theirs != ours:
                yield Remain("worktree", str(top / path), f"git -C {quote(str(top))} status")


def _content(top: Path, path: str) -> bytes | None:
    with suppress(OSError):
        return read_below(top, path, _LARGEST)
    return None


def _beside(folder: Folder, paths: Iterable[str]) -> Iterator[Remain]:
    """Yield what editors leave beside a note: swap files, backups, and their own copies."""
    for path in paths:
        place, _, name = path.rpartition("/")
        with suppress(OSError):
            for other in sorted(os.listdir(folder.top / place)):  # noqa: PTH208
                if name in other and other != name:
                    yield Remain("file", f"{place}/{other}", f"rm {quote(f'{place}/{other}')}")


def _text(said: bytes) -> str:
    return said.decode("utf-8", "surrogateescape")
