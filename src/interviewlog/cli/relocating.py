"""Where a note is to go, and taking it there."""

import shlex
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from interviewlog.cli import withholding
from interviewlog.cli.naming import clash, free
from interviewlog.cli.options import past_day
from interviewlog.cli.session import Session
from interviewlog.edit import Value, retitled, set_fields, values
from interviewlog.errors import Code, IlogError
from interviewlog.insights.privacy import masked
from interviewlog.interview import Interview
from interviewlog.nearest import nearest
from interviewlog.notepath import FileName, path_of, renamed, way
from interviewlog.render.clean import clean
from interviewlog.slugs import is_slug, slug
from interviewlog.store import index, moving
from interviewlog.store.rewriting import Rewrite, in_the_way


class Wanted(NamedTuple):
    """What of a note is to be another; what is empty stays."""

    customer: str = ""
    product: str = ""
    day: date | None = None

    @property
    def flags(self) -> list[str]:
        """Give the words of the command line that say the same."""
        said = {"--customer": self.customer, "--product": self.product, "--date": str(self.day or "")}
        return [word for flag, value in said.items() if value for word in (flag, value)]


def wanted(session: Session, note: Interview, customer: str, product: str, day: str) -> Wanted:
    """Read what was typed; asks on a terminal where nothing was. Raises IlogError (2) for what cannot be meant."""
    if not (customer or product or day):
        if not session.ask:
            hint = f'{shlex.join(["ilog", "mv", note.path])} --customer "NAME" --product PRODUCT --date DAY'
            raise IlogError(f"move it where? {note.path}", hint=hint, code=Code.USAGE)
        customer = session.ask.text("Customer?", default=note.customer)
        product = session.ask.text("Product?", default=note.product, choices=session.folder.products())
        day = session.ask.text("Day?", default=note.date.isoformat())
    if customer and not slug(customer):
        hint = shlex.join(["ilog", "mv", note.path, "--customer", "Acme Freight"])
        raise IlogError(f"no letters or digits in the customer's name: {customer}", hint=hint, code=Code.USAGE)
    moment = past_day(day, session.today()) if day else None
    return Wanted(" ".join(customer.split()), _product(session, note, product) if product else "", moment)


def _product(session: Session, note: Interview, word: str) -> str:
    known, name = session.folder.products(), session.config.current_product(word)
    if name in known or (not session.config.products and is_slug(name)):
        return name
    near = nearest(slug(name), known) or next(iter(known), "PRODUCT")
    hint = shlex.join(["ilog", "mv", note.path, "--product", near])
    raise IlogError(f"unknown product: {word}; products are {', '.join(known)}", hint=hint, code=Code.USAGE)


def relocate(session: Session, note: Interview, wanted: Wanted, *, is_again: bool) -> bool:
    """Take a note where it is wanted, and commit that if the note is committed; tells whether it was.

    Raises IlogError: 73 where a note stands there already, and whatever `store.moving.move` raises.
    """
    folder, raw = session.folder, session.folder.read(note.path)
    product = wanted.product or note.product
    name = _name(session, note, product, wanted, is_again=is_again)
    after = set_fields(raw, _fields(raw, wanted))
    if wanted.customer:
        after = retitled(after, note.customer, wanted.customer)
    rewrite = Rewrite(note.path, path_of(folder.root, product, name), raw, after)
    if rewrite.path == rewrite.to and rewrite.after == raw:
        session.say(f"it is there already: {note.path}")
        return False
    is_committed = note.path in index.committed(folder, [note.path])
    has_changes = is_committed and index.is_changed(folder, note.path)
    _carry_out(session, note, wanted, rewrite, is_committed=is_committed, is_again=is_again)
    session.answer(clean(rewrite.to))
    if has_changes:
        session.say("what you had changed and not committed went along, and is committed now")
    if not is_committed:
        session.say(f"moved, not committed: ilog save {rewrite.to}")
    return is_committed


def _name(session: Session, note: Interview, product: str, wanted: Wanted, *, is_again: bool) -> FileName | str:
    """Give a free name for the note; raises IlogError (73) where it is taken and no further one is wanted."""
    name = renamed(note.path, FileName(note.slug, note.date), customer=slug(wanted.customer), day=wanted.day)
    path = path_of(session.folder.root, product, name)
    if path == note.path:
        return name
    names = [
        each for each in session.folder.names_in(product) if path_of(session.folder.root, product, each) != note.path
    ]
    taken = clash(session, product, names, name)
    if not taken:
        return name
    own = FileName.read(str(name))
    if is_again and own:
        return free(session, product, names, FileName(own.customer, own.day))
    there = path_of(session.folder.root, product, taken)
    if taken not in names:
        hint = f"git restore {shlex.quote(there)}, or the same with --again"
        raise IlogError(f"the note exists, and is only deleted here: {there}", hint=hint, code=Code.EXISTS)
    again = _line(note.path, wanted, is_again=True)
    raise in_the_way([there], again)


def _fields(raw: bytes, wanted: Wanted) -> Mapping[str, Value]:
    """Give the fields that change; a note that leaves its product to the folder goes on doing so."""
    said = {"date": str(wanted.day or ""), "product": wanted.product, "customer": wanted.customer}
    before = values(raw)
    return {key: value for key, value in said.items() if value and key in before}


def _line(path: str, wanted: Wanted, *, is_again: bool) -> str:
    return shlex.join(["ilog", "mv", path, *wanted.flags, *(["--again"] if is_again else [])])


def _carry_out(
    session: Session, note: Interview, wanted: Wanted, rewrite: Rewrite, *, is_committed: bool, is_again: bool
) -> None:
    def waiting() -> None:
        session.say("waiting for another ilog to finish")

    if not is_committed:
        moving.move_uncommitted(session.folder, rewrite, on_wait=waiting)
        return
    change = (
        f"Edit: {clean(wanted.customer or note.customer)}, {wanted.product or note.product}, {wanted.day or note.date}"
    )
    old = masked(rewrite.path, session.known)  # a name in it may be why the note is moved
    subject = f"Move: {clean(way(old, rewrite.to))}" if rewrite.is_move else change
    _insist_on_privacy(session, rewrite, f"{subject}\n{change}", old)
    again = _line(note.path, wanted, is_again=is_again)
    moving.move(session.folder, [rewrite], moving.Subjects(subject, change), again=again, on_wait=waiting)
    withholding.look_again(session, rewrite.to, rewrite.after or b"", subject)


def _insist_on_privacy(session: Session, rewrite: Rewrite, message: str, old: str) -> None:
    refused = withholding.refusal(session, rewrite.to, rewrite.after or b"", message, now=rewrite.path)
    if refused:  # before anything was moved: the note is where it was
        refused.message = refused.message.replace(rewrite.to, old)
        raise refused
