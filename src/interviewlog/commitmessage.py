"""A commit message while it is written: which of it git will keep."""

import re

_SCISSORS = " ------------------------ >8 ------------------------"
# Colleagues sign what they did; that is what the e-mail in these lines is for.
_SIGNED = re.compile(r"(?:Signed-off|Co-authored|Co-developed|Reviewed|Acked|Tested)-by:.*", re.IGNORECASE)
_AUTOMATIC = "#;@!$%^&|:"  # where core.commentChar is `auto`, git takes one of these that begins no line


def kept(text: str, comment: str) -> str:
    """Give what git keeps of a message, without the lines by which colleagues sign; the lines keep their numbers.

    `comment` is what begins a line that git leaves out, `auto` where git chose that itself, "" where it keeps all.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    sign = _chosen(lines) if comment == "auto" else comment
    shown = []
    for line in lines:
        if sign and line == f"{sign}{_SCISSORS}":
            break
        is_left_out = (sign and line.startswith(sign)) or _SIGNED.fullmatch(line)
        shown.append("" if is_left_out else line)
    return "\n".join(shown)


def _chosen(lines: list[str]) -> str:
    """Give the sign that git chose: what it explains below the message begins with it."""
    last = next((line for line in reversed(lines) if line.strip()), "")
    return last[0] if last[:1] in _AUTOMATIC and last[:1] else ""
