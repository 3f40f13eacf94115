# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-clockwatch \
	tests/unit/test-delivery \
	tests/unit/test-desk \
	tests/unit/test-journal \
	tests/unit/test-loop \
	tests/unit/test-notify \
	tests/unit/test-patience \
	tests/unit/test-slots \
	tests/unit/test-status \
	tests/unit/test-tenure \
	tests/unit/test-watch \
	tests/unit/test-zonewatch
