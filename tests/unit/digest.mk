# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-collect \
	tests/unit/test-compose-entry \
	tests/unit/test-compose-trouble \
	tests/unit/test-days \
	tests/unit/test-document \
	tests/unit/test-draft \
	tests/unit/test-flat \
	tests/unit/test-edition \
	tests/unit/test-edition-calendar \
	tests/unit/test-edition-news \
	tests/unit/test-invitation \
	tests/unit/test-roster \
	tests/unit/test-salutation \
	tests/unit/test-slot \
	tests/unit/test-suggest \
	tests/unit/test-talk \
	tests/unit/test-told \
	tests/unit/test-wording
# It lets its own allocations fail.
tests_unit_test_edition_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=reallocarray,--wrap=strdup,--wrap=strndup
EXTRA_DIST += tests/golden
