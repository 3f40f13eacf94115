/* SPDX-License-Identifier: MIT */
/*
 * report: everything that is wrong with a configuration, in the order of its lines.
 */
#include "conf/report.h"

#include <errno.h>

void report_done(struct report *report)
{
	for (size_t i = 0; i < report->n; i++)
		free(report->entries[i].text);
	free(report->entries);
	*report = (struct report){ 0 };
}

static void report_keep(struct report *report, unsigned line, char *text)
{
	struct report_entry *entries = reallocarray(
		report->entries, report->n + 1, sizeof(*entries));

	if (!entries) {
		free(text);
		report->failed = true;
		return;
	}
	report->entries = entries;
	entries[report->n] = (struct report_entry){ line, report->n, text };
	report->n++;
}

void report_add(struct report *report, unsigned line, const char *key, const char *format, ...)
{
	_cleanup_str_ struct str text = STR_INIT;
	va_list args;
	char *taken;

	if (report->n == REPORT_MAX) {
		report->n_more++;
		return;
	}
	if (key)
		str_addf(&text, "%s: ", key);
	va_start(args, format);
	str_addv(&text, err_translate(format), args);
	va_end(args);
	taken = str_take(&text);
	if (taken)
		report_keep(report, line, taken);
	else
		report->failed = true;
}

static int report_compare(const void *a, const void *b)
{
	const struct report_entry *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

int report_write(struct report *report, const struct source *source, struct str *out)
{
	if (report->failed)
		return -ENOMEM;
	if (report->n == 0)
		return 0;
	qsort(report->entries, report->n, sizeof(*report->entries), report_compare);
	for (size_t i = 0; i < report->n; i++) {
		unsigned line;
		const char *file = source_place(source, report->entries[i].line, &line);

		str_addf(out, "%s:%u: %s\n", file, line, report->entries[i].text);
	}
	if (report->n_more)
		str_addf(out, err_translate("%s: and %zu errors more\n"), source->parts[0].file,
			report->n_more);
	return str_check(out, NULL) < 0 ? -ENOMEM : -EINVAL;
}
