# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-undo
