/* SPDX-License-Identifier: MIT */
/*
 * parse-cards FILE: reads an address book as an import does, and counts what is in it. The memory that it
 * took stands behind that.
 */
#include "exchange/source.h"

#include <stdio.h>
#include <string.h>

struct count {
	uint64_t records, values, rejects;
};

static int count_record(void *userdata, const struct record *record)
{
	struct count *count = userdata;

	count->records++;
	count->values += record->n_values + record->n_occasions;
	return 0;
}

static int count_reject(void *userdata, uint64_t line UNUSED, const char *reason UNUSED)
{
	struct count *count = userdata;

	count->rejects++;
	return 0;
}

/* Its own: getrusage() also counts the process that it was forked from. */
static unsigned long peak_kib(void)
{
	FILE *f = fopen("/proc/self/status", "re");
	unsigned long kib = 0;
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtoul(line + 6, NULL, 10);
	if (f)
		(void)fclose(f);
	return kib;
}

int main(int argc, char **argv)
{
	struct count count = { 0 };
	const struct record_handler handler = {
		.record = count_record, .reject = count_reject, .userdata = &count
	};
	struct err e = { "" };

	if (argc != 2)
		return 64;
	if (source_read(argv[1], NULL, &handler, NULL, &e) < 0) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	printf("%llu cards, %llu values, %llu rejected; %lu KiB\n",
		(unsigned long long)count.records, (unsigned long long)count.values,
		(unsigned long long)count.rejects, peak_kib());
	return 0;
}
