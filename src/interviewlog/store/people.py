"""`people.yaml`: who is behind the codes that notes use. It stays on one machine, and git must never have it.

Nothing that stands in it is ever told, in an error neither: only lines are.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from typing import Any

from interviewlog.errors import Code, IlogError
from interviewlog.interview import Finding
from interviewlog.person import FILE_NAME, IGNORED, Person
from interviewlog.store.files import NotRegularError, read_below
from interviewlog.store.folder import Folder
from interviewlog.store.git import Git

UNREAD = "people-unread"
_EXAMPLE = f"$EDITOR {FILE_NAME}, a line per person such as P1: Jane Doe"
_MOST_BYTES = 64 * 1024 + 1
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read(folder: Folder) -> tuple[tuple[Person, ...], tuple[Finding, ...]]:
    """Read the names of `people.yaml` at the folder's top; nothing where there is none.

    What is wrong with the file comes as findings: errors where names are not looked for or git could take them, a
    warning where others on this machine can read it.
    """
    if folder.git.is_bare or not os.path.lexists(folder.top / FILE_NAME):
        return (), ()
    try:
        raw = read_below(folder.top, FILE_NAME, _MOST_BYTES)
    except NotRegularError:
        return (), (_unread(1, "is a link or no regular file", f"ls -l {FILE_NAME}, and put the file itself there"),)
    except OSError as error:
        return (), (_unread(1, (error.strerror or "cannot be opened").lower(), f"chmod 600 {FILE_NAME}"),)
    people, findings = _people(raw)
    return people, (*findings, *_exposed(folder))


def unread(finding: Finding) -> IlogError:
    """Turn the finding that names are not known into an error, for what cannot go on without them."""
    return IlogError(finding.what, hint=finding.mend, code=Code.CONFIG)


def _unread(line: int, why: str, mend: str) -> Finding:
    return Finding(line, UNREAD, f"names are not looked for: {FILE_NAME} {why}", mend, is_error=True)


def _people(raw: bytes) -> tuple[tuple[Person, ...], tuple[Finding, ...]]:
    from interviewlog.yamltext import YamlError, load

    try:
        document = load(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return (), (_unread(1, "is not UTF-8", f"$EDITOR {FILE_NAME}, and save it as UTF-8"),)
    except YamlError as error:  # what it says quotes the line
        return (), (_unread(error.line, f"cannot be read from line {error.line} on", _EXAMPLE),)
    if isinstance(document.value, list):
        entries = [("", name, 1) for name in document.value]
    elif isinstance(document.value, Mapping):
        entries = [(code, names, document.lines.get(code, 1)) for code, names in document.value.items()]
    else:
        return (), (_unread(1, "holds neither codes with names nor a list of names", _EXAMPLE),)
    people = tuple(Person(code, _names(names)) for code, names, _ in entries)
    findings = [finding for entry, person in zip(entries, people, strict=True) for finding in _misfits(entry, person)]
    return tuple(person for person in people if person.names), tuple(findings)


def _names(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(name.strip() for name in listed if isinstance(name, str) and _letters(name) > 1)


def _letters(name: str) -> int:
    return sum(sign.isalpha() for sign in name)


def _misfits(entry: tuple[str, Any, int], person: Person) -> Iterator[Finding]:
    """Say which line holds something that cannot be looked for, and not what; a code may wait for its name."""
    _, value, line = entry
    listed = [each for each in (value if isinstance(value, list) else [value]) if each != ""]
    if len(person.names) < len(listed):
        yield _unread(line, f"has something else than a name in line {line}", _EXAMPLE)


def _exposed(folder: Folder) -> Iterator[Finding]:
    """Say from whom the file is not safe, with the command that mends it."""
    # What git tracks is never ignored. This command knows no literal pathspecs.
    if folder.git.try_read("check-ignore", "-q", "--", FILE_NAME, env={"GIT_LITERAL_PATHSPECS": "0"}) is None:
        yield _within_reach(folder.git)
    if stat.S_IMODE((folder.top / FILE_NAME).stat().st_mode) & _FOR_OTHERS:
        what = f"others on this machine can read {FILE_NAME}"
        yield Finding(1, "people-readable", what, f"chmod 600 {FILE_NAME}")


def _within_reach(git: Git) -> Finding:
    if git.read("ls-files", "-z", "--", FILE_NAME):
        what = f"{FILE_NAME} is in git, with all the names in it"
        return Finding(1, "people-tracked", what, f"git rm --cached {FILE_NAME}", is_error=True)
    what = f"{FILE_NAME} is not ignored, so the next git add may take it"
    return Finding(1, "people-not-ignored", what, f"echo {IGNORED} >> .gitignore", is_error=True)
