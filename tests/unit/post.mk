# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-route \
	tests/unit/test-result \
	tests/unit/test-frame \
	tests/unit/test-reply \
	tests/unit/test-ehlo \
	tests/unit/test-body \
	tests/unit/test-dialogue \
	tests/unit/test-secret \
	tests/unit/test-cage \
	tests/unit/test-keeper \
	tests/unit/test-explain \
	tests/unit/test-courier
