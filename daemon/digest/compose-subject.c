/* SPDX-License-Identifier: MIT */
/*
 * compose-subject: the person before the count.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "core/utf8.h"
#include "digest/wording.h"
#include "format/bidi.h"

#include <string.h>

#define COMPOSE_SUBJECT_COLUMNS   60 /* what a phone's list shows of a subject, and a little more */
#define COMPOSE_PREHEADER_COLUMNS 120
#define COMPOSE_HEADLINE_COLUMNS  90 /* of one, where it stands in those */

/* Whether it is the first occasion that the mail tells: that opens both. */
static bool compose_opens(const struct compose *compose, const struct item *item)
{
	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *other = &compose->agenda->items[i];

		if (other->kind == ITEM_OCCASION && other->why != ITEM_ANNOUNCED &&
			!compose_is_collapsed(other))
			return other == item;
	}
	return false;
}

enum compose_rank {
	COMPOSE_OPENS,   /* what the mail begins with, */
	COMPOSE_WAITS,   /* a coffee that cannot, */
	COMPOSE_TODAY,   /* what is of today, or was an occasion, */
	COMPOSE_COMES,   /* what comes or goes on, */
	COMPOSE_REST,    /* what is late, or a suggestion, */
	COMPOSE_AHEAD,   /* announcements where there is nothing else but */
	COMPOSE_GOES_ON, /* what is told beside others */
	COMPOSE_RANK_COUNT,
};

static enum compose_rank compose_rank(const struct compose *compose, const struct item *item)
{
	bool agreed = item->task == COFFEE_PREPARE || item->task == COFFEE_MEET;

	if (item->why == ITEM_PROGRESS)
		return COMPOSE_GOES_ON;
	if (item->why == ITEM_ANNOUNCED)
		return COMPOSE_AHEAD;
	if (item->asks == INTRODUCTION_SUGGEST)
		return COMPOSE_REST;
	if (compose_opens(compose, item))
		return COMPOSE_OPENS;
	if (item->kind == ITEM_COFFEE && agreed && item->day == compose->agenda->today)
		return COMPOSE_WAITS;
	if (item->kind == ITEM_COFFEE)
		return agreed ? COMPOSE_TODAY : COMPOSE_COMES;
	if (item->day == compose->agenda->today || item->why == ITEM_MISSED)
		return COMPOSE_TODAY;
	return item->why == ITEM_DUE ? COMPOSE_COMES : COMPOSE_REST;
}

/* How many things the mail asks to be done, one way for all that says it: those that stand in it in full;
 * announcements only where there are no others. */
static size_t compose_count(const struct compose *compose)
{
	size_t counts[COMPOSE_RANK_COUNT] = { 0 }, n = 0;

	for (size_t i = 0; i < compose->agenda->n; i++)
		if (!compose_is_collapsed(&compose->agenda->items[i]))
			counts[compose_rank(compose, &compose->agenda->items[i])]++;
	for (size_t rank = 0; rank < COMPOSE_AHEAD; rank++)
		n += counts[rank];
	return (n ? n : counts[COMPOSE_AHEAD]) + counts[COMPOSE_GOES_ON];
}

#define HEADLINES_MAX 16 /* more than a line holds */

struct headlines {
	struct str *out;
	size_t columns;
	const struct headlines *before; /* what was told elsewhere; NULL: nothing */
	const struct item *all[HEADLINES_MAX];
	size_t n;
	size_t told; /* things: of touches there are more in one */
	bool full;
};

static bool headlines_tell(const struct headlines *lines, const struct item *item)
{
	for (size_t i = 0; lines && i < lines->n; i++)
		if (lines->all[i] == item)
			return true;
	return false;
}

/* Whether the subject, where there is room for so little, names the person already. */
static bool headlines_name(const struct headlines *lines, const struct item *item)
{
	for (size_t i = 0; !lines->before && item->has_contact && i < lines->n; i++)
		if (lines->all[i]->has_contact && lines->all[i]->contact.id == item->contact.id)
			return true;
	return false;
}

