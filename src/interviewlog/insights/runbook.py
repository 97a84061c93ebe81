"""The steps that take redacted texts out of history, for a person to read and type. Nothing here is run by ilog.

The commands name contents by git's ids and notes by their paths: none of them holds a word that somebody said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from interviewlog import address
from interviewlog.insights.redaction import Redaction
from interviewlog.whereabouts import Remain, Remote

CLONE = "notes-redacted"
_CALLBACK = ".git/redact.py"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is for, what to know, and the commands to type ("" where there is nothing to type)."""

    title: str
    text: str
    commands: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What has to be replaced in history: names (paths) and contents (ids), each with the id of what comes there."""

    names: Mapping[str, str]
    contents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Runbook:
    """What a redaction did, and what is left to do. `before` are the ids of what the notes held at HEAD.

    `commit` is "" where nothing was committed; `customer` and `code` are set where all of one was asked for.
    """

    redactions: Sequence[Redaction]
    commit: str = ""
    subject: str = ""
    customer: str = ""
    code: str = ""
    before: Mapping[str, str] | None = None
    remains: Sequence[Remain] = ()
    remotes: Sequence[Remote] = ()
    mentions: Sequence[str] = ()
    steps: Sequence[Step] = ()


def steps(replacement: Replacement, remotes: Sequence[Remote], top: str, imports: Iterable[str]) -> list[Step]:
    """Give the steps, none where history holds nothing. `top` is the folder, for who shares it with nobody.

    `imports` are the commits of `ilog.yaml` that took over old notes: they get new names.
    """
    if not replacement.contents:
        return []
    urls = list(dict.fromkeys(remote.url for remote in remotes))
    found = [
        _stop() if urls else None,
        _clone(urls[0] if urls else top),
        _replace(replacement),
        _look(replacement),
        _imports(list(imports)),
        *(_shared(urls) if urls else [_alone(top)]),
    ]
    return [step for step in found if step]


def _stop() -> Step:
    text = (
        "Ask everybody to share what they have, and to write nothing until you are done: "
        "whoever pushes from an old clone afterwards brings everything back."
    )
    return Step("Share", text, "ilog sync")


def _clone(url: str) -> Step:
    text = "git-filter-repo wants a clone that nobody has worked in."
    return Step("Take a fresh clone", text, f"git clone --no-local {quote(url)} {CLONE}\ncd {CLONE}")


def _replace(replacement: Replacement) -> Step:
    text = (
        "Needs git-filter-repo 2.47 or newer (pipx install git-filter-repo). Each earlier text of a note becomes "
        "the redacted one. Who brought it in, and when, stays, and so do all figures. Commits get new names, and lose "
        "their signatures."
    )
    body = [
        *(
            "names = {",
            *_entries((path.encode("utf-8", "surrogateescape"), by) for path, by in _each(replacement.names)),
        ),
        *("}", "contents = {", *_entries((blob.encode(), by) for blob, by in _each(replacement.contents))),
        *("}", 'is_file = mode in (b"100644", b"100755")'),
        "return (filename, mode, names.get(filename) or contents.get(blob_id, blob_id) if is_file else blob_id)",
    ]
    filter_ = f"git filter-repo --prune-empty never --file-info-callback {_CALLBACK}"
    return Step("Replace what they said", text, "\n".join([f"cat >{_CALLBACK} <<'END'", *body, "END", filter_]))


def _each(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(table.items())


def _entries(pairs: Iterable[tuple[bytes, str]]) -> list[str]:
    return [f"    {key!r}: {value.encode()!r}," for key, value in pairs]


def _look(replacement: Replacement) -> Step:
    text = "Each of the old texts must be missing. `ilog --repo . stats` gives the same figures as before."
    ids = "\n".join(sorted(replacement.contents))
    return Step("Look whether they are gone", text, f"git cat-file --batch-check <<'END'\n{ids}\nEND")


def _imports(commits: list[str]) -> Step | None:
    if not commits:
        return None
    text = (
        "ilog.yaml names commits under imports:, and those have new names now, else they would credit whoever "
        "made them. Write the second of each pair into ilog.yaml, and commit it."
    )
    known = [commit for commit in commits if re.fullmatch(r"[0-9a-f]{4,64}", commit)]
    return Step("Correct imports", text, "\n".join(f"grep ^{commit} .git/filter-repo/commit-map" for commit in known))


def _shared(urls: Sequence[str]) -> list[Step]:
    pushes = "\n".join(f"git push --force --{what} {quote(url)}" for url in urls for what in ("all", "tags"))
    push = (
        "For whoever may; a protected branch has to be opened for it, and closed again. Those who review elsewhere "
        "find their pull requests broken."
    )
    anew = (
        "Everybody, you too: get the folder again, and delete the old clone with its stashes and work trees. What is "
        "not shared there has to be carried over by hand."
    )
    join = f"cd ..\nilog join {quote(urls[0])} notes-new"
    return [Step("Push", push, pushes), _server(urls), Step("Everybody clones anew", anew, join)]


def _server(urls: Sequence[str]) -> Step:
    text = (
        "A host keeps what nothing points to any more, and shows it to whoever has the old id of a commit: pull "
        "requests, forks and caches too. GitHub: ask its support to remove them, with "
        ".git/filter-repo/first-changed-commits. GitLab: Settings, Repository, Repository maintenance, with "
        ".git/filter-repo/commit-map. A server of your own: as below, in the repository there."
    )
    local = [url.removeprefix("file://") for url in urls if not address.parse(url)]
    place = quote(local[0]) if local else "REPOSITORY"
    commands = [f"git -C {place} reflog expire --expire=now --all", f"git -C {place} gc --prune=now"]
    return Step("The server", text, "\n".join(commands))


def _alone(top: str) -> Step:
    text = (
        f"This folder is shared with nobody. Go on in {CLONE}, and delete the old one: it has all of it still, and "
        f"so have its backups: {top}"
    )
    return Step("Use the new clone", text)
