/* SPDX-License-Identifier: MIT */
/*
 * compose: an agenda becomes a document.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "core/utf8.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

#define COMPOSE_TEXT_COLUMNS 70 /* of the text part, behind an indent */

/* So many of those that share a line have a name in it; of occasions more, for they are told but once. */
#define COMPOSE_COLLAPSED_MAX     12
#define COMPOSE_COLLAPSED_COLUMNS 36  /* of one, where they would not fit in whole, */
#define COMPOSE_COLLAPSED_ALL     110 /* and of all but those of occasions: two lines */
#define COMPOSE_COLLAPSED_MORE    4   /* of those without a name so many have a handle */

char *compose_text(const char *format, ...)
{
	struct str s = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&s, format, args);
	va_end(args);
	return str_take(&s);
}

char *compose_with(const struct str *part, const char *format, ...)
{
	struct str s = { .failed = part->failed };
	va_list args;

	va_start(args, format);
	str_addv(&s, format, args);
	va_end(args);
	return str_take(&s);
}

char *compose_command(const struct compose *compose, const char *format, ...)
{
	struct str s = STR_INIT;
	va_list args;

	str_addf(&s, "%s ", compose->command);
	va_start(args, format);
	str_addv(&s, format, args);
	va_end(args);
	return str_take(&s);
}

char *compose_keep_command(char *line, const char *command)
{
	char *at = line && command ? strstr(line, command) : NULL;

	if (at > line && at[-1] == ' ' && utf8_width(line) > COMPOSE_TEXT_COLUMNS)
		at[-1] = '\n';
	return line;
}

bool compose_is_collapsed(const struct item *item)
{
	return item->why == ITEM_LONG_PAST || item->why == ITEM_WAITING;
}

bool compose_is_known(const struct compose *compose, int64_t contact)
{
	return numbers_has(compose->known, (uint64_t)contact);
}

/* Whoever is met again further down needs no second introduction; an announcement is none. */
static int compose_know(const struct compose *compose, const struct item *item)
{
	if (!item->has_contact || item->has_other || item->why == ITEM_ANNOUNCED)
		return 0;
	return numbers_add(compose->known, (uint64_t)item->contact.id, NULL);
}

/* What it is about, as far as it has to be told apart: whom, and of follow-ups and forums what. */
static char *compose_collapsed_name(
	const struct compose *compose, const struct item *item, size_t columns)
{
	_cleanup_free_ char *other = NULL;
	_cleanup_str_ struct str name = STR_INIT;

	if (item->has_other) {
		_cleanup_free_ char *one = wording_label(&item->contact, &item->other, true);

		other = wording_label(&item->other, &item->contact, true);
		name.failed = !one || !other;
		/* TRANSLATORS: two people who are to meet, or have met */
		str_addf(&name, _("%1$s and %2$s"), one ? one : "", other ? other : "");
	} else if (item->kind == ITEM_FORUM) {
		/* TRANSLATORS: a forum, answers given, answers set out for */
		str_addf(&name, _("%1$s, %2$lld of %3$d"), item->occasion, (long long)item->answers,
			item->goal);
	} else if (item->kind == ITEM_FOLLOW_UP) {
		wording_add_headline(
			&name, item, item->contact.field[CONTACT_NAME], compose->agenda->today);
	} else {
		str_add(&name,
			item->outreach ? item->outreach->name : item->contact.field[CONTACT_NAME]);
	}
	return name.failed ? NULL : talk_shorten(str_text(&name), columns);
}

/* Names that share a line, each once, with all handles. */
struct compose_names {
	char *name[COMPOSE_COLLAPSED_MAX];
	struct str handles[COMPOSE_COLLAPSED_MAX];
	size_t n, used, columns; /* used of so many columns, unless one name needs more */
	unsigned long all, more; /* things; those that found no place, */
	struct str rest;         /* and their handles */
};

static void compose_names_done(struct compose_names *names)
{
	for (size_t i = 0; i < names->n; i++) {
		free(names->name[i]);
		str_done(&names->handles[i]);
	}
	str_done(&names->rest);
	*names = (struct compose_names){ 0 };
}

