/* SPDX-License-Identifier: MIT */
/*
 * when: a day as a person writes it, in English or German.
 */
#include "format/when.h"

#include "core/utf8.h"

#include <errno.h>
#include <string.h>

#define WHEN_WORDS_MAX 6
#define WHEN_TEXT_MAX  80 /* bytes; nobody writes a longer day */
#define WHEN_YEARS_MAX 100

/* What was written: folded to lower case without umlauts, cut into words. */
struct when_words {
	char text[2 * WHEN_TEXT_MAX];
	const char *word[WHEN_WORDS_MAX];
	size_t n;
	bool starved; /* no memory was left to look at them */
};

/* Words that mean the same, a blank between them. */
struct when_words_of {
	int value;
	const char *words;
};

static const struct when_words_of when_relative[] = {
	{ -2, "vorgestern" },
	{ -1, "yesterday gestern" },
	{ 0, "today heute" },
	{ 1, "tomorrow morgen" },
	{ 2, "uebermorgen ubermorgen" },
};

static const struct when_words_of when_weekdays[] = {
	{ MONDAY, "monday mon montag mo" },
	{ TUESDAY, "tuesday tue tues dienstag di" },
	{ WEDNESDAY, "wednesday wed mittwoch mi" },
	{ THURSDAY, "thursday thu thurs donnerstag do" },
	{ FRIDAY, "friday fri freitag fr" },
	{ SATURDAY, "saturday sat samstag sonnabend sa" },
	{ SUNDAY, "sunday sun sonntag so" },
};

static const struct when_words_of when_months[] = {
	{ 1, "january januar jaenner jan" },
	{ 2, "february februar feb" },
	{ 3, "march maerz marz mar mrz" },
	{ 4, "april apr" },
	{ 5, "may mai" },
	{ 6, "june juni jun" },
	{ 7, "july juli jul" },
	{ 8, "august aug" },
	{ 9, "september sept sep" },
	{ 10, "october oktober oct okt" },
	{ 11, "november nov" },
	{ 12, "december dezember dec dez" },
};

static const struct when_words_of when_numbers[] = {
	{ 1, "a an one ein eine einem einen einer" },
	{ 2, "two zwei" },
	{ 3, "three drei" },
	{ 4, "four vier" },
	{ 5, "five fuenf funf" },
	{ 6, "six sechs" },
	{ 7, "seven sieben" },
	{ 8, "eight acht" },
	{ 9, "nine neun" },
	{ 10, "ten zehn" },
};

static const struct when_words_of when_units[] = {
	{ 'd', "d day days tag tage tagen" },
	{ 'w', "w week weeks woche wochen" },
	{ 'm', "m month months monat monate monaten" },
	{ 'y', "y year years j jahr jahre jahren" },
};

/* Words before a day that change nothing, for the coming one is meant anyway. 1: those that may
 * also stand before a week, month or year. */
static const struct when_words_of when_next[] = {
	{ 1, "next naechste naechsten naechster naechstes nachste nachsten nachstes" },
	{ 1, "kommende kommenden kommender kommendes" },
	{ 0, "this diesen on am den the" },
};

static const struct { /* what a unit is in months and days */
	char unit;
	int months, days;
} when_unit_lengths[] = { { 'd', 0, 1 }, { 'w', 0, 7 }, { 'm', 1, 0 }, { 'y', 12, 0 } };

#define WHEN_FIND(table, word, ret) when_find(table, ARRAY_SIZE(table), word, ret)

static bool when_has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (;; words++) {
		size_t k = strcspn(words, " ");

		if (k == n && memcmp(words, word, n) == 0)
			return true;
		words += k;
		if (!*words)
			return false;
	}
}

static bool when_find(const struct when_words_of *table, size_t n, const char *word, int *ret)
{
	for (size_t i = 0; i < n; i++)
		if (when_has_word(table[i].words, word)) {
			*ret = table[i].value;
			return true;
		}
	return false;
}

/* False where the text is too long, or has too many words or none. */
static bool when_split(struct when_words *words, const char *text)
{
	_cleanup_str_ struct str folded = STR_INIT;
	char *rest = words->text, *word;

	words->n = 0;
	words->starved = false;
	if (strlen(text) > WHEN_TEXT_MAX)
		return false;
	utf8_add_folded(&folded, text);
	words->starved = folded.failed;
	if (folded.len >= sizeof(words->text) || words->starved)
		return false;
	memcpy(words->text, str_text(&folded), folded.len + 1);
	while ((word = strsep(&rest, " \t,"))) {
		if (!*word)
			continue;
		if (words->n == WHEN_WORDS_MAX)
			return false;
		words->word[words->n++] = word;
	}
	return words->n > 0;
}

