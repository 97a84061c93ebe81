import os
import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewlog.errors import Code, IlogError
from interviewlog.settings import PREFERENCES
from interviewlog.store import personal
from interviewlog.store.personal import Personal, read, remember
from interviewlog.yamltext import load


@pytest.fixture
def env(tmp_path):
    return {"XDG_CONFIG_HOME": str(tmp_path), "HOME": "/home/ada"}


def write(env: dict[str, str], text: str | bytes) -> Path:
    path = personal.path(env)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(*arguments) -> IlogError:
    with pytest.raises(IlogError) as caught:
        remember(*arguments)
    return caught.value


# ── where ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_file_is_in_the_users_configuration_directory(tmp_path, monkeypatch):
    assert personal.path({"XDG_CONFIG_HOME": "/etc/xdg"}) == Path("/etc/xdg/ilog/config.yaml")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("", "relative/path"):
        monkeypatch.setenv("XDG_CONFIG_HOME", name)
        if not name or sys.platform != "linux":
            assert personal.path(os.environ) == platformdirs.user_config_path("ilog") / "config.yaml"
        else:
            assert personal.path(os.environ) == tmp_path / ".config/ilog/config.yaml"


def test_without_a_file_nothing_is_imported_to_read_it(env):
    script = (
        "import sys; from interviewlog.store.personal import read; read()\n"
        "print([name for name in ('yaml', 'platformdirs', 'difflib', 'tempfile') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_file_nothing_is_set(env):
    assert read(env) == Personal()
    assert read({**env, "XDG_CONFIG_HOME": "/dev/null/nowhere"}) == Personal()


def test_every_setting_is_read(env):
    write(env, "repo: ~/notes\neditor: code --wait\ncopy: yes\nformat: slack\ncommit: Never\npush: auto\n")
    assert read(env) == Personal(
        repo="/home/ada/notes", editor="code --wait", copy=True, format="slack", commit="never", push="auto"
    )


def test_the_settings_are_those_that_the_folder_may_set_too():
    assert personal.KEYS == PREFERENCES


def test_the_environment_goes_before_the_file(env):
    write(env, "repo: /a\neditor: vi\ncopy: true\nformat: plain\ncommit: ask\npush: ask\n")
    said = {"REPO": "~", "EDITOR": "nano", "COPY": "0", "FORMAT": "teams", "COMMIT": "auto", "PUSH": "never"}
    found = read(env | {f"ILOG_{name}": value for name, value in said.items()})
    assert found == Personal("/home/ada", "nano", copy=False, format="teams", commit="auto", push="never")


def test_an_empty_variable_or_value_sets_nothing(env):
    write(env, "push: ask\neditor:\ncopy: ''\n")
    assert read(env | {"ILOG_PUSH": " "}) == Personal(push="ask")


def test_a_value_that_does_not_fit_is_a_warning_and_the_next_best_holds(env):
    path = write(env, "push: sometimes\ncopy: [yes]\ncommit: auto\n")
    found = read(env | {"ILOG_COMMIT": "maybe"})
    assert found.commit == "auto"
    assert found.push is found.copy is None
    assert found.warnings == (
        f"{path}: push should be ask, auto or never, not sometimes",
        f"{path}: copy should be one value",
        "ILOG_COMMIT should be ask, auto or never, not maybe",
    )


def test_an_unknown_setting_is_a_warning_with_the_one_that_was_meant(env):
    path = write(env, "edtor: vi\ncolour: red\n")
    warnings = read(env).warnings
    assert warnings == (f"{path}: unknown setting edtor, did you mean editor?", f"{path}: unknown setting colour")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("push: [ask\n", ":1: "),
        ("- push\n", "not a mapping"),
        ("just words", "not a mapping"),
        (b"push: \xff\n", "not UTF-8"),
        ("push: ask\npush: auto\n", ":2: the key push stands twice"),
    ],
)
def test_a_broken_file_is_a_warning_and_the_defaults_hold(env, text, what):
    path = write(env, text)
    found = read(env | {"ILOG_EDITOR": "nano"})
    assert found == Personal(editor="nano", warnings=found.warnings)
    [warning] = found.warnings
    assert warning.startswith(str(path))
    assert what in warning


def test_a_file_that_cannot_be_read_is_a_warning(env):
    personal.path(env).mkdir(parents=True)
    [warning] = read(env).warnings
    assert "cannot be read" in warning


