/* SPDX-License-Identifier: MIT */
/*
 * wording: days, people and items in words.
 */
#include "digest/wording.h"

#include "base/lang.h"
#include "book/occasions.h"
#include "core/day.h"
#include "core/utf8.h"

#include <string.h>

/* Day and month names come from our catalogue: the process stays in the C.UTF-8 locale. */
static const char *const wording_weekdays[] = {
	N_("Monday"),
	N_("Tuesday"),
	N_("Wednesday"),
	N_("Thursday"),
	N_("Friday"),
	N_("Saturday"),
	N_("Sunday"),
};

static const char *const wording_on_weekdays[] = {
	N_("on Monday"),
	N_("on Tuesday"),
	N_("on Wednesday"),
	N_("on Thursday"),
	N_("on Friday"),
	N_("on Saturday"),
	N_("on Sunday"),
};

static const char *const wording_months[] = {
	N_("January"),
	N_("February"),
	N_("March"),
	N_("April"),
	N_("May"),
	N_("June"),
	N_("July"),
	N_("August"),
	N_("September"),
	N_("October"),
	N_("November"),
	N_("December"),
};

const char *wording_language(const char *language, bool formal)
{
	/* The formal catalogue holds the sentences that differ; the others come from the plain one. */
	return str_equal(language, "de") && formal ? "de@formal:de" : language;
}

void wording_add_date(struct str *out, int32_t day)
{
	struct date d = day_date(day);

	/* TRANSLATORS: weekday, day of the month, month, year: "Montag, 23. November 2026" */
	str_addf(out, _("%1$s, %2$d %3$s %4$d"), _(wording_weekdays[day_weekday(day) - 1]), d.day,
		_(wording_months[d.month - 1]), d.year);
}

void wording_add_plain_date(struct str *out, const struct date *date)
{
	if (date->year)
		/* TRANSLATORS: day of the month, month, year: "12. Oktober 2026" */
		str_addf(out, _("%1$d %2$s %3$d"), date->day, _(wording_months[date->month - 1]),
			date->year);
	else
		str_addf(out, _("%1$d %2$s"), date->day, _(wording_months[date->month - 1]));
}

void wording_add_plain_day(struct str *out, int32_t day)
{
	struct date date = day_date(day);

	wording_add_plain_date(out, &date);
}

void wording_add_day(struct str *out, int32_t day, int32_t today)
{
	struct date d = day_date(day);

	if (day == today)
		str_add(out, _("today"));
	else if (day == today + 1)
		str_add(out, _("tomorrow"));
	else if (day == today - 1)
		str_add(out, _("yesterday"));
	else if (day > today - 7 && day < today + 7)
		str_add(out, _(wording_on_weekdays[day_weekday(day) - 1]));
	else if (d.year == day_date(today).year)
		/* TRANSLATORS: day of the month, month: "am 3. März" */
		str_addf(out, _("on %1$d %2$s"), d.day, _(wording_months[d.month - 1]));
	else
		/* TRANSLATORS: day of the month, month, year: "am 3. März 2025" */
		str_addf(
			out, _("on %1$d %2$s %3$d"), d.day, _(wording_months[d.month - 1]), d.year);
}

/* The day without its "on": "Sunday", "31 March". */
static void wording_add_until(struct str *out, int32_t day, int32_t today)
{
	struct date d = day_date(day);

	if (day < today + 7)
		str_add(out, _(wording_weekdays[day_weekday(day) - 1]));
	else
		/* TRANSLATORS: day of the month, month: "bis 31. März" */
		str_addf(out, _("%1$d %2$s"), d.day, _(wording_months[d.month - 1]));
}

