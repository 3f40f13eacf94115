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
	/* One that is agreed cannot wait, what comes after one can. */
	if (item->kind == ITEM_COFFEE)
		return item->task == COFFEE_PREPARE || item->task == COFFEE_MEET ? 0 : 1;
	if (item->day == compose->agenda->today)
		return 0;
	return item->why == ITEM_DUE ? 1 : 2;
}

struct headlines {
	struct str *out;
	size_t columns;
	size_t skip; /* so many were told elsewhere */
	size_t told, all;
	bool full;
};

static void compose_add_headline(
	struct headlines *lines, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *name = NULL, *cut = NULL;
	_cleanup_str_ struct str one = STR_INIT;

	if (lines->all++ < lines->skip || lines->full)
		return;
	if (item->has_contact)
		name = wording_given_name(item->contact.field[CONTACT_NAME]);
	else if (item->outreach)
		name = wording_given_name(item->outreach->name);
	wording_add_item(&one, item, name ? name : "", compose->agenda->today);
	cut = compose_short(str_text(&one), COMPOSE_HEADLINE_COLUMNS);
	lines->out->failed |= !cut || one.failed ||
		((item->has_contact || item->outreach) && !name);
	if (!cut)
		return;
	if (lines->told &&
		utf8_width(str_text(lines->out)) + utf8_width(cut) + 2 > lines->columns) {
		lines->full = true;
		return;
	}
	str_add_separator(lines->out, ", ");
	str_add(lines->out, cut);
	lines->told++;
}

/* What is of today comes first, then what comes, then what was missed. Announcements count only where
 * there is nothing else. */
static void compose_add_headlines(struct headlines *lines, const struct compose *compose)
{
	for (int rank = 0; rank <= 3 && (rank < 3 || !lines->all); rank++)
		for (size_t i = 0; i < compose->agenda->n; i++) {
			const struct item *item = &compose->agenda->items[i];

			if (!compose_is_collapsed(item) && compose_rank(compose, item) == rank)
				compose_add_headline(lines, compose, item);
		}
	if (lines->all > lines->skip + lines->told)
		str_addf(lines->out, "%s(+%zu)", lines->told ? " " : "",
			lines->all - lines->skip - lines->told);
}

char *compose_subject(const struct compose *compose)
{
	struct str subject = STR_INIT;
	unsigned long n = compose->agenda->n;

	if (compose->welcome)
		return str_dup(_("Welcome to nudged"));
	if (n && compose->names)
		compose_add_headlines(
			&(struct headlines){ .out = &subject, .columns = COMPOSE_SUBJECT_COLUMNS },
			compose);
	else if (n)
		str_addf(&subject, ngettext("%lu thing to think of", "%lu things to think of", n),
			n);
	if (!subject.len)
		str_add(&subject,
			!n ? _("All quiet")
				: compose->agenda->items[0].why == ITEM_LONG_PAST
				? _("Looking back")
				: _("Still open"));
	return str_take(&subject);
}

/* What the sections are: that much a lock screen may show. */
static void compose_add_titles(struct str *out, const struct document *document)
{
	for (size_t i = 0; i < document->n_sections; i++) {
		str_add_separator(out, " · ");
		str_add(out, document->sections[i].title);
	}
}

static void compose_add_details(struct str *out, const struct document_entry *entry)
{
	for (size_t i = 0; i < entry->n_lines; i++) {
		if (out->len &&
			utf8_width(str_text(out)) + utf8_width(entry->lines[i]) >
				COMPOSE_PREHEADER_COLUMNS)
			break;
		str_add_separator(out, " · ");
		str_add(out, entry->lines[i]);
	}
}

/* It goes on where the subject ended: with the headlines that found no place there, else with what
 * helps with the first. */
char *compose_preheader(const struct document *document, const struct compose *compose)
{
	struct str preheader = STR_INIT, subject = STR_INIT;
	struct headlines first = { .out = &subject, .columns = COMPOSE_SUBJECT_COLUMNS },
			 rest = { .out = &preheader, .columns = COMPOSE_PREHEADER_COLUMNS };

	if (!compose->names)
		compose_add_titles(&preheader, document);
	if (!compose->names || !document->n_sections) {
		str_add(&preheader,
			document->n_sections || !document->n_opening ? "" : document->opening[0]);
		return str_take(&preheader);
	}
	if (!compose->welcome)
		compose_add_headlines(&first, compose);
	preheader.failed = subject.failed;
	str_done(&subject);
	rest.skip = first.told;
	compose_add_headlines(&rest, compose);
	if (!preheader.len && document->sections[0].n_entries)
		compose_add_details(&preheader, &document->sections[0].entries[0]);
	if (!preheader.len && document->n_sections > 1)
		compose_add_titles(&preheader, document);
	str_add(&preheader, "");
	return str_take(&preheader);
}
