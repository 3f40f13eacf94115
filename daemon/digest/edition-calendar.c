/* SPDX-License-Identifier: MIT */
/*
 * edition-calendar: coffees for the reader's calendar, and what has become of those it had.
 */
#include "digest/edition-internal.h"

#include "base/lang.h"
#include "book/coffees.h"
#include "core/zone.h"
#include "digest/invitation.h"
#include "digest/wording.h"

/* An entry of longer ago is put right no more. */
#define CALENDAR_PAST_SECONDS (14 * 86400)

struct calendar {
	const struct collect *collect;
	const struct conf_digest *digest;
	int64_t now;
};

/* A coffee as the calendar is to have it. */
struct calendar_cup {
	int64_t number;
	const char *name, *place; /* NULL: not known any more; none */
	int64_t from;
	bool cancelled;
};

static int64_t calendar_mark(const struct calendar_cup *cup)
{
	return cup->from * 2 + cup->cancelled;
}

static int calendar_add_file(struct edition *edition, const struct calendar_cup *cup,
	const char *name, struct str *text, struct err *reterr)
{
	struct edition_file *files = reallocarray(
		edition->files, edition->n_files + 1, sizeof(*files));
	char *own = str_dup(name), *type = str_dup("text/calendar"), *bytes = str_take(text);

	if (files)
		edition->files = files;
	if (!files || !own || !type || !bytes) {
		free(own);
		free(type);
		free(bytes);
		return err_oom(reterr);
	}
	files[edition->n_files++] = (struct edition_file){ own, type, bytes, cup->number,
		calendar_mark(cup) };
	return 0;
}

/* A calendar shows its summaries where mails show their subjects. */
static int calendar_add(struct edition *edition, const struct calendar *calendar,
	const struct calendar_cup *cup, struct err *reterr)
{
	_cleanup_str_ struct str uid = STR_INIT, handle = STR_INIT, summary = STR_INIT,
				 name = STR_INIT;
	struct str text = STR_INIT;

	str_addf(&handle, "c%lld", (long long)cup->number);
	str_addf(&uid, "%s.%s.%s@nudged", str_text(&handle), calendar->digest->book,
		store_identity(calendar->collect->store));
	if (cup->name && calendar->digest->subject_names)
		/* TRANSLATORS: a contact, in a calendar */
		str_addf(&summary, _("Coffee with %s"), cup->name);
	else
		str_add(&summary, _("Coffee"));
	/* TRANSLATORS: the name of a calendar file, ASCII; %s is a handle */
	str_addf(&name, _("coffee-%s.ics"), str_text(&handle));
	invitation_write(&text,
		&(struct invitation){
			.uid = str_text(&uid),
			.summary = str_text(&summary),
			.place = cup->place,
			.from = cup->from,
			.stamp = calendar->now,
			.cancelled = cup->cancelled,
		});
	text.failed |= uid.failed || handle.failed || summary.failed || name.failed;
	return calendar_add_file(edition, cup, str_text(&name), &text, reterr);
}

/* A coffee with a time is worth an entry in the calendar. */
static int calendar_add_item(struct edition *edition, const struct calendar *calendar,
	const struct item *item, struct err *reterr)
{
	const struct civil at = { item->day, item->minute * 60 };

	if (item->kind != ITEM_COFFEE || item->minute < 0 || item->why == ITEM_WAITING ||
		(item->task != COFFEE_PREPARE && item->task != COFFEE_MEET))
		return 0;
	return calendar_add(edition, calendar,
		&(struct calendar_cup){
			.number = item->number,
			.name = item->contact.field[CONTACT_NAME],
			.place = item->what,
			.from = zone_instant(calendar->digest->zone, at, NULL),
		},
		reterr);
}

static bool calendar_has(const struct edition *edition, int64_t coffee)
{
	for (size_t i = 0; i < edition->n_files; i++)
		if (edition->files[i].coffee == coffee)
			return true;
	return false;
}

/* What the calendar should have of it. False: what it has is right, for one has met, or nothing is asked any
 * more of a day that has passed. */
