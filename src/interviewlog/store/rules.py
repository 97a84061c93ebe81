"""What `ilog.yaml` says, remembered in the git directory: reading YAML costs more than all the rest of a command."""

import json
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from interviewlog import __version__
from interviewlog.config import Config
from interviewlog.settings import config_of, plain_settings
from interviewlog.store.files import keep_aside

_NAME = "rules.json"


def config(common_dir: Path, text: str, *, may_keep: bool = True) -> Config:
    """Give the rules in the text of an `ilog.yaml`; raises IlogError (78) as `settings.parse_config` does.

    Without `may_keep` nothing is written, as befits a hook.
    """
    if not text.strip():
        return config_of({})
    file = common_dir / "ilog" / _NAME
    try:
        kept = json.loads(file.read_bytes() if file.is_file() else b"")  # a pipe would keep us waiting
        if kept["version"] == __version__ and kept["text"] == text and kept["sum"] == _sum(kept["plain"]):
            return config_of(kept["plain"])
    except (OSError, ValueError, TypeError, KeyError):
        pass  # it is not there, or nobody knows what it is: the text itself is at hand
    plain = plain_settings(text)
    rules = config_of(plain)
    if not may_keep:
        return rules
    with suppress(OSError):
        keep_aside(file, json.dumps({"version": __version__, "text": text, "plain": plain, "sum": _sum(plain)}))
    return rules


def _sum(plain: object) -> int:
    return crc32(json.dumps(plain, sort_keys=True).encode())
