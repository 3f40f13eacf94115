/* SPDX-License-Identifier: MIT */
/*
 * cadence-parse: a calendar event's text to sets of values.
 *
 * [WEEKDAYS] [[YEAR-]MONTH-DAY] [HOUR:MINUTE[:SECOND]], where "~" may stand for the last "-", and
 * each part is "*" or a list of VALUE[..VALUE][/REPETITION]; or a name. Blanks part the parts.
 */
#include "agenda/cadence-internal.h"

#include "core/str.h"

#include <errno.h>
#include <string.h>

#define NUMBER_MAX 9999
#define QUOTED_MAX 60 /* bytes of the text that an error repeats */

struct parser {
	const char *text;
	const char *at;
	struct cadence *cadence;
	struct err *reterr;
};

/* Values from low to high by step. */
struct run {
	int low, high, step;
};

struct field {
	const char *name;
	int min, max;
	void (*mark)(struct cadence *cadence, const struct run *run);
	bool from_end;
};

#define FAIL(p, place, ...)                                                                        \
	err_prefix((p)->reterr, err_set((p)->reterr, -EINVAL, __VA_ARGS__),                        \
		"cadence \"%.*s\", character %d", QUOTED_MAX, (p)->text,                           \
		(int)((place) - (p)->text) + 1)

static void cadence_mark(uint64_t *set, const struct run *run)
{
	for (int n = run->low; n <= run->high; n += run->step) {
		/* Of the years there are many. */
		for (; run->step == 1 && n % 64 == 0 && run->high - n >= 63; n += 64)
			set[n / 64] = UINT64_MAX;
		if (n <= run->high)
			set[n / 64] |= UINT64_C(1) << (n % 64);
	}
}

static void cadence_mark_year(struct cadence *c, const struct run *run)
{
	struct run years = { run->low - CADENCE_YEAR_MIN, run->high - CADENCE_YEAR_MIN, run->step };

	cadence_mark(c->years, &years);
}

static void cadence_mark_month(struct cadence *c, const struct run *run)
{
	cadence_mark(&c->months, run);
}

static void cadence_mark_day(struct cadence *c, const struct run *run)
{
	for (size_t i = 0; i < CADENCE_LENGTHS; i++)
		cadence_mark(&c->days[i], run);
}

/* The run counts towards the month's end: its first day is the one farthest from there, which
 * in a short month may be a day that does not exist. */
static void cadence_mark_day_from_end(struct cadence *c, const struct run *run)
{
	for (int i = 0; i < CADENCE_LENGTHS; i++) {
		int end = CADENCE_LENGTH_MIN + i + 1;
		struct run days = { end - run->high, end - run->low, run->step };

		while (days.low < 1)
			days.low += days.step;
		cadence_mark(&c->days[i], &days);
	}
}

static void cadence_mark_hour(struct cadence *c, const struct run *run)
{
	cadence_mark(&c->hours, run);
}

static void cadence_mark_minute(struct cadence *c, const struct run *run)
{
	cadence_mark(&c->minutes, run);
}

static void cadence_mark_second(struct cadence *c, const struct run *run)
{
	cadence_mark(&c->seconds, run);
}

static const struct field cadence_year = { ERR_TEXT("year"), CADENCE_YEAR_MIN, CADENCE_YEAR_MAX,
	cadence_mark_year, false };
static const struct field cadence_month = { ERR_TEXT("month"), 1, 12, cadence_mark_month, false };
static const struct field cadence_day = { ERR_TEXT("day"), 1, 31, cadence_mark_day, false };
static const struct field cadence_day_from_end = { ERR_TEXT("day"), 1, 31,
	cadence_mark_day_from_end, true };
static const struct field cadence_hour = { ERR_TEXT("hour"), 0, 23, cadence_mark_hour, false };
static const struct field cadence_minute = { ERR_TEXT("minute"), 0, 59, cadence_mark_minute,
	false };
static const struct field cadence_second = { ERR_TEXT("second"), 0, 59, cadence_mark_second,
	false };

static void cadence_mark_every(struct cadence *c, const struct field *f)
{
	f->mark(c, &(struct run){ f->min, f->max, 1 });
}

