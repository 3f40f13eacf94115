/* SPDX-License-Identifier: MIT */
/*
 * compose-trouble: the lines that tell of digests which did not arrive, and of a trouble that is over.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "base/retell.h"
#include "core/day.h"
#include "core/str.h"
#include "digest/wording.h"

#include <string.h>

/* In the mail's language, which is not that of this process's own sentences. */
static const char *compose_translate(const char *text)
{
	return *text ? _(text) : text;
}

/* One line tells of all of them, and why of the latest. */
static void compose_add_others(struct str *out, const struct compose_lost *lost)
{
	_cleanup_str_ struct str day = STR_INIT;

	if (!lost->more)
		return;
	wording_add_plain_day(&day, lost->first);
	str_add_char(out, ' ');
	if (lost->perhaps && lost->more == 1)
		/* TRANSLATORS: follows "The digest of 23 November 2026 may have been lost" */
		str_addf(out, _("So may the one of %s."), str_text(&day));
	else if (lost->perhaps)
		str_addf(out, _("So may %1$d others since %2$s."), lost->more, str_text(&day));
	else if (lost->more == 1)
		/* TRANSLATORS: follows "The digest of 23 November 2026 did not arrive" */
		str_addf(out, _("Nor did the one of %s."), str_text(&day));
	else
		str_addf(out, _("Nor did %1$d others since %2$s."), lost->more, str_text(&day));
	out->failed |= day.failed;
}

int compose_add_trouble(
	struct document *document, const struct compose *compose, const struct compose_lost *lost)
{
	_cleanup_free_ char *command = compose_command(compose, "test-send");
	_cleanup_str_ struct str day = STR_INIT, words = STR_INIT;

	wording_add_plain_day(&day, lost->day);
	retell(&words, lost->words, compose_translate);
	if (words.len && !strchr(".!?", words.data[words.len - 1]))
		str_add_char(&words, '.');
	compose_add_others(&words, lost);
	words.failed |= day.failed || !command;
	if (lost->perhaps)
		/* TRANSLATORS: a day, and a sentence that says why */
		return document_add_opening(document,
			compose_with(&words,
				_("The digest of %1$s may have been lost, look for it in the mailbox: %2$s"),
				str_text(&day), str_text(&words)));
	/* TRANSLATORS: a day, a sentence that says why, and a command to type */
	return document_add_opening(document,
		compose_with(&words,
			_("The digest of %1$s did not arrive. %2$s Whether it works by now, \"%3$s\" tells."),
			str_text(&day), str_text(&words), command ? command : ""));
}

static void compose_add_moment(struct str *out, const struct civil *civil)
{
	wording_add_plain_day(out, civil->day);
	str_add(out, ", ");
	wording_add_time(out, civil->second / 60);
}

int compose_add_past(struct document *document, const struct compose *compose)
{
	const struct compose_past *past = compose->past;
	_cleanup_str_ struct str since = STR_INIT, until = STR_INIT, words = STR_INIT;

	compose_add_moment(&since, &past->since);
	compose_add_moment(&until, &past->until);
	retell(&words, past->words, compose_translate);
	words.failed |= since.failed || until.failed;
	/* It was over within that minute. */
	if (str_equal(str_text(&since), str_text(&until)))
		/* TRANSLATORS: a moment, "24 November 2026, 07:00", and a sentence that says why */
		return document_add_opening(document,
			compose_with(&words,
				_("On %1$s nothing could be recorded, so no digest was sent: %2$s"),
				str_text(&since), str_text(&words)));
	/* TRANSLATORS: two moments, "24 November 2026, 07:00", and a sentence that says why */
	return document_add_opening(document,
		compose_with(&words,
			_("From %1$s until %2$s nothing could be recorded, so no digest was sent: %3$s"),
			str_text(&since), str_text(&until), str_text(&words)));
}

/* Whether something of those days is told late. */
static bool compose_makes_up(const struct compose *compose)
{
	for (size_t i = 0; i < compose->agenda->n; i++)
		if (compose->agenda->items[i].why == ITEM_MISSED ||
			compose->agenda->items[i].why == ITEM_LONG_PAST ||
			compose->agenda->items[i].why == ITEM_OVERDUE)
			return true;
	return false;
}

/* Without a year that goes without saying, and of two days in one month without the month. */
static void compose_add_near_day(struct str *out, int32_t day, int32_t today, int32_t to)
{
	struct date date = day_date(day), last = day_date(to);

	if (date.year == day_date(today).year)
		date.year = 0;
	if (day != to && date.month == last.month && to - day < 31)
		/* TRANSLATORS: the first of two days in one month: "Vom 14. bis 18. November" */
		str_addf(out, C_("from", "%d"), date.day);
	else
		wording_add_plain_date(out, &date);
}

int compose_add_silence(struct document *document, const struct compose *compose)
{
	const struct compose_silence *silence = compose->silence;
	_cleanup_str_ struct str from = STR_INIT, to = STR_INIT, line = STR_INIT;

	compose_add_near_day(&from, silence->from, compose->agenda->today, silence->to);
	compose_add_near_day(&to, silence->to, compose->agenda->today, silence->to);
	line.failed = from.failed || to.failed;
	if (silence->from == silence->to)
		/* TRANSLATORS: a day, "14. November" */
		str_addf(&line, _("On %s no digest came, because nudged was not running."),
			str_text(&from));
	else
		/* TRANSLATORS: two days, "14." or "30. November", "18. November" */
		str_addf(&line,
			_("From %1$s to %2$s no digest came, because nudged was not running."),
			str_text(&from), str_text(&to));
	if (compose_makes_up(compose))
		str_addf(&line, " %s", _("What you missed stands below."));
	return document_add_opening(document, str_take(&line));
}