static bool when_number(const char *text, size_t n, int *ret)
{
	int value = 0;

	if (n == 0 || n > 5)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!str_is_digit(text[i]))
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*ret = value;
	return true;
}

/* "2w", "+3d": a number and a unit in one word. */
static bool when_short_span(const char *word, int *ret_count, int *ret_unit)
{
	size_t digits = strspn(word, "0123456789");

	return when_number(word, digits, ret_count) &&
		WHEN_FIND(when_units, word + digits, ret_unit);
}

static bool when_make_span(int count, int unit, struct when_span *ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(when_unit_lengths); i++)
		if (when_unit_lengths[i].unit == unit) {
			ret->months = count * when_unit_lengths[i].months;
			ret->days = count * when_unit_lengths[i].days;
		}
	return count > 0 && ret->months <= WHEN_YEARS_MAX * 12 && ret->days <= WHEN_YEARS_MAX * 366;
}

/* A span in words[0..n): one ("2w"), or two ("2 weeks", "einer Woche"). */
static bool when_read_span(const char *const *words, size_t n, struct when_span *ret)
{
	int count, unit;

	if (n == 1)
		return when_short_span(words[0], &count, &unit) && when_make_span(count, unit, ret);
	if (n != 2 || !WHEN_FIND(when_units, words[1], &unit))
		return false;
	return (when_number(words[0], strlen(words[0]), &count) ||
		       WHEN_FIND(when_numbers, words[0], &count)) &&
		when_make_span(count, unit, ret);
}

static bool when_add_span(int32_t day, const struct when_span *span, int sign, int32_t *ret)
{
	*ret = day_add_months(day, sign * span->months) + sign * span->days;
	return *ret >= DAY_MIN && *ret <= DAY_MAX;
}

/* d.m.yyyy, d.m.yy, d.m. or d.m; *ret_year_digits 0, 2 or 4. */
static bool when_german(const char *text, struct date *ret, size_t *ret_year_digits)
{
	size_t d = strcspn(text, "."), m, y;
	const char *month, *year;

	if (text[d] != '.')
		return false;
	month = text + d + 1;
	m = strcspn(month, ".");
	year = month[m] ? month + m + 1 : month + m;
	y = strlen(year);
	*ret = (struct date){ 0 };
	*ret_year_digits = y;
	return d <= 2 && m <= 2 && (y == 0 || y == 2 || y == 4) &&
		when_number(text, d, &ret->day) && when_number(month, m, &ret->month) &&
		(y == 0 || when_number(year, y, &ret->year));
}

/* "12 march", "12. maerz 2027", "march 12". */
static bool when_named_month(const char *const *words, size_t n, struct date *ret)
{
	size_t day = 0, digits;

	if (n < 2 || n > 3)
		return false;
	*ret = (struct date){ 0 };
	if (WHEN_FIND(when_months, words[0], &ret->month))
		day = 1;
	else if (!WHEN_FIND(when_months, words[1], &ret->month))
		return false;
	digits = strspn(words[day], "0123456789");
	if (digits > 2 || !when_number(words[day], digits, &ret->day) ||
		(words[day][digits] && strcmp(words[day] + digits, ".") != 0))
		return false;
	return n == 2 || (strlen(words[2]) == 4 && when_number(words[2], 4, &ret->year));
}

/* The day of a date whose year may be missing: eight years hold a leap day everywhere. */
static bool when_place_on_side(
	const struct date *date, int32_t today, enum when_side side, int32_t *ret)
{
	int step = side == WHEN_PAST ? -1 : 1, year = day_date(today).year;

	if (!day_is_date(date))
		return false;
	if (date->year) {
		*ret = day_number(date->year, date->month, date->day);
		return true;
	}
	for (int i = 0; i <= 8; i++, year += step) {
		if (year < DAY_YEAR_MIN || year > DAY_YEAR_MAX ||
			date->day > day_month_length(year, date->month))
			continue;
		*ret = day_number(year, date->month, date->day);
		if (step * (*ret - today) >= 0)
			return true;
	}
	return false;
}

static bool when_place(const struct date *date, int32_t today, enum when_side side, int32_t *ret)
{
	if (!when_place_on_side(date, today, side, ret))
		return false;
	return side != WHEN_NEAR || date->year || *ret <= today + WHEN_NEAR_DAYS ||
		when_place_on_side(date, today, WHEN_PAST, ret);
}

/* A date in digits or with a month's name; two-digit years are of this century. */
static bool when_date(
	const char *const *words, size_t n, int32_t today, enum when_side side, int32_t *ret)
{
	size_t year_digits;
	struct date date;

	if (n == 1 && day_parse(words[0], &date))
		return when_place(&date, today, side, ret);
	if (n == 1 && when_german(words[0], &date, &year_digits)) {
		if (year_digits == 4 && date.year == 0)
			return false;
		if (year_digits == 2)
			date.year += 2000;
		return when_place(&date, today, side, ret);
	}
	return when_named_month(words, n, &date) && when_place(&date, today, side, ret);
}

