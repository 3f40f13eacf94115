/* SPDX-License-Identifier: MIT */
/*
 * table-date: days as address books write them into tables, in the writer's locale.
 */
#include "format/table-date.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "format/value.h"

#include <string.h>

/* A date taken apart: numbers, what stands between them, and a month's name. */
struct table_numbers {
	int n[3];
	size_t digits[3];
	size_t count;
	char separator;  /* between the first two */
	int month;       /* by its name; 0: none */
	size_t month_at; /* how many numbers stand before it */
	bool odd;        /* something else stands there */
};

/* The first three letters of a month's name, folded, in both languages. */
static int table_month(const char *word, size_t n)
{
	static const struct {
		const char *begin;
		int month;
	} months[] = { { "jan", 1 }, { "jaen", 1 }, { "feb", 2 }, { "mar", 3 }, { "maer", 3 },
		{ "apr", 4 }, { "may", 5 }, { "mai", 5 }, { "jun", 6 }, { "jul", 7 }, { "aug", 8 },
		{ "sep", 9 }, { "oct", 10 }, { "okt", 10 }, { "nov", 11 }, { "dec", 12 },
		{ "dez", 12 } };

	for (size_t i = 0; i < ARRAY_SIZE(months); i++)
		if (n >= strlen(months[i].begin) &&
			memcmp(word, months[i].begin, strlen(months[i].begin)) == 0)
			return months[i].month;
	return 0;
}

static const char *table_take_number(struct table_numbers *t, const char *p)
{
	size_t i = t->count++;

	for (; str_is_digit(*p) && t->digits[i] < 8; p++, t->digits[i]++)
		t->n[i] = t->n[i] * 10 + (*p - '0');
	return p;
}

static const char *table_take_word(struct table_numbers *t, const char *p)
{
	size_t n = 0;

	while (p[n] >= 'a' && p[n] <= 'z')
		n++;
	/* "4th of July" */
	if (n == 2 && t->count &&
		(!memcmp(p, "of", 2) || !memcmp(p, "th", 2) || !memcmp(p, "st", 2) ||
			!memcmp(p, "nd", 2) || !memcmp(p, "rd", 2)))
		return p + n;
	t->odd |= t->month != 0;
	t->month = table_month(p, n);
	t->odd |= t->month == 0;
	t->month_at = t->count;
	return p + n;
}

/* A time of day behind the date says nothing of it. */
static size_t table_date_end(const char *text)
{
	for (size_t i = 1; text[i]; i++)
		if (text[i] == ':') {
			while (i > 0 && str_is_digit(text[i - 1]))
				i--;
			return i;
		}
	return strlen(text);
}

static struct table_numbers table_take_apart(const char *text)
{
	_cleanup_str_ struct str folded = STR_INIT;
	struct table_numbers t = { 0 };
	const char *p;

	utf8_add_folded(&folded, text);
	if (folded.failed || folded.len > 64)
		return (struct table_numbers){ .odd = true };
	if (folded.len)
		folded.data[table_date_end(folded.data)] = '\0';
	for (p = str_text(&folded); *p && !t.odd;) {
		if (str_is_digit(*p) && t.count < ARRAY_SIZE(t.n)) {
			p = table_take_number(&t, p);
		} else if (*p >= 'a' && *p <= 'z') {
			p = table_take_word(&t, p);
		} else if (strchr("./- ,", *p)) {
			if (t.count == 1 && !t.separator && *p != ' ')
				t.separator = *p;
			p++;
		} else {
			t.odd = true;
		}
	}
	return t;
}

/* "12/28/1969", "12/28": which of the two is the month only the writer's country tells. */
static bool table_is_slashed(const struct table_numbers *t)
{
	return !t->odd && !t->month && t->count >= 2 && t->digits[0] <= 2 && t->digits[1] <= 2 &&
		(t->separator == '/' || t->separator == '-') && (t->n[0] || t->n[1]);
}

enum table_order table_order_of(const char *text)
{
	struct table_numbers t = table_take_apart(text);

	if (!table_is_slashed(&t) || (t.n[0] > 12) == (t.n[1] > 12))
		return TABLE_UNTOLD;
	return t.n[0] > 12 ? TABLE_DAY_FIRST : TABLE_MONTH_FIRST;
}

