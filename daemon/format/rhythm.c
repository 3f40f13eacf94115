/* SPDX-License-Identifier: MIT */
/*
 * rhythm: on which days and at what time, as a person says it, to a calendar event.
 */
#include "format/rhythm.h"

#include "core/utf8.h"
#include "format/when.h"

#include <errno.h>

#define RHYTHM_RUN_MIN 3 /* days in a row that are written as a range */

/* What a word that is no day's name means, beside a set of days. */
enum { RHYTHM_NOTHING = 0, RHYTHM_RANGE = 1 };

static const struct {
	unsigned meaning;
	const char *word;
} rhythm_words[] = {
	{ RHYTHM_EVERY_DAY, "day" },
	{ RHYTHM_EVERY_DAY, "days" },
	{ RHYTHM_EVERY_DAY, "daily" },
	{ RHYTHM_EVERY_DAY, "tag" },
	{ RHYTHM_EVERY_DAY, "tage" },
	{ RHYTHM_EVERY_DAY, "taeglich" },
	{ RHYTHM_EVERY_DAY, "taglich" },
	{ RHYTHM_EVERY_DAY, "morning" },
	{ RHYTHM_EVERY_DAY, "morgen" },
	{ RHYTHM_WORKDAYS, "weekday" },
	{ RHYTHM_WORKDAYS, "weekdays" },
	{ RHYTHM_WORKDAYS, "workday" },
	{ RHYTHM_WORKDAYS, "workdays" },
	{ RHYTHM_WORKDAYS, "working" },
	{ RHYTHM_WORKDAYS, "werktag" },
	{ RHYTHM_WORKDAYS, "werktage" },
	{ RHYTHM_WORKDAYS, "werktags" },
	{ RHYTHM_WORKDAYS, "arbeitstag" },
	{ RHYTHM_WORKDAYS, "arbeitstage" },
	{ RHYTHM_WORKDAYS, "arbeitstags" },
	{ RHYTHM_WORKDAYS, "wochentags" },
	{ RHYTHM_WEEKEND, "weekend" },
	{ RHYTHM_WEEKEND, "weekends" },
	{ RHYTHM_WEEKEND, "wochenende" },
	{ RHYTHM_RANGE, "-" },
	{ RHYTHM_RANGE, "to" },
	{ RHYTHM_RANGE, "bis" },
	{ RHYTHM_NOTHING, "and" },
	{ RHYTHM_NOTHING, "und" },
	{ RHYTHM_NOTHING, "on" },
	{ RHYTHM_NOTHING, "at" },
	{ RHYTHM_NOTHING, "am" },
	{ RHYTHM_NOTHING, "the" },
	{ RHYTHM_NOTHING, "every" },
	{ RHYTHM_NOTHING, "each" },
	{ RHYTHM_NOTHING, "only" },
	{ RHYTHM_NOTHING, "nur" },
	{ RHYTHM_NOTHING, "an" },
	{ RHYTHM_NOTHING, "jeden" },
	{ RHYTHM_NOTHING, "alle" },
};

/* What is being read: the days so far, and the one that a range may begin with. */
struct rhythm {
	unsigned days;
	int last;
	bool range;
};

static unsigned rhythm_bit(int weekday)
{
	return 1u << weekday;
}

static void rhythm_take_weekday(struct rhythm *rhythm, int weekday)
{
	if (rhythm->range)
		for (int day = rhythm->last; day != weekday; day = day == SUNDAY ? MONDAY : day + 1)
			rhythm->days |= rhythm_bit(day);
	rhythm->days |= rhythm_bit(weekday);
	rhythm->last = rhythm->range ? 0 : weekday;
	rhythm->range = false;
}

static bool rhythm_take_meaning(struct rhythm *rhythm, unsigned meaning)
{
	if (meaning == RHYTHM_NOTHING)
		return true;
	if (meaning == RHYTHM_RANGE) {
		rhythm->range = rhythm->last != 0 && !rhythm->range;
		return rhythm->range;
	}
	/* "working days" are no days more. */
	if (meaning != RHYTHM_EVERY_DAY || !rhythm->days)
		rhythm->days |= meaning;
	rhythm->last = 0;
	return !rhythm->range;
}

