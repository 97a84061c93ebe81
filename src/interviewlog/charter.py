"""What a team agrees on when it starts: the text of a new `ilog.yaml`, and what is added to it later."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from interviewlog.config import DEFAULT_ROOT, Config, Product
from interviewlog.draft import quoted
from interviewlog.errors import Code, IlogError
from interviewlog.ruletext import add_entry, add_to_list
from interviewlog.settings import MOST_VALUES, parse_config
from interviewlog.slugs import is_slug, slug
from interviewlog.yamltext import load

PM_EXAMPLE = "caroline=Caroline Ruiz <caroline@example.com>"
_MEMBER = re.compile(r"(?:(?P<handle>[^=<>]*)=)?(?P<name>[^=<>]*)(?:<(?P<email>[^<>]*)>)?")
_EMAIL = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")
# Words and the marks in e-mails and addresses that mean nothing to YAML, in braces or out of them.
_BARE = re.compile(r"[^\W_](?:[\w.@+/-]| (?=\w))*")


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the roster."""

    handle: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Charter:
    """What the founder of a folder says; what is empty is left out. `since` is when the goal begins to hold."""

    root: str = DEFAULT_ROOT
    members: Sequence[Member] = ()
    products: Sequence[Product] = ()
    segments: Sequence[str] = ()
    own_domains: Sequence[str] = ()
    own_companies: Sequence[str] = ()
    web: str = ""
    since: date | None = None


def read_member(text: str, taken: Collection[str] = ()) -> Member:
    """Read `handle=Name <e-mail>`; without a handle it is made from the first name, apart from those `taken`.

    Raises IlogError (2) for anything else.
    """
    found = _MEMBER.fullmatch(text.strip())
    name, email = (" ".join((found[part] or "").split()) for part in ("name", "email")) if found else ("", "")
    handle = (found["handle"] or "").strip() if found else ""
    # A lone word may be meant as a handle or as a name, and an e-mail in the name's place would be lost.
    is_name = bool(name and (handle or email or " " in name) and not _EMAIL.fullmatch(name))
    if not found or not is_name or (found["email"] is not None and not _EMAIL.fullmatch(email)):
        raise _misread("PM", text, f'--pm "{PM_EXAMPLE}"')
    if found["handle"] is not None and not is_slug(handle):
        raise _misread("PM's handle", handle, f'--pm "{slug(handle) or "caroline"}={name} <{email or "E-MAIL"}>"')
    return Member(handle or free_handle(name, taken), name, email)


def free_handle(name: str, taken: Collection[str]) -> str:
    """Make a handle from a name: the first name, else the whole, else a number behind it."""
    first, whole = slug(name.split(maxsplit=1)[0]) or "pm", slug(name) or "pm"
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(handle for handle in (first, whole, *numbered) if handle not in taken)


def read_product(text: str) -> Product:
    """Read `reseller-portal`, `reseller-portal=Reseller portal` or `Reseller portal`; raises IlogError (2)."""
    name, equals, title = (part.strip() for part in text.partition("="))
    handle = name if equals else slug(name)
    if not is_slug(handle) or (equals and not title):
        raise _misread("product", text, '--product "reseller-portal=Reseller portal"')
    return Product(handle, title or (name if name != handle else Config().product_title(handle)))


def read_segment(text: str) -> str:
    """Give a segment's slug; raises IlogError (2) when nothing is left of it."""
    if not slug(text):
        raise _misread("segment", text, "--segment mid-market")
    return slug(text)


def read_root(text: str) -> str:
    """Give the root without slashes around it; raises IlogError (2) when it is no folder inside the repository."""
    try:
        return parse_config(f"root: {_flow(text)}").root
    except IlogError:
        raise _misread("folder inside the repository", text, f"--root {DEFAULT_ROOT}") from None