void wording_add_minute(struct str *out, int minute)
{
	str_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

void wording_add_time(struct str *out, int minute)
{
	if (minute % 60 == 0)
		/* TRANSLATORS: a full hour: "10 Uhr" */
		str_addf(out, _("%02d:00"), minute / 60);
	else
		/* TRANSLATORS: hour and minute: "10:30 Uhr" */
		str_addf(out, _("%1$02d:%2$02d"), minute / 60, minute % 60);
}

/* Of an unknown year: %1$s the name, %2$s the day ("today", "on Saturday"). */
static const struct {
	const char *kind;
	bool past;
	const char *format;
} wording_occasions[] = {
	{ OCCASION_BIRTHDAY, false, N_("%1$s's birthday is %2$s") },
	{ OCCASION_BIRTHDAY, true, N_("%1$s's birthday was %2$s") },
	{ OCCASION_ANNIVERSARY, false, N_("%1$s has an anniversary %2$s") },
	{ OCCASION_ANNIVERSARY, true, N_("%1$s had an anniversary %2$s") },
	{ OCCASION_NAME_DAY, false, N_("%1$s's name day is %2$s") },
	{ OCCASION_NAME_DAY, true, N_("%1$s's name day was %2$s") },
};

static void wording_add_named(
	struct str *out, const struct item *item, const char *name, const char *day, int32_t today)
{
	if (item->age > 0 && item->day > today)
		/* TRANSLATORS: a contact, the occasion's name, a day to come, years: "Ben: der Umzug, morgen ist
		 * das 10 Jahre her" */
		str_addf(out,
			ngettext("%1$s: %2$s, one year %3$s", "%1$s: %2$s, %4$d years %3$s",
				(unsigned long)item->age),
			name, item->name, day, item->age);
	else if (item->age > 0)
		/* TRANSLATORS: a contact, the occasion's name, the day, years: "Ben: der Umzug, heute vor
		 * 10 Jahren" */
		str_addf(out,
			ngettext("%1$s: %2$s, one year ago %3$s", "%1$s: %2$s, %4$d years ago %3$s",
				(unsigned long)item->age),
			name, item->name, day, item->age);
	else
		/* TRANSLATORS: a contact, the occasion's name, the day */
		str_addf(out, _("%1$s: %2$s %3$s"), name, item->name, day);
}

/* What is counted in years, of which there may be one. */
static bool wording_add_years(
	struct str *out, const struct item *item, const char *name, const char *day, bool past)
{
	unsigned long years = (unsigned long)item->age;

	if (str_equal(item->occasion, OCCASION_BIRTHDAY) && past)
		str_addf(out, ngettext("%1$s turned one %2$s", "%1$s turned %3$d %2$s", years),
			name, day, item->age);
	else if (str_equal(item->occasion, OCCASION_BIRTHDAY))
		str_addf(out, ngettext("%1$s turns one %2$s", "%1$s turns %3$d %2$s", years), name,
			day, item->age);
	else if (str_equal(item->occasion, OCCASION_MET))
		/* TRANSLATORS: a contact, the day, years: "Ben: heute vor 3 Jahren kennengelernt" */
		str_addf(out,
			ngettext("You met %1$s one year ago %2$s",
				"You met %1$s %3$d years ago %2$s", years),
			name, day, item->age);
	else if (str_equal(item->occasion, OCCASION_ANNIVERSARY) && past)
		str_addf(out,
			ngettext("%1$s had an anniversary %2$s: one year",
				"%1$s had an anniversary %2$s: %3$d years", years),
			name, day, item->age);
	else if (str_equal(item->occasion, OCCASION_ANNIVERSARY))
		str_addf(out,
			ngettext("%1$s has an anniversary %2$s: one year",
				"%1$s has an anniversary %2$s: %3$d years", years),
			name, day, item->age);
	else
		return false;
	return true;
}

static void wording_add_occasion(
	struct str *out, const struct item *item, const char *name, int32_t today)
{
	_cleanup_str_ struct str day = STR_INIT;
	bool past = item->day < today;

	wording_add_day(&day, item->day, today);
	out->failed |= day.failed;
	if (item->name) {
		wording_add_named(out, item, name, str_text(&day), today);
		return;
	}
	if (item->age > 0 && wording_add_years(out, item, name, str_text(&day), past))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(wording_occasions); i++) {
		if (!str_equal(wording_occasions[i].kind, item->occasion) ||
			wording_occasions[i].past != past)
			continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		/* The formats of the table take the same two arguments; msgfmt checks the translations. */
		str_addf(out, _(wording_occasions[i].format), name, str_text(&day));
#pragma GCC diagnostic pop
		return;
	}
}

