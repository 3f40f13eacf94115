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

/* So many of those that share a line have a name in it; of occasions more, for they are told but once. */
#define COMPOSE_COLLAPSED_SHOWN   6
#define COMPOSE_COLLAPSED_MISSED  12
#define COMPOSE_COLLAPSED_COLUMNS 36 /* of one */

#define COMPOSE_NOTE_COLUMNS         160
#define COMPOSE_NOTE_COLUMNS_OF_MANY 32
#define COMPOSE_MANY                 50

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

char *compose_short(const char *text, size_t columns)
{
	struct str s = STR_INIT;
	size_t used = 0, word = 0;

	while (*text) {
		uint32_t c = 0xfffd;
		size_t n = utf8_decode(text, strnlen(text, 4), &c);
		bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';

		if (used + utf8_char_width(c) > columns) {
			bool whole = word > s.len / 2; /* else one word is most of it */

			if (whole)
				s.data[s.len = word] = '\0';
			str_add(&s, whole ? " …" : "…");
			break;
		}
		if (!blank) {
			if (n)
				str_add_bytes(&s, text, n);
			else
				utf8_add(&s, c);
			used += utf8_char_width(c);
		} else if (s.len && s.data[s.len - 1] != ' ') {
			word = s.len;
			str_add_char(&s, ' ');
			used++;
		}
		text += n ? n : 1;
	}
	str_add(&s, "");
	return str_take(&s);
}

size_t compose_note_columns(const struct compose *compose)
{
	return compose->agenda->n > COMPOSE_MANY ? COMPOSE_NOTE_COLUMNS_OF_MANY
						 : COMPOSE_NOTE_COLUMNS;
}

bool compose_is_collapsed(const struct item *item)
{
	return item->why == ITEM_LONG_PAST || item->why == ITEM_WAITING;
}

/* Whether an item that stands before `item` (NULL: any) has told what is known of the contact. */
bool compose_is_known(const struct compose *compose, int64_t contact, const struct item *item)
{
	for (size_t k = 0; k < compose->n_order; k++)
		for (size_t i = 0; i < compose->agenda->n; i++) {
			const struct item *other = &compose->agenda->items[i];

			if (other->kind != compose->order[k])
				continue;
			if (other == item)
				return false;
			if (other->has_contact && !other->has_other &&
				other->contact.id == contact && other->why != ITEM_ANNOUNCED &&
				!compose_is_collapsed(other))
				return true;
		}
	return false;
}

static char *compose_collapsed_line(enum item_kind kind, unsigned long n, const char *handles)
{
	switch (kind) {
	case ITEM_OCCASION:
		return compose_text(
			ngettext("%1$lu occasion passed more than two weeks ago: %2$s",
				"%1$lu occasions passed more than two weeks ago: %2$s", n),
			n, handles);
	case ITEM_COFFEE:
		return compose_text(ngettext("%1$lu coffee still waits for a word: %2$s",
					    "%1$lu coffees still wait for a word: %2$s", n),
			n, handles);
	case ITEM_INTRODUCTION:
		return compose_text(ngettext("%1$lu introduction is still open: %2$s",
					    "%1$lu introductions are still open: %2$s", n),
			n, handles);
	case ITEM_OUTREACH:
		return compose_text(ngettext("%1$lu request is ready to be sent: %2$s",
					    "%1$lu requests are ready to be sent: %2$s", n),
			n, handles);
	case ITEM_THANKS:
		return compose_text(ngettext("%1$lu thank-you still waits: %2$s",
					    "%1$lu thank-yous still wait: %2$s", n),
			n, handles);
	default:
		return compose_text(ngettext("%1$lu older follow-up is open: %2$s",
					    "%1$lu older follow-ups are open: %2$s", n),
			n, handles);
	}
}

/* What it is about, as far as it has to be told apart: whom, and of follow-ups what. */
static char *compose_collapsed_name(const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *other = NULL;
	_cleanup_str_ struct str name = STR_INIT;

	if (item->has_other) {
		_cleanup_free_ char *one = wording_label(&item->contact, &item->other, true);

		other = wording_label(&item->other, &item->contact, true);
		name.failed = !one || !other;
		/* TRANSLATORS: two people who are to meet, or have met */
		str_addf(&name, _("%1$s and %2$s"), one ? one : "", other ? other : "");
	} else if (item->kind == ITEM_FOLLOW_UP) {
		wording_add_item(
			&name, item, item->contact.field[CONTACT_NAME], compose->agenda->today);
	} else {
		str_add(&name,
			item->outreach ? item->outreach->name : item->contact.field[CONTACT_NAME]);
	}
	return name.failed ? NULL : compose_short(str_text(&name), COMPOSE_COLLAPSED_COLUMNS);
}

/* Many old things in one line: "2 older follow-ups are open: read the book (f1), Ben: … (f4)". */
static int compose_add_collapsed(
	struct document_section *section, const struct compose *compose, enum item_kind kind)
{
	_cleanup_str_ struct str handles = STR_INIT;
	struct document_entry *entry;
	unsigned long n = 0,
		      shown = kind == ITEM_OCCASION ? COMPOSE_COLLAPSED_MISSED
						    : COMPOSE_COLLAPSED_SHOWN;

	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *item = &compose->agenda->items[i];
		_cleanup_free_ char *name = NULL;