def new_text(charter: Charter) -> str:
    """Give the text of a new `ilog.yaml`; what nobody said stands there as a comment to follow."""
    people = [f"  {each.handle}: {member_entry(each, charter.since)}" for each in charter.members]
    products = [f"  {each.slug}: {_flow_map({'title': each.title})}" for each in charter.products]
    own = {"domains": charter.own_domains, "companies": charter.own_companies}
    lines = [
        "# The rules of this folder of interview notes. All settings: the README of ilog.",
        "schema: 1",
        f"root: {_flow(charter.root)}",
        "goal: {interviews: 1, minutes: 60}  # per PM and week",
        "",
        "# Who is to talk with a customer each week, such as",
        f"#   caroline: {member_entry(_CAROLINE)}",
        *["pms:", *people],
        "",
        "# What the conversations are about; without one, any product. Such as",
        "#   reseller-portal: {title: Reseller portal}",
        *["products:", *products],
        "",
        "# Kinds of customers, such as enterprise, mid-market, smb.",
        f"segments: {_flow_list(charter.segments)}",
        "# Colleagues are not customers: {domains: [example.com], companies: [Example Inc]}",
        f"own: {_flow_map(own)}",
        *(["# Where summaries link to.", f"links: {_flow_map({'web': charter.web})}"] if charter.web else []),
    ]
    return "\n".join(lines) + "\n"


def extended(text: str, charter: Charter) -> tuple[str, list[str]]:
    """Give the text of an `ilog.yaml` with what it lacks of a charter, and the words for what was added."""
    config, before, added = parse_config(text), text, []
    for member in charter.members:
        text = with_member(text, member, charter.since)
        added += [f"PM {member.handle}"] if text != before else []
        before = text
    for product in charter.products:
        if product.slug not in config.products:
            text = _with_product(text, product)
            added.append(f"product {product.slug}")
    for keys, words, known in (
        (("segments",), charter.segments, config.segments),
        (("own", "domains"), charter.own_domains, config.own_domains),
        (("own", "companies"), charter.own_companies, config.own_companies),
    ):
        for word in (each for each in words if each not in known):
            text = add_to_list(text, keys, word)
            added.append(f"{'.'.join(keys)} {word}")
    if charter.web and not config.web_link:
        text = add_entry(text, ("links",), "web", _flow(charter.web))
        added.append("links.web")
    return text, added


def with_member(text: str, member: Member, since: date | None = None) -> str:
    """Give the text of an `ilog.yaml` with a PM's line, or the e-mail added to the line that is there."""
    config = parse_config(text)
    if member.handle not in config.pms:
        return add_entry(text, ("pms",), member.handle, member_entry(member, since))
    if not member.email or config.pm_of(member.email):
        return text
    return add_to_list(text, ("pms", member.handle, "emails"), member.email)


def member_entry(member: Member, since: date | None = None) -> str:
    """Give what stands behind a handle in the roster."""
    entry: dict[str, str | Sequence[str]] = {"name": member.name}
    entry |= {"emails": [member.email]} if member.email else {}
    return _flow_map(entry | ({"from": since.isoformat()} if since else {}))


_CAROLINE = Member("caroline", "Caroline Ruiz", "caroline@example.com")


def _with_product(text: str, product: Product) -> str:
    if isinstance(load(text, MOST_VALUES).value.get("products"), list):
        return add_to_list(text, ("products",), product.slug)  # a list of slugs has no room for titles
    return add_entry(text, ("products",), product.slug, _flow_map({"title": product.title}))


def _misread(what: str, text: str, example: str) -> IlogError:
    return IlogError(f"not a {what}: {text or 'nothing'}", hint=f"ilog init {example}", code=Code.USAGE)


def _flow_map(entries: Mapping[str, str | Sequence[str]]) -> str:
    parts = [
        f"{key}: {_flow(value) if isinstance(value, str) else _flow_list(value)}"
        for key, value in entries.items()
        if value
    ]
    return f"{{{', '.join(parts)}}}"


def _flow_list(words: Sequence[str]) -> str:
    return f"[{', '.join(_flow(word) for word in words)}]"


def _flow(text: str) -> str:
    return text if _BARE.fullmatch(text) else quoted(text)