void table_order_learn(enum table_order *order, const char *text)
{
	enum table_order told = table_order_of(text);

	if (told == TABLE_UNTOLD || told == *order)
		return;
	*order = *order == TABLE_UNTOLD ? told : TABLE_CONTRARY;
}

static enum table_date table_date_make(
	int year, size_t year_digits, int month, int day, struct date *ret)
{
	struct date d = { year_digits > 2 ? year : 0, month, day };

	/* Apple's sign for a year that is not known. */
	if (d.year == 1604)
		d.year = 0;
	if (!day_is_date(&d) || (year_digits > 2 && year_digits != 4))
		return TABLE_DATE_OTHER;
	*ret = d;
	return TABLE_DATE;
}

static enum table_date table_date_slashed(
	const struct table_numbers *t, enum table_order order, struct date *ret)
{
	int a = t->n[0], b = t->n[1];
	bool day_first = order == TABLE_DAY_FIRST;

	if (a > 12 || b > 12)
		day_first = a > 12;
	else if (a != b && order != TABLE_DAY_FIRST && order != TABLE_MONTH_FIRST)
		return TABLE_DATE_AMBIGUOUS;
	return table_date_make(t->n[2], t->count > 2 ? t->digits[2] : 0, day_first ? b : a,
		day_first ? a : b, ret);
}

/* "28 Dec 1969", "December 28, 1969", "28. Dezember". */
static enum table_date table_date_worded(const struct table_numbers *t, struct date *ret)
{
	if (!t->count || t->count > 2 || t->month_at > 1 || t->digits[0] > 2)
		return TABLE_DATE_OTHER;
	return table_date_make(t->n[1], t->count > 1 ? t->digits[1] : 0, t->month, t->n[0], ret);
}

/* What stands for no day: zeroes, Outlook's 1 January 4501, Excel's 0 January 1900. */
static bool table_is_none(const struct table_numbers *t)
{
	if (t->month || !t->count)
		return false;
	return (!t->n[0] && !t->n[1] && !t->n[2]) || t->n[2] == 4501 ||
		(t->n[2] == 1900 && (!t->n[0] || !t->n[1]));
}

enum table_date table_date_read(const char *text, enum table_order order, struct date *ret)
{
	enum value_date iso = value_read_date((struct slice){ text, strlen(text) }, ret);
	struct table_numbers t;

	if (iso == VALUE_DATE_NONE || (iso == VALUE_DATE && ret->year == 4501))
		return TABLE_DATE_NONE;
	if (iso == VALUE_DATE)
		return TABLE_DATE;
	t = table_take_apart(text);
	if (t.odd || (!t.count && !t.month))
		return TABLE_DATE_OTHER;
	if (table_is_none(&t))
		return TABLE_DATE_NONE;
	if (t.month)
		return table_date_worded(&t, ret);
	if (table_is_slashed(&t))
		return table_date_slashed(&t, order, ret);
	if (t.count < 2 || t.digits[1] > 2)
		return TABLE_DATE_OTHER;
	if (t.digits[0] == 4 && t.count == 3) /* 1969/12/28 */
		return table_date_make(t.n[0], 4, t.n[1], t.n[2], ret);
	if (t.separator != '.' || t.digits[0] > 2)
		return TABLE_DATE_OTHER;
	return table_date_make(t.n[2], t.count > 2 ? t.digits[2] : 0, t.n[1], t.n[0], ret);
}

bool table_day_read(const char *text, int32_t *ret_day)
{
	struct table_numbers t = table_take_apart(text);
	struct date d;

	/* LinkedIn writes "5/12/23, 3:04 PM" too, and was founded in 2003. */
	if (table_is_slashed(&t) && t.count == 3 && t.digits[2] == 2) {
		t.n[2] += 2000;
		t.digits[2] = 4;
	}
	if (table_is_slashed(&t) ? table_date_slashed(&t, TABLE_MONTH_FIRST, &d) != TABLE_DATE
				 : table_date_read(text, TABLE_MONTH_FIRST, &d) != TABLE_DATE)
		return false;
	if (!d.year)
		return false;
	*ret_day = day_number(d.year, d.month, d.day);
	return true;
}
