/* SPDX-License-Identifier: MIT */
/*
 * compose: an agenda becomes a document.
 */
#include "digest/compose.h"

#include "base/lang.h"
#include "book/occasions.h"
#include "core/utf8.h"
#include "digest/wording.h"
#include "format/link.h"

#include <errno.h>
#include <string.h>

#define COMPOSE_NEXT            5  /* things that a welcome tells ahead */
#define COMPOSE_SUBJECT_COLUMNS 60 /* what a phone's list shows of a subject, and a little more */

/* Formats into memory of its own. */
static char *compose_text(const char *format, ...) PRINTF_LIKE(1, 2);
static char *compose_text(const char *format, ...)
{
	struct str s = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&s, format, args);
	va_end(args);
	return str_take(&s);
}

static int compose_add_links(struct document_entry *entry, const struct contact *contact)
{
	const char *email = contact_first(contact, CONTACT_EMAIL),
		   *phone = contact_first(contact, CONTACT_PHONE),
		   *link = contact_first(contact, CONTACT_LINK);
	struct str url = STR_INIT;
	int r = 0;

	if (email) {
		link_add_mailto(&url, email, NULL, NULL);
		r = document_add_link(entry, str_dup(email), str_take(&url));
	}
	if (r == 0 && phone && link_add_tel(&url, phone))
		r = document_add_link(entry, str_dup(phone), str_take(&url));
	if (r == 0 && link && link_is_safe(link))
		r = document_add_link(entry, str_dup(link), str_dup(link));
	return r;
}

static int compose_add_seeks(struct document_entry *entry, const struct contact *contact)
{
	_cleanup_str_ struct str seeks = STR_INIT;

	for (size_t i = 0; i < contact->n_values; i++) {
		if (contact->values[i].kind != CONTACT_SEEKS)
			continue;
		str_add_separator(&seeks, ", ");
		str_add(&seeks, contact->values[i].text);
	}
	/* TRANSLATORS: what a contact seeks */
	return seeks.len
		? document_add_line(entry, compose_text(_("Looking for: %s"), str_text(&seeks)))
		: 0;
}

/* What there is to pick up: what they do, the last touch, the note. */
static int compose_add_person(
	struct document_entry *entry, const struct compose *compose, const struct contact *contact)
{
	struct str line = STR_INIT;
	int r = 0;

	wording_add_work(&line, contact);
	if (line.len)
		r = document_add_line(entry, str_take(&line));
	if (r == 0 && contact->has_touch) {
		_cleanup_str_ struct str day = STR_INIT;

		wording_add_day(&day, contact->touch_day, compose->agenda->today);
		if (compose->notes && !str_empty(contact->touch_note))
			/* TRANSLATORS: the day of the last contact with somebody, and what was noted then */
			r = document_add_line(entry,
				compose_text(_("Last contact %1$s: %2$s"), str_text(&day),
					contact->touch_note));
		else
			/* TRANSLATORS: the day of the last contact with somebody */
			r = document_add_line(
				entry, compose_text(_("Last contact %s"), str_text(&day)));
	}
	if (r == 0)
		r = compose_add_seeks(entry, contact);
	if (r == 0 && compose->notes && contact->field[CONTACT_NOTE])
		r = document_add_line(entry, str_dup(contact->field[CONTACT_NOTE]));
	return r == 0 ? compose_add_links(entry, contact) : r;
}

static char *compose_due_at(const char *day, int minute)
{
	_cleanup_str_ struct str time = STR_INIT;

	wording_add_minute(&time, minute);
	/* TRANSLATORS: a follow-up; day and time: "Fällig morgen um 15:00 Uhr." */
	return compose_text(_("Due %1$s at %2$s."), day, str_text(&time));
}

/* What helps with a coffee: when and where, questions worth asking, what to note. */
static int compose_add_coffee(struct document_entry *entry, const struct item *item)
{
	static const char *const questions[] = {
		N_("How did you come to this work?"),
		N_("What fills an ordinary day?"),
		N_("What do you enjoy, and what not?"),
	};
	_cleanup_str_ struct str place = STR_INIT;
	int r = 0;

	if (item->task == COFFEE_ASK)
		return document_add_line(entry, str_dup(_("Ask once more, or let it rest.")));
	if (item->task == COFFEE_THANK)
		return document_add_line(
			entry, str_dup(_("What stayed with you? A line now helps next time.")));
	if (item->task == COFFEE_TELL)
		return 0;
	if (item->minute >= 0)
		wording_add_minute(&place, item->minute);
	if (item->what) {
		str_add_separator(&place, ", ");
		str_add(&place, item->what);
	}
	if (place.len)
		r = document_add_line(entry, str_take(&place));
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(questions); i++)
		r = document_add_line(entry, str_dup(_(questions[i])));
	return r;
}