static bool calendar_judge(
	struct calendar_cup *cup, const struct calendar *calendar, const struct coffee *coffee)
{
	const struct coffee_facts *facts = &coffee->facts;
	struct civil at = { facts->day, coffee->minute * 60 };

	cup->name = coffee->name;
	if (facts->stage == COFFEE_MET || facts->stage == COFFEE_THANKED)
		return false;
	cup->cancelled = true;
	if (facts->stage != COFFEE_AGREED || !facts->has_day)
		return true;
	if (!coffee->open)
		return facts->day >= calendar->collect->today;
	/* Without a time there is no entry. */
	if (coffee->minute < 0)
		return true;
	cup->cancelled = false;
	cup->place = coffee->place;
	cup->from = zone_instant(calendar->digest->zone, at, NULL);
	return true;
}

/* What the mail says of it. `coffee` NULL: it was erased. */
static int calendar_tell(struct edition *edition, const struct calendar_cup *cup,
	const struct coffee *coffee, struct err *reterr)
{
	struct compose_corrected *all = reallocarray(
		edition->corrected, edition->n_corrected + 1, sizeof(*all));
	bool lacks_time = coffee && coffee->open && coffee->facts.stage == COFFEE_AGREED &&
		coffee->facts.has_day;
	struct compose_corrected one = { .how = lacks_time ? COMPOSE_TIMELESS
							   : COMPOSE_FALLEN_THROUGH };

	if (!all)
		return err_oom(reterr);
	edition->corrected = all;
	if (!cup->cancelled)
		one = (struct compose_corrected){
			.how = COMPOSE_MOVED, .day = coffee->facts.day, .minute = coffee->minute
		};
	one.name = str_dup(cup->name);
	if (cup->name && !one.name)
		return err_oom(reterr);
	all[edition->n_corrected++] = one;
	return 0;
}

/* Whether the coffee is as it was mailed; else the entry that says how it is. */
static int calendar_correct(struct edition *edition, const struct calendar *calendar,
	const struct calendar_entry *entry, struct err *reterr)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	struct calendar_cup cup = {
		.number = entry->coffee, .from = entry->mark >> 1, .cancelled = true
	};
	int r = coffees_by_number(
		calendar->collect->store, calendar->collect->book, entry->coffee, &found, reterr);

	if (r < 0 || (r > 0 && !calendar_judge(&cup, calendar, found.all)) ||
		calendar_mark(&cup) == entry->mark)
		return r < 0 ? r : 0;
	if (r > 0)
		r = edition_mention(edition, found.all->contact, reterr);
	if (r >= 0)
		r = calendar_add(edition, calendar, &cup, reterr);
	return r < 0 ? r : calendar_tell(edition, &cup, found.n ? found.all : NULL, reterr);
}

static int calendar_correct_all(
	struct edition *edition, const struct calendar *calendar, struct err *reterr)
{
	_cleanup_calendar_entries_ struct calendar_entries told = { 0 };
	int r = digests_calendar(calendar->collect->store, calendar->collect->digest,
		calendar->now - CALENDAR_PAST_SECONDS, &told, reterr);

	for (size_t i = 0; r == 0 && i < told.n; i++)
		if (!calendar_has(edition, told.all[i].coffee))
			r = calendar_correct(edition, calendar, &told.all[i], reterr);
	return r;
}

int edition_add_invitations(struct edition *edition, const struct collect *collect,
	const struct conf_digest *digest, int64_t now, struct err *reterr)
{
	const struct calendar calendar = { collect, digest, now };
	_cleanup_lang_ char *before = lang_switch(
		wording_language(digest->language, digest->address == CONF_ADDRESS_SIE));
	int r = before ? 0 : err_oom(reterr);

	for (size_t i = 0; r == 0 && i < edition->agenda.n; i++)
		r = calendar_add_item(edition, &calendar, &edition->agenda.items[i], reterr);
	return r == 0 && collect->digest ? calendar_correct_all(edition, &calendar, reterr) : r;
}
