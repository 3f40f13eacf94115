#!/bin/bash
# SPDX-License-Identifier: MIT
# The units as they will be installed: systemd's own judges find nothing in them.
set -u
source=$TOP_SRCDIR/systemd
made=$TOP_BUILDDIR/systemd
exposure_max=13 # tenths, of "systemd-analyze security"; chrony's is 37, postfix's 96
if [ ! -e "$made/nudged.service" ]; then
	echo "1..0 # SKIP built without systemd"
	exit 0
fi
if ! command -v systemd-analyze >/dev/null; then
	echo "1..0 # SKIP systemd-analyze is not here"
	exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n=0

report() { # STATUS NAME SAID
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" && return
	printf '%s\n' "$3" | sed 's/^/# /'
	echo "not ok $n - $2"
}

# The program is not installed yet: any other stands in for it.
put() { # FILE AS
	mkdir -p "$folder/$(dirname "$2")"
	sed 's|^ExecStart=.*|ExecStart=/bin/true|' "$1" >"$folder/$2"
}

put "$made/nudged.service" system/nudged.service
put "$made/nudged@.service" system/nudged@anna.service
put "$made/nudged-once.service" system/nudged-once.service
put "$source/nudged-once.timer" system/nudged-once.timer
put "$made/user/nudged.service" user/nudged.service
put "$made/user/nudged-once.service" user/nudged-once.service
put "$source/nudged-once.timer" user/nudged-once.timer

for unit in nudged.service nudged@.service nudged-once.service user/nudged.service user/nudged-once.service; do
	said=$(grep -n '@[a-z_]*@' "$made/$unit")
	report "$((${#said} > 0))" "$unit: nothing is left to be filled in" "$said"
	said=$(grep '^ExecStart=' "$made/$unit")
	printf '%s' "$said" | grep -qE '^ExecStart=/[^@]*/nudged( |$)'
	report $? "$unit starts the program where that is installed" "$said"
done
# A crash after 15 seconds of work is still met by the limit; 15 restarts by hand within it are not.
for unit in nudged.service nudged@.service user/nudged.service; do
	minutes=$(sed -n 's/^StartLimitIntervalSec=\([0-9]*\)min$/\1/p' "$made/$unit")
	burst=$(sed -n 's/^StartLimitBurst=//p' "$made/$unit")
	pause=$(sed -n 's/^RestartSec=//p' "$made/$unit")
	((burst > 15 && burst * (pause + 15) < minutes * 60))
	report $? "$unit: its limit is for a loop, not for a person" "$burst in $minutes min, every $pause s"
done
for unit in system/nudged.service system/nudged@anna.service system/nudged-once.timer; do
	said=$(SYSTEMD_UNIT_PATH=$folder/system: systemd-analyze verify --man=no --recursive-errors=one \
		"$folder/$unit" 2>&1 | grep -F "$folder")
	report "$((${#said} > 0))" "$unit: systemd finds no fault" "$said"
done
for unit in user/nudged.service user/nudged-once.timer; do
	said=$(XDG_RUNTIME_DIR=$folder SYSTEMD_UNIT_PATH=$folder/user: systemd-analyze --user verify --man=no \
		--recursive-errors=one "$folder/$unit" 2>&1 | grep -F "$folder")
	report "$((${#said} > 0))" "$unit: systemd finds no fault" "$said"
done
for unit in nudged.service nudged@anna.service nudged-once.service; do
	said=$(systemd-analyze security --offline=yes --no-pager --threshold=$exposure_max \
		"$folder/system/$unit" 2>&1)
	report $? "$unit: little is exposed" "$said"
done
# The catalog has a text for each event, in each language, and for no other.
ids=$(grep -oE '"[0-9a-f]{32}"' "$TOP_SRCDIR/daemon/service/journal.c" | tr -d '"' | sort)
for catalog in nudged.catalog nudged.de.catalog; do
	said=$(diff <(printf '%s\n' "$ids") <(sed -n 's/^-- //p' "$source/$catalog" | sort))
	report $? "$catalog has a text for each event" "$said"
done
echo 1..$n
