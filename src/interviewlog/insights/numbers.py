"""Numbers that prove themselves: bank accounts, cards, social security; and addresses of machines.

A check digit tells them from the ids and prices that notes are full of. The library that knows the rules of each
country is loaded for what looks like such a number and adds up.
"""

import re
from collections.abc import Iterator

from interviewlog.insights.spots import Spot

_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d\d(?=[ -]?[A-Z\d])", re.IGNORECASE | re.ASCII)
_IBAN_SIGNS = re.compile(r"[ \u00a0\u202f-]?([A-Z\d])", re.IGNORECASE | re.ASCII)
_IBAN_HEAD, _SHORTEST_IBAN, _LONGEST_IBAN = 4, 15, 34  # characters
_ALONE = r"(?<![\w.+])(?<!\d[,-])"  # not the end of a longer number
_CARD = re.compile(
    _ALONE + r"(?:\d{13,19}|\d{4}([ \u00a0-])\d{4}\1\d{4}\1\d{4}|\d{4}([ \u00a0-])\d{6}\2\d{4,5})(?!\w|[.,]\d)",
    re.ASCII,
)
# First digits and lengths that networks of cards have published.
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}",
    re.ASCII,
)
_SSN = re.compile(_ALONE + r"\d{3}([- ])\d\d\1\d{4}(?![\w]|[.,-]\d)", re.ASCII)
_IP = re.compile(r"(?<![\w.:/-])(?=(?:\.?\d){9})(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)", re.ASCII)
_VERSION = re.compile(r"(?:version|release|build|firmware|v)[\s.:]*\Z", re.IGNORECASE)


def ibans(text: str) -> Iterator[Spot]:
    """Yield bank account numbers, grouped or not; of what follows only so much as makes a valid one."""
    at = 0
    while start := _IBAN.search(text, at):
        end = _iban_end(text, start.start())
        if end:
            yield Spot("iban", start.start(), end, f"{text[start.start()]}…")
        at = end or start.end()


def _iban_end(text: str, start: int) -> int:
    """Give where a valid number ends that starts here; 0 for none."""
    signs, at, rest = "", start, 0
    while len(signs) < _LONGEST_IBAN and (sign := _IBAN_SIGNS.match(text, at)):
        signs, at = signs + sign[1], sign.end()
        if len(signs) > _IBAN_HEAD:
            value = int(sign[1], 36)
            rest = (rest * (10 if value < 10 else 100) + value) % 97  # noqa: PLR2004 - a letter counts as two digits
        is_whole = not (text[at : at + 1].isalnum() and text[at : at + 1].isascii())
        if len(signs) >= _SHORTEST_IBAN and is_whole and _adds_up(rest, signs) and _is_iban(signs):
            return at
    return 0


def _adds_up(rest: int, signs: str) -> bool:
    """Tell whether a number leaves 1 when divided by 97, its head put behind the rest."""
    head = "".join(str(int(sign, 36)) for sign in signs[:_IBAN_HEAD])
    return (rest * pow(10, len(head), 97) + int(head)) % 97 == 1


def _is_iban(signs: str) -> bool:
    from stdnum import iban

    return iban.is_valid(signs, check_country=False)


def cards(text: str) -> Iterator[Spot]:
    """Yield the numbers of payment cards."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if _ISSUED.fullmatch(digits) and _is_luhn(digits):
            yield Spot("card", found.start(), found.end(), f"{digits[0]}…")


def _is_luhn(digits: str) -> bool:
    from stdnum import luhn

    return luhn.is_valid(digits)


def social_security(text: str) -> Iterator[Spot]:
    """Yield social security numbers of the United States, which have no check digit but areas never given out."""
    for found in _SSN.finditer(text):
        from stdnum.us import ssn

        if ssn.is_valid(found[0].replace(" ", "-")):
            yield Spot("ssn", found.start(), found.end(), f"{found[0][0]}…")


def addresses(text: str) -> Iterator[Spot]:
    """Yield the IP addresses of machines on the open network; versions look alike, so they are warnings."""
    for found in _IP.finditer(text):
        from ipaddress import AddressValueError, IPv4Address

        try:
            is_public = IPv4Address(found[0]).is_global
        except AddressValueError:
            continue
        if is_public and not _VERSION.search(text, max(0, found.start() - 12), found.start()):
            yield Spot("ip", found.start(), found.end(), f"{found[0][0]}…", is_error=False)
