# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-err \
	tests/unit/test-str \
	tests/unit/test-utf8 \
	tests/unit/test-numbers \
	tests/unit/test-likeness \
	tests/unit/test-day \
	tests/unit/test-sha256 \
	tests/unit/test-zone