/* "fridays" and "freitags" are Friday. */
static int rhythm_weekday(const char *word)
{
	size_t n = strlen(word);
	_cleanup_free_ char *singular = n > 3 && word[n - 1] == 's' ? str_ndup(word, n - 1) : NULL;
	int weekday = when_named_weekday(word);

	return weekday || !singular ? weekday : when_named_weekday(singular);
}

static bool rhythm_take_word(struct rhythm *rhythm, const char *word)
{
	int weekday = rhythm_weekday(word);

	if (weekday) {
		rhythm_take_weekday(rhythm, weekday);
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(rhythm_words); i++)
		if (str_equal(rhythm_words[i].word, word))
			return rhythm_take_meaning(rhythm, rhythm_words[i].meaning);
	return false;
}

/* Folded, with blanks around what joins two days and in place of what only stands between them. */
static void rhythm_add_split(struct str *out, const char *text)
{
	_cleanup_str_ struct str folded = STR_INIT;

	utf8_add_folded(&folded, text);
	for (const char *at = str_text(&folded); *at; at++) {
		if (str_starts(at, "..") || str_starts(at, "\xe2\x80\x93")) { /* an en dash */
			str_add(out, " - ");
			at += *at == '.' ? 1 : 2;
		} else if (*at == '-') {
			str_add(out, " - ");
		} else {
			str_add_char(out, strchr(",;.&+/\t", *at) ? ' ' : *at);
		}
	}
	out->failed |= folded.failed;
}

int rhythm_parse_days(const char *text, unsigned *ret_days, struct err *reterr)
{
	_cleanup_str_ struct str split = STR_INIT;
	struct rhythm rhythm = { 0 };
	bool good = strlen(text) <= RHYTHM_TEXT_MAX;
	char *rest, *word;

	rhythm_add_split(&split, good ? text : "");
	str_add_char(&split, ' ');
	if (str_check(&split, reterr) < 0)
		return -ENOMEM;
	rest = split.data;
	while (good && (word = strsep(&rest, " ")))
		good = !*word || rhythm_take_word(&rhythm, word);
	if (!good || rhythm.range || !rhythm.days)
		return err_set(reterr, -EINVAL,
			"which days these are is not clear; understood are \"every day\", "
			"\"weekdays\", \"mon-thu\", \"mon, wed, fri\"");
	*ret_days = rhythm.days;
	return 0;
}

int rhythm_parse_time(const char *text, int *ret_minute, struct err *reterr)
{
	_cleanup_str_ struct str moment = STR_INIT;
	uint64_t hour;
	int32_t day;
	int minute;
	bool bare = str_number(text, 23, &hour) && strlen(text) <= 2;

	/* The time of any day. */
	str_addf(&moment, "today %.*s%s", RHYTHM_TEXT_MAX, text, bare ? ":00" : "");
	if (str_check(&moment, reterr) < 0)
		return -ENOMEM;
	if (when_time(str_text(&moment), 0, WHEN_COMING, &day, &minute, NULL) < 0 || day != 0 ||
		minute < 0)
		return err_set(reterr, -EINVAL,
			"this is no time of the day; understood are 7, 7:30 and 19:00");
	*ret_minute = minute;
	return 0;
}

static void rhythm_add_run(struct str *out, int from, int to)
{
	static const char *const names[] = { [MONDAY] = "Mon",
		[TUESDAY] = "Tue",
		[WEDNESDAY] = "Wed",
		[THURSDAY] = "Thu",
		[FRIDAY] = "Fri",
		[SATURDAY] = "Sat",
		[SUNDAY] = "Sun" };

	if (to - from + 1 >= RHYTHM_RUN_MIN) {
		str_add_separator(out, ",");
		str_addf(out, "%s..%s", names[from], names[to]);
		return;
	}
	for (int day = from; day <= to; day++) {
		str_add_separator(out, ",");
		str_add(out, names[day]);
	}
}

void rhythm_add_cadence(struct str *out, unsigned days, int minute)
{
	_cleanup_str_ struct str names = STR_INIT;

	for (int from = MONDAY, to; from <= SUNDAY; from = to + 1) {
		to = from;
		if (!(days & rhythm_bit(from)))
			continue;
		while (to < SUNDAY && days & rhythm_bit(to + 1))
			to++;
		rhythm_add_run(&names, from, to);
	}
	str_addf(out, "%s %02d:%02d", days == RHYTHM_EVERY_DAY ? "*-*-*" : str_text(&names),
		minute / 60, minute % 60);
	out->failed |= names.failed;
}
