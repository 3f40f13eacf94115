/* SPDX-License-Identifier: MIT */
/*
 * zone: local time from the bytes of a TZif file (RFC 8536), without glibc's process-wide TZ.
 *
 * Instants are seconds since 1970-01-01T00:00:00Z, without leap seconds. Those outside the years 1
 * to 9999, and those of their first and last two days, are taken for the nearest one further in.
 * Versions 1 to 4 are read; of versions 2 and later the 64-bit block and the footer's rule, which
 * holds after the last transition.
 */
#ifndef NUDGE_CORE_ZONE_H
#define NUDGE_CORE_ZONE_H

#include "core/day.h"
#include "core/err.h"

#define ZONE_FILE_MAX (512 * 1024) /* bytes; the largest file of tzdata has under 4 KiB */

struct zone;

/* A wall clock's time. */
struct civil {
	int32_t day; /* day number */
	int second;  /* of the day, 0 to 86399 */
};

/* What zone_instant() found. */
enum zone_fit {
	ZONE_UNIQUE,
	ZONE_GAP,     /* skipped by the clock: the first instant after the gap was given */
	ZONE_OVERLAP, /* shown twice: the first of the two was given */
};

/* Reads bytes[0..n); `name` is for errors alone. -EINVAL: no TZif file, or damaged, or
 * one that counts leap seconds. */
int zone_new(struct zone **ret, const char *name, const void *bytes, size_t n, struct err *reterr);
int zone_new_utc(struct zone **ret, struct err *reterr);
void zone_free(struct zone *zone); /* NULL-safe */
DEFINE_CLEANUP(struct zone *, zone_free);

/* Seconds east of UTC at that instant. */
int32_t zone_offset(const struct zone *zone, int64_t instant);
struct civil zone_civil(const struct zone *zone, int64_t instant);
/* The latest time that the clock has shown up to that instant: zone_civil()'s, but while an overlap
 * is shown for the second time. A later instant never gives an earlier time. */
struct civil zone_latest(const struct zone *zone, int64_t instant);
/* The first instant at which the clock shows that time or a later one; a later time never gives an
 * earlier instant, and zone_instant(c) > i wherever c is after zone_latest(i). ret_fit may be NULL.
 */
int64_t zone_instant(const struct zone *zone, struct civil civil, enum zone_fit *ret_fit);

#endif
