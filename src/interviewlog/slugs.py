"""Slugs: the ASCII names of folders and files, the same on every file system.

A slug is `[a-z0-9-]`, 1 to 80 characters, without a leading `-` and never a name that Windows reserves, so
that notes check out anywhere. The human spelling stays in the front matter.
"""

import re
import unicodedata

LONGEST = 80
_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_COMPANY_FORM = re.compile(
    r"-(?:inc|incorporated|llc|ltd|limited|gmbh|ag|kg|se|sa|sas|sarl|bv|nv|oy|ab|as|plc|corp|co|company)$"
)


def is_slug(text: str) -> bool:
    """Tell whether `text` may stand as a slug as it is."""
    return bool(_PATTERN.fullmatch(text)) and text not in RESERVED


def slug(name: str) -> str:
    """Turn a name into its slug: `Müller & Söhne` into `muller-sohne`; "" when nothing is left of it."""
    folded = unicodedata.normalize("NFKC", name)
    if not folded.isascii():
        from anyascii import anyascii

        folded = anyascii(folded)
    plain = re.sub(r"[^a-z0-9]+", "-", folded.lower().replace("'", "")).strip("-")
    cut = plain[:LONGEST].rstrip("-")
    return f"{cut}-x" if cut in RESERVED else cut


def stem(customer_slug: str) -> str:
    """Give the slug without its company form, so that `acme-inc` and `acme` are seen as one name."""
    return _COMPANY_FORM.sub("", customer_slug)
