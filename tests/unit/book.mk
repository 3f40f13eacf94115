# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/unit/book-fixture.h tests/unit/book-everything.h

check_PROGRAMS += \
	tests/unit/test-aliases \
	tests/unit/test-archive \
	tests/unit/test-backups \
	tests/unit/test-books \
	tests/unit/test-breaks \
	tests/unit/test-candidates \
	tests/unit/test-coffees \
	tests/unit/test-contacts \
	tests/unit/test-digests \
	tests/unit/test-duplicates \
	tests/unit/test-followups \
	tests/unit/test-forums \
	tests/unit/test-history \
	tests/unit/test-hosted \
	tests/unit/test-keeping \
	tests/unit/test-holder \
	tests/unit/test-keepsake \
	tests/unit/test-keys \
	tests/unit/test-kin \
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
	tests/unit/test-touches \
	tests/unit/test-troubles \
	tests/unit/test-undo \
	tests/unit/test-witness

# They go by tests/lib/breaker.c.
broken_calls = sqlite3_step sqlite3_prepare_v2 sqlite3_prepare_v3 sqlite3_exec sqlite3_open_v2 \
	sqlite3_backup_init sqlite3_backup_step sqlite3session_create sqlite3session_attach \
	sqlite3session_changeset sqlite3changeset_apply sqlite3changeset_start sqlite3changeset_invert \
	sqlite3_errcode sqlite3_errmsg malloc calloc realloc reallocarray
tests_unit_test_breaks_LDFLAGS = $(AM_LDFLAGS) $(broken_calls:%=-Wl,--wrap=%)
