/* SPDX-License-Identifier: MIT */
/*
 * ours: what an address book has no field for, brought back into the book by an export of ours.
 */
#include "exchange/ours.h"

#include "book/contacts.h"
#include "book/newcomers.h"
#include "book/occasions.h"
#include "core/str.h"

/* The day one met; NULL where it is not said, or not in which year. */
static const struct date *ours_met(const struct record *record)
{
	for (size_t i = 0; i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];

		if (o->kind == RECORD_NAMED && o->date.year &&
			str_equal(newcomers_occasion(o).kind, OCCASION_MET))
			return &o->date;
	}
	return NULL;
}

static bool ours_has_any(const struct record *record)
{
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		if (record->own[i])
			return true;
	return ours_met(record) != NULL;
}

static int ours_set_met(struct store *store, const struct contact *contact,
	const struct record *record, int32_t today, struct err *reterr)
{
	const struct date *met = ours_met(record);
	int32_t day = met ? day_number(met->year, met->month, met->day) : 0;
	int r;

	if (!met || contact->has_met || day > today)
		return 0;
	r = contacts_set_met(store, contact->id, day, reterr);
	return r < 0 ? r : 1;
}

int ours_apply(struct store *store, int64_t book, int64_t contact, const struct record *record,
	bool owns, const char *source, int32_t today, struct err *reterr)
{
	static const enum contact_field fields[RECORD_OWN_COUNT] = {
		[RECORD_LANGUAGE] = CONTACT_LANGUAGE,
		[RECORD_SALUTATION] = CONTACT_SALUTATION,
		[RECORD_EVERY] = CONTACT_EVERY,
		[RECORD_MET_PLACE] = CONTACT_MET_PLACE,
		[RECORD_BUSY_INBOX] = CONTACT_BUSY_INBOX,
	};
	_cleanup_contact_ struct contact known = { 0 };
	int changed = 0, r;

	if (!ours_has_any(record))
		return 0;
	r = contacts_load(store, book, contact, &known, reterr);
	for (size_t i = 0; r >= 0 && i < RECORD_OWN_COUNT; i++) {
		const char *stands = known.field[fields[i]];

		if (!record->own[i] || str_equal(stands, record->own[i]) || (stands && !owns))
			continue;
		r = contacts_set(store, contact, fields[i], record->own[i], source, today, reterr);
		changed |= r == 0;
	}
	if (r >= 0)
		r = ours_set_met(store, &known, record, today, reterr);
	return r < 0 ? r : changed | r;
}
