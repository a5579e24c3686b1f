#!/bin/sh
# Installs the dependencies when there are none, or when they are older than package-lock.json.
# Says nothing on stdout: that belongs to the command that follows.
set -eu
cd "$(dirname "$0")/.."
stamp=node_modules/.package-lock.json

is_needed() { [ ! -f "$stamp" ] || [ package-lock.json -nt "$stamp" ]; }
is_needed || exit 0

# Two commands begun together in a fresh clone must not install over each other.
if command -v flock >/dev/null 2>&1; then
  exec 9<package-lock.json
  flock 9
  is_needed || exit 0
fi

echo 'Installing the dependencies (once, half a minute)...' >&2
if [ -d node_modules ]; then
  # Mends what is there: a server that runs from it keeps its modules.
  npm install --no-save --no-progress >&2
else
  # A lockfile that this npm finds fault with is no reason not to start.
  npm ci --no-progress >&2 || npm install --no-save --no-progress >&2
fi
touch "$stamp"
