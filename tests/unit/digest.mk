# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-slot \
	tests/unit/test-told
