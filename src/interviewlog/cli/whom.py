"""Which product and customer a new note is about: from the command line, and from what exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewlog.cli import me
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.insights.opening import look_alikes, spelling
from interviewlog.nearest import did_you_mean
from interviewlog.note import Interview
from interviewlog.notepath import FileName, of_customer, path_of
from interviewlog.slugs import is_slug, slug
from interviewlog.store import index


@dataclass(frozen=True)
class Whom:
    """The product and customer, with the names of all notes of that product and the customer's own talks."""

    product: str
    customer: str
    names: Sequence[str]
    talks: Sequence[FileName]
    last: Interview | None


def product_and_customer(session: Session, first: str, second: str) -> Whom:
    """Settle both from up to two words, asking on a terminal for what is missing, at most two questions.

    One word that is no known product is the customer; the product is then the person's only one, else asked for.
    Raises IlogError (2) for an unknown product, for names without letters, and for what nobody can be asked.
    """
    known = session.folder.products()
    named, typed = (first, second) if second or first in known else ("", first)
    product = _product(session, named, known)
    if not typed:
        typed = _asked_customer(session, product)
    if not slug(typed):
        raise IlogError(
            f"no letters or digits in the customer's name: {typed or '(empty)'}",
            hint=f'ilog new {product} "Acme Freight"',
            code=Code.USAGE,
        )
    return _whom(session, product, " ".join(typed.split()))


def _product(session: Session, named: str, known: list[str]) -> str:
    configured = session.config.products
    if named and (named in known or (not configured and is_slug(named))):
        return named
    if named:
        hint = did_you_mean(slug(named), known) or f"products are {', '.join(known) or 'slugs such as web-shop'}"
        raise IlogError(f"unknown product: {named}", hint=hint, code=Code.USAGE)
    return _my_only(session, known) or _asked_product(session, known)


def _my_only(session: Session, known: list[str]) -> str:
    if len(known) == 1:
        return known[0]
    person = me.who_or_nobody(session)
    pm = session.config.pms.get(person.pm) if person and person.on_roster else None
    return pm.products[0] if pm and len(pm.products) == 1 else ""


def _asked_product(session: Session, known: list[str]) -> str:
    if not session.ask:
        products = " | ".join(known) or "PRODUCT"
        raise IlogError("which product?", hint=f'ilog new {products} "CUSTOMER"', code=Code.USAGE)
    answer = session.ask.text("Product?", choices=known)
    return _product(session, answer, known) if answer else _asked_product(session, known)


def _asked_customer(session: Session, product: str) -> str:
    if not session.ask:
        raise IlogError("which customer?", hint=f'ilog new {product} "Acme Freight"', code=Code.USAGE)
    names = (FileName.read(name) for name in session.folder.names_in(product))
    return session.ask.text("Customer?", choices=sorted({name.customer for name in names if name}))


def _whom(session: Session, product: str, typed: str) -> Whom:
    names = session.folder.names_in(product)
    talks = of_customer(names, typed)
    if not talks:
        typed, talks = _other_spelling(session, product, typed, names)
    last = _last(session, product, talks)
    return Whom(product, spelling(typed, last), names, talks, last)


def _other_spelling(session: Session, product: str, typed: str, names: list[str]) -> tuple[str, list[FileName]]:
    """Offer the customer that was named before in another spelling; a script is told of it instead."""
    alike = look_alikes(typed, (found for name in names if (found := FileName.read(name))))
    if not alike:
        return typed, []
    talks = of_customer(names, alike[0])
    last = _last(session, product, talks)
    known = last.customer if last else alike[0]
    if session.ask and session.ask.yes(f"Is that {known}, heard on {talks[-1].day}?"):
        return known, talks
    if not session.ask:
        session.say(f"a customer like it was heard before: {known} ({alike[0]})")
    return typed, []


def _last(session: Session, product: str, talks: Sequence[FileName]) -> Interview | None:
    if not talks:
        return None
    note = index.read_note(session.folder, path_of(session.folder.root, product, talks[-1]))
    return note if isinstance(note, Interview) else None
