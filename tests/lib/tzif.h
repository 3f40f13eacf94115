/* SPDX-License-Identifier: MIT */
/*
 * tzif: time zone files for tests, the system's own and such as no system has.
 */
#ifndef NUDGE_TESTS_TZIF_H
#define NUDGE_TESTS_TZIF_H

#include "core/zone.h"

#include <stddef.h>
#include <stdint.h>

#define TZIF_SIZE 4096

struct tzif {
	char version;       /* '\0', '2', '3' */
	const char *footer; /* for version 2 on */
	int32_t offsets[4]; /* the types; the first holds before all transitions */
	size_t n_offsets;   /* 0 counts as 1 */
	struct {
		int64_t at;
		uint8_t type;
	} transitions[8];
	size_t n_transitions;
};

/* Writes the file's bytes and returns how many. */
size_t tzif_write(const struct tzif *tzif, unsigned char buffer[TZIF_SIZE]);
/* The zone of such a file, or of a rule alone; ends the program where it is refused. */
struct zone *tzif_zone(const struct tzif *tzif);
struct zone *tzif_rule_zone(const char *footer);

/* The bytes of the system's file, NULL where it has none; and its zone. The caller frees. */
unsigned char *tzif_system_read(const char *name, size_t *ret_size);
struct zone *tzif_system_zone(const char *name);

/* "2026-03-29 02:00:00" as a civil time, and as an instant of UTC. */
struct civil tzif_civil(const char *text);
int64_t tzif_instant(const char *utc);

#endif
