/* SPDX-License-Identifier: MIT */
/*
 * tzif: time zone files for tests.
 */
#include "tzif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "/usr/share/zoneinfo"

static unsigned char *tzif_put(unsigned char *p, int64_t n, int width)
{
	for (int i = width - 1; i >= 0; i--)
		*p++ = (unsigned char)((uint64_t)n >> (8 * i));
	return p;
}

static unsigned char *tzif_put_block(
	unsigned char *p, const struct tzif *t, size_t n_times, int width)
{
	size_t n_types = t->n_offsets ? t->n_offsets : 1;

	memset(p, 0, 32);
	memcpy(p, "TZif", 4);
	p[4] = (unsigned char)t->version;
	p = tzif_put(p + 32, (int64_t)n_times, 4);
	p = tzif_put(p, (int64_t)n_types, 4);
	p = tzif_put(p, 1, 4);
	for (size_t i = 0; i < n_times; i++)
		p = tzif_put(p, t->transitions[i].at, width);
	for (size_t i = 0; i < n_times; i++)
		*p++ = t->transitions[i].type;
	for (size_t i = 0; i < n_types; i++) {
		p = tzif_put(p, t->offsets[i], 4);
		p = tzif_put(p, 0, 2);
	}
	return tzif_put(p, 0, 1);
}

size_t tzif_write(const struct tzif *tzif, unsigned char buffer[TZIF_SIZE])
{
	unsigned char *p;

	if (tzif->version == '\0')
		return (size_t)(tzif_put_block(buffer, tzif, tzif->n_transitions, 4) - buffer);
	p = tzif_put_block(buffer, tzif, 0, 4);
	p = tzif_put_block(p, tzif, tzif->n_transitions, 8);
	return (size_t)(p - buffer) + (size_t)sprintf((char *)p, "\n%s\n", tzif->footer);
}

struct zone *tzif_zone(const struct tzif *tzif)
{
	unsigned char bytes[TZIF_SIZE];
	struct zone *zone = NULL;

	if (zone_new(&zone, "Test", bytes, tzif_write(tzif, bytes), NULL) < 0)
		abort();
	return zone;
}

struct zone *tzif_rule_zone(const char *footer)
{
	return tzif_zone(&(struct tzif){ .version = '3', .footer = footer });
}

unsigned char *tzif_system_read(const char *name, size_t *ret_size)
{
	unsigned char *bytes;
	char path[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), FOLDER "/%s", name);
	f = fopen(path, "rb");
	if (!f)
		return NULL;
	bytes = malloc(ZONE_FILE_MAX);
	if (!bytes)
		abort();
	*ret_size = fread(bytes, 1, ZONE_FILE_MAX, f);
	(void)fclose(f);
	return bytes;
}

struct zone *tzif_system_zone(const char *name)
{
	_cleanup_free_ unsigned char *bytes = NULL;
	struct zone *zone = NULL;
	size_t n;

	bytes = tzif_system_read(name, &n);
	if (bytes)
		(void)zone_new(&zone, name, bytes, n, NULL);
	return zone;
}

struct civil tzif_civil(const char *text)
{
	int year, month, day, hour, minute, second;

	if (sscanf(text, "%d-%d-%d %d:%d:%d", &year, &month, &day, &hour, &minute, &second) != 6)
		abort();
	return (struct civil){ day_number(year, month, day), hour * 3600 + minute * 60 + second };
}

int64_t tzif_instant(const char *utc)
{
	struct civil c = tzif_civil(utc);

	return (int64_t)c.day * 86400 + c.second;
}
