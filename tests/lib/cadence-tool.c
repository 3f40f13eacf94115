/* SPDX-License-Identifier: MIT */
/*
 * cadence-tool ZONEFILE COUNT: for each line "BASE\tEXPRESSION" of the input one line with the
 * instants of the next COUNT slots after BASE, or "! " and the error. test-cadence.py compares
 * them.
 */
#include "agenda/cadence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct zone *tool_zone(const char *path)
{
	static char bytes[ZONE_FILE_MAX];
	FILE *f = fopen(path, "rb");
	struct zone *zone = NULL;
	struct err e;
	size_t n;

	if (!f) {
		fprintf(stderr, "cadence-tool: cannot open %s\n", path);
		return NULL;
	}
	n = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	if (zone_new(&zone, path, bytes, n, &e) < 0)
		fprintf(stderr, "cadence-tool: %s\n", e.text);
	return zone;
}

static void tool_answer(const struct zone *zone, const char *text, int64_t at, int count)
{
	_cleanup_(cadence_freep) struct cadence *cadence = NULL;
	struct err e;

	if (cadence_new(&cadence, text, &e) < 0) {
		printf("! %s\n", e.text);
		return;
	}
	while (count-- > 0 && cadence_next(cadence, zone, at, &at) == 0)
		printf("%" PRId64 " ", at);
	printf("\n");
}

int main(int argc, char **argv)
{
	_cleanup_(zone_freep) struct zone *zone = argc == 3 ? tool_zone(argv[1]) : NULL;
	char line[CADENCE_TEXT_MAX + 64];

	if (!zone) {
		fprintf(stderr, "usage: cadence-tool ZONEFILE COUNT < LINES\n");
		return 64;
	}
	while (fgets(line, sizeof(line), stdin)) {
		char *text;
		int64_t base = strtoll(line, &text, 10);

		line[strcspn(line, "\n")] = '\0';
		tool_answer(zone, *text == '\t' ? text + 1 : text, base, atoi(argv[2]));
	}
	return 0;
}