static int cadence_number(struct parser *p, const struct field *f, int *ret)
{
	const char *start = p->at;
	int n = 0;

	for (; str_is_digit(*p->at); p->at++)
		if (n <= NUMBER_MAX)
			n = n * 10 + (*p->at - '0');
	if (p->at == start)
		return FAIL(p, start, "a number is missing (%s, %d to %d)", err_translate(f->name),
			f->min, f->max);
	if (p->at[0] == '.' && p->at[1] != '.')
		return FAIL(p, p->at, "fractions are not supported; write whole numbers");
	*ret = n;
	return 0;
}

static int cadence_value(struct parser *p, const struct field *f, int *ret)
{
	const char *start = p->at;
	int n, r = cadence_number(p, f, &n);

	if (r < 0)
		return r;
	if (f->min == CADENCE_YEAR_MIN && n < 100)
		n += n < 70 ? 2000 : 1900;
	if (n < f->min || n > f->max)
		return FAIL(p, start, "the %s must be %d to %d", err_translate(f->name), f->min,
			f->max);
	*ret = n;
	return 0;
}

static int cadence_step(struct parser *p, const struct field *f, const struct run *run, int *ret)
{
	const char *start = p->at;
	int n, r = cadence_number(p, f, &n);

	if (r < 0)
		return r;
	if (n == 0)
		return FAIL(p, start, "a repetition of 0 would never end; leave \"/0\" out");
	if (n > run->high - run->low)
		return FAIL(p, start, "a repetition of %d leads beyond the last %s at once", n,
			err_translate(f->name));
	*ret = n;
	return 0;
}

/* VALUE, VALUE..VALUE, VALUE/REPETITION, VALUE..VALUE/REPETITION */
static int cadence_run(struct parser *p, const struct field *f)
{
	const char *start = p->at;
	struct run run = { .step = 1 };
	int r = cadence_value(p, f, &run.low);

	if (r < 0)
		return r;
	run.high = run.low;
	if (str_starts(p->at, "..")) {
		p->at += 2;
		r = cadence_value(p, f, &run.high);
		if (r < 0)
			return r;
		if (run.high < run.low)
			return FAIL(p, start,
				"the range of the %s runs backwards; write it in two parts",
				err_translate(f->name));
	} else if (*p->at == '/' && f->from_end) {
		run.low = f->min;
	} else if (*p->at == '/') {
		run.high = f->max;
	}
	if (*p->at == '/') {
		p->at++;
		r = cadence_step(p, f, &run, &run.step);
		if (r < 0)
			return r;
	}
	f->mark(p->cadence, &run);
	return 0;
}

/* "*" or a list of runs. */
static int cadence_list(struct parser *p, const struct field *f)
{
	int r;

	if (*p->at == '*') {
		cadence_mark_every(p->cadence, f);
		if (*++p->at == '/')
			return FAIL(p, p->at,
				"\"*\" takes no repetition; write the first value, %d/N", f->min);
		return 0;
	}
	r = cadence_run(p, f);
	while (r >= 0 && *p->at == ',') {
		p->at++;
		r = cadence_run(p, f);
	}
	return r;
}

static bool cadence_at_end(const struct parser *p)
{
	return *p->at == ' ' || *p->at == '\0';
}

/* A list for each field, parted by `separators`, up to the word's end. */
static int cadence_lists(
	struct parser *p, const struct field *const fields[], size_t n, const char *separators)
{
	for (size_t i = 0; i < n; i++) {
		int r = cadence_list(p, fields[i]);

		if (r < 0)
			return r;
		if (i + 1 < n ? !strchr(separators, *p->at) || !*p->at : !cadence_at_end(p))
			return FAIL(p, p->at, "this makes no sense after the %s",
				err_translate(fields[i]->name));
		p->at += i + 1 < n;
	}
	return 0;
}

static size_t cadence_word_length(const char *word)
{
	return strcspn(word, " ");
}

/* How often one of `separators` stands in the word; where first and last. */
static size_t cadence_count(
	const char *word, const char *separators, const char **ret_first, const char **ret_last)
{
	const char *end = word + cadence_word_length(word);
	size_t n = 0;

	for (const char *c = word; c < end; c++) {
		if (!strchr(separators, *c))
			continue;
		if (n++ == 0)
			*ret_first = c;
		*ret_last = c;
	}
	return n;
}

