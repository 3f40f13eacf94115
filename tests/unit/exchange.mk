# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-export \
	tests/unit/test-dissent \
	tests/unit/test-doubles \
	tests/unit/test-early \
	tests/unit/test-gather \
	tests/unit/test-aside \
	tests/unit/test-events \
	tests/unit/test-import \
	tests/unit/test-import-outcome \
	tests/unit/test-copies \
	tests/unit/test-match \
	tests/unit/test-origin \
	tests/unit/test-ours \
	tests/unit/test-rejects \
	tests/unit/test-round \
	tests/unit/test-source \
	tests/unit/test-sweep \
	tests/unit/test-uid \
	tests/unit/test-verdict
