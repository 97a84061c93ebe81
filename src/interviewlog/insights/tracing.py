"""All that is personal or secret in a text, as places.

Each kind has a file of its own; a few cheap searches decide which of them are loaded: most notes need none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from interviewlog.insights.known import Known
from interviewlog.insights.speaking import speakers
from interviewlog.insights.spots import Spot, apart

_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_AT = ("@", "＠", "﹫", "(at)", "[at]", "{at}", "&#64;", "&#x40;", "&commat;", "%40", "\\x40", "\\u0040")
_NINE_DIGITS = re.compile(r"\d(?:[^\w\n]{0,4}\d){8}")
_IBAN = re.compile(r"[A-Za-z]{2}\d\d[ -]?[A-Za-z\d]{4}")
_FOUR_PARTS = re.compile(r"\d\.\d{1,3}\.\d{1,3}\.\d")
_RUN = re.compile(r"[\w+.=-]+")
_MIXED = 14  # characters without a blank: so many with a digit among them may be a token
_DIGIT_OR_LONG = re.compile(r"\d|\w{20}")
# A word for a password or a key, and what gives it a value: few notes have both.
_SAID = re.compile(
    r"(?:pass|pw|psw|mdp|kennwort|passe|contrase|senha|wachtw|parola|adgang|lösen|salasana|has[łl]o|heslo|пароль|パスワード"
    r"|密|비밀번호|key|secret|token)[^\n:=：]{0,24}[:=：]"
)
_QUERY = re.compile(r"[?&;#][\w.-]+=|://[^\s/]+@")
_DOORS = ("hook", "meet/", "azure.com", "powerplatform", "googleapis", "ifttt")
_CUSTOMER = re.compile(r"^customer:(.*)$", re.MULTILINE)


@lru_cache(maxsize=32)  # whoever looks for leaks and then shows the text asks twice, with short texts between
def spots(text: str, known: Known) -> Sequence[Spot]:
    """Give what must not enter git in a text, in order of place and apart, whatever the text allows itself."""
    return tuple(apart(_all(text, known)))


def _all(text: str, known: Known) -> Iterator[Spot]:
    undated, lower = _DAY.sub("", text), text.lower()
    if any(sign in lower for sign in _AT):
        from interviewlog.insights.emails import emails

        yield from emails(text, known.emails, known.domains)
    if _NINE_DIGITS.search(undated) or _IBAN.search(undated):
        yield from _numbers(text)
    if _FOUR_PARTS.search(undated):
        from interviewlog.insights.numbers import addresses

        yield from addresses(text)
    is_mixed = "PRIVATE KEY" in text or any(_may_be_token(run) for run in _RUN.findall(undated))
    if is_mixed:
        from interviewlog.insights.secrets import tokens

        yield from tokens(text)
    if any(word in lower for word in _DOORS) or _QUERY.search(text):
        from interviewlog.insights import links

        yield from (*links.webhooks(text), *links.secrets_in_links(text))
    if _SAID.search(lower):
        from interviewlog.insights.secrets import assigned

        yield from assigned(text)
    yield from _names(text, known)


def _may_be_token(run: str) -> bool:
    return len(run) >= _MIXED and bool(_DIGIT_OR_LONG.search(run))


def _numbers(text: str) -> Iterator[Spot]:
    from interviewlog.insights import numbers, phones

    yield from (*numbers.ibans(text), *numbers.cards(text), *numbers.social_security(text))
    yield from phones.phones(text)


def _names(text: str, known: Known) -> Iterator[Spot]:
    if known.people:
        from interviewlog.insights.naming import people

        yield from people(text, known.people)
    customer = _CUSTOMER.search(text)
    yield from speakers(text, (*known.names, *([customer[1]] if customer else [])))
