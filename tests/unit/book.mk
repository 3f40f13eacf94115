# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/unit/book-fixture.h

check_PROGRAMS += \
	tests/unit/test-archive \
	tests/unit/test-backups \
	tests/unit/test-books \
	tests/unit/test-coffees \
	tests/unit/test-contacts \
	tests/unit/test-digests \
	tests/unit/test-duplicates \
	tests/unit/test-followups \
	tests/unit/test-forums \
	tests/unit/test-history \
	tests/unit/test-keeping \
	tests/unit/test-known \
	tests/unit/test-ledger \
	tests/unit/test-merge \
	tests/unit/test-newcomers \
	tests/unit/test-occasions \
	tests/unit/test-outbox \
	tests/unit/test-outreaches \
	tests/unit/test-schema \
	tests/unit/test-search \
	tests/unit/test-sources \
	tests/unit/test-ahead \
	tests/unit/test-meanwhile \
	tests/unit/test-nearby \
	tests/unit/test-stage \
	tests/unit/test-statement \
	tests/unit/test-store \
	tests/unit/test-suggestions \
	tests/unit/test-tags \
	tests/unit/test-troubles \
	tests/unit/test-undo
