#!/usr/bin/env bash
# Build the wheel, install it in an empty environment outside the checkout, and run the main job from it: the only
# test that sees a template or an example note missing from the package.
set -euo pipefail
python=${PYTHON:-python3}
case $python in */*) python=$(cd "$(dirname "$python")" && pwd)/$(basename "$python") ;; esac
cd "$(dirname "$0")/.."
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m build --quiet --wheel --outdir "$work/dist" . >/dev/null
"$python" -m venv "$work/env"
"$work/env/bin/python" -m pip install -q "$work"/dist/*.whl

export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config GIT_CONFIG_NOSYSTEM=1 EDITOR=true
unset GIT_EDITOR VISUAL ILOG_REPO GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL || true
mkdir -p "$HOME" "$work/run"
git config --global user.name "Caroline Ruiz"
git config --global user.email caroline@example.com
cd "$work/run"
ilog() { "$work/env/bin/ilog" "$@" </dev/null; }

say() { printf '  smoke: %s\n' "$*"; }
say "$(ilog --version)"
ilog init notes --pm "caroline=Caroline Ruiz <caroline@example.com>" --product reseller-portal
cd notes
note=$(ilog new reseller-portal "Acme Freight" --no-edit --commit --observe "delight: new navigation flow" --observe "pain: security configuration #sso !2")
test -f "$note"
say "new wrote $note"
again=$(ilog new "Globex" --no-edit)
printf -- '- pain: took three days #sso\n' >>"$again"
ilog save
ilog summary | grep -q '^tl;dr – talked with '
ilog summary "$note" | grep -q "^Full interview notes at /$note"
ilog stats --json | "$work/env/bin/python" -c 'import json, sys; people = json.load(sys.stdin)["people"]; assert [p["total"] for p in people] == [2], people'
ilog check >/dev/null
ilog why "$note" | grep -q 'yes, 2 of 1'
ilog guide | grep -q .
for name in learning win-loss site-visit support-listen sales; do ilog template show "$name" | grep -q '## Observations'; done
test -z "$(git status --porcelain)"
cd ..
ilog demo --dir demo >demo.txt
grep -q 'ilog stats' demo.txt
test -z "$(git -C demo status --porcelain)"
say "the wheel works outside the checkout"

# The pre-commit framework builds an environment of its own from the checkout, and refuses what ilog refuses.
if version=$(git -C "$here" rev-parse -q --verify HEAD); then
  cd notes
  export PRE_COMMIT_HOME=$work/pre-commit
  hooks='[{id: ilog-check}, {id: ilog-check-message}]'
  printf 'repos: [{repo: "%s", rev: %s, hooks: %s}]\n' "$here" "$version" "$hooks" >../hooks.yaml
  framework() { "$python" -m pre_commit run --config ../hooks.yaml "$@" </dev/null; }
  framework ilog-check >/dev/null
  printf -- '- pain: nobody answers jane.roe@acme.com\n' >>"$again"
  git add "$again"
  if framework ilog-check >refused.txt; then exit 1; fi
  grep -q 'leak-email' refused.txt
  if grep -q 'jane' refused.txt; then exit 1; fi
  echo "Talked with jane.roe@acme.com" >message.txt
  if framework ilog-check-message --hook-stage commit-msg --commit-msg-filename message.txt >/dev/null; then exit 1; fi
  say "the pre-commit framework runs it"
fi
