/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "exchange/early.h"

static void early_birthdays(void)
{
	static const struct {
		const char *label;
		int32_t day; /* 0: without a year */
		enum record_occasion_kind kind;
		const char *note; /* NULL: it stays */
	} rows[] = {
		{ "today", TODAY, RECORD_BIRTHDAY, NULL },
		{ "tomorrow", TODAY + 1, RECORD_BIRTHDAY, "Cello\nBirthday: " },
		{ "no year", 0, RECORD_BIRTHDAY, NULL },
		{ "a wedding", TODAY + 1, RECORD_ANNIVERSARY, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_early_ struct early early = { 0 };
		const struct date date = rows[i].day ? day_date(rows[i].day)
						     : (struct date){ 0, 12, 31 };
		const struct date wedding = { 2001, 2, 3 };
		const struct record *read;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].label);
		record.name = "Anna";
		record.note = "Cello";
		CHECK_INT(record_add_occasion(&record, rows[i].kind, NULL, &date), 0);
		CHECK_INT(record_add_occasion(&record, RECORD_ANNIVERSARY, NULL, &wedding), 0);
		CHECK_INT(early_read(&early, &record, TODAY, &read, &e), 0);
		CHECK_INT(read == &record, !rows[i].note);
		CHECK_INT(read->unread, rows[i].note != NULL);
		CHECK_INT(read->n_occasions, rows[i].note ? 1 : 2);
		CHECK_TEXT(read->name, "Anna");
		CHECK_INT((read->silent & RECORD_TOPIC(RECORD_ON_BIRTHDAY)) != 0,
			rows[i].note != NULL);
		if (rows[i].note) {
			char day[DAY_TEXT_SIZE];

			CHECK_INT(strncmp(read->note, rows[i].note, strlen(rows[i].note)), 0);
			CHECK_TEXT(read->note + strlen(rows[i].note), day_format(&date, day));
			CHECK_INT(read->occasions[0].kind, RECORD_ANNIVERSARY);
		}
		CHECK_TEXT(record.note, "Cello");
		CHECK_INT(record.n_occasions, 2);
	}
}

TEST_MAIN(TEST(early_birthdays))