static int compose_add_name(struct compose_names *names, char *name, const char *handle)
{
	_cleanup_free_ char *own = name;
	size_t i = 0, used;

	if (!name)
		return -ENOMEM;
	names->all++;
	while (i < names->n && !str_equal(names->name[i], name))
		i++;
	used = names->used + (i < names->n ? 0 : utf8_width(name)) + strlen(handle) +
		strlen(", ()");
	if (i == COMPOSE_COLLAPSED_MAX || (names->n && used > names->columns)) {
		names->more++;
		str_add_separator(&names->rest, ", ");
		str_add(&names->rest, handle);
		return names->rest.failed ? -ENOMEM : 0;
	}
	names->used = used;
	if (i == names->n)
		names->name[names->n++] = TAKE_PTR(own);
	str_add_separator(&names->handles[i], ", ");
	str_add(&names->handles[i], handle);
	return names->handles[i].failed ? -ENOMEM : 0;
}

static int compose_fit_names(struct compose_names *ret, const struct compose *compose,
	enum item_kind kind, enum item_why why, size_t columns)
{
	int r = 0;

	ret->columns = kind == ITEM_OCCASION ? SIZE_MAX : COMPOSE_COLLAPSED_ALL;
	for (size_t i = 0; r == 0 && i < compose->agenda->n; i++) {
		const struct item *item = &compose->agenda->items[i];

		if (item->kind == kind && item->why == why)
			r = compose_add_name(
				ret, compose_collapsed_name(compose, item, columns), item->handle);
	}
	return r;
}

/* Those of a kind that share a line for that reason: whole where there is room for all of them. */
static int compose_find_names(struct compose_names *ret, const struct compose *compose,
	enum item_kind kind, enum item_why why)
{
	int r = compose_fit_names(ret, compose, kind, why, COMPOSE_COLLAPSED_ALL);

	if (r < 0 || (!ret->more && ret->used <= ret->columns))
		return r;
	compose_names_done(ret);
	return compose_fit_names(ret, compose, kind, why, COMPOSE_COLLAPSED_COLUMNS);
}

/* "read the book (f1), Ben Weber (y1, y2) and 3 more" */
static void compose_write_names(struct str *out, const struct compose_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		str_addf(out, "%s%s (%s)", i ? ", " : "", names->name[i],
			str_text(&names->handles[i]));
	if (names->more && names->more <= COMPOSE_COLLAPSED_MORE)
		/* TRANSLATORS: behind a list of names: how many, and their handles */
		str_addf(out,
			ngettext(" and %1$lu more (%2$s)", " and %1$lu more (%2$s)", names->more),
			names->more, str_text(&names->rest));
	else if (names->more)
		/* TRANSLATORS: behind a list of names */
		str_addf(out, ngettext(" and %lu more", " and %lu more", names->more), names->more);
}

static int compose_add_aside(struct document_section *section, char *line)
{
	struct document_entry *entry = document_add_entry(section, line, NULL);

	if (!entry)
		return -ENOMEM;
	entry->aside = true;
	return 0;
}

/* Many occasions of long ago, told but once: in one line. */
static int compose_add_long_past(struct document_section *section, const struct compose *compose)
{
	_cleanup_(compose_names_done) struct compose_names names = { 0 };
	_cleanup_str_ struct str list = STR_INIT;
	int r = compose_find_names(&names, compose, ITEM_OCCASION, ITEM_LONG_PAST);

	if (r < 0 || !names.n)
		return r;
	compose_write_names(&list, &names);
	return compose_add_aside(section,
		compose_with(&list,
			ngettext("%1$lu occasion passed more than two weeks ago: %2$s",
				"%1$lu occasions passed more than two weeks ago: %2$s", names.all),
			names.all, str_text(&list)));
}

