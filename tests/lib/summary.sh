#!/bin/sh
# SPDX-License-Identifier: MIT
# summary.sh BUILD ROOM...: what the tests of a build folder came to, those in these rooms of tests/, from
# automake's result files: those that did not pass, those that were skipped and why, and one line that counts all.
set -eu
cd -- "$1/tests"
shift
files=$(for room in "$@"; do [ ! -d "$room" ] || find "$room" -name '*.trs'; done | sort)
[ -n "$files" ] || { echo 'no test ran' >&2; exit 1; }
results=$(for file in $files; do sed -n "s|^:test-result: |tests/${file%.trs}: |p" "$file"; done)
count() {
	printf '%s\n' "$results" | grep -cE ": ($1)( |\$)" || true
}
printf '%s\n' "$results" | grep -E ': (SKIP|FAIL|ERROR|XPASS)( |$)' || true
printf '%s passed, %s failed, %s skipped\n' "$(count 'PASS|XFAIL')" "$(count 'FAIL|ERROR|XPASS')" "$(count SKIP)"
