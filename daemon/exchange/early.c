/* SPDX-License-Identifier: MIT */
/*
 * early: a birthday that is still to come.
 */
#include "exchange/early.h"

#include "core/str.h"

#include <errno.h>

void early_done(struct early *early)
{
	free(early->occasions);
	free(early->note);
	*early = (struct early){ 0 };
}

static bool early_is_to_come(const struct record_occasion *o, int32_t today)
{
	return o->kind == RECORD_BIRTHDAY && o->date.year &&
		day_number(o->date.year, o->date.month, o->date.day) > today;
}

static int early_take_out(
	struct early *early, const struct record *record, int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str note = STR_INIT;
	struct record *kept = &early->record;

	early->occasions = reallocarray(NULL, record->n_occasions, sizeof(*early->occasions));
	if (!early->occasions)
		return err_oom(reterr);
	*kept = *record;
	kept->occasions = early->occasions;
	kept->n_occasions = 0;
	if (record->note)
		str_add(&note, record->note);
	for (size_t i = 0; i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];
		char day[DAY_TEXT_SIZE];

		if (!early_is_to_come(o, today)) {
			kept->occasions[kept->n_occasions++] = *o;
			continue;
		}
		record_hush_day(kept, o->kind);
		str_add_separator(&note, "\n");
		str_addf(&note, "Birthday: %s", day_format(&o->date, day));
	}
	if (str_check(&note, reterr) < 0)
		return -ENOMEM;
	kept->note = early->note = str_take(&note);
	return kept->note ? 0 : err_oom(reterr);
}

int early_read(struct early *early, const struct record *record, int32_t today,
	const struct record **ret_record, struct err *reterr)
{
	size_t n = 0;
	int r = 0;

	*early = (struct early){ 0 };
	*ret_record = record;
	for (size_t i = 0; i < record->n_occasions; i++)
		n += early_is_to_come(&record->occasions[i], today);
	if (n)
		r = early_take_out(early, record, today, reterr);
	if (r == 0 && n)
		*ret_record = &early->record;
	return r;
}
