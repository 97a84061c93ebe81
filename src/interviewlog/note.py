"""One note: bytes to an Interview, or to a Problem that says where and how to mend it. Never an exception."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from interviewlog.fields import FIELDS, typed
from interviewlog.interview import Finding, Interview
from interviewlog.observations import read_body
from interviewlog.problem import Problem, product_of
from interviewlog.slugs import slug
from interviewlog.yamltext import Document, YamlError, load

LARGEST = 10 * 1024 * 1024
FRONT_LINE = 2  # front matter begins below its ---

_OPENER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)")
_CLOSER = re.compile(rb"(?:\A|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_MERGE_MARK = re.compile(rb"^(?:<{7} |={7}(?=\r?$)|>{7} )", re.MULTILINE)
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Parts:
    """A note cut in four, so that `head + front + closer + body` is every byte of it again."""

    head: bytes
    front: bytes
    closer: bytes
    body: bytes

    @property
    def body_line(self) -> int:
        """The file's 1-based number of the body's first line."""
        return 1 + len(_LINE_END.findall(self.head + self.front + self.closer))


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


def split(raw: bytes) -> Parts:
    """Cut a note into its four parts. Raises YamlError saying what stands where front matter should."""
    opener = _OPENER.match(raw)
    if not opener:
        raise YamlError(_instead_of_front_matter(raw), "start the note with a line --- and its fields")
    closer = _CLOSER.search(raw, opener.end())
    if not closer:
        raise YamlError("the front matter is never closed", "add a line --- after the last field")
    return Parts(
        raw[: opener.end()], raw[opener.end() : closer.start()], raw[closer.start() : closer.end()], raw[closer.end() :]
    )


def _instead_of_front_matter(raw: bytes) -> str:
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:3]
    if not start:
        return "the note is empty"
    if start == b"+++":
        return "front matter in TOML, which ilog does not read"
    if start[:1] == b"{":
        return "front matter in JSON, which ilog does not read"
    return "no front matter"


def parse(path: str, raw: bytes, template: frozenset[str] = frozenset()) -> Interview | Problem:
    """Read one note.

    `path` is relative to the folder's top, `template` the stripped lines of the templates (nobody's own words).
    """
    try:
        return _parse(path, raw, template)
    except YamlError as error:
        return Problem(path, error.line, error.column, error.what, error.mend)


def _parse(path: str, raw: bytes, template: frozenset[str]) -> Interview | Problem:
    if len(raw) > LARGEST:
        raise YamlError("more than 10 MiB", "keep recordings elsewhere and name them in recording:")
    line = _unresolved_merge(raw)
    if line:
        raise YamlError("unresolved merge", "keep one side, delete the lines <<<<<<< ======= >>>>>>>", line)
    _decoded(raw)
    parts = split(raw)
    document = _HANDLER.document(parts.front.decode())
    if not isinstance(document.value, dict):
        raise YamlError("the front matter has no fields", 'write fields such as customer: "Acme Freight"', 2)
    body = parts.body.decode()
    return _interview(path, document.value, document.lines, body, parts.body_line, template)


def _unresolved_merge(raw: bytes) -> int:
    """Give the line where git's conflict markers begin; 0 unless all three follow each other."""
    begin, wanted = 0, b"<"
    for mark in _MERGE_MARK.finditer(raw) if b"<<<<<<< " in raw else ():
        if mark[0][:1] != wanted:
            continue
        if wanted == b"<":
            begin, wanted = raw.count(b"\n", 0, mark.start()) + 1, b"="
        elif wanted == b"=":
            wanted = b">"
        else:
            return begin
    return 0


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise YamlError("not UTF-8", "save it again as UTF-8", line, column) from None


def _interview(
    path: str,
    values: Mapping[str, Any],
    lines: Mapping[str, int],
    body: str,
    body_line: int,
    template: frozenset[str],
) -> Interview | Problem:
    known: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in values.items():
        spec = FIELDS.get(key)
        if spec is None:
            extra[key] = value
            continue
        known[key], misfits = typed(spec, value)
        line = lines.get(key, FRONT_LINE)
        findings.extend(Finding(line, f"field-{key.replace('_', '-')}", each.what, each.mend) for each in misfits)
    problem = _unusable(path, known, lines, findings)
    if problem:
        return problem
    findings.extend(_product_findings(path, known.pop("product", None), lines))
    known["imported"] = bool(known.get("imported"))
    return Interview(
        path=path,
        product=product_of(path),
        extra=extra,
        body=read_body(body, body_line, _filled(template, known, path)),
        text=body,
        findings=tuple(findings),
        lines=lines,
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


def _unusable(path: str, known: Mapping[str, Any], lines: Mapping[str, int], findings: list[Finding]) -> Problem | None:
    """Say which of the fields that no note can do without is missing or unusable, the first of them."""
    for key in ("date", "customer", "type"):
        value = known.get(key)
        if value is not None and (key != "customer" or slug(value)):
            continue
        line = lines.get(key, 1)
        found = next((each for each in findings if each.code == f"field-{key}"), None)
        what = found.what if found else f"{key} is missing" if value is None else f"no letters in {key}"
        mend = found.mend if found else _EXAMPLES[key]
        return Problem(path, line, 1, what, mend, known.get("date"), known.get("pm") or ())
    return None


_EXAMPLES = {
    "date": "add a line such as date: 2026-11-18",
    "customer": 'add a line such as customer: "Acme Freight"',
    "type": "add a line such as type: learning",
}


def _product_findings(path: str, product: str | None, lines: Mapping[str, int]) -> list[Finding]:
    folder = product_of(path)
    if product is None or product == folder:
        return []
    what = f"product is {product}, but the note is filed under {folder}"
    return [Finding(lines["product"], "product-differs", what, f"write product: {folder}, or move the note")]
