"""Two lines about one note, for a chat: who was met and what was heard, and where to read on.

Texts are picked, freed of marks, put on one line and shortened here; a renderer cleans and escapes them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from interviewlog.config import Config
from interviewlog.insights import people
from interviewlog.insights.consent import (
    SOMEBODY,
    Audience,
    Withheld,
    is_restricted,
    may_quote,
    no_nugget,
    refuse,
    withheld,
    without_customer,
)
from interviewlog.insights.wording import cut, in_words, one_line
from interviewlog.interview import REDACTED, Interview
from interviewlog.observations import read_body

__all__ = ["Audience", "Summary", "pm_first_name", "summarise"]

LONGEST_LINE = 200
LONGEST_TLDR = 200
LONGEST_NUGGET = 280
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Summary:
    """What a chat is told about one note. Texts are plain: neither cleaned nor escaped for any target.

    `headline` is the first line. `path` and `link` are empty where no path may be shown; `link` is the web address
    if `link_is_url`, else the path with a leading slash. `pm` holds roster handles, or what the note says.
    """

    path: str
    customer: str
    pm: tuple[str, ...]
    date: dt.date
    type: str
    headline: str
    link_label: str = ""
    link: str = ""
    link_is_url: bool = False


def summarise(
    interview: Interview,
    *,
    config: Config,
    audience: Audience = Audience.TEAM,
    named: bool = False,
    pm_name: str = "",
    is_mine: bool = False,
) -> Summary:
    """Give the summary of one note as `audience` may read it.

    `named` names the PM: by the roster's first name, else by `pm_name`. `is_mine` puts the text for execs in the
    first person. Raises IlogError where visibility or consent refuses, or execs would get no nugget.
    """
    refuse(interview, audience)
    source = _Source(interview, config, withheld(interview))
    name = pm_first_name(interview, config, pm_name)
    if audience is Audience.EXECS:
        headline = _for_execs(source, name, is_mine=is_mine)
    else:
        headline = f"tl;dr – {_story(source, name if named or audience is Audience.SALES else '')}"
    shows_path = audience is Audience.TEAM and not is_restricted(interview)
    link, is_url = _link(interview.path, config) if shows_path else ("", False)
    return Summary(
        path=interview.path if shows_path else "",
        customer=source.customer,
        pm=tuple(pm.handle if (pm := config.pm_of(word)) else word for word in interview.pm),
        date=interview.date,
        type=interview.type,
        headline=headline,
        link_label="Full interview notes at" if link else "",
        link=link,
        link_is_url=is_url,
    )


def pm_first_name(interview: Interview, config: Config, otherwise: str = "") -> str:
    """Give the name of the note's lead: the roster's first name, else `otherwise`; never a handle or an e-mail."""
    pm = config.pm_of(interview.pm[0]) if interview.pm else None
    name = people.first_name(pm.name) if pm and pm.name != pm.handle else otherwise
    return "" if "@" in name else cut(one_line(name), LONGEST_NAME // 2)


def _link(path: str, config: Config) -> tuple[str, bool]:
    """Give the web address of a note and True, or its path and False where no web address is configured."""
    web = config.web_link.strip().replace(" ", "%20")
    if not re.match(r"https?://", web, re.IGNORECASE):
        return f"/{path}", False
    template = web if "{path}" in web else f"{web.rstrip('/')}/{{path}}"
    return template.replace("{path}", quote(path, safe="/", errors="surrogateescape")), True


@dataclass(frozen=True, slots=True)
class _Source:
    """A note, and what of it may be said."""

    interview: Interview
    config: Config
    withheld: Withheld

    @property
    def is_hearsay(self) -> bool:
        return self.interview.source == "second-hand"

    @property
    def customer(self) -> str:
        if is_restricted(self.interview):
            return SOMEBODY
        return cut(one_line(self.interview.customer), LONGEST_NAME) or self.interview.slug

    @property
    def product(self) -> str:
        return cut(one_line(self.config.product_title(self.interview.product)), LONGEST_NAME)

    def said(self, text: str | None) -> str:
        """Give a text of the note in plain words, or "" when nothing of it may leave."""
        if not text or text == REDACTED or self.withheld.holds(text):
            return ""
        words = in_words(text)
        return without_customer(words, self.interview) if is_restricted(self.interview) else words

    def observed(self, kind: str) -> Iterator[str]:
        """Yield the observations of a kind that may be said, as the note has them."""
        return filter(None, (self.said(each.text) for each in self.interview.body.observations if each.kind == kind))

    def gravest(self, kind: str) -> str:
        """Give the observation of a kind with the highest severity, the first in the note of equals."""
        found = [each for each in self.interview.body.observations if each.kind == kind]
        ranked = sorted(found, key=lambda each: -(each.severity or 0))
        return next(filter(None, (self.said(each.text) for each in ranked)), "")

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield list items as label and text, without open tasks: what we owe them is not what we heard."""
        for item in self.interview.body.items:
            read = read_body(f"- {item}").observations
            is_quote = bool(read) and read[0].kind == "quote"
            if item in self.interview.body.open_tasks or (is_quote and not may_quote(self.interview)):
                continue
            text = self.said(read[0].text if read else item)
            if text and not self.withheld.holds(item):
                yield f"{read[0].kind.capitalize()}: " if read else "", text