/* Whether our own words begin it, which in the middle of a line need no capital. */
static bool compose_is_ours(const struct item *item, const char *headline, const char *call)
{
	if (item->kind == ITEM_FORUM || (!*call && !item->outreach))
		return false;
	return !str_starts(headline, call) && !str_starts(headline, compose_item_name(item));
}

static bool compose_is_last_touch(const struct compose *compose, const struct item *item)
{
	return item + 1 == compose->agenda->items + compose->agenda->n ||
		item[1].kind != ITEM_TOUCH;
}

/* Several people to get back in touch with are one thing to say. */
static size_t compose_add_touches(struct str *out, const struct compose *compose)
{
	_cleanup_str_ struct str names = STR_INIT, all = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *item = &compose->agenda->items[i];
		_cleanup_free_ char *call = NULL;

		if (item->kind != ITEM_TOUCH)
			continue;
		call = compose_call(compose, item);
		out->failed |= !call;
		n++;
		if (n > 1 && compose_is_last_touch(compose, item)) {
			/* TRANSLATORS: some names with commas between, and the last one */
			str_addf(&all, _("%1$s and %2$s"), str_text(&names), call ? call : "");
			break;
		}
		str_add_separator(&names, ", ");
		str_add(&names, call);
	}
	/* TRANSLATORS: a contact not heard of for some time */
	str_addf(out, _("Get back in touch with %s"), all.len ? str_text(&all) : str_text(&names));
	out->failed |= names.failed || all.failed;
	return n;
}

static void compose_add_headline(
	struct headlines *lines, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *call = NULL, *cut = NULL;
	_cleanup_str_ struct str one = STR_INIT;
	size_t n = 1;

	if (lines->full || headlines_tell(lines->before, item) || headlines_name(lines, item))
		return;
	call = compose_call(compose, item);
	if (item->kind == ITEM_TOUCH)
		n = compose_add_touches(&one, compose);
	else if (!lines->n)
		wording_add_headline(&one, item, call ? call : "", compose->agenda->today);
	else
		wording_add_item(&one, item, call ? call : "", compose->agenda->today);
	cut = talk_shorten(str_text(&one), COMPOSE_HEADLINE_COLUMNS);
	lines->out->failed |= !cut || !call || one.failed;
	if (!cut || !call)
		return;
	lines->full = lines->n == HEADLINES_MAX ||
		(lines->n &&
			utf8_width(str_text(lines->out)) + utf8_width(cut) + 2 > lines->columns);
	if (lines->full)
		return;
	if (lines->n && compose_is_ours(item, cut, call))
		*cut = str_lower(*cut);
	str_add_separator(lines->out, ", ");
	str_add(lines->out, cut);
	lines->all[lines->n++] = item;
	lines->told += n;
}

/* The first of the touches speaks for all. */
static bool compose_has_headline(
	const struct compose *compose, const struct item *item, enum compose_rank rank)
{
	if (compose_is_collapsed(item) || compose_rank(compose, item) != rank)
		return false;
	return item->kind != ITEM_TOUCH || item == compose->agenda->items ||
		item[-1].kind != ITEM_TOUCH;
}

/* What is of today comes first, then what comes, then what was missed, and how many more there are. */
static void compose_add_headlines(struct headlines *lines, const struct compose *compose)
{
	size_t more = compose_count(compose) - (lines->before ? lines->before->told : 0);
	bool others = false;

	for (enum compose_rank rank = COMPOSE_OPENS; rank < COMPOSE_RANK_COUNT; rank++)
		for (size_t i = 0; i < compose->agenda->n; i++) {
			const struct item *item = &compose->agenda->items[i];

			if (!compose_has_headline(compose, item, rank) ||
				(rank == COMPOSE_AHEAD && others))
				continue;
			others |= rank < COMPOSE_AHEAD;
			compose_add_headline(lines, compose, item);
		}
	if (more > lines->told)
		str_addf(lines->out, "%s(+%zu)", lines->told ? " " : "", more - lines->told);
}

