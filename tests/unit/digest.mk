# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-edition \
	tests/unit/test-slot \
	tests/unit/test-told
EXTRA_DIST += tests/golden
