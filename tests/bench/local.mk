# SPDX-License-Identifier: MIT
# Measured against yardsticks in the same run: `make bench-import`, no part of `make check`.
EXTRA_PROGRAMS += tests/bench/parse-cards tests/bench/parse-floor tests/bench/insert-floor tests/bench/send-mails
tests_bench_parse_cards_SOURCES = tests/bench/parse-cards.c
tests_bench_parse_floor_SOURCES = tests/bench/parse-floor.c
tests_bench_send_mails_SOURCES = tests/bench/send-mails.c
tests_bench_insert_floor_SOURCES = tests/bench/insert-floor.c
EXTRA_DIST += tests/bench/bench.py tests/bench/bench-import.py tests/bench/cards.py tests/bench/parse-evcard.c
CLEANFILES += tests/bench/parse-evcard

# How many cards, how many rounds; BENCH_GROWTH=10: once more with ten times as many.
BENCH_CARDS = 100000
BENCH_ROUNDS = 5
BENCH_GROWTH =
BENCH_EVCARD = libebook-contacts-1.2

bench-import: all tests/bench/parse-cards tests/bench/parse-floor tests/bench/insert-floor
	@rm -f tests/bench/parse-evcard; \
	if $(PKG_CONFIG) --exists $(BENCH_EVCARD) 2>/dev/null; then \
		$(CC) -O2 -o tests/bench/parse-evcard '$(srcdir)/tests/bench/parse-evcard.c' \
			-Wno-deprecated-declarations `$(PKG_CONFIG) --cflags --libs $(BENCH_EVCARD)`; \
	fi
	@$(AM_TESTS_ENVIRONMENT) $(PYTHON) -B '$(srcdir)/tests/bench/bench-import.py' \
		$(BENCH_CARDS) $(BENCH_ROUNDS) $(BENCH_GROWTH)
.PHONY: bench-import

# All of it as one table of ratios. Postfix's smtp-sink and smtp-source, remind, calendar and cron are what it
# is measured by, hyperfine what a few milliseconds are measured with; what is not there is said. It never fails.
# BENCH_SIZES="1000 100000" takes less time and room.
BENCH_SIZES = 1000 10000 100000 1000000
BENCH_IDLE_SECONDS = 60

bench: all tests/bench/send-mails tests/bench/bench-qp tests/bench/bench-compose \
	tests/bench/parse-cards tests/bench/parse-floor tests/bench/insert-floor
	-@$(AM_TESTS_ENVIRONMENT) $(PYTHON) -B '$(srcdir)/tests/bench/bench.py' \
		$(BENCH_ROUNDS) $(BENCH_IDLE_SECONDS) $(BENCH_SIZES)
.PHONY: bench
# How many members, in turn; needs Postfix's smtp-sink.
BENCH_MEMBERS = 1000 10000 100000

bench-members: all
	@$(AM_TESTS_ENVIRONMENT) $(PYTHON) -B '$(srcdir)/tests/bench/bench-members.py' $(BENCH_MEMBERS)
.PHONY: bench-members
EXTRA_DIST += tests/bench/bench-members.py
