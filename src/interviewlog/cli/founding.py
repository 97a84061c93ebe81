"""The questions of `ilog init`: who the PMs are, and what the interviews are about."""

from collections.abc import Callable
from typing import TypeVar

from interviewlog.charter import Charter, Member, free_handle, read_member, read_product
from interviewlog.cli.session import Session
from interviewlog.config import DEFAULT_ROOT, Product
from interviewlog.errors import IlogError

_Thing = TypeVar("_Thing")


def ask(session: Session, name: str, email: str, root: str = DEFAULT_ROOT) -> Charter:
    """Ask the founder, whom git knows by `name` and `email`, for the roster and the products."""
    session.say("Product managers (PMs) are who is to talk with a customer each week.")
    members: list[Member] = []
    if session.ask and session.ask.yes(f"Are you one of them, {name} <{email}>?"):
        members.append(Member(free_handle(name, ()), name, email))
    _ask_for(session, "Another PM, such as Dev Patel <dev@example.com>", members, _new_member)
    products: list[Product] = []
    _ask_for(session, "A product you talk about, such as Reseller portal", products, lambda text, _: read_product(text))
    return Charter(root=root, members=members, products=products)


def _ask_for(session: Session, question: str, found: list[_Thing], read: Callable[[str, list[_Thing]], _Thing]) -> None:
    """Ask for one thing after the other until nothing is answered; what cannot be read is asked again."""
    while session.ask and (text := session.ask.text(f"{question} (Enter when done):")):
        try:
            found.append(read(text, found))
        except IlogError as error:
            session.warn(f"{error.message}, write it as in the example")


def _new_member(text: str, known: list[Member]) -> Member:
    return read_member(text, [member.handle for member in known])
