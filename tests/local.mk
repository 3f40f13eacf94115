# SPDX-License-Identifier: MIT
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
PY_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_DRIVER = $(LOG_DRIVER)
TEST_EXTENSIONS = .py .sh
PY_LOG_COMPILER = $(PYTHON) -B
SH_LOG_COMPILER = bash
AM_TESTS_ENVIRONMENT = \
	TOP_SRCDIR='$(abs_top_srcdir)'; export TOP_SRCDIR; \
	TOP_BUILDDIR='$(abs_top_builddir)'; export TOP_BUILDDIR; \
	PYTHON='$(PYTHON)'; export PYTHON; NM='$(NM)'; export NM;

# Programs that tests run and that are no tests themselves.
EXTRA_PROGRAMS = tests/lib/cadence-tool tests/lib/mime-tool tests/lib/post-tool tests/lib/reaper
if HAVE_ICAL
EXTRA_PROGRAMS += tests/lib/ical-tool
endif
tests_lib_ical_tool_SOURCES = tests/lib/ical-tool.c
tests_lib_ical_tool_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
tests_lib_ical_tool_LDADD = $(ICAL_LIBS)
check_DATA = $(filter tests/lib/%,$(EXTRA_PROGRAMS))
CLEANFILES += $(EXTRA_PROGRAMS)

# nudge and nudged of a version to come: of theirs the tables have one migration more.
EXTRA_PROGRAMS += tests/lib/later-nudge tests/lib/later-nudged
tests_lib_later_nudge_SOURCES = daemon/nudge.c
nodist_tests_lib_later_nudge_SOURCES = tests/lib/later-schema.c
tests_lib_later_nudge_LDADD = $(nudge_LDADD)
tests_lib_later_nudged_SOURCES = daemon/nudged.c
nodist_tests_lib_later_nudged_SOURCES = tests/lib/later-schema.c
tests_lib_later_nudged_LDADD = $(nudged_LDADD)
tests/lib/later-schema.c: daemon/book/schema.c Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed 's/\(schema_[0-9]*\) };$$/\1, "CREATE TABLE later (x TEXT) STRICT" };/' \
		'$(srcdir)/daemon/book/schema.c' >$@
CLEANFILES += tests/lib/later-schema.c

check_LIBRARIES += libnudge-test.a
libnudge_test_a_SOURCES = tests/lib/test.c tests/lib/test.h \
	tests/lib/almanac.c tests/lib/almanac.h \
	tests/lib/breaker.c tests/lib/breaker.h \
	tests/lib/oracle.c tests/lib/oracle.h \
	tests/lib/post-names.h \
	tests/lib/tzif.c tests/lib/tzif.h \
	tests/lib/network.c tests/lib/network.h \
	tests/lib/walk.c tests/lib/walk.h
tests_lib_cadence_tool_SOURCES = tests/lib/cadence-tool.c
tests_lib_mime_tool_SOURCES = tests/lib/mime-tool.c
tests_lib_post_tool_SOURCES = tests/lib/post-tool.c
tests_lib_reaper_SOURCES = tests/lib/reaper.c
tests_lib_reaper_LDADD =
EXTRA_DIST += tests/lib/smtpd.py tests/lib/summary.sh tests/lib/certs.sh tests/lib/tap.py \
	tests/lib/mdoc.py tests/lib/po.py tests/lib/posttool.py tests/lib/postfix.py tests/lib/programs.py tests/lib/promise.py tests/lib/warp.py

# Loaded before the programs by tests: with no sanitizer of its own, and nothing of the library's.
preloads = tests/lib/killer.so tests/lib/traitor.so tests/lib/starver.so tests/lib/warp.so \
	tests/lib/blinder.so
tests/lib/killer.so: tests/lib/killer.c
tests/lib/traitor.so: tests/lib/traitor.c
tests/lib/starver.so: tests/lib/starver.c
tests/lib/warp.so: tests/lib/warp.c
tests/lib/blinder.so: tests/lib/blinder.c
$(preloads): tests/lib/$(am__dirstamp)
	$(AM_V_CC)$(CC) $(WARN_CFLAGS) $(CFLAGS) -fPIC -shared $(LDFLAGS) -o $@ '$(srcdir)/'$(@:.so=.c) -ldl
check_DATA += $(preloads)
CLEANFILES += $(preloads)
EXTRA_DIST += $(preloads:.so=.c)

include tests/unit/core.mk
include tests/unit/agenda.mk
include tests/unit/format.mk
include tests/unit/base.mk
include tests/unit/conf.mk
include tests/unit/book.mk
include tests/unit/exchange.mk
include tests/unit/digest.mk
include tests/unit/post.mk
include tests/unit/doctor.mk
include tests/unit/service.mk
include tests/unit/cli.mk
include tests/bench/local.mk
include tests/demo/local.mk
include tests/fuzz/local.mk
include tests/integration/local.mk
include tests/bench/digest.mk
include tests/long/local.mk
include tests/package/local.mk
