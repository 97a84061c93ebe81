"""Access tokens and keys, by the beginnings that those who give them out have published.

A beginning is searched as it is, and only where it stands its rule is compiled: a note without one pays for some
sixty searches of a few microseconds.
"""

import re
from collections.abc import Iterator

from interviewlog.insights.spots import Spot

_WORD = r"[A-Za-z0-9_-]"
_ALNUM = "[A-Za-z0-9]"
_HEX = "[0-9a-f]"
# What a token begins with, and how it goes on. The beginning may be shown, the rest never.
_TOKENS: tuple[tuple[str, str], ...] = (
    *((f"gh{letter}_", rf"{_ALNUM}{{30,}}") for letter in "pousr"),  # GitHub
    ("github_pat_", r"\w{30,}"),
    *(
        (f"gl{kind}-", rf"{_WORD}{{16,}}")
        for kind in ("pat", "oas", "dt", "rt", "cbt", "ptt", "ft", "soat", "imt", "agent")
    ),
    *((f"xox{letter}-", r"[A-Za-z0-9-]{10,}") for letter in "abeoprs"),  # Slack
    ("xoxe.", r"[A-Za-z0-9.-]{20,}"),
    ("xapp-", r"[A-Za-z0-9-]{20,}"),
    *((start, "[A-Z0-9]{16}") for start in ("AKIA", "ASIA", "ABIA", "ACCA", "AGPA", "AIDA", "AROA")),  # Amazon
    ("AIza", rf"{_WORD}{{30,}}"),  # Google
    ("ya29.", rf"{_WORD}{{20,}}"),
    ("GOCSPX-", rf"{_WORD}{{20,}}"),
    *((f"{kind}_{mode}_", rf"{_ALNUM}{{10,}}") for kind in ("sk", "rk", "pk") for mode in ("live", "test")),  # Stripe
    ("whsec_", rf"{_ALNUM}{{20,}}"),
    *(
        (f"sk-{kind}-", rf"{_WORD}{{16,}}") for kind in ("proj", "ant", "svcacct", "admin", "or", "lf")
    ),  # OpenAI and its like
    ("sk-", rf"{_ALNUM}{{32,}}"),
    ("hf_", "[A-Za-z]{30,}"),  # Hugging Face
    ("gsk_", rf"{_ALNUM}{{40,}}"),  # Groq
    ("npm_", rf"{_ALNUM}{{36,}}"),
    ("pypi-", rf"{_WORD}{{50,}}"),
    ("SG.", rf"{_WORD}{{16,}}\.{_WORD}{{16,}}"),  # SendGrid
    ("key-", rf"{_HEX}{{32}}"),  # Mailgun
    *((start, rf"{_HEX}{{32}}") for start in ("AC", "SK")),  # Twilio
    *((f"do{letter}_v1_", rf"{_HEX}{{40,}}") for letter in "opr"),  # DigitalOcean
    *((f"shp{kind}_", "[0-9a-fA-F]{32}") for kind in ("at", "ca", "pa", "ss")),  # Shopify
    *((f"sq0{kind}-", rf"{_WORD}{{20,}}") for kind in ("atp", "csp", "idp")),  # Square
    ("ATATT3", r"[\w=-]{50,}"),  # Atlassian
    ("lin_api_", rf"{_ALNUM}{{30,}}"),  # Linear
    ("ntn_", rf"{_ALNUM}{{40,}}"),  # Notion
    ("secret_", rf"{_ALNUM}{{40,}}"),
    ("figd_", rf"{_WORD}{{30,}}"),  # Figma
    ("dapi", rf"{_HEX}{{32}}"),  # Databricks
    ("hvs.", rf"{_WORD}{{20,}}"),  # Vault
    ("dp.pt.", rf"{_ALNUM}{{40,}}"),  # Doppler
    ("PMAK-", rf"{_HEX}{{24}}-{_HEX}{{30,}}"),  # Postman
    ("glsa_", r"\w{30,}"),  # Grafana
    ("glc_", r"[\w+/=]{30,}"),
    ("pat-na1-", rf"[{_HEX[1:-1]}-]{{36}}"),  # HubSpot
    ("pat-eu1-", rf"[{_HEX[1:-1]}-]{{36}}"),
    ("NRAK-", "[A-Z0-9]{27}"),  # New Relic
    ("dt0c01.", rf"{_ALNUM}{{24}}\.{_ALNUM}{{60,}}"),  # Dynatrace
    ("AGE-SECRET-KEY-1", "[A-Z0-9]{40,}"),
    ("eyJ", rf"{_WORD}{{10,}}\.{_WORD}{{10,}}\.{_WORD}*"),  # signed web tokens
    ("AccountKey=", r"[\w+/]{40,}={0,2}"),  # Azure
    ("Bearer ", r"(?=[\w.~+/-]*\d)[\w.~+/-]{20,}={0,2}"),
    ("Basic ", r"(?=[\w+/]*\d)[\w+/]{20,}={0,2}"),
)
_BLOCK = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:[ \t]*(?:\\n|\r?\n|\r)[ \t>]*[\w+/=:,. -]{1,200}(?=\\n|[\r\n]|\Z))*"
)
# `password = …`, `api_key: …`: said to be secret, and too mixed for a word.
_SAID = re.compile(
    r"(?:api[_-]?key|access[_-]?key|secret|token|passw(?:or)?d|pwd)[\"'`]?\s{0,3}[:=]\s{0,3}[\"'`]?"
    r"(?P<value>(?=[\w+/.~-]{0,200}\d)(?=[\w+/.~-]{0,200}[A-Za-z])[\w+/.~-]{16,}={0,2})",
    re.IGNORECASE | re.ASCII,
)


def tokens(text: str) -> Iterator[Spot]:
    """Yield the tokens and private keys in a text."""
    for start, rest in _TOKENS:
        if start in text:
            for found in re.finditer(rf"(?<![A-Za-z0-9_]){re.escape(start)}{rest}", text):
                yield Spot("token", *found.span(), f"{start.strip()}…")
    if "PRIVATE KEY" in text:
        yield from (Spot("token", *found.span(), "-----BEGIN…") for found in _BLOCK.finditer(text))


def assigned(text: str) -> Iterator[Spot]:
    """Yield what a text itself calls a secret, whatever gave it out."""
    yield from (Spot("token", *found.span("value"), "…") for found in _SAID.finditer(text))