int when_named_weekday(const char *word)
{
	int weekday;

	return WHEN_FIND(when_weekdays, word, &weekday) ? weekday : 0;
}

static bool when_weekday(const char *word, int32_t today, enum when_side side, int32_t *ret)
{
	int weekday = when_named_weekday(word), ahead;

	if (!weekday)
		return false;
	ahead = (weekday - (int)day_weekday(today) + 7) % 7;
	if (side == WHEN_PAST)
		*ret = today - (7 - ahead);
	else
		*ret = today + (ahead ? ahead : 7);
	return true;
}

/* "next week" begins on its Monday, "next month" on its first, "next year" likewise. */
static bool when_next_unit(const char *word, int32_t today, int32_t *ret)
{
	struct date d = day_date(today);
	int unit;

	if (!WHEN_FIND(when_units, word, &unit))
		return false;
	if (unit == 'w')
		*ret = today + 8 - (int)day_weekday(today);
	else if (unit == 'm')
		*ret = day_add_months(day_number(d.year, d.month, 1), 1);
	else if (unit == 'y')
		*ret = day_add_months(day_number(d.year, 1, 1), 12);
	else
		*ret = today + 1;
	return true;
}

/* "+3d", "in 2 weeks", "2 weeks ago", "vor 2 wochen", "2w". */
static bool when_distance(
	const char *const *words, size_t n, int32_t today, enum when_side side, int32_t *ret)
{
	const char *first = words[0];
	struct when_span span;
	int sign = side == WHEN_PAST ? -1 : 1;

	if (strcmp(first, "in") == 0 && n > 1)
		return when_read_span(words + 1, n - 1, &span) &&
			when_add_span(today, &span, 1, ret);
	if (strcmp(first, "vor") == 0 && n > 1)
		return when_read_span(words + 1, n - 1, &span) &&
			when_add_span(today, &span, -1, ret);
	if (n > 1 && strcmp(words[n - 1], "ago") == 0)
		return when_read_span(words, n - 1, &span) && when_add_span(today, &span, -1, ret);
	if (n == 1 && (*first == '+' || *first == '-')) {
		sign = *first == '-' ? -1 : 1;
		first++;
		words = &first;
	}
	return when_read_span(words, n, &span) && when_add_span(today, &span, sign, ret);
}

static bool when_read_day(
	const char *const *words, size_t n, int32_t today, enum when_side side, int32_t *ret)
{
	int value, next;

	if (n > 1 && WHEN_FIND(when_next, words[0], &next)) {
		words++;
		n--;
		if (next && n == 1 && when_next_unit(words[0], today, ret))
			return true;
	}
	if (n == 1 && WHEN_FIND(when_relative, words[0], &value)) {
		*ret = today + value;
		return true;
	}
	if (n == 1 && when_weekday(words[0], today, side, ret))
		return true;
	return n > 0 &&
		(when_date(words, n, today, side, ret) ||
			when_distance(words, n, today, side, ret));
}

/* d/m or m/d: refused with a sentence of its own. */
static bool when_has_slash(const char *text)
{
	const char *slash = strchr(text, '/');

	return slash && slash > text && str_is_digit(slash[-1]) && str_is_digit(slash[1]);
}

static int when_refuse(const char *text, const char *understood, struct err *reterr)
{
	_cleanup_str_ struct str shown = STR_INIT;

	understood = err_translate(understood);
	utf8_add_clean(&shown, text);
	if (shown.len > WHEN_TEXT_MAX)
		return err_set(reterr, -EINVAL, "that is too long for a day: write %s", understood);
	if (when_has_slash(text))
		return err_set(reterr, -EINVAL,
			"\"%s\" is one day in Europe and another in America: write %s",
			str_text(&shown), understood);
	return err_set(reterr, -EINVAL, "\"%s\" is no day: write %s", str_text(&shown), understood);
}

int when_day(
	const char *text, int32_t today, enum when_side side, int32_t *ret_day, struct err *reterr)
{
	struct when_words words;

	if (when_split(&words, text) && when_read_day(words.word, words.n, today, side, ret_day))
		return 0;
	if (words.starved)
		return err_oom(reterr);
	return when_refuse(text,
		ERR_TEXT("2026-11-28, 28.11., friday, tomorrow, +3d or \"in 2 weeks\""), reterr);
}

