# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/unit/reader-fixture.h

check_PROGRAMS += \
	tests/unit/test-record \
	tests/unit/test-charset \
	tests/unit/test-contentline \
	tests/unit/test-value \
	tests/unit/test-base64 \
	tests/unit/test-decode \
	tests/unit/test-sniff \
	tests/unit/test-yearly \
	tests/unit/test-ldif \
	tests/unit/test-ical \
	tests/unit/test-own \
	tests/unit/test-shellword \
	tests/unit/test-vcard \
	tests/unit/test-csv \
	tests/unit/test-table \
	tests/unit/test-table-date \
	tests/unit/test-table-keep \
	tests/unit/test-table-linkedin \
	tests/unit/test-qp \
	tests/unit/test-word \
	tests/unit/test-address \
	tests/unit/test-mime \
	tests/unit/test-when \
	tests/unit/test-rhythm \
	tests/unit/test-link \
	tests/unit/test-bidi \
	tests/unit/test-html \
	tests/unit/test-text \
	tests/unit/test-json \
	tests/unit/test-json-reader \
	tests/unit/test-vcard-writer \
	tests/unit/test-ical-writer \
	tests/unit/test-csv-writer \
	tests/unit/test-line-writer
