# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-finding \
	tests/unit/test-disk \
	tests/unit/test-outcome \
	tests/unit/test-server \
	tests/unit/test-timekeeping \
	tests/unit/test-unit
