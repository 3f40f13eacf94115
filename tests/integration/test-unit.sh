#!/bin/bash
# SPDX-License-Identifier: MIT
# The unit as it will be installed: systemd's own judge finds nothing in it.
set -u
unit=$TOP_BUILDDIR/systemd/nudged.service
if ! command -v systemd-analyze >/dev/null; then
	echo "1..0 # SKIP systemd-analyze is not here"
	exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo 1..2
if grep -qE '^ExecStart=/[^@]*/nudged$' "$unit"; then
	echo "ok 1 - it starts the program where that is installed"
else
	grep ExecStart "$unit" | sed 's/^/# /'
	echo "not ok 1 - it starts the program where that is installed"
fi
# The program is not installed yet: any other stands in for it.
sed 's|^ExecStart=.*|ExecStart=/bin/true|' "$unit" >"$folder/nudged.service"
if said=$(XDG_RUNTIME_DIR=$folder systemd-analyze --user verify --man=no --recursive-errors=one \
	"$folder/nudged.service" 2>&1) && [ -z "$said" ]; then
	echo "ok 2 - systemd finds no fault"
else
	echo "$said" | sed 's/^/# /'
	echo "not ok 2 - systemd finds no fault"
fi