/* One touch a digest asks what the person seeks: the first of whom it is not known. */
static bool compose_asks(const struct compose *compose, const struct item *item)
{
	if (item->kind != ITEM_TOUCH || contact_first(&item->contact, CONTACT_SEEKS))
		return false;
	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *other = &compose->agenda->items[i];

		if (other->kind == ITEM_TOUCH && !contact_first(&other->contact, CONTACT_SEEKS))
			return other == item;
	}
	return false;
}

static int compose_add_forum(struct document_entry *entry, const struct item *item)
{
	if (item->name && item->what)
		/* TRANSLATORS: the last answer in a forum: to whom, about what */
		return document_add_line(
			entry, compose_text(_("Last: %1$s, %2$s"), item->name, item->what));
	if (item->name || item->what)
		return document_add_line(
			entry, compose_text(_("Last: %s"), item->name ? item->name : item->what));
	return 0;
}

static int compose_add_why(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;
	int r = 0;

	wording_add_day(&day, item->day, compose->agenda->today);
	if (item->kind == ITEM_OCCASION && occasion_is_round(item->age))
		r = document_add_line(entry, str_dup(_("A round number.")));
	if (r == 0 && item->kind == ITEM_OCCASION && str_equal(item->occasion, OCCASION_MET))
		return item->contact.field[CONTACT_MET_PLACE]
			? document_add_line(entry, str_dup(item->contact.field[CONTACT_MET_PLACE]))
			: 0;
	if (r == 0 && compose_asks(compose, item))
		r = document_add_line(
			entry, str_dup(_("Ask what they are looking for at the moment.")));
	if (r == 0 && item->why == ITEM_MISSED)
		r = document_add_line(entry, str_dup(_("A late greeting still counts.")));
	if (r == 0 && item->why == ITEM_PUT_BACK)
		r = document_add_line(entry, str_dup(_("Put back until now.")));
	if (r == 0 && item->kind == ITEM_FORUM)
		return compose_add_forum(entry, item);
	if (r == 0 && item->kind == ITEM_COFFEE)
		return compose_add_coffee(entry, item);
	if (r == 0 && item->is_offer)
		return document_add_line(entry, compose_text(_("You may say it: %s"), item->what));
	if (r == 0 && item->kind == ITEM_FOLLOW_UP && item->why == ITEM_OVERDUE)
		/* TRANSLATORS: a follow-up; the day: "War gestern fällig." */
		r = document_add_line(entry, compose_text(_("It was due %s."), str_text(&day)));
	else if (r == 0 && item->kind == ITEM_FOLLOW_UP && item->minute >= 0)
		r = document_add_line(entry, compose_due_at(str_text(&day), item->minute));
	else if (r == 0 && item->kind == ITEM_FOLLOW_UP && item->day != compose->agenda->today)
		r = document_add_line(entry, compose_text(_("Due %s."), str_text(&day)));
	return r;
}

static bool compose_is_collapsed(const struct item *item)
{
	return item->why == ITEM_LONG_PAST || item->why == ITEM_WAITING;
}

/* Whether an item that stands before `item` (NULL: any) has told what is known of the contact. */
static bool compose_is_known(
	const struct compose *compose, int64_t contact, const struct item *item)
{
	for (size_t k = 0; k < compose->n_order; k++)
		for (size_t i = 0; i < compose->agenda->n; i++) {
			const struct item *other = &compose->agenda->items[i];

			if (other->kind != compose->order[k])
				continue;
			if (other == item)
				return false;
			if (other->has_contact && other->contact.id == contact &&
				other->why != ITEM_ANNOUNCED && !compose_is_collapsed(other))
				return true;
		}
	return false;
}

static int compose_add_item(
	struct document_section *section, const struct compose *compose, const struct item *item)
{
	struct str headline = STR_INIT;
	struct document_entry *entry;
	int r;

	wording_add_item(
		&headline, item, item->contact.field[CONTACT_NAME], compose->agenda->today);
	entry = document_add_entry(
		section, str_take(&headline), *item->handle ? str_dup(item->handle) : NULL);
	if (!entry)
		return -ENOMEM;
	r = compose_add_why(entry, compose, item);
	/* An announcement leads to no message yet: what one needs comes on the day. */
	if (r < 0 || !item->has_contact || item->why == ITEM_ANNOUNCED ||
		compose_is_known(compose, item->contact.id, item))
		return r;
	return compose_add_person(entry, compose, &item->contact);
}

/* Many old things in one line: "3 older follow-ups are open: f1, f4, f9". */
static int compose_add_collapsed(
	struct document_section *section, const struct compose *compose, enum item_kind kind)
{
	_cleanup_str_ struct str handles = STR_INIT;
	unsigned long n = 0;
	char *line;

	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *item = &compose->agenda->items[i];

