"""Note templates: the team's own before the shipped ones, and their text with the blanks filled in."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from interviewlog.errors import Code, IlogError
from interviewlog.fields import TYPES
from interviewlog.nearest import did_you_mean
from interviewlog.slugs import is_slug
from interviewlog.store.shipped import shipped

TEAM_DIR = "templates/notes"
"""Where a team's own templates live, below the folder's top."""

LARGEST = 64 * 1024
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_FRONT = re.compile(r"\ufeff?---[ \t\r]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)")
_SECTION = re.compile(r"^##[ \t].*(?:\n\s*\0.*)*", re.MULTILINE)
_EMPTY = re.compile(r"^[ \t\r]*(?=\n)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Template:
    """One template: its name, its text with line ends as on Unix, and what to call its file in messages."""

    name: str
    text: str
    source: str
    is_team: bool = False


@dataclass(frozen=True, slots=True)
class TemplateName:
    """A template that `load` knows, and whether it is the team's own."""

    name: str
    is_team: bool


def names(folder_templates: Path | None) -> list[TemplateName]:
    """List the templates, note types first; `folder_templates` is the team's `templates/notes`, if there is one."""
    team = _slugs_in(folder_templates) if folder_templates and not _is_linked(folder_templates) else set()
    known = team | _slugs_in(shipped() / "notes")
    order = [*(name for name in TYPES if name in known), *sorted(known.difference(TYPES))]
    return [TemplateName(name, name in team) for name in order]


def load(name: str, folder_templates: Path | None) -> Template:
    """Read a template by name, the team's own before the shipped one.

    Raises IlogError: 2 for an unknown name, 77 for a team template that is no regular file, 78 for one that is
    not UTF-8 or larger than 64 KiB, 74 for one that cannot be read.
    """
    if is_slug(name):
        team = _read_team(folder_templates / f"{name}.md") if folder_templates else None
        if team is not None:
            return Template(name, team, f"{TEAM_DIR}/{name}.md", is_team=True)
        with suppress(FileNotFoundError):
            path = shipped() / "notes" / f"{name}.md"
            return Template(name, path.read_text("utf-8"), str(path))
    known = [each.name for each in names(folder_templates)]
    hint = did_you_mean(name, known) or f"ilog template, which lists {', '.join(known)}"
    raise IlogError(f"no such template: {name}", hint=hint, code=Code.USAGE)


def new(name: str, folder_templates: Path, from_name: str) -> Path:
    """Make the team template `name` as a copy of another one and give its path.

    Raises IlogError: 2 for a name that is no slug or an unknown `from_name`, 73 if it exists or cannot be made.
    """
    if not is_slug(name):
        raise IlogError(f"not a name for a template: {name}", hint="use a-z, 0-9 and hyphens only", code=Code.USAGE)
    text = load(from_name, folder_templates).text
    path = folder_templates / f"{name}.md"
    if _is_linked(folder_templates):
        raise _linked(path)
    try:
        folder_templates.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise IlogError(f"exists: {path}", hint=f"edit {path}", kept=str(path), code=Code.EXISTS) from None
    except OSError as error:
        what = f"cannot create {path}: {error.strerror}"
        raise IlogError(what, hint=f"ls -ld {folder_templates}", code=Code.EXISTS) from None
    return path


def _slugs_in(folder: Path) -> set[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        files = [Path(each.name) for each in entries if each.is_file(follow_symlinks=False)]
        return {file.stem for file in files if file.suffix == ".md" and is_slug(file.stem)}
    return set()


def _is_linked(folder: Path) -> bool:
    return folder.is_symlink() or folder.parent.is_symlink()


def _linked(path: Path) -> IlogError:
    return IlogError(f"not a regular file: {path}", hint="put a copy of the text there", code=Code.REFUSED)


def _read_team(path: Path) -> str | None:
    """Read a team's template with line ends as on Unix; None if there is none."""
    try:
        found = path.lstat()
        if not S_ISREG(found.st_mode) or _is_linked(path.parent):
            raise _linked(path)
        if found.st_size > LARGEST:
            raise IlogError(f"more than 64 KiB: {path}", hint="shorten the template", code=Code.CONFIG)
        return path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise IlogError(f"cannot read {path}: {error.strerror}", hint=f"ls -l {path}", code=Code.IO) from None
    except UnicodeDecodeError:
        raise IlogError(f"not UTF-8: {path}", hint="save it again as UTF-8", code=Code.CONFIG) from None


def shipped_lines() -> frozenset[str]:
    """Collect the lines of the shipped templates that could pass for somebody's own words."""
    paths = (shipped() / "notes").glob("*.md")
    return frozenset().union(*(own_lines(path.read_text("utf-8")) for path in paths))


def boilerplate(folder_templates: Path | None) -> frozenset[str]:
    """Collect the lines that stand in any template, shipped or the team's, and so are nobody's own words.

    A team template that cannot be read adds nothing: this is asked while counting, which never fails for it.
    """
    lines = set(shipped_lines())
    for each in names(folder_templates):
        if each.is_team:
            with suppress(IlogError):
                lines |= own_lines(load(each.name, folder_templates).text)
    return frozenset(lines)


def hints(folder_templates: Path | None) -> frozenset[str]:
    """Collect the lines, stripped, of the HTML comments in any template: they have examples, by nobody."""
    texts = [path.read_text("utf-8") for path in (shipped() / "notes").glob("*.md")]
    for each in names(folder_templates):
        if each.is_team:
            with suppress(IlogError):
                texts.append(load(each.name, folder_templates).text)
    comments = (found[0] for text in texts for found in _COMMENT.finditer(text))
    return frozenset(line.strip() for comment in comments for line in comment.splitlines())


def own_lines(text: str) -> frozenset[str]:
    """Give the lines of one template, stripped, that are neither empty nor headings nor inside HTML comments."""
    seen = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    return frozenset(line.strip() for line in seen.splitlines() if line.strip() and not _HEADING.match(line))


def starting_line(text: str) -> int:
    """Give the 1-based line of a note where typing starts: the first empty one below the first `##` and its comment.

    Without a `##` heading it is the first empty line of the body, without an empty line the last line.
    """
    front = _FRONT.match(text)
    at = front.end() if front else 0
    # Every line of a comment becomes a mark, so that neither its empty lines nor a `##` in it is seen.
    body = text[:at] + _COMMENT.sub(lambda comment: "\n".join("\0" * (comment[0].count("\n") + 1)), text[at:])
    section = _SECTION.search(body, at)
    empty = _EMPTY.search(body, section.end() if section else at)
    return body.count("\n", 0, empty.start() if empty else len(body.rstrip("\n"))) + 1
