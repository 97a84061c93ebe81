"""What `ilog check` looks at: the work tree, what is staged, or a commit message; and who is known there."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewlog.cli import fixing
from interviewlog.cli.session import Session
from interviewlog.config import FILE_NAME
from interviewlog.errors import Code, IlogError

if TYPE_CHECKING:
    from interviewlog.insights.known import Known
    from interviewlog.insights.report import Report
    from interviewlog.rootfile import Stock
    from interviewlog.store.folder import Folder

_IsWanted = Callable[[str], bool]
_TRACKED = "people-tracked"


def refuse_together(*, staged: bool, message: str, schema: bool, fix: bool, paths: Sequence[str]) -> None:
    """Raise IlogError (usage) for flags that ask for two things at once, and for a path that is empty."""
    if "" in paths:
        raise IlogError("no note is named by an empty word", hint="ilog check", code=Code.USAGE)
    asked = {"--staged": staged, "--message": bool(message), "--schema": schema, "--fix": fix, "PATHS": bool(paths)}
    given = [name for name, is_given in asked.items() if is_given]
    if len(given) > 1 and given != ["--fix", "PATHS"]:
        hint = f"ilog check {given[0]}{' FILE' if given[0] == '--message' else ''}"
        raise IlogError(f"not together: {' and '.join(given)}", hint=hint, code=Code.USAGE)


def schema() -> str:
    """Give the JSON Schema of front matter."""
    from interviewlog.render.data import dumps
    from interviewlog.schema import front_matter

    return dumps(front_matter())


def of_work_tree(session: Session, words: Sequence[str], *, fix: bool) -> "list[Report]":
    """Check the files under the root, or those that the words name; mended first, if asked to."""
    from interviewlog.cli.progress import counted
    from interviewlog.store import entries, worksite

    folder, is_wanted = session.folder, _chosen(session, words)
    if fix:
        fixing.fix(session, is_wanted)
    with counted(session, "checking notes") as tell:
        bare = folder.git.is_bare
        stock = entries.committed(folder, is_wanted) if bare else worksite.stock(folder, is_wanted, tell)
        known, about_people = _people(folder)
        found = _inspected(session, folder, stock, known)
    for text in session.config.warnings:
        session.warn(text)
    return found if words else [*about_people, *found]


def of_staged(session: Session) -> "list[Report]":
    """Check what is staged for commit, without writing anything or waiting for anybody."""
    from interviewlog.insights.veil import Veil
    from interviewlog.store.staging import staging

    found = staging(_here(session), session.environ)
    if not found.changed:
        return []
    for text in found.folder.config.warnings if found.has_new_rules and not found.trouble else ():
        session.warn(text)
    known, about = _people(found.folder)
    if found.has_people and not any(report.code == _TRACKED for report in about):  # it may be gone from the disk
        about.append(_about_people())
    if found.trouble and found.has_new_rules:
        about.append(Veil(known).over(_about_rules(found.trouble)))
    shown = _inspected(session, found.folder, found.stock(), known)
    # Whoever wrote what a merge takes over has read the advice on it.
    return _of_hook([*about, *(each for each in shown if each.is_error or each.path not in found.brought)])


def of_message(session: Session, name: str) -> "list[Report]":
    """Check a commit message: what of it git keeps must hold nothing personal."""
    from interviewlog.insights.giveaways import in_text
    from interviewlog.insights.known import Known
    from interviewlog.insights.veil import Veil
    from interviewlog.store import messages, people
    from interviewlog.store.staging import folder_here

    folder = folder_here(_here(session), session.environ)
    text = messages.read(folder.git if folder else None, session.start / name, session.environ)
    known, about = _people(folder) if folder else (Known(), [])
    unread = [report for report in about if report.code == people.UNREAD]  # a name could stand in it, and be missed
    return _of_hook([*unread, *map(Veil(known, text).over, in_text(name, text, known))])


def again(session: Session) -> str:
    """Give the command that shows what is staged once more; `git commit -a` has staged it for that commit only."""
    index = session.environ.get("GIT_INDEX_FILE", "")
    return "ilog check --staged" if os.path.basename(index) in {"", "index"} else "ilog check"  # noqa: PTH119


def say_not_committed(session: Session, again: str) -> None:
    """Say to whoever commits that it was ilog who refused, and the ways on; git tells its hooks where the index is."""
    if session.environ.get("GIT_INDEX_FILE"):
        way_past = "to commit all the same: git commit --no-verify"
        session.warn(f"ilog: not committed; to see this again: {again}", way_past)


def _of_hook(found: "Iterable[Report]") -> "list[Report]":
    """Leave out what was allowed on purpose: before each commit once more, nobody wants to read it."""
    return [report for report in found if report.severity != "notice"]


def _here(session: Session) -> Path:
    """Give where git stands when it runs a hook: the folder remembered for other days has no say in that."""
    return Path(session.repo).expanduser() if session.repo else session.start


def _inspected(session: Session, folder: "Folder", stock: "Stock", known: "Known") -> "list[Report]":
    from interviewlog.insights.check import Standards, inspect

    return inspect(stock, Standards(folder.config, session.today(), known, stock.template))


def _people(folder: "Folder") -> "tuple[Known, list[Report]]":
    """Give what is known of people and of the team itself, and what is wrong with where people's names stand."""
    from interviewlog.insights.check import reports
    from interviewlog.insights.known import known_of
    from interviewlog.person import FILE_NAME as PEOPLE
    from interviewlog.store import people

    listed, findings = people.read(folder)
    return known_of(folder.config, listed), list(reports(PEOPLE, findings))


def _about_people() -> "Report":
    from interviewlog.insights.report import Report
    from interviewlog.person import FILE_NAME as PEOPLE

    what = f"{PEOPLE} is staged, with all the names in it"
    return Report(PEOPLE, 1, 1, _TRACKED, what, f"git rm --cached {PEOPLE}", "error")


def _about_rules(trouble: IlogError) -> "Report":
    from interviewlog.insights.report import Report

    place = re.match(rf"cannot use {re.escape(FILE_NAME)}:(\d+)?:? *(.*)", trouble.message)
    line, what = (int(place[1] or 1), place[2]) if place else (1, trouble.message)
    return Report(FILE_NAME, line, 1, "invalid", what, trouble.hint, "error")


def _chosen(session: Session, words: Sequence[str]) -> _IsWanted:
    """Tell files that the words name, each by itself or by a folder above it; all of them without words."""
    from interviewlog.cli.selecting import named

    places = [_place(session, word) or named(session, [word])[0] for word in words]
    root = session.folder.root
    if not words or any(f"{root}/".startswith(f"{place}/") for place in places) or "." in places:
        return lambda _path: True
    folders = tuple(f"{place}/" for place in places)
    return lambda path: path in places or path.startswith(folders)


def _place(session: Session, word: str) -> str:
    """Give the file or folder of the work tree that a word names, below the root or above it; "" for none."""
    from interviewlog.store.folder import candidates

    folder = session.folder
    for place in () if folder.git.is_bare else candidates(folder, word, session.start):
        is_in_it = place.startswith(f"{folder.root}/") and os.path.lexists(folder.top / place)
        if is_in_it or f"{folder.root}/".startswith(f"{place}/") or place == ".":
            return place
    return ""
