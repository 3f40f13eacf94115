/* SPDX-License-Identifier: MIT */
#include "agenda/cadence.h"
#include "format/rhythm.h"
#include "test.h"

#include <errno.h>

static void rhythm_days(void)
{
	static const struct {
		const char *text, *cadence; /* at seven; NULL: refused */
	} rows[] = {
		{ "every day", "*-*-* 07:00" },
		{ "daily", "*-*-* 07:00" },
		{ "jeden Tag", "*-*-* 07:00" },
		{ "Täglich", "*-*-* 07:00" },
		{ "taeglich", "*-*-* 07:00" },
		{ "every morning", "*-*-* 07:00" },
		{ "mon-sun", "*-*-* 07:00" },
		{ "weekdays, weekend", "*-*-* 07:00" },
		{ "weekdays", "Mon..Fri 07:00" },
		{ "on working days", "Mon..Fri 07:00" },
		{ "every workday", "Mon..Fri 07:00" },
		{ "werktags", "Mon..Fri 07:00" },
		{ "Mon..Fri", "Mon..Fri 07:00" },
		{ "Mo–Fr", "Mon..Fri 07:00" },
		{ "montags bis freitags", "Mon..Fri 07:00" },
		{ "Monday to Thursday", "Mon..Thu 07:00" },
		{ "mon, wed and fri", "Mon,Wed,Fri 07:00" },
		{ "Mo/Mi/Fr", "Mon,Wed,Fri 07:00" },
		{ "sa. und so.", "Sat,Sun 07:00" },
		{ "am Wochenende", "Sat,Sun 07:00" },
		{ "fri-mon", "Mon,Fri..Sun 07:00" },
		{ "mondays", "Mon 07:00" },
		{ "Sonnabend", "Sat 07:00" },
		{ "nur sonntags", "Sun 07:00" },
		{ "mon-mon", "Mon 07:00" },
		{ "mon, mon", "Mon 07:00" },
		{ "mon-wed, sat", "Mon..Wed,Sat 07:00" },
		{ "", NULL },
		{ "every", NULL },
		{ "and", NULL },
		{ "mon-", NULL },
		{ "-fri", NULL },
		{ "mon--fri", NULL },
		{ "mon-tue-wed", NULL },
		{ "mon-weekend", NULL },
		{ "never", NULL },
		{ "07:00", NULL },
		{ "\xff", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str cadence = STR_INIT;
		struct err e = { "" };
		unsigned days = 0;
		int r = rhythm_parse_days(rows[i].text, &days, &e);

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(r, rows[i].cadence ? 0 : -EINVAL);
		CHECK((r == 0) == (e.text[0] == '\0'));
		if (r == 0)
			rhythm_add_cadence(&cadence, days, 7 * 60);
		CHECK_TEXT(cadence.data, rows[i].cadence);
	}
}

static void rhythm_times(void)
{
	static const struct {
		const char *text;
		int minute; /* -1: refused */
	} rows[] = {
		{ "7", 420 },
		{ "07", 420 },
		{ "0", 0 },
		{ "23", 1380 },
		{ "7:30", 450 },
		{ "07:05", 425 },
		{ "7 Uhr", 420 },
		{ "7uhr", 420 },
		{ "19.30 Uhr", 1170 },
		{ "7 am", 420 },
		{ "7pm", 1140 },
		{ "23:59", 1439 },
		{ "", -1 },
		{ "24", -1 },
		{ "007", -1 },
		{ "7:60", -1 },
		{ "24:01", -1 },
		{ "-7", -1 },
		{ "early", -1 },
		{ "tomorrow", -1 },
		{ "7 8", -1 },
		{ "morgen 7:00", -1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e = { "" };
		int minute = -1, r = rhythm_parse_time(rows[i].text, &minute, &e);

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(r, rows[i].minute < 0 ? -EINVAL : 0);
		CHECK_INT(r ? -1 : minute, rows[i].minute);
		CHECK((r == 0) == (e.text[0] == '\0'));
	}
}

/* Whatever set of days it is, it reads as a cadence. */
static void rhythm_cadences(void)
{
	for (unsigned days = 2; days <= RHYTHM_EVERY_DAY; days += 2) {
		_cleanup_(cadence_freep) struct cadence *cadence = NULL;
		_cleanup_str_ struct str text = STR_INIT;
		unsigned again = 0;

		rhythm_add_cadence(&text, days, 1439);
		TEST_ROW("%s", str_text(&text));
		CHECK_INT(cadence_new(&cadence, str_text(&text), NULL), 0);
		if (days == RHYTHM_EVERY_DAY)
			continue;
		*strchr(text.data, ' ') = '\0';
		CHECK_INT(rhythm_parse_days(text.data, &again, NULL), 0);
		CHECK_INT(again, days);
	}
}

static void rhythm_limits(void)
{
	_cleanup_str_ struct str text = STR_INIT;
	unsigned days;
	int minute;

	for (size_t i = 0; text.len + 4 <= RHYTHM_TEXT_MAX; i++)
		str_add(&text, "mon ");
	CHECK_INT(rhythm_parse_days(str_text(&text), &days, NULL), 0);
	str_add(&text, " ");
	CHECK_INT(rhythm_parse_days(str_text(&text), &days, NULL), -EINVAL);
	CHECK_INT(rhythm_parse_time(str_text(&text), &minute, NULL), -EINVAL);
}

TEST_MAIN(TEST(rhythm_days), TEST(rhythm_times), TEST(rhythm_cadences), TEST(rhythm_limits))