static void wording_add_coffee(
	struct str *out, const struct item *item, const char *name, int32_t today)
{
	_cleanup_str_ struct str day = STR_INIT, text = STR_INIT;

	wording_add_day(&day, item->day, today);
	out->failed |= day.failed;
	switch (item->task) {
	case COFFEE_ASK:
		str_addf(out, _("%s has not answered about the coffee yet"), name);
		break;
	case COFFEE_PREPARE:
	case COFFEE_MEET:
		/* TRANSLATORS: a contact, the day: "heute Kaffee mit Ben"; the first letter becomes a capital */
		str_addf(&text, _("Coffee with %1$s %2$s"), name, str_text(&day));
		if (text.len)
			text.data[0] = str_upper(text.data[0]);
		out->failed |= text.failed;
		str_add(out, str_text(&text));
		break;
	case COFFEE_THANK:
		str_addf(out, _("Thank %s for the coffee"), name);
		break;
	case COFFEE_TELL:
		str_addf(out, _("Tell %s what came of the coffee"), name);
		break;
	case COFFEE_NOTHING:
		break;
	}
}

void wording_add_where(struct str *out, const struct item *item)
{
	_cleanup_str_ struct str time = STR_INIT;

	if (item->minute >= 0) {
		wording_add_time(&time, item->minute);
		out->failed |= time.failed;
		/* TRANSLATORS: a time: "Um 10 Uhr" */
		str_addf(out, _("At %s"), str_text(&time));
	}
	if (item->what) {
		str_add_separator(out, ", ");
		str_add(out, item->what);
	}
}

static void wording_add_forum(struct str *out, const struct item *item, int32_t today)
{
	_cleanup_str_ struct str day = STR_INIT;

	if (item->day == today) {
		/* TRANSLATORS: a forum, answers given, answers set out for */
		str_addf(out,
			ngettext("%1$s: %2$lld of %3$d answer, today is the last day",
				"%1$s: %2$lld of %3$d answers, today is the last day",
				(unsigned long)item->goal),
			item->occasion, (long long)item->answers, item->goal);
		return;
	}
	wording_add_until(&day, item->day, today);
	out->failed |= day.failed;
	/* TRANSLATORS: a forum, answers given, answers set out for, the last day ("Sonntag") */
	str_addf(out,
		ngettext("%1$s: %2$lld of %3$d answer, until %4$s",
			"%1$s: %2$lld of %3$d answers, until %4$s", (unsigned long)item->goal),
		item->occasion, (long long)item->answers, item->goal, str_text(&day));
}

static void wording_add_offer(
	struct str *out, const struct item *item, const char *name, int32_t today)
{
	_cleanup_str_ struct str day = STR_INIT;

	wording_add_day(&day, item->day, today);
	out->failed |= day.failed;
	/* TRANSLATORS: a contact, the day: "am 12. Oktober" */
	str_addf(out, _("%1$s asked %2$s what they can do for you"), name, str_text(&day));
}

static void wording_add_outreach(
	struct str *out, const struct item *item, const char *name, int32_t today)
{
	unsigned open = outreach_open(&item->outreach->facts, today);
	unsigned long n = (unsigned long)__builtin_popcount(open);

	if (str_empty(name))
		name = item->outreach->name;
	switch (item->step) {
	case OUTREACH_ANSWER:
		/* TRANSLATORS: how many questions, somebody new: "Vor der Anfrage an Eva Kern: noch 2 offene
		 * Fragen" */
		str_addf(out,
			ngettext("Before you write to %2$s: %1$lu open question",
				"Before you write to %2$s: %1$lu open questions", n),
			n, name);
		break;
	case OUTREACH_READ:
		str_addf(out, _("Read the profile of %s once more before you write"), name);
		break;
	case OUTREACH_SEND:
		str_addf(out, _("Your request to %s is ready to send"), name);
		break;
	case OUTREACH_REST:
		str_addf(out, _("%s has not answered your request"), name);
		break;
	case OUTREACH_NOTHING:
		break;
	}
}