/* YEAR-MONTH-DAY or MONTH-DAY; "~" before the day counts it from the month's end. */
static int cadence_date(struct parser *p)
{
	const struct field *fields[] = { &cadence_year, &cadence_month, &cadence_day };
	const char *first = NULL, *last = NULL;
	size_t n = cadence_count(p->at, "~", &first, &last);
	const char *tilde = first;

	if (n > 0)
		fields[2] = &cadence_day_from_end;
	n = cadence_count(p->at, "-~", &first, &last);
	if (tilde && tilde != last)
		return FAIL(p, tilde, "\"~\" stands before the day, as in *-*~1");
	if (n >= 2)
		return cadence_lists(p, fields, 3, "-~");
	cadence_mark_every(p->cadence, &cadence_year);
	return cadence_lists(p, fields + 1, 2, "-~");
}

/* HOUR:MINUTE or HOUR:MINUTE:SECOND */
static int cadence_time(struct parser *p)
{
	static const struct field *const fields[] = { &cadence_hour, &cadence_minute,
		&cadence_second };
	const char *first, *last;

	if (cadence_count(p->at, ":", &first, &last) >= 2)
		return cadence_lists(p, fields, 3, ":");
	p->cadence->seconds = 1;
	return cadence_lists(p, fields, 2, ":");
}

static bool cadence_is_letter(char c)
{
	return str_lower(c) >= 'a' && str_lower(c) <= 'z';
}

/* Whether at[0..n) is how the lower-case word begins, in whatever case. */
static bool cadence_begins(const char *at, size_t n, const char *word)
{
	size_t i = 0;

	while (i < n && word[i] && str_lower(at[i]) == word[i])
		i++;
	return i == n;
}

/* The weekday that at[0..n) names in full or by three letters; 0 where it is none. */
static int cadence_weekday(const char *at, size_t n)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if ((n == 3 || n == strlen(names[i])) && cadence_begins(at, n, names[i]))
			return (int)i + 1;
	return 0;
}

static int cadence_take_weekday(struct parser *p, int *ret)
{
	size_t n = 0;

	while (cadence_is_letter(p->at[n]))
		n++;
	*ret = n ? cadence_weekday(p->at, n) : 0;
	if (!*ret)
		return FAIL(p, p->at,
			"this is no weekday (Mon or Monday to Sun or Sunday) and no name "
			"such as \"daily\"");
	p->at += n;
	return 0;
}

/* Mon, Mon..Fri, Mon-Fri */
static int cadence_weekday_run(struct parser *p)
{
	const char *start = p->at;
	struct run run = { .step = 1 };
	int r = cadence_take_weekday(p, &run.low);

	if (r < 0)
		return r;
	run.high = run.low;
	if (*p->at == '-' || str_starts(p->at, "..")) {
		p->at += *p->at == '-' ? 1 : 2;
		r = cadence_take_weekday(p, &run.high);
		if (r < 0)
			return r;
	}
	if (run.high < run.low)
		return FAIL(p, start,
			"a range of weekdays must not run over Sunday; write it in two "
			"parts, as in Sat..Sun,Mon");
	cadence_mark(&p->cadence->weekdays, &run);
	return 0;
}

static int cadence_weekdays(struct parser *p)
{
	int r = cadence_weekday_run(p);

	while (r >= 0 && *p->at == ',') {
		p->at++;
		if (cadence_at_end(p)) /* systemd.time(7): "Wed, 17:48" */
			return 0;
		r = cadence_weekday_run(p);
	}
	if (r >= 0 && !cadence_at_end(p))
		return FAIL(p, p->at, "this makes no sense after a weekday");
	return r;
}

/* What the name at[0..n) stands for, by systemd.time(7) and with the spellings that systemd takes
 * beside; NULL where it is no name. */
