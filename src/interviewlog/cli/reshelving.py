"""A whole product under another name: its notes, what other notes say of it, and `ilog.yaml`."""

import os
import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewlog.cli.progress import shown
from interviewlog.cli.session import Session
from interviewlog.config import FILE_NAME
from interviewlog.edit import Value, set_fields, values
from interviewlog.errors import Code, IlogError
from interviewlog.nearest import nearest
from interviewlog.notepath import path_of
from interviewlog.renaming import with_product_renamed
from interviewlog.render.clean import clean
from interviewlog.selection import Selection
from interviewlog.slugs import is_slug, slug
from interviewlog.store import index, moving
from interviewlog.store.folder import decoded_config, open_folder
from interviewlog.store.git import Change
from interviewlog.store.rewriting import Rewrite, in_the_way

_BOM = b"\xef\xbb\xbf"
_MOST_NAMED = 10
_WAITING = "waiting for another ilog to finish"


class Renaming(NamedTuple):
    """A product's slug, the one it gets, and its new title, "" for the one it has."""

    old: str
    new: str
    title: str

    @property
    def line(self) -> str:
        return shlex.join(
            ["ilog", "product", "mv", self.old, self.new, *(["--title", self.title] if self.title else [])]
        )


def renaming(session: Session, old: str, new: str, title: str) -> Renaming:
    """Check what was typed. Raises IlogError: 66 for a product that is not there, 2 for a name that is none."""
    known = session.folder.products()
    now = session.config.current_product(old)
    if old not in known or now not in {old, new}:
        near = now if now != old else nearest(slug(old), known)
        what = f"{old} is called {now} now" if now != old else f"no such product: {old}"
        hint = shlex.join(["ilog", "product", "mv", near, new]) if near and near != new else "ilog product"
        raise IlogError(what, hint=hint, code=Code.NO_NOTE)
    if not is_slug(new):
        hint = shlex.join(["ilog", "product", "mv", old, slug(new) or "reseller-portal"])
        raise IlogError(f"not a slug of a-z, 0-9 and hyphens: {new}", hint=hint, code=Code.USAGE)
    if old == new:
        raise IlogError(f"it is called {new} already", hint="ilog product", code=Code.USAGE)
    return Renaming(old, new, " ".join(title.split()))


def reshelve(session: Session, asked: Renaming) -> bool:
    """Move the product's files, rewrite what names it, and commit that; prints the new paths of the notes.

    Raises IlogError: 3 where something of it is not committed yet, 73 where files stand in the way, and whatever
    `store.moving.move` raises. Then all is as it was.
    """
    folder = session.folder
    with shown(session, "moving notes"):
        mentions = _mentions(session, asked)
        _insist_on_committed(session, asked, mentions)
        moves = list(_moves(session, asked))
        _insist_on_room(session, asked, moves)
        others = [_rewrite(session, path, path, asked) for path in mentions]
        rewrites = [*moves, *others, _rules(session, asked)]
        subjects = moving.Subjects(f"Move product: {asked.old} to {asked.new}", f"Edit: product {asked.new}")
        moving.move(folder, rewrites, subjects, again=asked.line, on_wait=lambda: session.say(_WAITING))
    session.answer("\n".join(clean(each.to) for each in moves if folder.is_note(each.to)))
    title = open_folder(folder.git).config.product_title(asked.new)
    session.say(f"{asked.old} is called {asked.new} now, {title}; the old name goes on working in links and selectors")
    if folder.names_in(asked.old):
        session.say(f"left where it was, for git does not know it: what else is in {folder.root}/{asked.old}")
    return True


def _moves(session: Session, asked: Renaming) -> Iterator[Rewrite]:
    """Take all that git has in the product's directory along, so that what notes link to is still beside them."""
    folder = session.folder
    beginning = f"{folder.root}/{asked.old}/"
    listed = folder.git.read("ls-files", "-z", "--", beginning).decode("utf-8", "surrogateescape")
    for path in filter(None, listed.split("\0")):
        to = path_of(folder.root, asked.new, path[len(beginning) :])
        yield _rewrite(session, path, to, asked) if folder.is_note(path) else Rewrite(path, to)


