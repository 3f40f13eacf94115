# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-answers \
	tests/unit/test-question \
	tests/unit/test-place \
	tests/unit/test-trial \
	tests/unit/test-starter \
	tests/unit/test-complete \
	tests/unit/test-editor \
	tests/unit/test-import-report \
	tests/unit/test-naming \
	tests/unit/test-guess \
	tests/unit/test-telling \
	tests/unit/test-output \
	tests/unit/test-person \
	tests/unit/test-progress \
	tests/unit/test-sheet \
	tests/unit/test-verbs \
	tests/unit/test-words
