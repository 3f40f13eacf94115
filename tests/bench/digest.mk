# SPDX-License-Identifier: MIT
# What a digest costs, beside its yardsticks: `make bench-digest`, no part of `make check`.
EXTRA_PROGRAMS += tests/bench/bench-qp tests/bench/bench-compose
tests_bench_bench_qp_SOURCES = tests/bench/bench-qp.c
tests_bench_bench_qp_LDADD = libnudge-core.a $(CURL_LIBS)
tests_bench_bench_compose_SOURCES = tests/bench/bench-compose.c

# How many contacts a small book and a large one have.
BENCH_CONTACTS = 10000 1000000

bench-digest: all tests/bench/bench-qp tests/bench/bench-compose
	@tests/bench/bench-qp && \
	$(AM_TESTS_ENVIRONMENT) tests/bench/bench-compose $(BENCH_CONTACTS)
.PHONY: bench-digest
