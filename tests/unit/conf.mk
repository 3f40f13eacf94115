# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-invoke \
	tests/unit/test-conf \
	tests/unit/test-conf-hosted \
	tests/unit/test-conf-option \
	tests/unit/test-conf-source \
	tests/unit/test-conf-url \
	tests/unit/test-provider \
	tests/unit/test-initial \
	tests/unit/test-conf-location
EXTRA_DIST += tests/unit/conf-text.h
