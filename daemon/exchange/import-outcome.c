/* SPDX-License-Identifier: MIT */
/*
 * import-outcome: what an import has done, and what it could not use.
 */
#include "exchange/import-outcome.h"

#include "core/str.h"

#include <stdlib.h>

void import_report_done(struct import_report *report)
{
	for (size_t i = 0; i < report->n_rejects; i++) {
		free(report->rejects[i].file);
		free(report->rejects[i].reason);
	}
	free(report->rejects);
	for (size_t i = 0; i < report->n_sources; i++) {
		free(report->sources[i].file);
		free(report->sources[i].place);
	}
	free(report->sources);
	asides_done(&report->asides);
	*report = (struct import_report){ 0 };
}

int import_report_reject(struct import_report *report, const char *file, uint64_t line,
	const char *reason, struct err *reterr)
{
	struct import_reject *rejects;

	if (report->n_rejects == IMPORT_REJECTS_MAX) {
		report->unlisted++;
		return 0;
	}
	rejects = reallocarray(report->rejects, report->n_rejects + 1, sizeof(*rejects));
	if (!rejects)
		return err_oom(reterr);
	report->rejects = rejects;
	rejects += report->n_rejects++;
	*rejects = (struct import_reject){ str_dup(file), line, str_dup(err_translate(reason)) };
	return rejects->file && rejects->reason ? 0 : err_oom(reterr);
}

int import_report_add_source(struct import_report *report, const char *file, const char *place,
	const struct source_found *found, struct err *reterr)
{
	struct import_source *sources = reallocarray(
		report->sources, report->n_sources + 1, sizeof(*sources));

	if (!sources)
		return err_oom(reterr);
	report->sources = sources;
	sources += report->n_sources;
	report->n_sources++;
	*sources = (struct import_source){ str_dup(file), place ? str_dup(place) : NULL, *found };
	if (!sources->file || (place && !sources->place))
		return err_oom(reterr);
	return 0;
}
