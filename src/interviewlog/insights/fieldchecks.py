"""Checks of a note's front matter: against its path, against the team's rules, and for what is missing in it."""

from collections.abc import Iterable
from functools import lru_cache
from shlex import quote

from interviewlog.fields import FIELDS
from interviewlog.insights.counting import is_own_company
from interviewlog.insights.participants import is_name
from interviewlog.insights.privacy import leaks
from interviewlog.insights.retention import last_day
from interviewlog.insights.standards import Check, Findings, Standards, about
from interviewlog.interview import Finding, Interview
from interviewlog.nearest import did_you_mean
from interviewlog.notepath import FileName
from interviewlog.slugs import is_slug, slug

_LONGEST_KEY = 40
_MOST_KEYS = 100
_ALIKE = 0.8


def _file_name(note: Interview, standards: Standards) -> Findings:
    name = FileName.read(note.path)
    if not name:
        yield Finding(1, "file-name", "the file is not named <customer>-<date>.md", _move(note, standards))
        return
    if name.day != note.date:
        what = f"date is {note.date}, the file name says {name.day}"
        yield about(note, "date", "date-differs", what, f"correct it, or ilog mv {quote(note.path)} --date {note.date}")
    if name.customer != note.slug:
        what = f"customer is {note.customer}, the file name says {name.customer}"
        yield about(note, "customer", "customer-differs", what, _move(note, standards))


def _move(note: Interview, standards: Standards) -> str:
    """Give the command by which a note's file gets the name its fields say; nothing personal is said again.

    Where that name is taken, as it is for the second of a dozen, --again numbers it.
    """
    if leaks(note.customer, standards.known):
        return f'ilog mv {quote(note.path)} --customer "a company or a code name"'
    return f"ilog mv {quote(note.path)} --customer {quote(note.customer)} --again"


def _folder_name(note: Interview, _standards: Standards) -> Findings:
    if not is_slug(note.product):
        wanted = slug(note.product)
        place = note.path.rpartition("/")[0]
        new = f"{place.rpartition('/')[0]}/{wanted}" if wanted else "NEW, with a-z, 0-9 and hyphens only"
        mend = f"git mv {quote(place)} {new}"
        yield Finding(1, "folder-name", f"the product's folder {note.product} is not a slug", mend)


def _unknown_words(note: Interview, standards: Standards) -> Findings:
    config = standards.config
    lists: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
        ("product", "product", [note.product] if is_slug(note.product) else [], config.products),
        ("segments", "segment", note.segments, config.segments),
        ("hypotheses", "hypothesis", note.hypotheses, config.hypotheses),
        ("also_products", "product", note.also_products, config.products),
    )
    for key, kind, words, known in lists:
        for word in words:
            if known and word not in known:
                what = f"{kind} {word} is not in ilog.yaml"
                yield about(note, key, f"unknown-{kind}", what, _near(word, known))


def _near(word: str, known: Iterable[str]) -> str:
    return did_you_mean(word, known) or f"write one of {', '.join(known)}, or add it to ilog.yaml"


def _pm(note: Interview, standards: Standards) -> Findings:
    config = standards.config
    if not note.pm and note.source != "second-hand":
        what = "pm is missing, so the commit's author is credited"
        yield Finding(2, "pm-missing", what, "add a line such as pm: caroline")
    for word in note.pm:
        if config.pms and not config.pm_of(word):
            yield about(note, "pm", "unknown-pm", f"pm {word} is not on the roster", _near(word, config.pms))


def _future(note: Interview, standards: Standards) -> Findings:
    if note.date > standards.today:
        yield about(note, "date", "future", f"date {note.date} is still to come", "write the day of the conversation")


def _kept_too_long(note: Interview, standards: Standards) -> Findings:
    last = note.retain_until or last_day(note.date, standards.config.retention_months)
    if last and last < standards.today and not note.is_redacted:
        key = "retain_until" if note.retain_until else "date"
        yield about(note, key, "retention", f"was to be kept until {last} only", "ilog retention shows what is due")


def _missing(note: Interview, _standards: Standards) -> Findings:
    if note.source == "second-hand" and not note.via:
        yield about(note, "source", "via-missing", "second-hand, but via is missing", "add a line such as via: sales")
    if note.type == "win-loss" and not note.outcome:
        what = "win-loss, but outcome is missing"
        yield about(note, "type", "outcome-missing", what, "add a line such as outcome: won")


def _own_company(note: Interview, standards: Standards) -> Findings:
    if is_own_company(note.customer, standards.config):
        what = f"customer {note.customer} is our own company"
        yield about(note, "customer", "own-company", what, "name the customer, or correct own: in ilog.yaml")


def _names_of_participants(note: Interview, standards: Standards) -> Findings:
    """Ask after participants who are not named by a code; who is listed in `people.yaml` is told as an error."""
    told = any(is_name(each, note.customer) and not leaks(each, standards.known) for each in note.participants)
    if told:
        mend = "write a code and the role, such as P1 – ops lead; the name belongs in people.yaml"
        yield about(note, "participants", "participant-name", "a participant reads like a person's name", mend)


def _unknown_keys(note: Interview, _standards: Standards) -> Findings:
    """Ask after keys that look like a field's; any other key is the team's own and stays."""
    for key in list(note.extra)[:_MOST_KEYS]:
        near = _field_like(key) if len(key) <= _LONGEST_KEY else ""
        if near and near not in note.lines:
            yield about(note, key, "unknown-key", f"{key} is no field of a note", f"did you mean {near}?")


@lru_cache(maxsize=1024)
def _field_like(key: str) -> str:
    from difflib import get_close_matches

    plain = "_".join(key.casefold().replace("-", " ").replace("_", " ").split())
    return next(iter(get_close_matches(plain, FIELDS, n=1, cutoff=_ALIKE)), "")


FIELD_CHECKS: tuple[Check, ...] = (
    _file_name,
    _folder_name,
    _unknown_words,
    _pm,
    _future,
    _kept_too_long,
    _missing,
    _own_company,
    _names_of_participants,
    _unknown_keys,
)
