# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-agenda-match \
	tests/unit/test-cadence \
	tests/unit/test-coffee \
	tests/unit/test-cover \
	tests/unit/test-duplicate \
	tests/unit/test-goal \
	tests/unit/test-introduction \
	tests/unit/test-occasion \
	tests/unit/test-outreach \
	tests/unit/test-overdue \
	tests/unit/test-repeat \
	tests/unit/test-retry \
	tests/unit/test-stem \
	tests/unit/test-throttle \
	tests/unit/test-touch \
	tests/unit/test-trust