def _mentions(session: Session, asked: Renaming) -> list[str]:
    """List the notes of other products that were about this one too."""
    beginning = f"{session.folder.root}/{asked.old}/"
    found = index.paths(session.folder, Selection(products=(asked.old,)), only_committed=True).notes
    return [path for path in found if not path.startswith(beginning)]


def _rewrite(session: Session, path: str, to: str, asked: Renaming) -> Rewrite:
    """Give a note with its fields changed; one whose fields only a person can change is taken as it is."""
    raw = session.folder.read(path)
    try:
        return Rewrite(path, to, raw, set_fields(raw, _fields(raw, asked)))
    except IlogError as error:
        session.warn(f"{to}: {error.message}", f"next: {shlex.join(['ilog', 'edit', to])}")
        return Rewrite(path, to)


def _fields(raw: bytes, asked: Renaming) -> dict[str, Value]:
    said, changes = values(raw), dict[str, Value]()
    if said.get("product") == asked.old:
        changes["product"] = asked.new
    also = said.get("also_products")
    if also == asked.old:
        changes["also_products"] = asked.new
    elif isinstance(also, list) and asked.old in also:
        changes["also_products"] = list(dict.fromkeys(asked.new if word == asked.old else word for word in also))
    return changes


def _rules(session: Session, asked: Renaming) -> Rewrite:
    folder = session.folder
    raw = folder.read(FILE_NAME) if os.path.lexists(folder.top / FILE_NAME) else None
    others = [name for name in folder.products() if name != asked.old]
    text = decoded_config(raw or b"")
    after = with_product_renamed(text, asked.old, asked.new, asked.title, others).encode()
    bom = _BOM if raw and raw.startswith(_BOM) else b""
    return Rewrite(FILE_NAME if raw is not None else "", FILE_NAME, raw, bom + after)


def _insist_on_committed(session: Session, asked: Renaming, mentions: Sequence[str]) -> None:
    """Raise if anything that is to change is not committed: whose change would it be then?"""
    folder = session.folder
    concerned, beginning = {FILE_NAME, *mentions}, f"{folder.root}/{asked.old}/"

    def is_concerned(change: Change) -> bool:
        is_inside = change.path.startswith(beginning) and (folder.is_note(change.path) or not change.is_untracked)
        return is_inside or change.path in concerned

    found = [change for change in folder.git.uncommitted(folder.root, FILE_NAME) if is_concerned(change)]
    if found:
        named = [change.path for change in found]
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        what = f"not committed yet: {', '.join(named[:_MOST_NAMED])}{more}"
        raise IlogError(what, hint=f"{_way(session, found)}, then: {asked.line}", code=Code.CONFLICT)


def _way(session: Session, changes: Sequence[Change]) -> str:
    deleted = [shlex.quote(change.path) for change in changes if change.kind == "deleted"]
    rules = [FILE_NAME for change in changes if change.path == FILE_NAME]
    if rules or deleted:
        named = " ".join([*rules, *deleted])
        return f"git add {named} && git commit {named}"
    return "ilog save" if all(session.folder.is_note(change.path) for change in changes) else "git status"


def _insist_on_room(session: Session, asked: Renaming, moves: Sequence[Rewrite]) -> None:
    folder = session.folder
    committed = index.committed(folder, [each.to for each in moves])
    there = {path_of(folder.root, asked.new, name).casefold() for name in folder.names_in(asked.new)}
    clashes = [each for each in moves if each.to in committed or each.to.casefold() in there]
    if clashes:
        first = shlex.join(["ilog", "mv", clashes[0].path, "--product", asked.new, "--again"])
        raise in_the_way([each.to for each in clashes], f"{first}, then: {asked.line}")
