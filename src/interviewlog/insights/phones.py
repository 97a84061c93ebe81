"""Phone numbers, as people write them: `+49 151 …`, `(415) 555-…`, `030/1234…`, `06 12 34 …`, `call 98…`.

Nine digits and more also make dates, prices, ids and versions. So a number must first look like one: it begins with
a plus, a zero or a bracket, is grouped as numbers are, or stands behind a word such as "call". Only then the library
that knows the numbering plans is loaded and asked.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from interviewlog.insights.spots import Spot

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_BLANK = "[ \t\u00a0\u2009\u202f]"
_GAP = rf"(?:{_BLANK}?[-–‑./·]{_BLANK}?(?=\d)|{_BLANK}?\((?=\d)|\){_BLANK}?[-./]?{_BLANK}?|{_BLANK}{{1,2}})?"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{8,}}")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d([-./])\d\d?\1\d\d?|\d\d?([-./])\d\d?\2(?:19|20)\d\d)(?!\d)"  # 2026-11-18, 18.11.2026
    r"|(?<!\d)(?:19|20)\d{6}[T_-]?\d{4,6}(?!\d)|(?<!\d)\d\d?:\d\d(?::\d\d)?(?!\d)"  # 20261118T1530, 15:30
)
_CALL = re.compile(
    r"(?:\b(?:tel|telefon|telefono|teléfono|telephone|téléphone|telefone|telefoon|puhelin|phones?|ph|mobile?|móvil"
    r"|portable|cell|handy|fax|call(?:ed|s)?|ring|rang|dial|whatsapp|sms|text(?:ed)?|durchwahl|rufnummer)\b"
    r"|\b(?:my|his|her|their|direct) (?:number|line)|[☎📞📱]|wa\.me/|phone=|電話|电话)[^\d\n]{0,20}\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:[€$£¥₹#№]|\b(?:eur|usd|gbp|chf|ids?|nr|no|order|invoice|ticket|case|ref|sku|isbn|ean|gtin|serial"
    r"|vat|po|account|crm|issue|build|version|rev))[\s.:#(-]{0,4}\Z",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s?(?:[€$£¥₹%]|(?:eur|usd|gbp|chf|bytes?|[kmg]b)(?!\w))", re.IGNORECASE)
_IN_LINK = re.compile(r"(?://|www\.)\S*\Z")
_JOINED = re.compile(r"[\w@&=\\%+*`]\Z|\w[-.,/–]\Z|\d:\Z")  # the rest of something longer
_GOES_ON = re.compile(r"(?!x\d|ext)[\w@%]|[-.,:]\d", re.IGNORECASE)
# Groups of digits that tell a phone number without a plus or a zero, by how they are set apart.
_GROUPED = re.compile(
    r"(?:1[ .-])?(?:\([2-9]\d\d\)[ .-]?\d{3}[ .-]|[2-9]\d\d(?:\.\d{3}\.|-\d{3}-|[ ]\d{3}[ -]))\d{4}(?!\d)"
    r"|[6-9]\d{4} \d{5}(?!\d)"  # 98765 43210
    r"|1[3-9]\d[ -]\d{4}[ -]\d{4}(?!\d)"  # 138 1234 5678
    r"|[67]\d\d[ .]\d\d[ .]\d\d[ .]\d\d(?![ .]?\d)"  # 612 34 56 78
)
_TRUNK = re.compile(r"\(?00?[1-9]|\(0\)|\(\d{2,5}\)")  # 030 …, (11) …
_POSTCODE = re.compile(r"\d{5}-\d{4}")  # of the United States
_PAIRS = re.compile(r"(?:\d\d ){5}|(?:\d\D\D)?(?:\d\d[ .:-]){5}\d\d")  # 01 02 03 04 05 06
_LEAST, _MOST = 9, 15  # digits; no numbering plan has more
# Where most numbers are from that are written without their country; they are asked in turn.
_REGIONS = (
    "US", "GB", "DE", "FR", "IT", "ES", "NL", "BE", "AT", "CH", "SE", "FI", "PL", "PT", "IE", "CZ", "GR", "HU",
    "IN", "CN", "JP", "KR", "AU", "NZ", "BR", "MX", "AR", "ZA", "IL", "TR", "UA", "AE",
)  # fmt: skip
_MOST_ASKED = 500  # times in one text, at up to 2 ms; in a phone book the look of the others has to do

_Groups = list[tuple[int, int]]


def phones(text: str) -> Iterator[Spot]:
    """Yield the phone numbers in a text."""
    if not _RUN.search(text):
        return
    plain = _DATE.sub(lambda date: "\0" * len(date[0]), text)
    plan = _Plan()
    for run in _RUN.finditer(plain):
        groups = [group.span() for group in _GROUP.finditer(plain, *run.span())]
        at = 0
        while at < len(groups):
            span = _number(plain, groups, at, plan)
            if span:
                yield Spot("phone", *span, f"{text[span[0]]}…")
            at = next((i for i in range(at, len(groups)) if groups[i][0] >= span[1]), len(groups)) if span else at + 1


def _number(text: str, groups: _Groups, at: int, plan: "_Plan") -> tuple[int, int] | None:
    """Give the phone number that begins with a group of digits, if one does; the longest there is."""
    first = groups[at][0]
    if text[max(0, first - 1) : first] in {"+", "＋"}:
        return next(((first - 1, end) for end in _ends(text, groups, at) if plan.has_abroad(text[first:end])), None)
    start = first - 1 if text[max(0, first - 1) : first] == "(" else first
    grouped = _GROUPED.match(text, start)
    is_trunk = bool(_TRUNK.match(text, start)) and not _PAIRS.match(text, max(0, first - 3))
    if not (at == 0 or grouped or is_trunk):  # a long row of digits must not cost a look around at each
        return None
    before = text[max(0, start - 40) : start]
    is_called = bool(_CALL.search(before))
    if not is_called and (_JOINED.search(before) or _COUNTED.search(before) or _IN_LINK.search(before)):
        return None
    if grouped:
        is_whole = not (before.strip()[-1:].isdigit() or _is_part(text, grouped.end()))
        return (start, grouped.end()) if is_whole else None
    ends = (end for end in _ends(text, groups, at) if not _MONEY.match(text, end)) if is_called or is_trunk else ()
    return next(((start, end) for end in ends if plan.has_here(text[start:end], is_called=is_called)), None)


def _is_part(text: str, end: int) -> bool:
    return bool(_MONEY.match(text, end) or _GOES_ON.match(text, end))


def _ends(text: str, groups: _Groups, at: int) -> Iterator[int]:
    """Yield where a number may end that begins with a group, the last first."""
    digits, ends = 0, []
    for start, end in groups[at : at + _MOST]:
        digits += end - start
        if digits > _MOST:
            break
        if digits >= _LEAST and not _GOES_ON.match(text, end):
            ends.append(end)
    yield from reversed(ends)


class _Plan:
    """The numbering plans, asked about one text."""

    def __init__(self) -> None:
        self._asked = 0

    def has_abroad(self, number: str) -> bool:
        """Tell whether a number that begins with a country's code is one, or has the length of one.

        Films and books use numbers that are never given out; in a note even those are meant as somebody's.
        """
        from phonenumbers import is_possible_number

        return self._is_tired() or any(is_possible_number(each) for each in _parsed(f"+{number}", (None,)))

    def has_here(self, number: str, *, is_called: bool) -> bool:
        """Tell whether a number is one in some country; in one piece it must be a mobile's, or introduced as one."""
        digits = re.sub(r"\D", "", number)
        if number.startswith("00"):
            return self.has_abroad(number[2:])
        if not is_called and (not _TRUNK.match(number) or _POSTCODE.fullmatch(number)):
            return False
        from phonenumbers import PhoneNumberType, is_valid_number, number_type

        found = (each for each in _parsed(number, _REGIONS) if is_valid_number(each))
        if is_called or digits != number:
            return self._is_tired() or any(True for _ in found)
        return self._is_tired() or any(number_type(each) == PhoneNumberType.MOBILE for each in found)

    def _is_tired(self) -> bool:
        self._asked += 1
        return self._asked > _MOST_ASKED


def _parsed(number: str, regions: Iterable[str | None]) -> "Iterator[PhoneNumber]":
    from phonenumbers import NumberParseException, parse

    for region in regions:
        with suppress(NumberParseException):
            yield parse(" ".join(number.split()), region)
