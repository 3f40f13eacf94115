# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-record \
	tests/unit/test-charset \
	tests/unit/test-contentline \
	tests/unit/test-value \
	tests/unit/test-vcard \
	tests/unit/test-qp \
	tests/unit/test-word \
	tests/unit/test-address \
	tests/unit/test-mime \
	tests/unit/test-when \
	tests/unit/test-link \
	tests/unit/test-html \
	tests/unit/test-text \
	tests/unit/test-json

# A tool of a test, not a test itself.
EXTRA_PROGRAMS = tests/lib/mime-tool
check_DATA = tests/lib/mime-tool$(EXEEXT)
CLEANFILES += tests/lib/mime-tool$(EXEEXT)
tests_lib_mime_tool_SOURCES = tests/lib/mime-tool.c