static const char *const compose_titles[ITEM_KIND_COUNT] = {
	[ITEM_OCCASION] = N_("Occasions"),
	[ITEM_FOLLOW_UP] = N_("Follow-ups"),
	[ITEM_THANKS] = N_("Thanks"),
	[ITEM_COFFEE] = N_("Coffee"),
	[ITEM_TOUCH] = N_("Keep in touch"),
	[ITEM_HELP] = N_("Help"),
	[ITEM_INTRODUCTION] = N_("Introductions"),
	[ITEM_OUTREACH] = N_("Outreach"),
	[ITEM_FORUM] = N_("Forums"),
};

enum compose_part { COMPOSE_DUE, COMPOSE_OFFERS, COMPOSE_SOON };

static enum compose_part compose_part_of(const struct item *item)
{
	if (item->why == ITEM_ANNOUNCED)
		return COMPOSE_SOON;
	return item->is_offer ? COMPOSE_OFFERS : COMPOSE_DUE;
}

static int compose_add_part(struct document *document, const struct compose *compose,
	const char *title, enum item_kind kind, enum compose_part part)
{
	struct document_section *section = NULL;
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->agenda->n; i++) {
		const struct item *item = &compose->agenda->items[i];

		if (item->kind != kind || compose_part_of(item) != part ||
			item->why == ITEM_WAITING)
			continue;
		if (!section && !(section = document_add_section(document, str_dup(_(title)))))
			return -ENOMEM;
		if (compose_is_collapsed(item))
			continue;
		r = compose_add_item(section, compose, item);
		if (r == 0)
			r = compose_know(compose, item);
	}
	if (r == 0 && section && kind == ITEM_OCCASION && part == COMPOSE_DUE)
		r = compose_add_long_past(section, compose);
	return r;
}

/* What was told in full not long ago, and is as it was then: a line for each kind, behind what is new. */
static int compose_add_open(struct document *document, const struct compose *compose)
{
	struct document_section *section = NULL;
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->n_order; i++) {
		_cleanup_(compose_names_done) struct compose_names names = { 0 };
		_cleanup_str_ struct str list = STR_INIT;

		r = compose_find_names(&names, compose, compose->order[i], ITEM_WAITING);
		if (r < 0 || !names.n)
			continue;
		if (!section &&
			!(section = document_add_section(document, str_dup(_("Still open")))))
			return -ENOMEM;
		compose_write_names(&list, &names);
		r = compose_add_aside(section,
			compose_with(&list, "%s: %s", _(compose_titles[compose->order[i]]),
				str_text(&list)));
	}
	return r;
}

static int compose_add_parts(struct document *document, const struct compose *compose)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->n_order; i++) {
		r = compose_add_part(document, compose, compose_titles[compose->order[i]],
			compose->order[i], COMPOSE_DUE);
		if (r == 0 && compose->order[i] == ITEM_THANKS)
			r = compose_add_part(document, compose, N_("Offers of help"), ITEM_THANKS,
				COMPOSE_OFFERS);
	}
	if (r == 0)
		r = compose_add_part(document, compose, N_("Soon"), ITEM_OCCASION, COMPOSE_SOON);
	return r == 0 ? compose_add_open(document, compose) : r;
}

static int compose_add_frame(struct document *document, const struct compose *compose)
{
	struct str title = STR_INIT;

	wording_add_date(&title, compose->agenda->today);
	document->language = str_dup(compose->language);
	document->title = str_take(&title);
	document->subject = compose_subject(compose);
	return document->language && document->title && document->subject ? 0 : -ENOMEM;
}

/* A mailbox may show the beginning of a part beside the subject, up to 200 characters of it (RFC 8970 section 3.1),
 * which title, this and a section's name fill. */
static int compose_add_cover(struct document *document)
{
	document->cover = str_dup(_(
		"The names begin further down, so that neither a lock screen nor the list of mails"
		" in a mailbox gives them away. That is what subject_names = false in nudged.conf"
		" asks for."));
	return document->cover ? 0 : -ENOMEM;
}