		if (item->kind != kind || !compose_is_collapsed(item))
			continue;
		if (n++ >= 10)
			continue;
		str_add_separator(&handles, ", ");
		/* Whose day it was has not been told before. */
		if (kind == ITEM_OCCASION)
			str_addf(&handles, "%s (%s)", item->contact.field[CONTACT_NAME],
				item->handle);
		else
			str_add(&handles, item->handle);
	}
	if (!n)
		return 0;
	if (n > 10)
		str_add(&handles, ", …");
	if (kind == ITEM_OCCASION)
		line = compose_text(
			ngettext("%1$lu occasion passed more than two weeks ago: %2$s",
				"%1$lu occasions passed more than two weeks ago: %2$s", n),
			n, str_text(&handles));
	else if (kind == ITEM_COFFEE)
		line = compose_text(ngettext("%1$lu coffee is still open: %2$s",
					    "%1$lu coffees are still open: %2$s", n),
			n, str_text(&handles));
	else if (kind == ITEM_THANKS)
		line = compose_text(ngettext("%1$lu thank-you still waits: %2$s",
					    "%1$lu thank-yous still wait: %2$s", n),
			n, str_text(&handles));
	else
		line = compose_text(ngettext("%1$lu older follow-up is open: %2$s",
					    "%1$lu older follow-ups are open: %2$s", n),
			n, str_text(&handles));
	return document_add_entry(section, line, NULL) ? 0 : -ENOMEM;
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
		[ITEM_FORUM] = { N_("Forums"), ITEM_FORUM, false },
	};
	static const struct compose_part soon = { N_("Soon"), ITEM_OCCASION, true };
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->n_order; i++)
		r = compose_add_part(document, compose, &parts[compose->order[i]]);
	return r == 0 ? compose_add_part(document, compose, &soon) : r;
}

/* The person before the count: what the first items say, and how many more there are. */
static int compose_rank(const struct compose *compose, const struct item *item)
{
	if (item->why == ITEM_PROGRESS)
		return 4;
	if (item->why == ITEM_ANNOUNCED)
		return 3;
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
static void compose_add_headlines(struct str *out, const struct compose *compose, size_t columns)
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

static char *compose_subject(const struct compose *compose)
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

static int compose_add_frame(struct document *document, const struct compose *compose)
{
	struct str title = STR_INIT, preheader = STR_INIT;

	wording_add_date(&title, compose->agenda->today);
	document->language = str_dup(compose->language);
	document->title = str_take(&title);
	document->subject = compose_subject(compose);
	if (compose->names)
		compose_add_headlines(&preheader, compose, 2 * COMPOSE_SUBJECT_COLUMNS);
	/* It goes on where the subject ended, or says nothing. */
	if (str_equal(str_text(&preheader), document->subject))
		str_clear(&preheader);
	document->preheader = str_take(&preheader);
	return document->language && document->title && document->subject && document->preheader
		? 0
		: -ENOMEM;
}

static int compose_add_closing(struct document *document, const struct compose *compose)
{
	const char *handle = NULL;
	int r = 0;

	for (size_t i = 0; i < compose->agenda->n && !handle; i++)
		if (!compose_is_collapsed(&compose->agenda->items[i]) &&
			compose->agenda->items[i].why != ITEM_ANNOUNCED &&
			*compose->agenda->items[i].handle)
			handle = compose->agenda->items[i].handle;
	if (handle)
		/* TRANSLATORS: commands to type, with the handle of an item; keep them as they are */
		r = document_add_closing(document,
			compose_text(
				_("Done: nudge done %1$s · later: nudge snooze %1$s 3d"), handle));
	if (r == 0 && compose->has_next) {
		_cleanup_str_ struct str day = STR_INIT, time = STR_INIT;

		wording_add_day(&day, compose->next_day, compose->agenda->today);
		wording_add_minute(&time, compose->next_minute);
		/* TRANSLATORS: day and time: "Nächster Überblick: morgen um 07:00 Uhr." */
		r = document_add_closing(document,
			compose_text(
				_("Next digest: %1$s at %2$s."), str_text(&day), str_text(&time)));
	}
	return r;
}

static int compose_add_counts(struct document *document, const struct book_counts *counts)
{
	_cleanup_free_ char *contacts = NULL, *occasions = NULL, *follow_ups = NULL;

	contacts = compose_text(
		ngettext("%ld contact", "%ld contacts", (unsigned long)counts->contacts),
		(long)counts->contacts);
	occasions = compose_text(
		ngettext("%ld occasion", "%ld occasions", (unsigned long)counts->occasions),
		(long)counts->occasions);
	follow_ups = compose_text(ngettext("%ld open follow-up", "%ld open follow-ups",
					  (unsigned long)counts->follow_ups),
		(long)counts->follow_ups);
	if (!contacts || !occasions || !follow_ups)
		return -ENOMEM;
	if (!counts->follow_ups)
		/* TRANSLATORS: "12 Kontakte", "9 Anlässe" */
		return document_add_opening(document,
			compose_text(_("Your book holds %1$s and %2$s."), contacts, occasions));
	/* TRANSLATORS: "12 Kontakte", "9 Anlässe", "2 offene Wiedervorlagen" */
	return document_add_opening(document,
		compose_text(_("Your book holds %1$s, %2$s and %3$s."), contacts, occasions,
			follow_ups));
}

/* By their days; follow-ups that are due before were told above. */
static size_t compose_pick_next(const struct compose *compose, const struct item *ret[COMPOSE_NEXT])
{
	const struct agenda *next = compose->welcome->next;
	size_t n = 0;

	for (size_t i = 0; next && i < next->n; i++) {
		const struct item *item = &next->items[i];
		size_t place = n;

		if (item->day < compose->agenda->cover.to)
			continue;
		while (place && ret[place - 1]->day > item->day)
			place--;
		if (place == COMPOSE_NEXT)
			continue;
		n += n < COMPOSE_NEXT;
		memmove(&ret[place + 1], &ret[place], (n - 1 - place) * sizeof(*ret));
		ret[place] = item;
	}
	return n;
}

static int compose_add_next(struct document *document, const struct compose *compose)
{
	const struct item *next[COMPOSE_NEXT];
	struct document_section *section;
	size_t n = compose_pick_next(compose, next);
	int r = 0;

	if (!n)
		return 0;
	section = document_add_section(document, str_dup(_("What comes next")));
	if (!section)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct str headline = STR_INIT;
		struct document_entry *entry;

		wording_add_item(&headline, next[i], next[i]->contact.field[CONTACT_NAME],
			compose->agenda->today);
		entry = document_add_entry(section, str_take(&headline), str_dup(next[i]->handle));
		if (!entry)
			return -ENOMEM;
		/* An occasion's headline tells its day. */
		if (next[i]->kind == ITEM_FOLLOW_UP)
			r = compose_add_why(entry, compose, next[i]);
	}
	return r;
}

