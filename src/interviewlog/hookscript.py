"""ilog's part of a git hook, as text: a block between two marks, in a script of its own or in somebody's.

It is plain sh, for hooks are run by whatever shell there is, with the bare PATH that a graphical client has. It fails
closed: where ilog cannot say that all is well, nothing is committed, and the person is told how to commit all the same.
"""

import re
from shlex import quote

HOOKS = {"pre-commit": "check --staged", "pre-merge-commit": "check --staged", "commit-msg": 'check --message "$1"'}
"""The hooks, and what ilog is asked in each."""

KEPT = ".before-ilog"
"""What is put behind the name of a hook that is no shell script; ours calls it."""

_BEGIN = '# >>> ilog >>> written by "ilog init --hooks", taken out by "ilog init --no-hooks"'
_END = "# <<< ilog <<<"
_BLOCK = re.compile(r"^# >>> ilog >>>[^\n]*\n(?:.*\n)*?# <<< ilog <<<[^\n]*(?:\n|\Z)", re.MULTILINE)
_SHEBANG = "#!/bin/sh\n"
_CHAIN = f'[ ! -x "$0{KEPT}" ] || exec "$0{KEPT}" "$@"\n'
_SHELL = re.compile(
    r"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-\S+[ \t]+|\w+=\S*[ \t]+)*)?(?:\S*/)?(?:ba|da|z|k|mk|a)?sh(?:[ \t]|$)"
)


def own_script(name: str, program: str) -> str:
    """Give a whole hook: ilog's block, then whatever hook was there before."""
    return f"{_SHEBANG}{_block(name, program)}{_CHAIN}"


def with_block(script: str, name: str, program: str) -> str:
    """Give a shell script with ilog's block right after its first line, in the place of an older block."""
    rest = without_block(script)
    shebang, end, body = rest.partition("\n")
    return f"{shebang}{end or chr(10)}{_block(name, program)}{body}"


def without_block(script: str) -> str:
    """Give a script without ilog's block."""
    return _BLOCK.sub("", script)


def has_block(script: str) -> bool:
    return bool(_BLOCK.search(script))


def is_own(script: str) -> bool:
    """Tell whether a script is ilog's alone."""
    return has_block(script) and without_block(script) == f"{_SHEBANG}{_CHAIN}"


def is_shell(script: str) -> bool:
    """Tell whether the first line hands a script to a shell that understands sh."""
    return bool(_SHELL.match(script.partition("\n")[0].rstrip("\r")))


def line_for(name: str) -> str:
    """Give the line for a hook that another program looks after."""
    return f"ilog {HOOKS[name]} --repo . || exit 1"


def lines_for(name: str) -> tuple[str, ...]:
    """Give a whole hook, line by line, for where another program looks after hooks and has none of that name."""
    return _SHEBANG.rstrip(), line_for(name)


def _block(name: str, program: str) -> str:
    return f"""\
{_BEGIN}
(
  ilog={quote(program)}
  [ -x "$ilog" ] || ilog=$(command -v ilog) || {{
    echo "ilog: not installed any more, so nothing was checked, and nothing is committed" >&2
    echo "  next: install ilog again, or commit all the same: git commit --no-verify" >&2
    exit 1
  }}
  "$ilog" {HOOKS[name]} --repo . </dev/null && exit 0
  ended=$?
  [ "$ended" -eq 1 ] || echo "  nothing was checked; to commit all the same: git commit --no-verify" >&2
  exit 1
) || exit 1
{_END}
"""
