"""Checks of what a note tells: what is not read as it was meant, who said it, and whether it may stand there."""

import re
from collections.abc import Iterator
from shlex import quote

from interviewlog.hidden import without_comments
from interviewlog.insights.consent import may_quote, withheld
from interviewlog.insights.passages import passages, with_evidence
from interviewlog.insights.standards import Check, Findings, Standards, about
from interviewlog.insights.wording import cut
from interviewlog.interview import REDACTED, Finding, Interview
from interviewlog.observations import MOST_READ

_LONGEST_SHOWN = 100
_ASKING = frozenset({"request", "objection"})
_CODE = re.compile(r"\bP[0-9]+\b")
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")


def _near_misses(note: Interview, _standards: Standards) -> Findings:
    for miss in note.body.near_misses:
        what = f"not read as an observation: {cut(miss.text, _LONGEST_SHOWN)}"
        yield Finding(miss.line, "near-miss", what, f"did you mean {cut(miss.mend, _LONGEST_SHOWN)}")


def _unclosed_comment(note: Interview, _standards: Standards) -> Findings:
    if note.body.unclosed and len(note.text) <= MOST_READ:
        what = "the comment that begins here never ends, so nothing below it is read"
        yield Finding(note.body.unclosed, "unclosed-comment", what, "close it with -->")


def _empty(note: Interview, _standards: Standards) -> Findings:
    if note.body.is_empty and not note.is_stub:
        yield Finding(1, "empty", "nothing is written down yet", 'add one observation, such as "- pain: …"')


def _participants(note: Interview, _standards: Standards) -> Findings:
    """Ask who a code stands for, where the note says who others are; without any list, codes speak for themselves."""
    known = {code for each in note.participants for code in _CODE.findall(each)}
    asked: set[str] = set()
    for each in with_evidence(note.body.observations) if known else ():
        if each.who and each.who not in known | asked:
            asked.add(each.who)
            mend = f"add to participants: {each.who} – their role"
            yield Finding(each.line, "unknown-participant", f"{each.who} is not among the participants", mend)


def _only_asking(note: Interview, _standards: Standards) -> Findings:
    kinds = {each.kind for each in with_evidence(note.body.observations)}
    if note.type == "learning" and kinds and kinds <= _ASKING:
        what = "only requests and objections were heard: was this a sales call?"
        mend = "write type: sales, or what they do today and what gets in their way"
        yield about(note, "type", "only-asking", what, mend)


def _consent_open(note: Interview, _standards: Standards) -> Findings:
    if note.consent in {None, "pending"}:
        mend = "ask, then write consent: notes, quotes or declined"
        yield about(note, "consent", "consent-open", "consent is not settled", mend)


def _refused(note: Interview, _standards: Standards) -> Findings:
    """Nobody may keep what somebody declined to have kept; after a withdrawal no line of it may stay either."""
    is_told = note.consent == "withdrawn" and (note.tldr or note.nugget)
    if note.is_stub and (is_told or not note.body.is_empty):
        what = f"consent is {note.consent}, but the note has content"
        yield Finding(2, "consent-refused", what, f"ilog redact {quote(note.path)}", is_error=True)


def _quotes(note: Interview, standards: Standards) -> Findings:
    if may_quote(note) or note.is_stub:
        return
    mend = "paraphrase it, or ask for consent: quotes"
    for line, how in sorted(dict(_quoted(note, standards.template)).items()):
        what = f"{how}, but consent is {note.consent or 'unknown'}"
        yield Finding(line, "quote-without-consent", what, mend)
    told = [key for key in ("tldr", "nugget") if getattr(note, key)]
    kept = withheld(note) if told else None
    for key in told:
        if kept and kept.holds(getattr(note, key)):
            what = f"{key} repeats a quote, but consent is {note.consent or 'unknown'}"
            yield about(note, key, "quote-without-consent", what, "say it in your own words")


def _quoted(note: Interview, template: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines at which somebody's own words begin, and how one sees it; the last to be yielded is surest."""
    for passage in passages(_shown(note.text, template)):
        if passage.how:
            yield note.body_line + passage.line - 1, passage.how
    for miss in note.body.near_misses:
        if miss.mend.startswith("- quote:"):
            yield miss.line, "a quote"
    for each in with_evidence(note.body.observations):
        if each.kind == "quote" and each.text != REDACTED:
            yield each.line, "a quote"


def _shown(text: str, template: frozenset[str]) -> str:
    """Blank out what nobody said: comments, code between fences, and lines of the template; lines keep their number."""
    fence, inside, shown = "", False, list[str]()
    for raw in re.split(r"\r\n|\n|\r", text):
        if fence:
            fence = "" if re.fullmatch(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", raw) else fence
            shown.append("")
            continue
        line, inside = without_comments(raw, inside=inside)
        found = _FENCE.match(line)
        fence = found[1] if found else ""
        shown.append("" if fence or line.strip() in template else line)
    return "\n".join(shown)


BODY_CHECKS: tuple[Check, ...] = (
    _near_misses,
    _unclosed_comment,
    _empty,
    _participants,
    _only_asking,
    _consent_open,
    _refused,
    _quotes,
)
