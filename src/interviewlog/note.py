"""One note: bytes to an Interview, or to a Problem that says where and how to mend it. Never an exception."""

import re
from collections.abc import Mapping
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from interviewlog.fitting import EXAMPLES, findings, fitted, problem
from interviewlog.interview import Interview
from interviewlog.observations import read_body
from interviewlog.parts import Parts, split
from interviewlog.problem import Problem, product_of
from interviewlog.yamlerror import YamlError, place
from interviewlog.yamlslip import MERGE_IT, loose_colon
from interviewlog.yamltext import Document, load, spots

__all__ = ["FRONT_LINE", "LARGEST", "NoteHandler", "Parts", "parse", "split"]

LARGEST = 10 * 1024 * 1024
FRONT_LINE = 2  # front matter begins below its ---

_MERGE_MARKS = tuple(re.compile(mark, re.MULTILINE) for mark in (rb"^<{7} ", rb"^={7}(?=\r?$)", rb"^>{7} "))


class NoteHandler(YAMLHandler):
    """python-frontmatter's YAML handler, strict: bytes stay as they are, values stay text."""

    def split(self, text: str) -> tuple[str, str]:
        """Cut a note into front matter and body. Raises YamlError when there is no front matter."""
        parts = split(text.encode("utf-8", "surrogateescape"))
        return parts.front.decode("utf-8", "surrogateescape"), parts.body.decode("utf-8", "surrogateescape")

    def load(self, fm: str, **_kwargs: object) -> Any:
        """Read front matter; raises YamlError."""
        return self.document(fm).value

    def document(self, fm: str) -> Document:
        """Read front matter, with the file's line of each key; raises YamlError."""
        return load(fm, first_line=FRONT_LINE)


_HANDLER = NoteHandler()


def parse(path: str, raw: bytes, template: frozenset[str] = frozenset()) -> Interview | Problem:
    """Read one note.

    `path` is relative to the folder's top, `template` the stripped lines of the templates (nobody's own words).
    """
    try:
        _refuse_what_is_no_note(raw)
        parts = split(raw)
        front = parts.front.decode()
        document = _HANDLER.document(front)
        if not isinstance(document.value, dict):
            raise _no_fields(front, document.value)
    except YamlError as error:
        return Problem(path, error.line, error.column, error.what, error.mend, source=error.source)
    return _interview(path, parts, front, document, template)


def _refuse_what_is_no_note(raw: bytes) -> None:
    if len(raw) > LARGEST:
        raise YamlError("more than 10 MiB", "keep recordings elsewhere and name them in recording:")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise YamlError("UTF-16, not UTF-8", "save it again as UTF-8")
    merge = _unresolved_merge(raw)
    if merge >= 0:
        raise _fault(raw, merge, "unresolved merge", MERGE_IT)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        raise _fault(raw, error.start, "not UTF-8", "save it again as UTF-8") from None


def _fault(raw: bytes, at: int, what: str, mend: str) -> YamlError:
    before = raw[:at].decode(errors="replace")
    return YamlError(what, mend, *place(raw.decode(errors="replace"), len(before)))


def _unresolved_merge(raw: bytes) -> int:
    """Give the offset at which git's conflict markers begin; -1 unless all three follow each other."""
    begin, at = -1, 0
    for mark in _MERGE_MARKS if b"<<<<<<< " in raw else ():
        found = mark.search(raw, at)
        if not found:
            return -1
        begin, at = found.start() if begin < 0 else begin, found.end()
    return begin


def _no_fields(front: str, value: Any) -> YamlError:
    shape = "a list" if isinstance(value, list) else "one text"
    at = len(front) - len(front.lstrip())
    slip = loose_colon(front, at)
    what = f"the front matter has no fields, {f'since there is {slip.what}' if slip else f'it is {shape}'}"
    mend = slip.mend if slip else f"write fields such as {EXAMPLES['customer']}"
    return YamlError(what, mend, *place(front, slip.at if slip else at, FRONT_LINE))


def _interview(
    path: str, parts: Parts, front: str, document: Document, template: frozenset[str]
) -> Interview | Problem:
    found = fitted(path, document.value)
    if found.unusable:
        return problem(path, found, spots(front, FRONT_LINE))
    known = {**found.known, "imported": bool(found.known.get("imported"))}
    body, body_line = parts.body.decode(), parts.body_line
    return Interview(
        path=path,
        product=product_of(path),
        extra=found.extra,
        body=read_body(body, body_line, _filled(template, known, path)),
        text=body,
        findings=tuple(findings(found.misfits, spots(front, FRONT_LINE))) if found.misfits else (),
        lines=document.lines,
        body_line=body_line,
        **known,
    )


_BLANK = re.compile(r"\{\{[ \t]*(customer|product|date|pm|type)[ \t]*\}\}")


def _filled(template: frozenset[str], known: Mapping[str, Any], path: str) -> frozenset[str]:
    """Fill the blanks in a template's lines as `ilog new` did, to know those lines again in the note."""
    if not any("{{" in line for line in template):
        return template
    lead = known.get("pm") or ("",)
    values = {**known, "product": product_of(path), "date": known["date"].isoformat(), "pm": lead[0]}
    return template | {_BLANK.sub(lambda blank: str(values.get(blank[1], "")), line) for line in template}
