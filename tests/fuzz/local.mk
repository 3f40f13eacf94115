# SPDX-License-Identifier: MIT
# A target is a program and its sources, two lines; its files lie in corpus/NAME. `make check`
# replays them, `make fuzz` searches for new ones with clang's libFuzzer: by FUZZ_SECONDS for each
# target, FUZZ_TARGETS for some of them.
check_PROGRAMS += tests/fuzz/fuzz-zone
tests_fuzz_fuzz_zone_SOURCES = tests/fuzz/fuzz-zone.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-cadence
tests_fuzz_fuzz_cadence_SOURCES = tests/fuzz/fuzz-cadence.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-dialogue
tests_fuzz_fuzz_dialogue_SOURCES = tests/fuzz/fuzz-dialogue.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-frame
tests_fuzz_fuzz_frame_SOURCES = tests/fuzz/fuzz-frame.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-conf
tests_fuzz_fuzz_conf_SOURCES = tests/fuzz/fuzz-conf.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-address
tests_fuzz_fuzz_address_SOURCES = tests/fuzz/fuzz-address.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-vcard
tests_fuzz_fuzz_vcard_SOURCES = tests/fuzz/fuzz-vcard.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-json
tests_fuzz_fuzz_json_SOURCES = tests/fuzz/fuzz-json.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-card
tests_fuzz_fuzz_card_SOURCES = tests/fuzz/fuzz-card.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-csv
tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz-csv.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-table
tests_fuzz_fuzz_table_SOURCES = tests/fuzz/fuzz-table.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-rows
tests_fuzz_fuzz_rows_SOURCES = tests/fuzz/fuzz-rows.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-when
tests_fuzz_fuzz_when_SOURCES = tests/fuzz/fuzz-when.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-rhythm
tests_fuzz_fuzz_rhythm_SOURCES = tests/fuzz/fuzz-rhythm.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-ldif
tests_fuzz_fuzz_ldif_SOURCES = tests/fuzz/fuzz-ldif.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-ical
tests_fuzz_fuzz_ical_SOURCES = tests/fuzz/fuzz-ical.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-decode
tests_fuzz_fuzz_decode_SOURCES = tests/fuzz/fuzz-decode.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-sniff
tests_fuzz_fuzz_sniff_SOURCES = tests/fuzz/fuzz-sniff.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-retell
tests_fuzz_fuzz_retell_SOURCES = tests/fuzz/fuzz-retell.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-unit
tests_fuzz_fuzz_unit_SOURCES = tests/fuzz/fuzz-unit.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-shellword
tests_fuzz_fuzz_shellword_SOURCES = tests/fuzz/fuzz-shellword.c $(fuzz_replay)
check_PROGRAMS += tests/fuzz/fuzz-mx
tests_fuzz_fuzz_mx_SOURCES = tests/fuzz/fuzz-mx.c $(fuzz_replay)

fuzz_replay = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz-record.h
EXTRA_DIST += tests/fuzz/corpus

FUZZ_CC = clang
FUZZ_FLAGS = -std=gnu11 -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all
FUZZ_SANITIZERS = address,undefined
FUZZ_COMPILE = $(FUZZ_CC) $(FUZZ_FLAGS) $(DEFS) -I. -I$(abs_builddir) $(AM_CPPFLAGS:-I$(srcdir)%=-I$(abs_srcdir)%) $(CPPFLAGS)
FUZZ_SECONDS = 30
# 0: another one each time.
FUZZ_SEED = 0
FUZZ_TARGETS = $(patsubst tests/fuzz/fuzz-%,%,$(filter tests/fuzz/%,$(check_PROGRAMS)))
# What of the tests' library stands on more than the pure one.
fuzz_impure = tests/lib/network.c tests/lib/walk.c
fuzz_core = $(addprefix $(abs_srcdir)/,$(filter %.c, \
	$(libnudge_core_a_SOURCES) $(filter-out $(fuzz_impure),$(libnudge_test_a_SOURCES))))
# What a target needs beside the pure library.
fuzz_more_conf = $(addprefix $(abs_srcdir)/,$(filter daemon/base/%.c daemon/conf/%.c,$(libnudge_a_SOURCES))) \
	$(CONFIG_LIBS)
fuzz_more_mx = $(abs_srcdir)/daemon/base/mx.c
fuzz_more_retell = $(addprefix $(abs_srcdir)/,$(filter daemon/base/retell%.c,$(libnudge_a_SOURCES)))

fuzz/core.a: config.h $(fuzz_core)
	$(AM_V_GEN)rm -rf fuzz/core && $(MKDIR_P) fuzz/core && cd fuzz/core && \
		$(FUZZ_COMPILE) -fsanitize=fuzzer-no-link,$(FUZZ_SANITIZERS) -c $(fuzz_core) && \
		$(AR) cr ../core.a *.o

# What was found stays in the build's own folder; a crash's input is fuzz/NAME/crash-HASH.
fuzz_runs = $(FUZZ_TARGETS:%=fuzz-run-%)
$(fuzz_runs): fuzz-run-%: fuzz/core.a
	@$(MKDIR_P) fuzz/$*/found && \
	if $(FUZZ_COMPILE) -fsanitize=fuzzer,$(FUZZ_SANITIZERS) -o fuzz/$*/fuzz \
			$(abs_srcdir)/tests/fuzz/fuzz-$*.c $(fuzz_more_$*) fuzz/core.a >fuzz/$*/log 2>&1 && \
		fuzz/$*/fuzz -max_total_time=$(FUZZ_SECONDS) -seed=$(FUZZ_SEED) -timeout=10 -print_final_stats=1 \
			-artifact_prefix=fuzz/$*/ fuzz/$*/found \
			$(srcdir)/tests/fuzz/corpus/$* >>fuzz/$*/log 2>&1; then \
		echo "PASS: fuzz $*"; \
	else \
		tail -n 60 fuzz/$*/log; echo "FAIL: fuzz $*"; exit 1; \
	fi
fuzz: $(fuzz_runs)
clean-fuzz:
	rm -rf fuzz
.PHONY: fuzz clean-fuzz $(fuzz_runs)
