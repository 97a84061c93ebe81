"""E-mail addresses: everybody's but our own people's."""

import re
from collections.abc import Collection, Iterator

from interviewlog.insights.spots import Spot

# Signs that nobody sees and marks of emphasis, which may stand about an @; and the ways to write one, or a dot.
_THIN = "[\u200b-\u200d\u2060\ufeff*_`]{0,3}"
_AT = rf"{_THIN}(?:\\?@|＠|﹫|&#64;|&#x40;|&commat;|%40|\\x40|\\u0040|[ \t]?[(\[{{]at[)\]}}][ \t]?){_THIN}"
_DOT = rf"{_THIN}(?:\\?\.|．|&#46;|&period;|\\x2e|[ \t]?[(\[{{]dot[)\]}}][ \t]?){_THIN}"
_ADDRESS = re.compile(
    rf"(?<![\w.+%'-])(?P<local>[\w.+%'-]{{1,64}}){_AT}"
    rf"(?P<host>(?:[\w-]{{1,63}}{_DOT}){{1,8}}(?:[^\W\d_]{{2,24}}|xn--[a-z\d-]{{2,40}}))(?![^\W_])",
    re.IGNORECASE,
)
_DOTS = re.compile(_DOT, re.IGNORECASE)
# `git@host:path` is how repositories are written, `logo@2x.png` how pictures for fine screens are.
_REPOSITORY = frozenset({"git", "hg", "svn", "gitea"})
_PICTURE = re.compile(r"\d(?:\.\d)?x\.(?:png|jpe?g|gif|webp|svg|avif)", re.IGNORECASE)
_LOGIN = re.compile(r"//(?:[^\s/@]{0,100}:)?\Z")  # what stands before the @ of `https://user:password@host`
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_OURS = re.compile(r"^(?:pm|observers|note_taker|sales)[ \t]*:.*(?:\n(?:[ \t]|-[ \t]).*)*", re.MULTILINE)
_TRAILER = re.compile(r"^[A-Z][a-z]+(?:-[a-z]+)*-by: .*<([^<>\s]+)>[ \t]*$", re.MULTILINE)


def emails(text: str, ours: Collection[str], domains: Collection[str]) -> Iterator[Spot]:
    """Yield the addresses in a text but for `ours`, folded; one at our own `domains` is no error.

    Those who are named as colleagues in the front matter, or sign a commit's message, are ours too.
    """
    found = [match for match in _ADDRESS.finditer(text) if not _is_something_else(match, text)]
    colleagues = {*ours, *_named(text)} if found else ours
    for match in found:
        start, host = match.start() + _leading(match["local"]), _DOTS.sub(".", match["host"]).casefold()
        address = f"{text[start : match.end('local')]}@{host}".casefold()
        if address not in colleagues:
            is_error = not any(host == domain or host.endswith(f".{domain}") for domain in domains)
            yield Spot("email", start, match.end(), f"{text[start]}…@…", is_error)


def _named(text: str) -> Iterator[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(plain)
    if not front:
        yield from (signed[1].casefold() for signed in _TRAILER.finditer(plain))
        return
    for field in _OURS.finditer(front[1]):
        yield from (f"{match['local']}@{match['host']}".strip("'").casefold() for match in _ADDRESS.finditer(field[0]))


def _leading(local: str) -> int:
    """Count what stands before an address and is none of it: quotes, dots."""
    return min(len(local) - len(local.lstrip(".'+-%_")), len(local) - 1)


def _is_something_else(match: re.Match[str], text: str) -> bool:
    is_repository = match["local"].casefold() in _REPOSITORY and text[match.end() : match.end() + 1] in {":", "/"}
    is_login = _LOGIN.search(text, max(0, match.start() - 120), match.start())
    return is_repository or bool(is_login or _PICTURE.fullmatch(match["host"]))
