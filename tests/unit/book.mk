# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-keeping \
	tests/unit/test-undo