/* Those of whom the sections before have told are no news. */
static int compose_add_people(struct document *document, const struct compose *compose)
{
	const struct welcome *welcome = compose->welcome;
	const struct contact *people[COMPOSE_BEGIN_WITH];
	struct document_section *section;
	size_t n = 0;
	int r = 0;

	for (size_t i = 0; i < welcome->n_people && n < COMPOSE_BEGIN_WITH; i++)
		if (!compose_is_known(compose, welcome->people[i].id, NULL))
			people[n++] = &welcome->people[i];
	if (!n)
		return 0;
	section = document_add_section(
		document, str_dup(ngettext("Somebody to begin with", "People to begin with", n)));
	if (!section)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct document_entry *entry = document_add_entry(section,
			str_dup(people[i]->field[CONTACT_NAME]),
			compose_text("#%lld", (long long)people[i]->id));

		r = entry ? compose_add_person(entry, compose, people[i]) : -ENOMEM;
	}
	return r;
}

static int compose_add_welcome(struct document *document, const struct compose *compose)
{
	const struct book_counts *counts = &compose->welcome->counts;
	int r = document_add_opening(document,
		str_dup(_(
			"This is your first digest. From now on a mail comes when somebody in your network"
			" has a day worth a greeting, or when you wanted to be reminded of something.")));

	if (r == 0 && counts->contacts + counts->follow_ups)
		r = compose_add_counts(document, counts);
	else if (r == 0)
		r = document_add_opening(document, str_dup(_("Your book is still empty.")));
	if (r == 0 && counts->contacts == 0)
		r = document_add_opening(document,
			str_dup(_(
				"To fill it: nudge import contacts.vcf, or nudge add Anna Schmidt.")));
	return r;
}

int compose_document(struct document *ret, const struct compose *compose, struct err *reterr)
{
	_cleanup_document_ struct document document = { 0 };
	int r;

	lang_use(wording_language(compose->language, compose->formal));
	r = compose_add_frame(&document, compose);
	if (r == 0 && compose->welcome)
		r = compose_add_welcome(&document, compose);
	if (r == 0 && !compose->welcome && !compose->agenda->n)
		r = document_add_opening(
			&document, str_dup(_("Nothing due. Whom could you help today?")));
	if (r == 0)
		r = compose_add_parts(&document, compose);
	if (r == 0 && compose->welcome)
		r = compose_add_next(&document, compose);
	if (r == 0 && compose->welcome)
		r = compose_add_people(&document, compose);
	if (r == 0)
		r = compose_add_closing(&document, compose);
	if (r < 0)
		return err_oom(reterr);
	*ret = document;
	document = (struct document){ 0 };
	return 0;
}
