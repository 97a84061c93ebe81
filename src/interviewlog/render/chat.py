"""Summaries as text for a chat: two lines each, escaped for the place where a person pastes them.

Pasting is not posting: what a person types is escaped by the chat's own client, so `&` and `<` stay as they are
here; what a webhook sends needs another escaping. Calls to everybody are broken in every form, since a plain line is
pasted too. The order matters: clean, then go down to ASCII, then escape.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from interviewlog.insights.summary import Summary
from interviewlog.render.clean import clean

_CALL = re.compile(r"@(?=(?:here|channel|all|everyone|group)(?![^\W_]))|<(?=[!@#])", re.IGNORECASE)
_ANY_CALL = re.compile(r"(?<!\w)@(?=\w)")  # not in ann@example.com
_SLACK_MARK = re.compile(r"(?:<|(?<![^\W_])[*_~])(?=[^\s\u200b])")
_MARKDOWN_SIGN = re.compile(r"[\\`*_\[\]<>~|#&$]")


class Format(Protocol):
    """A way to write one summary; `is_ascii` is for terminals that know no more."""

    def __call__(self, summary: Summary, *, is_ascii: bool = False) -> str: ...


def plain(summary: Summary, *, is_ascii: bool = False) -> str:
    """Give the lines as plain text."""
    gap = _gap(is_ascii=is_ascii)
    return _lines(summary, _quiet(_shown(summary.headline, is_ascii=is_ascii), gap), _address(summary, gap))


def slack(summary: Summary, *, is_ascii: bool = False) -> str:
    """Give the lines to paste into Slack: nothing in them is bold, calls anybody or is a link, but for the address.

    `<!channel>` and its like and the signs that open bold, italics or a strike are broken. A grave accent opens
    code without any boundary that could be broken, and becomes an apostrophe.
    """
    gap = _gap(is_ascii=is_ascii)
    words = _quiet(_shown(summary.headline, is_ascii=is_ascii).replace("`", "'"), gap)
    return _lines(summary, _SLACK_MARK.sub(rf"\g<0>{gap}", words), _address(summary, gap))


def markdown(summary: Summary, *, is_ascii: bool = False) -> str:
    """Give the lines as Markdown, to paste into GitHub, GitLab or Mattermost, where any `@name` calls somebody."""
    gap = _gap(is_ascii=is_ascii)
    words = _ANY_CALL.sub(f"@{gap}", _quiet(_shown(summary.headline, is_ascii=is_ascii), gap))
    headline = _MARKDOWN_SIGN.sub(r"\\\g<0>", words)
    if summary.link_is_url:
        target = re.sub(r"[()<>\\]", lambda sign: f"%{ord(sign[0]):02X}", _address(summary, gap))
        return f"{headline}\n[{summary.link_label.removesuffix(' at')}]({target})"
    return _lines(summary, headline, _as_code(_address(summary, gap)))


def as_json(summaries: Sequence[Summary]) -> list[dict[str, Any]]:
    """Give what `json.dumps` needs; `path` and `link` are null where no path may be shown."""
    return [
        {
            "path": clean(summary.path) or None,
            "customer": clean(summary.customer),
            "pm": [clean(word) for word in summary.pm],
            "date": summary.date.isoformat(),
            "type": summary.type,
            "text": clean(summary.headline),
            "link": clean(summary.link) or None,
            "lines": plain(summary).split("\n"),
        }
        for summary in summaries
    ]


FORMATS: Mapping[str, Format] = {"plain": plain, "slack": slack, "markdown": markdown}


def several(summaries: Sequence[Summary], form: str = "plain", *, is_ascii: bool = False) -> str:
    """Give all summaries in one of FORMATS, with a blank line between them."""
    return "\n\n".join(FORMATS[form](summary, is_ascii=is_ascii) for summary in summaries)


def _lines(summary: Summary, headline: str, address: str) -> str:
    return f"{headline}\n{summary.link_label} {address}" if summary.link else headline


def _shown(text: str, *, is_ascii: bool) -> str:
    """Clean a text, and spell it in ASCII where asked to: "–" as "-", "ü" as "u"."""
    cleaned = clean(text)
    if not is_ascii or cleaned.isascii():
        return cleaned
    from anyascii import anyascii

    return clean(anyascii(cleaned.translate(_QUOTES)))


_QUOTES = str.maketrans({"«": '"', "»": '"', "‹": "'", "›": "'"})


def _address(summary: Summary, gap: str) -> str:
    """Give the link, cleaned but never respelt; a path may hold anything, a web address had its own quoting."""
    return clean(summary.link) if summary.link_is_url else _quiet(clean(summary.link), gap)


def _gap(*, is_ascii: bool) -> str:
    """Give what keeps a sign from acting on the word behind it: nothing to the eye, if the terminal knows that."""
    return " " if is_ascii else "\u200b"


def quiet(text: str) -> str:
    """Break what would call somebody; the text is cleaned already."""
    return _quiet(text, _gap(is_ascii=False))


def _quiet(text: str, gap: str) -> str:
    """Break `@here` and `<!channel>` and their like, so that a pasted line calls nobody.

    A `_` behind such a word does not save anybody: Mattermost takes it off and calls.
    """
    return _CALL.sub(rf"\g<0>{gap}", text)


def _as_code(text: str) -> str:
    """Give `text` as Markdown code, fenced by more grave accents than it holds."""
    runs: list[str] = re.findall("`+", text)
    fence = "`" * (1 + max(map(len, runs), default=0))
    pad = " " if runs else ""
    return f"{fence}{pad}{text}{pad}{fence}"
