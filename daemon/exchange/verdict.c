/* SPDX-License-Identifier: MIT */
/*
 * verdict: why an import brought nothing, in a sentence.
 */
#include "exchange/verdict.h"

#include <errno.h>

int verdict_of_file(const struct import_report *report, const char *path, const char *format,
	size_t n_rejects, struct err *reterr)
{
	if (n_rejects == 1) {
		const struct import_reject *only = &report->rejects[report->n_rejects - 1];

		return err_set(reterr, -EBADMSG, "%s:%llu: %s; nothing was imported", path,
			(unsigned long long)only->line, only->reason);
	}
	return err_set(reterr, -EBADMSG,
		"%s: no usable record was found in it (%s); nothing was imported", path, format);
}

int verdict_of_all(const struct import_report *report, const char *path, struct err *reterr)
{
	if (report->added + report->updated + report->unchanged + report->erased > 0 ||
		report->asides.n_skills)
		return 0;
	if (!report->n_rejects)
		return err_set(
			reterr, -EBADMSG, "%s: nothing was imported: all of it was skipped", path);
	return err_set(reterr, -EBADMSG,
		"%s: nothing was imported: all of it was skipped or rejected", path);
}