/* A list of mails shows it as one line, with the sender's name or without. */
static char *compose_mark(const struct str *subject)
{
	struct str marked = { .failed = subject->failed };

	bidi_add_marked(&marked, str_text(subject));
	str_add(&marked, "");
	return str_take(&marked);
}

/* Behind what the first subject says a greeting has its place: a telephone's list shows the beginning. */
static void compose_add_first(
	struct str *out, const struct compose *compose, struct headlines *lines)
{
	const char *welcome = _("Welcome to nudged");

	*lines = (struct headlines){ .out = out,
		.columns = COMPOSE_SUBJECT_COLUMNS -
			(compose->welcome ? strlen(" - ") + utf8_width(welcome) : 0) };
	if (compose->agenda->n && compose->names)
		compose_add_headlines(lines, compose);
}

/* What is told without a name. */
static void compose_add_count(struct str *out, const struct compose *compose)
{
	unsigned long n = (unsigned long)compose_count(compose);

	if (n)
		str_addf(out, ngettext("Your digest: %lu item", "Your digest: %lu items", n), n);
}

char *compose_subject(const struct compose *compose)
{
	_cleanup_str_ struct str subject = STR_INIT, first = STR_INIT;
	struct headlines lines;

	compose_add_first(&first, compose, &lines);
	subject.failed = first.failed;
	if (compose->welcome && first.len)
		str_addf(&subject, "%s · %s", str_text(&first), _("Welcome to nudged"));
	else if (compose->welcome)
		str_add(&subject, _("Welcome to nudged"));
	else if (first.len)
		str_add(&subject, str_text(&first));
	else if (!compose->names)
		compose_add_count(&subject, compose);
	if (!subject.len)
		str_add(&subject,
			!compose->agenda->n ? _("All quiet")
				: compose->agenda->items[0].why == ITEM_LONG_PAST
				? _("Looking back")
				: _("Still open"));
	return compose_mark(&subject);
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

/* Of the item that the subject names first; with others beside it, it says whom it is about. */
static void compose_add_details_of(struct str *out, const struct document *document,
	const struct compose *compose, const struct item *item, bool with_name)
{
	_cleanup_str_ struct str details = STR_INIT;
	_cleanup_free_ char *call = compose_call(compose, item);

	out->failed |= !call;
	for (size_t i = 0; i < document->n_sections; i++)
		for (size_t k = 0; k < document->sections[i].n_entries; k++)
			if (*item->handle &&
				str_equal(document->sections[i].entries[k].handle, item->handle))
				compose_add_details(&details, &document->sections[i].entries[k]);
	if (details.len && with_name && !str_empty(call))
		str_addf(out, "%s: ", call);
	str_add(out, str_text(&details));
	out->failed |= details.failed;
}

/* It goes on where the subject ended: with the headlines that found no place there, else with what
 * helps with the first of those. */
char *compose_preheader(const struct document *document, const struct compose *compose)
{
	struct str preheader = STR_INIT, subject = STR_INIT;
	struct headlines first, rest = { .out = &preheader, .columns = COMPOSE_PREHEADER_COLUMNS };

	if (!compose->names)
		compose_add_titles(&preheader, document);
	if (!compose->names || !document->n_sections) {
		str_add(&preheader,
			document->n_sections || !document->n_opening ? "" : document->opening[0]);
		return str_take(&preheader);
	}
	compose_add_first(&subject, compose, &first);
	preheader.failed = subject.failed;
	str_done(&subject);
	rest.before = &first;
	compose_add_headlines(&rest, compose);
	if (!preheader.len && first.n)
		compose_add_details_of(&preheader, document, compose, first.all[0], first.n > 1);
	if (!preheader.len && document->n_sections > 1)
		compose_add_titles(&preheader, document);
	str_add(&preheader, "");
	return str_take(&preheader);
}