		if (item->kind != kind || !compose_is_collapsed(item))
			continue;
		if (n++ >= shown)
			continue;
		name = compose_collapsed_name(compose, item);
		handles.failed |= !name;
		str_add_separator(&handles, ", ");
		str_addf(&handles, "%s (%s)", name ? name : "", item->handle);
	}
	if (!n)
		return 0;
	if (n > shown)
		str_add(&handles, ", …");
	entry = document_add_entry(
		section, compose_collapsed_line(kind, n, str_text(&handles)), NULL);
	if (!entry || handles.failed)
		return -ENOMEM;
	entry->aside = true;
	return 0;
}

struct compose_part {
	const char *title;
	enum item_kind kind;
	bool announced;
};

static bool compose_belongs(const struct item *item, const struct compose_part *part)
{
	return item->kind == part->kind && (item->why == ITEM_ANNOUNCED) == part->announced;
}

static int compose_add_part(
	struct document *document, const struct compose *compose, const struct compose_part *part)
{
	struct document_section *section = NULL;
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->agenda->n; i++) {
		const struct item *item = &compose->agenda->items[i];

		if (!compose_belongs(item, part))
			continue;
		if (!section &&
			!(section = document_add_section(document, str_dup(_(part->title)))))
			return -ENOMEM;
		if (!compose_is_collapsed(item))
			r = compose_add_item(section, compose, item);
	}
	if (r == 0 && section && !part->announced)
		r = compose_add_collapsed(section, compose, part->kind);
	return r;
}

static int compose_add_parts(struct document *document, const struct compose *compose)
{
	static const struct compose_part parts[ITEM_KIND_COUNT] = {
		[ITEM_OCCASION] = { N_("Occasions"), ITEM_OCCASION, false },
		[ITEM_FOLLOW_UP] = { N_("Follow-ups"), ITEM_FOLLOW_UP, false },
		[ITEM_THANKS] = { N_("Thanks"), ITEM_THANKS, false },
		[ITEM_COFFEE] = { N_("Coffee"), ITEM_COFFEE, false },
		[ITEM_TOUCH] = { N_("Keep in touch"), ITEM_TOUCH, false },
		[ITEM_HELP] = { N_("Help"), ITEM_HELP, false },
		[ITEM_INTRODUCTION] = { N_("Introductions"), ITEM_INTRODUCTION, false },
		[ITEM_OUTREACH] = { N_("Outreach"), ITEM_OUTREACH, false },
		[ITEM_FORUM] = { N_("Forums"), ITEM_FORUM, false },
	};
	static const struct compose_part soon = { N_("Soon"), ITEM_OCCASION, true };
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->n_order; i++)
		r = compose_add_part(document, compose, &parts[compose->order[i]]);
	return r == 0 ? compose_add_part(document, compose, &soon) : r;
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

/* A mailbox may show the beginning of the text part beside the subject, up to 200 characters of it
 * (RFC 8970 section 3.1), which title, this and a section's name fill. */
static int compose_add_cover(struct document *document)
{
	return document_add_opening(document,
		str_dup(_(
			"The names begin further down, so that neither a lock screen nor the list of mails"
			" in a mailbox gives them away. That is what subject_names = false in nudged.conf"
			" asks for.")));
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

/* Two, where there are: so it is seen that one command takes several. */
static void compose_add_examples(struct str *out, const struct compose *compose)
{
	int n = 0;

	for (size_t i = 0; n < 2 && i < compose->agenda->n; i++) {
		if (!compose_is_example(&compose->agenda->items[i]))
			continue;
		str_add_separator(out, " ");
		str_add(out, compose->agenda->items[i].handle);
		n++;
	}
}

static int compose_add_closing(struct document *document, const struct compose *compose)
{
	const char *handle = compose_example(compose);
	_cleanup_str_ struct str handles = STR_INIT;
	int r = 0;

	compose_add_examples(&handles, compose);
	/* A welcome has explained it. */
	if (handle && !compose->welcome)
		/* TRANSLATORS: commands to type, with handles of items; keep them as they are */
		r = document_add_closing(document,
			compose_with(&handles, _("Done? In a terminal, for example: nudge done %s"),
				str_text(&handles)));
	if (r == 0 && handle && !compose->welcome)
		/* TRANSLATORS: a command to type, with the handle of an item; keep it as it is */
		r = document_add_closing(
			document, compose_text(_("Rather later: nudge snooze %s 3d"), handle));
	if (r == 0 && compose->has_next) {
		_cleanup_str_ struct str day = STR_INIT, time = STR_INIT;

		wording_add_day(&day, compose->next_day, compose->agenda->today);
		wording_add_minute(&time, compose->next_minute);
		day.failed |= time.failed;
		/* TRANSLATORS: day and time: "Nächster Überblick: morgen um 07:00 Uhr." */
		r = document_add_closing(document,
			compose_with(&day, _("Next digest: %1$s at %2$s."), str_text(&day),
				str_text(&time)));
	}
	return r;
}

int compose_document(struct document *ret, const struct compose *compose, struct err *reterr)
{
	_cleanup_lang_ char *before = lang_switch(
		wording_language(compose->language, compose->formal));
	_cleanup_document_ struct document document = { 0 };
	int r = before ? compose_add_frame(&document, compose) : -ENOMEM;

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
	if (r == 0 && compose->past)
		r = compose_add_past(&document, compose);
	if (r == 0 && compose->lost)
		r = compose_add_trouble(&document, compose);
	if (r == 0)
		r = compose_add_parts(&document, compose);
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