void wording_add_answer(struct str *out, enum outreach_question question, const char *answer)
{
	/* TRANSLATORS: what a request to somebody new is made of; %s is what the reader wrote */
	static const char *const labels[OUTREACH_QUESTION_COUNT] = {
		[OUTREACH_TODAY] = N_("Now: %s"),
		[OUTREACH_COMMON] = N_("In common: %s"),
		[OUTREACH_FASCINATES] = N_("Fascinating: %s"),
		[OUTREACH_HOPE] = N_("You hope for: %s"),
	};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	/* The formats of the table take one text; msgfmt checks the translations. */
	str_addf(out, _(labels[question]), answer);
#pragma GCC diagnostic pop
}

char *wording_answers(const struct outreach *outreach)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++) {
		if (!outreach->answers[i])
			continue;
		str_add_separator(&out, "\n");
		wording_add_answer(&out, (enum outreach_question)i, outreach->answers[i]);
	}
	str_add(&out, "");
	return str_take(&out);
}

void wording_add_item(struct str *out, const struct item *item, const char *name, int32_t today)
{
	if (item->kind == ITEM_OCCASION)
		wording_add_occasion(out, item, name, today);
	else if (item->kind == ITEM_FORUM)
		wording_add_forum(out, item, today);
	else if (item->kind == ITEM_COFFEE)
		wording_add_coffee(out, item, name, today);
	else if (item->kind == ITEM_HELP || item->kind == ITEM_INTRODUCTION)
		wording_add_match(out, item, name);
	else if (item->kind == ITEM_OUTREACH)
		wording_add_outreach(out, item, name, today);
	else if (item->is_offer)
		wording_add_offer(out, item, name, today);
	else if (item->kind == ITEM_THANKS && !item->what)
		/* TRANSLATORS: a contact */
		str_addf(out, _("Thank %s"), name);
	else if (item->kind == ITEM_THANKS)
		/* TRANSLATORS: a contact, what is to be thanked for */
		str_addf(out, _("Thank %1$s: %2$s"), name, item->what);
	else if (item->kind == ITEM_TOUCH)
		/* TRANSLATORS: a contact not heard of for some time */
		str_addf(out, _("Get back in touch with %s"), name);
	else if (item->has_contact)
		str_addf(out, "%s: %s", name, item->what);
	else
		str_add(out, item->what);
}

/* Whether a word begins that one would write with a capital: no name of its own ("iPhone"), and no address. */
static bool wording_is_lower_word(const char *text)
{
	size_t n = strcspn(text, " ");

	for (size_t i = 0; i < n; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			return false;
	return n && strcspn(text, ".:/@_0123456789") >= n;
}

void wording_add_headline(struct str *out, const struct item *item, const char *name, int32_t today)
{
	bool is_theirs = item->kind == ITEM_FOLLOW_UP && !item->has_contact;
	uint32_t c = 0;
	size_t n = is_theirs ? utf8_decode(item->what, strnlen(item->what, 4), &c) : 0;

	if (!n || !wording_is_lower_word(item->what)) {
		wording_add_item(out, item, name, today);
		return;
	}
	if (c < 0x80)
		c = (unsigned char)str_upper((char)c);
	else if (c >= 0xe0 && c <= 0xfe && c != 0xf7) /* Latin-1's small letters */
		c -= 0x20;
	utf8_add(out, c);
	str_add(out, item->what + n);
}

void wording_add_work(struct str *out, const struct contact *contact, size_t columns)
{
	const char *title = contact->field[CONTACT_TITLE], *org = contact->field[CONTACT_ORG],
		   *city = contact->field[CONTACT_CITY];
	_cleanup_str_ struct str work = STR_INIT;

	str_add(&work, title);
	if (title && org)
		str_add(&work, ", ");
	str_add(&work, org);
	if (city && (!work.len || utf8_width(str_text(&work)) + 3 + utf8_width(city) <= columns)) {
		str_add_separator(&work, " · ");
		str_add(&work, city);
	}
	str_add(out, str_text(&work));
	out->failed |= work.failed;
}
