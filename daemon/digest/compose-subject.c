/* SPDX-License-Identifier: MIT */
/*
 * compose-subject: the person before the count.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "core/utf8.h"
#include "digest/wording.h"

static int compose_rank(const struct compose *compose, const struct item *item)
{
	if (item->why == ITEM_PROGRESS)
		return 4;
	if (item->why == ITEM_ANNOUNCED)
		return 3;
	if (item->asks == INTRODUCTION_SUGGEST)
		return 2;
	if (item->day == compose->agenda->today)
		return 0;
	return item->why == ITEM_DUE ? 1 : 2;
}

struct headlines {
	struct str *out;
	size_t columns, told, all;
	bool full;
};

static void compose_add_headline(
	struct headlines *lines, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *name = NULL;
	_cleanup_str_ struct str one = STR_INIT;

	lines->all++;
	if (item->has_contact)
		name = wording_given_name(item->contact.field[CONTACT_NAME]);
	else if (item->outreach)
		name = wording_given_name(item->outreach->name);
	wording_add_item(&one, item, name ? name : "", compose->agenda->today);
	if (lines->told &&
		utf8_width(str_text(lines->out)) + utf8_width(str_text(&one)) + 2 > lines->columns)
		lines->full = true;
	if (lines->full)
		return;
	str_add_separator(lines->out, ", ");
	str_add(lines->out, str_text(&one));
	lines->told++;
}

/* What is of today comes first, then what comes, then what was missed. Announcements count only where
 * there is nothing else. */
void compose_add_headlines(struct str *out, const struct compose *compose, size_t columns)
{
	struct headlines lines = { .out = out, .columns = columns };

	for (int rank = 0; rank <= 3 && (rank < 3 || !lines.all); rank++)
		for (size_t i = 0; i < compose->agenda->n; i++) {
			const struct item *item = &compose->agenda->items[i];

			if (!compose_is_collapsed(item) && compose_rank(compose, item) == rank)
				compose_add_headline(&lines, compose, item);
		}
	if (lines.all > lines.told)
		str_addf(out, " (+%zu)", lines.all - lines.told);
}

char *compose_subject(const struct compose *compose)
{
	struct str subject = STR_INIT;
	unsigned long n = compose->agenda->n;

	if (compose->welcome)
		return str_dup(_("Welcome to nudged"));
	if (n && compose->names)
		compose_add_headlines(&subject, compose, COMPOSE_SUBJECT_COLUMNS);
	else if (n)
		str_addf(&subject, ngettext("%lu thing to think of", "%lu things to think of", n),
			n);
	if (!subject.len)
		str_add(&subject,
			!n ? _("Nothing is due")
				: compose->agenda->items[0].why == ITEM_LONG_PAST
				? _("Looking back")
				: _("Still open"));
	return str_take(&subject);
}