/* Whether both done and snooze can be said of it now: an example that is refused would be none. */
static bool compose_is_example(const struct item *item)
{
	return *item->handle && !compose_is_collapsed(item) && item->why != ITEM_ANNOUNCED &&
		item->why != ITEM_PROGRESS && item->task != COFFEE_PREPARE &&
		item->task != COFFEE_MEET && item->step != OUTREACH_ANSWER;
}

const char *compose_example(const struct compose *compose)
{
	for (size_t i = 0; i < compose->agenda->n; i++)
		if (compose_is_example(&compose->agenda->items[i]))
			return compose->agenda->items[i].handle;
	return NULL;
}

const char *compose_example_for_later(const struct compose *compose)
{
	for (size_t i = 0; i < compose->agenda->n; i++)
		if (compose_is_example(&compose->agenda->items[i]) &&
			compose->agenda->items[i].kind != ITEM_OCCASION)
			return compose->agenda->items[i].handle;
	return NULL;
}

/* Whether it says that one may let it rest. */
static bool compose_may_rest(const struct item *item)
{
	return *item->handle && !compose_is_collapsed(item) &&
		(item->task == COFFEE_ASK || item->step == OUTREACH_REST);
}

/* Two, where there are: so it is seen that one command takes several. */
static void compose_add_examples(
	struct str *out, const struct compose *compose, bool (*is_one)(const struct item *item))
{
	int n = 0;

	for (size_t i = 0; n < 2 && i < compose->agenda->n; i++) {
		if (!is_one(&compose->agenda->items[i]))
			continue;
		str_add_separator(out, " ");
		str_add(out, compose->agenda->items[i].handle);
		n++;
	}
}

/* The handle of an item of which not all was said; NULL: all was. */
static const char *compose_find_cut(const struct document *document)
{
	for (size_t i = 0; i < document->n_sections; i++)
		for (size_t k = 0; k < document->sections[i].n_entries; k++) {
			const struct document_entry *entry = &document->sections[i].entries[k];

			/* A request's own command shows the rest; behind a number a shell sees a comment. */
			if (entry->cut && entry->handle && !strchr("#o", *entry->handle))
				return entry->handle;
		}
	return NULL;
}

/* Where nothing is due none may come: whoever relied on it would take the service for dead. */
static int compose_add_next_slot(struct document *document, const struct compose *compose)
{
	_cleanup_str_ struct str day = STR_INIT, time = STR_INIT;

	wording_add_day(&day, compose->next_day, compose->agenda->today);
	wording_add_time(&time, compose->next_minute);
	day.failed |= time.failed;
	/* TRANSLATORS: day and time: "Nächster Überblick: frühestens morgen um 7 Uhr." */
	return document_add_closing(document,
		compose_with(&day,
			compose->sends_empty ? _("Next digest: %1$s at %2$s.")
					     : _("Next digest: %1$s at %2$s at the earliest."),
			str_text(&day), str_text(&time)));
}

/* Of an entry that is attached. */
static int compose_add_corrected(struct document *document, const struct compose *compose,
	const struct compose_corrected *corrected)
{
	_cleanup_str_ struct str day = STR_INIT, time = STR_INIT;
	const char *name = corrected->name;

	if (!name)
		return document_add_closing(
			document, str_dup(_("For your calendar: a coffee has fallen through.")));
	switch (corrected->how) {
	case COMPOSE_MOVED:
		wording_add_day(&day, corrected->day, compose->agenda->today);
		wording_add_time(&time, corrected->minute);
		day.failed |= time.failed;
		/* TRANSLATORS: a contact, the day, the time */
		return document_add_closing(document,
			compose_with(&day,
				_("For your calendar: the coffee with %1$s is now %2$s at %3$s."),
				name, str_text(&day), str_text(&time)));
	case COMPOSE_FALLEN_THROUGH:
		/* TRANSLATORS: a contact */
		return document_add_closing(document,
			compose_text(_("For your calendar: the coffee with %s has fallen through."),
				name));
	case COMPOSE_TIMELESS:
		break;
	}
	/* TRANSLATORS: a contact */
	return document_add_closing(document,
		compose_text(
			_("For your calendar: the coffee with %s has no time any more."), name));
}

