# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-clock \
	tests/unit/test-control \
	tests/unit/test-command \
	tests/unit/test-fd \
	tests/unit/test-file \
	tests/unit/test-lang \
	tests/unit/test-lock \
	tests/unit/test-mx \
	tests/unit/test-retell \
	tests/unit/test-spool \
	tests/unit/test-zonecache \
	tests/unit/test-zonefile
