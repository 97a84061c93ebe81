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
# `password = …`, `api_key: …`: said to be secret, and no plain word. With a prefix, such as `DB_PASSWORD`.
_WORDS_FOR_IT = (
    r"pass?word|passwort|passwd|passcode|pass[ _-]?phrase|(?<=[a-z\d]_)pass|(?<![^\W_])(?:pwd?|psw|mdp)|(?<=[a-z\d])pwd"
    "|kennwort|mot[ _-]de[ _-]passe|contrase(?:ñ|n\u0303|n)a|palavra[ _-]passe|senha|wachtwoord|parola"
    "|adgangskode|lösenord|passord|salasana|has[łl]o|heslo|пароль|パスワード|密码|密碼|비밀번호"
)
_KEY = "(?:api|access|auth|private|secret|encryption|signing)[ _-]?key|secret|token"
_SAID = re.compile(
    rf"(?:(?P<password>{_WORDS_FOR_IT})|{_KEY})[\"'`*\]]{{0,4}}[^\S\r\n]{{0,20}}(?P<sign>:=|=>|[:=：])\*{{0,2}}[^\S\r\n]{{0,20}}"
    r"\*{0,2}(?P<quote>[\"'`“„«]?)(?=(?P<value>\S{6,300}))",
    re.IGNORECASE,
)
_CLOSING = {"“": "”", "„": "“", "«": "»"}
_IN_LINK = re.compile(r"\S[?&;#][\w.-]*\Z")  # found there as what it is
_TAIL, _EDGES = ".,;:?)]}>'\"`*”“»|…", "*_~`([{<'\"“„«"
_SIGNS = frozenset("!#$%^&*~+=@?|\\<>")
_PLACEHOLDER = re.compile(
    r"[<{=]|\$[{(]|\$[A-Z_]+\W*\Z|%\w+%|[*.•xX]+\Z|[A-Za-z_.]+[(\[]|[A-Za-z_][\w.]*\(\)|[A-Za-z][A-Za-z\d+.]*:?//|\.{0,2}/[a-z]"
    r"|#[a-z][a-z\d-]*\W*\Z|\[[^\]]*\]\(|your[_-]|process\.|os\.|self\."
)
# Words that have a digit and are no secret.
_WORDS = re.compile(
    r"(?<![^\W_])(?:1password|[23]fa|oauth2?|auth0|[mo]365|office365|sha-?\d+|md5|bcrypt\d*|argon2(?:id?)?|pbkdf2|base64|utf-?8"
    r"|ios\d+|windows\d+|[pqv]\d{1,4}|b2[bc]|\d{1,4}-[a-z-]+)(?![^\W_])",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?:[^\W\d_]+|\d{1,4})(?:[-_./:](?:[^\W\d_]+|\d{1,4}))*")
_SHORTEST_PASSWORD, _SHORTEST_KEY = 6, 12


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
    for found in _SAID.finditer(text):
        if not _IN_LINK.search(text[max(found.start() - 40, 0) : found.start()]):
            value = _value(found["value"], found["quote"])
            if _is_password(value, found) if found["password"] else _is_key(value):
                start = found.start("value")
                yield Spot("token", start, start + len(value), "…")


def _value(run: str, quote: str) -> str:
    """Give what stands in the quotes, or up to the blank without what closes the sentence."""
    return run.partition(_CLOSING.get(quote, quote))[0] if quote else run.rstrip(_TAIL)


def _is_password(value: str, said: re.Match[str]) -> bool:
    """Tell a password from a word about passwords, such as `password: reset` or `Password: forgotten!`."""
    core = value.strip(_EDGES + _TAIL)
    if len(core) < _SHORTEST_PASSWORD or _PLACEHOLDER.match(value):
        return False
    is_prose = not said["quote"] and said["sign"] != "="
    left = _WORDS.sub("", core.rstrip("!") if is_prose else core)
    return any(map(str.isalpha, core)) and any(sign.isdigit() or sign in _SIGNS for sign in left)


def _is_key(value: str) -> bool:
    """Tell a key from words about keys and from names such as `session-cookie-2026`."""
    core = value.strip(_EDGES + _TAIL)
    if len(core) < _SHORTEST_KEY or _PLACEHOLDER.match(value) or _SLUG.fullmatch(core):
        return False
    left = _WORDS.sub("", core)
    return any(map(str.isalpha, core)) and any(map(str.isdigit, left))