/* `words`: what it is good for, with the place of the command, which it takes over. */
static int compose_add_command(struct document *document, const char *words, char *command)
{
	_cleanup_free_ char *own = command;

	if (!own)
		return -ENOMEM;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	/* TRANSLATORS: %s is a command to type */
	return document_add_closing(
		document, compose_keep_command(compose_text(_(words), own), own));
#pragma GCC diagnostic pop
}

static int compose_add_closing(struct document *document, const struct compose *compose)
{
	const char *later = compose_example_for_later(compose), *cut = compose_find_cut(document);
	bool is_explained = compose->welcome || compose->guide;
	_cleanup_str_ struct str handles = STR_INIT, rests = STR_INIT;
	int r = 0;

	compose_add_examples(&handles, compose, compose_is_example);
	compose_add_examples(&rests, compose, compose_may_rest);
	for (size_t i = 0; r == 0 && i < compose->n_corrected; i++)
		r = compose_add_corrected(document, compose, &compose->corrected[i]);
	if (handles.failed || rests.failed)
		return -ENOMEM;
	/* Above it was explained. */
	if (r == 0 && handles.len && !is_explained)
		r = compose_add_command(document, N_("Done? In a terminal, for example: %s"),
			compose_command(compose, "done %s", str_text(&handles)));
	if (r == 0 && later && !is_explained)
		r = compose_add_command(document, N_("Rather later: %s"),
			compose_command(compose, "snooze %s 3d", later));
	if (r == 0 && rests.len)
		r = compose_add_command(document, N_("Let it rest: %s"),
			compose_command(compose, "skip %s", str_text(&rests)));
	if (r == 0 && cut)
		r = compose_add_command(document, N_("More about somebody: %s"),
			compose_command(compose, "show %s", cut));
	return r == 0 && compose->has_next ? compose_add_next_slot(document, compose) : r;
}

int compose_document(struct document *ret, const struct compose *wanted, struct err *reterr)
{
	_cleanup_numbers_ struct numbers known = { 0 };
	struct compose own = *wanted;
	const struct compose *compose = &own;
	_cleanup_lang_ char *before = lang_switch(
		wording_language(compose->language, compose->formal));
	_cleanup_document_ struct document document = { 0 };
	int r;

	own.known = &known;
	r = before ? compose_add_frame(&document, compose) : -ENOMEM;

	if (r == 0 && compose->welcome)
		r = compose_add_welcome(&document, compose);
	if (r == 0 && !compose->welcome && !compose->agenda->n)
		r = document_add_opening(
			&document, str_dup(_("Nothing due. Whom could you help today?")));
	if (r == 0 && compose->returned)
		r = document_add_opening(&document,
			str_dup(_("Welcome back. What came up while you were away waits below; "
				  "none of it is pressing.")));
	if (r == 0 && !compose->welcome && !compose->names && compose->agenda->n)
		r = compose_add_cover(&document);
	if (r == 0 && compose->guide)
		r = compose_add_guide(&document, compose, compose->guide);
	if (r == 0 && compose->silence)
		r = compose_add_silence(&document, compose);
	if (r == 0 && compose->past)
		r = compose_add_past(&document, compose);
	for (size_t i = 0; r == 0 && i < compose->n_lost; i++)
		r = compose_add_trouble(&document, compose, &compose->lost[i]);
	if (r == 0)
		r = compose_add_parts(&document, compose);
	if (r == 0 && compose->welcome)
		r = compose_add_later(&document, compose);
	if (r == 0 && compose->welcome)
		r = compose_add_next(&document, compose);
	if (r == 0 && compose->welcome)
		r = compose_add_people(&document, compose);
	if (r == 0)
		r = compose_add_closing(&document, compose);
	if (r == 0 && !(document.preheader = compose_preheader(&document, compose)))
		r = -ENOMEM;
	if (r < 0)
		return err_oom(reterr);
	*ret = document;
	document = (struct document){ 0 };
	return 0;
}