# ── remembering ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_setting_makes_a_file_that_is_nobody_elses_business(env):
    path = remember("repo", "/home/ada/notes", env)
    assert path.read_text() == "repo: /home/ada/notes\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["config.yaml"]


def test_one_line_changes_and_every_other_byte_stays(env):
    text = "# mine\r\n\r\npush:   ask   # until March\r\ncolour: {a: 1}\r\neditor: 'vi'\r\n  \r\n# end"
    path = write(env, text)
    remember("push", "never", env)
    assert path.read_bytes().decode() == text.replace("push:   ask   #", "push: never   #")
    remember("editor", "code --wait", env)
    assert path.read_bytes().decode() == text.replace("push:   ask   #", "push: never   #").replace(
        "'vi'", "code --wait"
    )


@pytest.mark.parametrize(("before", "gap"), [("push: ask\n", ""), ("push: ask\r\n", ""), ("a: b\r\n# no end", "\r\n")])
def test_a_new_setting_goes_to_the_end_even_of_a_file_without_a_last_line_end(env, before, gap):
    path = write(env, before)
    remember("copy", value=True, environ=env)
    end = "\r\n" if "\r" in before else "\n"
    assert path.read_bytes().decode() == f"{before}{gap}copy: true{end}"
    remember("copy", value=False, environ=env)
    assert path.read_bytes().decode() == f"{before}{gap}copy: false{end}"


@pytest.mark.parametrize(
    "line", ["push:", "push: # why", 'push: "a \\" # b"  # why', "push: 'it''s # b'  # why", "push : ask"]
)
def test_a_value_is_told_from_its_comment(env, line):
    path = write(env, f"{line}\ncopy: true\n")
    remember("push", "auto", env)
    note = f" {'' if line == 'push: # why' else ' '}# why" if line.endswith("why") else ""
    assert path.read_text() == f"push: auto{note}\ncopy: true\n"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=30))
def test_whatever_is_remembered_is_read_again(tmp_path_factory, value):
    env = {"XDG_CONFIG_HOME": str(tmp_path_factory.getbasetemp() / "personal"), "HOME": "~"}
    path = write(env, "# first\npush: ask # b\n")
    if "\ufeff" in value:  # YAML allows a byte order mark only at the start
        return
    remember("editor", value, env)
    remember("editor", value, env)
    assert load(path.read_text(encoding="utf-8")).value == {"push": "ask", "editor": value.strip()}
    assert read(env).editor == value.strip()


def test_a_linked_file_is_written_where_it_is(env, tmp_path):
    real = tmp_path / "dotfiles.yaml"
    real.write_text("push: ask\n")
    real.chmod(0o640)
    personal.path(env).parent.mkdir()
    personal.path(env).symlink_to(real)
    remember("push", "auto", env)
    assert personal.path(env).is_symlink()
    assert real.read_text() == "push: auto\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "text",
    [
        "{push: ask}\n",
        "push: >\n  ask\n",
        "push:\n- ask\n",
        "- a\n",
        "words",
        "push: [\n",
        'a: "\npush: ask\n"\n',
        "--- \npush: ask\n...\n---\n",
    ],
)
def test_a_file_that_cannot_be_changed_by_the_line_is_left_alone(env, text):
    path = write(env, text)
    error = refusal("push", "auto", env)
    assert error.code is Code.CONFIG
    assert error.hint == "write push: auto there yourself"
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("key", "value"), [("pusch", "auto"), ("push", "sometimes"), ("copy", "perhaps"), ("goal", "2")]
)
def test_only_what_will_be_understood_is_remembered(env, key, value):
    assert refusal(key, value, env).code is Code.USAGE
    assert not personal.path(env).exists()


def test_a_place_that_cannot_be_written_is_said(env, tmp_path):
    (tmp_path / "ilog").write_text("a file in the way\n")
    error = refusal("push", "auto", env)
    assert error.code is Code.IO
    assert error.hint.endswith("or export ILOG_PUSH")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(env):
    path = write(env, "push: ask\n")
    script = (
        "import os, resource, sys; from interviewlog.store.personal import remember\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "sys.dont_write_bytecode = True; resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))\n"
        "remember('push', 'auto', dict(os.environ))"
    )
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False)
    assert "IlogError: cannot write" in done.stderr
    assert path.read_text() == "push: ask\n"
    assert [each.name for each in path.parent.iterdir()] == ["config.yaml"]
