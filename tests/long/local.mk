# SPDX-License-Identifier: MIT
# What takes too long for each change. Results of the last runs stand in doc/TESTING.md.
#   make check-long      every fault instead of a sample, a million slots, a virtual machine, valgrind, lint
#   make check-valgrind  the units and a digest under valgrind
#   make lint            clang-tidy and cppcheck
#   make coverage        how many branches the tests take, by rooms; in a build of its own
EXTRA_DIST += .clang-tidy tests/long/cppcheck-suppressions tests/long/digest.py \
	tests/long/test-machine.py tests/lib/machine.py tests/lib/disk.py

LONG_TESTS = tests/integration/test-faults.py tests/integration/test-kill.py \
	tests/integration/test-memory.py tests/integration/test-time.py tests/unit/test-flat \
	tests/unit/test-told tests/long/test-machine.py
check-long:
	NUDGED_FAULTS=all NUDGED_SLOTS=1000000 NUDGED_WALKS=5000 $(MAKE) check TESTS='$(LONG_TESTS)'
	$(MAKE) check-valgrind
	$(MAKE) lint

# A test may fail there, for programs start otherwise: what counts is what valgrind says.
# Left out: years of made-up lives, the cage, and what fails each of thousands of calls, which takes hours there.
valgrind_units = $(filter-out tests/unit/test-told tests/unit/test-cage tests/unit/test-breaks,\
	$(filter tests/unit/%,$(check_PROGRAMS)))
valgrind_runs = $(valgrind_units:%=valgrind/%)
VALGRIND = valgrind -q --leak-check=full --errors-for-leak-kinds=definite,indirect \
	--child-silent-after-fork=yes --error-exitcode=99
$(valgrind_runs): valgrind/%: %
	@$(MKDIR_P) $(@D); $(AM_TESTS_ENVIRONMENT) NUDGED_SLOTS=300 $(VALGRIND) ./$* >$@.log 2>&1; \
	status=$$?; if [ $$status != 99 ] && [ $$status -lt 128 ]; then echo "PASS: valgrind $*"; else cat $@.log; echo "FAIL: valgrind $*"; exit 1; fi
check-valgrind: $(valgrind_runs)
	$(AM_TESTS_ENVIRONMENT) VALGRIND='$(VALGRIND)' $(PYTHON) -B '$(srcdir)/tests/long/digest.py'

lint_sources = $(filter %.c,$(libnudge_core_a_SOURCES) $(libnudge_a_SOURCES) $(nudge_SOURCES) \
	$(nudged_SOURCES) $(nudged_send_SOURCES))
lint_runs = $(lint_sources:%=lint/%)
$(lint_runs): lint/%:
	@clang-tidy -quiet '$(srcdir)/$*' -- -std=gnu11 $(DEFS) -I. $(AM_CPPFLAGS) $(CPPFLAGS) 2>lint.log || \
		{ cat lint.log; exit 1; }
lint-cppcheck:
	cppcheck -q --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
		--suppressions-list='$(srcdir)/tests/long/cppcheck-suppressions' --include=config.h \
		-I'$(srcdir)/daemon' -DSQLITE_ENABLE_SESSION '$(srcdir)/daemon'
lint: lint-cppcheck $(lint_runs)

coverage_rooms = core agenda format base conf book exchange digest post service cli
# That a test fails where memory runs out in the counters themselves says nothing.
coverage:
	$(MKDIR_P) coverage
	cd coverage && { test -f Makefile || '$(abs_srcdir)/configure' -q --enable-coverage CC='$(CC)' CFLAGS=-g; }
	$(MAKE) -C coverage
	-$(MAKE) -C coverage check
	@for room in $(coverage_rooms); do \
		printf '%-10s' $$room; \
		gcovr -r '$(abs_srcdir)' coverage --branches --exclude-throw-branches -f ".*daemon/$$room/.*" \
			2>/dev/null | grep TOTAL; done
.PHONY: check-long check-valgrind lint lint-cppcheck coverage $(lint_runs) $(valgrind_runs)
clean-long:
	rm -rf valgrind coverage lint.log tests/long/machine
.PHONY: clean-long
