"""Which product and customer a new note is about: from the command line, and from what exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewlog.cli import me
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.insights.opening import look_alikes, spelling
from interviewlog.interview import Interview
from interviewlog.nearest import did_you_mean, nearest
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
    first = _called_now(session, first)
    named, typed = (first, second) if second or first in known else ("", first)
    product = _product(session, named, typed, known)
    if not typed:
        typed = _asked_customer(session, product)
    if not slug(typed):
        what = f"no letters or digits in the customer's name: {typed or '(empty)'}"
        raise IlogError(what, hint=f'ilog new {product} "Acme Freight"', code=Code.USAGE)
    return _whom(session, product, " ".join(typed.split()))


def _called_now(session: Session, word: str) -> str:
    now = session.config.current_product(word)
    if now != word:
        session.say(f"{word} is called {now} now")
    return now


def _product(session: Session, named: str, typed: str, known: list[str]) -> str:
    configured = session.config.products
    if named and (named in known or (not configured and is_slug(named))):
        return named
    if named:
        near = nearest(slug(named), known)
        if near:
            what, hint = f"did you mean {near}?", f'ilog new {near} "{typed or "CUSTOMER"}"'
        else:  # perhaps a customer of several words, typed without quotes
            what, hint = f"products are {', '.join(known) or 'slugs such as web-shop'}", f'ilog new "{named} {typed}"'
        raise IlogError(f"unknown product: {named}; {what}", hint=hint, code=Code.USAGE)
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
    offered = f" ({', '.join(known)})" if known else ""
    while True:
        answer = session.ask.text(f"Product?{offered}", choices=known)
        meant = _meant_product(session, answer, known)
        if meant:
            return meant
        session.warn(f"no such product: {answer}  {did_you_mean(slug(answer), known)}" if answer else "name a product")


def _meant_product(session: Session, answer: str, known: list[str]) -> str:
    """Take a product's slug, its title or the only beginning of one; without products in ilog.yaml, any new slug."""
    typed = slug(answer)
    titles = {slug(product.title): name for name, product in session.config.products.items()}
    found = titles.get(typed, typed if typed in known else "")
    begun = [name for name in known if typed and name.startswith(typed)]
    if found or len(begun) == 1:
        return found or begun[0]
    return typed if not session.config.products and is_slug(typed) else ""


def _asked_customer(session: Session, product: str) -> str:
    if not session.ask:
        raise IlogError("which customer?", hint=f'ilog new {product} "Acme Freight"', code=Code.USAGE)
    names = (FileName.read(name) for name in session.folder.names_in(product))
    choices = sorted({name.customer for name in names if name})
    while not slug(answer := session.ask.text("Customer?", choices=choices)):
        session.warn("name the company, or a code name for it")
    return answer


def _whom(session: Session, product: str, typed: str) -> Whom:
    names = session.folder.names_in(product)
    talks = of_customer(names, typed)
    if not talks:
        typed, talks = _other_spelling(session, product, typed, names)
    last = _last(session, product, talks)
    return Whom(product, spelling(typed, last), names, talks, last)


def _other_spelling(session: Session, product: str, typed: str, names: list[str]) -> tuple[str, list[FileName]]:
    """Offer the customer that was named before in another spelling; a script is told of it instead."""
    alike = look_alikes(typed, names)
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