static const char *cadence_name_event(const char *at, size_t n)
{
	static const struct {
		const char *name, *event;
	} names[] = {
		{ "minutely", "*:*" },
		{ "hourly", "*:00" },
		{ "daily", "00:00" },
		{ "weekly", "Mon" },
		{ "monthly", "*-*-01" },
		{ "quarterly", "*-01,04,07,10-01" },
		{ "semiannually", "*-01,07-01" },
		{ "semi-annually", "*-01,07-01" },
		{ "biannually", "*-01,07-01" },
		{ "bi-annually", "*-01,07-01" },
		{ "yearly", "*-01-01" },
		{ "annually", "*-01-01" },
		{ "anually", "*-01-01" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (n == strlen(names[i].name) && cadence_begins(at, n, names[i].name))
			return names[i].event;
	return NULL;
}

/* The kinds of word, in the order in which they stand. */
enum part { PART_WEEKDAYS, PART_DATE, PART_TIME, N_PARTS };

static int (*const cadence_parts[N_PARTS])(
	struct parser *p) = { cadence_weekdays, cadence_date, cadence_time };

static int cadence_part(struct parser *p, bool first, enum part *ret)
{
	size_t n = cadence_word_length(p->at);

	if (first && cadence_name_event(p->at, n))
		return FAIL(p, p->at + n,
			"a name such as \"daily\" stands alone; a zone has no place here, it is set by"
			" \"timezone\"");
	if (!first && cadence_is_letter(*p->at) && !cadence_weekday(p->at, n))
		return FAIL(p, p->at,
			"this is no part of a cadence; a zone has no place here, it is set by"
			" \"timezone\"");
	if (*p->at == '@')
		return FAIL(p, p->at, "an instant (@) is no cadence; write a date and a time");
	if (cadence_is_letter(*p->at))
		*ret = PART_WEEKDAYS;
	else if (memchr(p->at, ':', n))
		*ret = PART_TIME;
	else if (memchr(p->at, '-', n) || memchr(p->at, '~', n))
		*ret = PART_DATE;
	else
		return FAIL(
			p, p->at, "this is neither a date such as *-*-15 nor a time such as 07:00");
	return 0;
}

static const char *cadence_after_blanks(const char *at)
{
	return at + strspn(at, " ");
}

static int cadence_parse_parts(struct parser *p, bool seen[N_PARTS])
{
	enum part part = PART_WEEKDAYS, next = PART_WEEKDAYS;

	for (; *p->at; p->at = cadence_after_blanks(p->at)) {
		const char *word = p->at;
		int r = cadence_part(p, next == PART_WEEKDAYS, &part);

		if (r < 0)
			return r;
		if (part < next)
			return FAIL(p, word,
				"weekdays stand first, then the date, then the time, each once");
		r = cadence_parts[part](p);
		if (r < 0)
			return r;
		seen[part] = true;
		next = part + 1;
	}
	return 0;
}

/* What is left out: any weekday, any date, midnight. */
static void cadence_fill(struct cadence *c, const bool seen[N_PARTS])
{
	if (!seen[PART_WEEKDAYS])
		cadence_mark(&c->weekdays, &(struct run){ MONDAY, SUNDAY, 1 });
	if (!seen[PART_DATE]) {
		cadence_mark_every(c, &cadence_year);
		cadence_mark_every(c, &cadence_month);
		cadence_mark_every(c, &cadence_day);
	}
	if (!seen[PART_TIME])
		c->hours = c->minutes = c->seconds = 1;
}

static int cadence_parse(struct parser *p)
{
	bool seen[N_PARTS] = { false };
	const char *event;
	size_t n;
	int r;

	p->at = cadence_after_blanks(p->at);
	n = cadence_word_length(p->at);
	if (n == 0)
		return FAIL(p, p->at,
			"it is empty; write a time such as 07:00, or a name such as \"daily\"");
	event = cadence_name_event(p->at, n);
	if (event && !*cadence_after_blanks(p->at + n))
		p->at = event;
	r = cadence_parse_parts(p, seen);
	if (r < 0)
		return r;
	cadence_fill(p->cadence, seen);
	return 0;
}

/* What an error quotes shall be fit to print. */
static int cadence_check_text(const char *text, struct err *reterr)
{
	size_t n = strlen(text);

	if (n > CADENCE_TEXT_MAX)
		return err_set(reterr, -EINVAL,
			"a cadence must not be longer than %d bytes; it has %zu", CADENCE_TEXT_MAX,
			n);
	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~')
			return err_set(reterr, -EINVAL,
				"byte %zu of the cadence is no printable ASCII character; "
				"a cadence looks like \"Mon..Fri 07:00\"",
				i + 1);
	return 0;
}

int cadence_new(struct cadence **ret, const char *text, struct err *reterr)
{
	_cleanup_(cadence_freep) struct cadence *c = NULL;
	struct parser p;
	int r = cadence_check_text(text, reterr);

	if (r < 0)
		return r;
	c = calloc(1, sizeof(*c));
	if (!c)
		return err_oom(reterr);
	p = (struct parser){ text, text, c, reterr };
	r = cadence_parse(&p);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(c);
	return 0;
}

void cadence_free(struct cadence *cadence)
{
	free(cadence);
}
