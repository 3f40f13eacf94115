# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-file \
	tests/unit/test-zonefile