/* "15:00", "9:30", "15.30" only before "uhr", "15"; minutes of the day, -1 where it is none. */
static int when_clock(const char *word, bool uhr)
{
	size_t h = strspn(word, "0123456789");
	int hour, minute = 0;

	if (h > 2 || !when_number(word, h, &hour) || hour > 23)
		return -1;
	if (!word[h])
		return uhr ? hour * 60 : -1;
	if (word[h] != ':' && !(uhr && word[h] == '.'))
		return -1;
	if (strlen(word + h + 1) != 2 || !when_number(word + h + 1, 2, &minute) || minute > 59)
		return -1;
	return hour * 60 + minute;
}

/* "3pm", "3:30pm" or "3" before a word of its own. */
static int when_clock_12(char *word, const char *half)
{
	size_t n = strlen(word);
	int minute;

	if (!half) {
		if (n < 3)
			return -1;
		half = strcmp(word + n - 2, "pm") == 0    ? "pm"
			: strcmp(word + n - 2, "am") == 0 ? "am"
							  : NULL;
		if (!half)
			return -1;
		word[n - 2] = '\0';
	}
	minute = when_clock(word, true);
	if (minute < 60 || minute >= 13 * 60)
		return -1;
	return minute % (12 * 60) + (*half == 'p' ? 12 * 60 : 0);
}

/* Takes a time off the end of the words; -1 where none stands there. */
static int when_take_time(struct when_words *words)
{
	size_t n = words->n;
	const char *last = words->word[n - 1];
	char time[WHEN_TEXT_MAX];
	bool uhr = strcmp(last, "uhr") == 0 || strcmp(last, "h") == 0;
	bool half = strcmp(last, "pm") == 0 || strcmp(last, "am") == 0;
	size_t length;
	int minute;

	if (n > 1 && (uhr || half))
		n--;
	length = strlen(words->word[n - 1]);
	if (length >= sizeof(time))
		return -1;
	memcpy(time, words->word[n - 1], length + 1);
	if (length > 3 && strcmp(time + length - 3, "uhr") == 0) {
		time[length - 3] = '\0';
		uhr = true;
	}
	minute = half ? when_clock_12(time, last) : when_clock(time, uhr);
	if (minute < 0 && !half && !uhr)
		minute = when_clock_12(time, NULL);
	if (minute < 0)
		return -1;
	n--;
	if (n > 1 &&
		(strcmp(words->word[n - 1], "um") == 0 || strcmp(words->word[n - 1], "at") == 0))
		n--;
	words->n = n;
	return minute;
}

int when_time(const char *text, int32_t today, enum when_side side, int32_t *ret_day,
	int *ret_minute, struct err *reterr)
{
	struct when_words words;
	int minute = -1;

	if (when_split(&words, text)) {
		/* ISO 8601's "2026-11-28T15:00". */
		if (words.n == 1 && strlen(words.word[0]) == 16 && words.word[0][10] == 't') {
			words.text[words.word[0] - words.text + 10] = '\0';
			words.word[words.n++] = words.word[0] + 11;
		}
		minute = when_take_time(&words);
		if (words.n && when_read_day(words.word, words.n, today, side, ret_day)) {
			*ret_minute = minute;
			return 0;
		}
	}
	if (words.starved)
		return err_oom(reterr);
	return when_refuse(
		text, ERR_TEXT("2026-11-28, \"friday 15:00\", \"28.11. 15:00\" or +3d"), reterr);
}

int when_occasion(const char *text, int32_t today, struct date *ret, struct err *reterr)
{
	static const char understood[] = ERR_TEXT(
		"1984-03-12, 12.3.1984 or 12.3. where the year is unknown");
	struct when_words words;
	size_t year_digits = 0;
	struct date date = { 0 };
	bool found = when_split(&words, text);

	if (words.starved)
		return err_oom(reterr);
	found = found &&
		((words.n == 1 &&
			 (day_parse(words.word[0], &date) ||
				 when_german(words.word[0], &date, &year_digits))) ||
			when_named_month(words.word, words.n, &date));
	if (!found || !day_is_date(&date) || (year_digits == 4 && date.year == 0))
		return when_refuse(text, understood, reterr);
	if (year_digits == 2)
		return err_set(reterr, -EINVAL,
			"the year of \"%s\" has two digits: write all four, %s", text,
			err_translate(understood));
	if (date.year && day_number(date.year, date.month, date.day) > today)
		return err_set(reterr, -EINVAL, "\"%s\" is not yet: write %s", text,
			err_translate(understood));
	*ret = date;
	return 0;
}

int when_span(const char *text, struct when_span *ret, struct err *reterr)
{
	struct when_words words;
	_cleanup_str_ struct str shown = STR_INIT;

	if (when_split(&words, text) && when_read_span(words.word, words.n, ret))
		return 0;
	if (words.starved)
		return err_oom(reterr);
	utf8_add_clean(&shown, text);
	return err_set(reterr, -EINVAL,
		"\"%.80s\" is no span of time: write 30d, 6w, 3m or 1y, at most 100 years",
		str_text(&shown));
}
