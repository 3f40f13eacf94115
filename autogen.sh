#!/bin/sh
# SPDX-License-Identifier: MIT
#
# autogen.sh             generates configure, as everywhere
# autogen.sh TARGET...   sets everything up as well: installs the packages that are missing,
#                        configures into build/ and makes the targets there
#
#   ./autogen.sh demo    builds, and shows a digest on its way from an address book to a mailbox
#   ./autogen.sh check   builds, and runs all tests
#   ./autogen.sh check-package
#                        makes the tarball, the Debian package and the container, and tries them
#
# Environment: BUILD      the build folder instead of build
#              CONFIGURE  arguments for configure, such as "--enable-sanitizers"
#              CI         set: warnings are errors, and the tests get every program they can use
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd -- "$top"
build=${BUILD:-build}

build_packages='gcc make autoconf automake pkg-config gettext libc6-dev libsqlite3-dev
	libcurl4-openssl-dev libconfig-dev libsystemd-dev'
demo_packages='python3 tzdata ca-certificates'
# systemd brings systemd-analyze, the judge of our calendar; binutils nm, procps ps. vobject and libical
# judge what is exported.
check_packages="$demo_packages systemd openssl binutils procps python3-vobject libical-dev"
# A mail server is nothing to put on somebody's machine for the sake of a test.
# Nor are a browser, to look at the digests with, the judges of our mails, of our pages and of our code, other
# shells, and a container to boot a systemd in.
ci_packages='postfix sasl2-bin libsasl2-modules libsasl2-modules-db iproute2 clang libclang-rt-14-dev
	systemd-container systemd-sysv dbus libpam-systemd clang-format-14
	chromium fonts-dejavu-core fonts-noto-color-emoji
	zsh fish bash-completion mandoc man-db
	mblaze notmuch dovecot-core spamassassin python3-icalendar cppcheck'

say() {
	printf '%s\n' "autogen.sh: $*" >&2
}

# Clean roots of Debian, containers without an engine, and a systemd in them.
package_packages='mmdebstrap buildah systemd-container dbus git xz-utils'

packages_for() {
	echo "$build_packages"
	for target in "$@"; do
		case $target in
		demo) echo "$demo_packages" ;;
		check | distcheck) echo "$check_packages" ${CI:+"$ci_packages"} ;;
		check-package) echo "$check_packages $package_packages" ;;
		esac
	done
}

missing() {
	for package in $(packages_for "$@"); do
		state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) || state=
		case $state in
		ii*) ;;
		*) echo "$package" ;;
		esac
	done | sort -u | tr '\n' ' '
}

# As root, or through sudo: who asks for it on a terminal is asked first.
install_packages() {
	sudo=
	if [ "$(id -u)" != 0 ]; then
		if ! command -v sudo >/dev/null; then
			say "these packages are missing, and only root can install them: $*"
			exit 1
		fi
		sudo=sudo
		say "these packages are missing: $*"
		if [ -t 0 ] && [ -t 2 ]; then
			printf 'Install them with sudo apt-get? [Y/n] ' >&2
			read -r answer
			case $answer in
			[nN]*) exit 1 ;;
			esac
		fi
	else
		say "installing $*"
	fi
	log=$(mktemp)
	if ! { $sudo apt-get -q update &&
		$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@"
	} >"$log" 2>&1 </dev/null; then
		cat "$log" >&2
		rm -f "$log"
		say "the packages could not be installed"
		exit 1
	fi
	rm -f "$log"
}

need_packages() {
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
		for tool in cc make autoreconf pkg-config msgfmt; do
			command -v "$tool" >/dev/null && continue
			say "this is no Debian: install what Debian calls" $(packages_for "$@")
			exit 1
		done
		return 0
	fi
	packages=$(missing "$@")
	[ -z "$packages" ] || install_packages $packages
}

generate() {
	autoreconf --force --install >"$1" 2>&1 || {
		cat "$1" >&2
		exit 1
	}
}

# What is made from configure.ac and the makefiles is older than them, or not there.
is_stale() {
	[ -f "$build/config.status" ] && [ -f configure ] && [ -f Makefile.in ] || return 0
	# Each catalogue is a language, which configure has to find.
	for file in po/*.po; do
		language=$(basename "$file" .po)
		grep -q "^S\[\"po_languages\"\]=.* $language[ \"]" "$build/config.status" || return 0
	done
	[ -n "$(find configure.ac Makefile.am daemon po etc systemd man completions doc tests -name '*.mk' \
		-newer Makefile.in -o -name Makefile.am -newer Makefile.in \
		-o -name configure.ac -newer configure 2>/dev/null)" ]
}

if [ $# = 0 ]; then
	exec autoreconf --force --install
fi

need_packages "$@"
mkdir -p "$build"
arguments="${CI:+--enable-werror} ${CONFIGURE:-}"
if is_stale || [ "$(cat "$build/.arguments" 2>/dev/null)" != "$arguments ${CC:-}" ]; then
	generate "$build/autoreconf.log"
	# configure takes no spaces in the path of the sources, but none are in a relative one.
	case $build in
	*/*) configure=$top/configure ;;
	*) configure=../configure ;;
	esac
	(cd -- "$build" && "$configure" --quiet $arguments)
	printf '%s\n' "$arguments ${CC:-}" >"$build/.arguments"
fi
jobs=$(nproc 2>/dev/null || echo 1)
status=0
for target in "$@"; do
	make -C "$build" --no-print-directory -s -j "$jobs" "$target" || status=$?
	case $target in
	check) sh tests/lib/summary.sh "$build" unit integration fuzz bench ;;
	check-package) sh tests/lib/summary.sh "$build" package ;;
	esac
	[ "$status" = 0 ] || exit "$status"
done
