# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-export \
	tests/unit/test-import \
	tests/unit/test-match