_VERBS = {
    "site-visit": "{who}visited {whom}",
    "support-listen": "{who}listened in on a support call with {whom}",
    "sales": "(sales call) {who}met {whom}",
}
_VIAS = {"cs": "Customer Success", "partner": "a partner"}


def _met(source: _Source, name: str) -> str:
    """Say who was met and how, as honestly as the note's source and type do."""
    interview, who, whom = source.interview, f"{name} " if name else "", source.customer
    if source.is_hearsay:
        via = f"via {_VIAS.get(interview.via, interview.via.capitalize())}" if interview.via else "second-hand"
        return f"{who}heard {via} about {whom}"
    return _VERBS.get(interview.type, "{who}talked with {whom}").format(who=who, whom=whom)


def _story(source: _Source, name: str) -> str:
    met = _met(source, name)
    if source.interview.is_stub:
        return f"{met}; no notes, as they wished"
    tldr = _completion(source.said(source.interview.tldr), (met, _met(source, "")))
    told = cut(tldr, LONGEST_TLDR) or _sentences(_heard(source), LONGEST_LINE - len(f"tl;dr – {met}: "))
    if told:
        return _joined(met, told, is_hearsay=source.is_hearsay)
    about = "and" if source.is_hearsay else "about"
    return f"{met} {about} {source.product}" if source.product else met


def _completion(tldr: str, known: tuple[str, str]) -> str:
    """Give a tldr without what the line says anyway: "tl;dr", and who was met."""
    rest = re.sub(r"^tl;?dr\b[\s:,–—-]*", "", _tidy(tldr), flags=re.IGNORECASE)
    for start in known:
        tail = rest[len(start) :]
        if rest[: len(start)].casefold() == start.casefold() and (not tail or tail[0] in " ,;:.–—"):
            rest = _tidy(tail)
    return rest


def _heard(source: _Source) -> list[tuple[str, str]]:
    """Give what was heard in a note without a tldr, as one or two pairs of label and text."""
    for parts in (
        [("Raves: ", source.gravest("delight")), ("Frustration: ", source.gravest("pain"))],
        [("", source.said(source.interview.nugget))],
        [("Surprise: ", next(source.observed("surprise"), ""))],
        list(islice(source.items(), 2)),
    ):
        told = [(label, tidy) for label, text in parts if (tidy := _tidy(text))]
        if told:
            return told
    return []


def _sentences(parts: list[tuple[str, str]], room: int) -> str:
    """Join the parts to at most `room` characters; a short one leaves its room to the other."""
    if not parts:
        return ""
    (label, text), *others = parts
    if not others:
        return label + cut(text, room - len(label))
    second, other = others[0]
    room -= len(f"{label}. {second}")
    first = cut(text, max(room // 2, room - len(other)))
    return _ended(label + first) + f" {second}{cut(other, room - len(first))}"


def _joined(met: str, told: str, *, is_hearsay: bool) -> str:
    """Let a continuation follow a comma and a sentence a full stop; what others told follows a colon."""
    if is_hearsay:
        return f"{met}: {told}"
    first = next(filter(str.isalnum, told), "")
    return f"{_ended(met)} {told}" if first.isupper() else f"{met}, {told}"


def _ended(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."


def _tidy(text: str) -> str:
    """Cut what would stand oddly inside a line: punctuation in front, one full stop at the end."""
    words = re.sub(r"^(?:[\s,;:–—]|[.-]\s)+", "", text).rstrip(" ,;")
    return words[:-1] if words.endswith(".") and not words.endswith("..") else words


_NUGGETS = {"sales": "a nugget from a sales call", "support-listen": "a nugget from a support call"}


def _for_execs(source: _Source, name: str, *, is_mine: bool) -> str:
    interview = source.interview
    nugget = "" if interview.is_stub else source.said(interview.nugget)
    if not nugget:
        raise no_nugget(interview)
    kind = "a second-hand nugget" if source.is_hearsay else _NUGGETS.get(interview.type, "an interview nugget")
    return f"Execs: {kind} {_sender(source, 'me' if is_mine else name)}: {cut(nugget, LONGEST_NUGGET)}"


def _sender(source: _Source, name: str) -> str:
    """Say whom a nugget comes from, and what they have to do with the product."""
    interview, product = source.interview, _inside_a_sentence(source.product)
    pm = source.config.pm_of(interview.pm[0]) if interview.pm else None
    if not name or not pm or source.config.current_product(interview.product) not in pm.products:
        return f"from {name} ({product})" if name else f"({product})"
    return (
        f"from me, product manager of our {product}"
        if name == "me"
        else f"from {name}, who product manages our {product}"
    )


def _inside_a_sentence(title: str) -> str:
    """Give "Reseller portal" as "reseller portal"; a title of one word, or with more capitals, is a name."""
    first, *others = title.split() or [""]
    is_name = not others or not first[1:].islower() or any(word != word.lower() for word in others)
    return title if is_name else title[0].lower() + title[1:]
