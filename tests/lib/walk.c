/* SPDX-License-Identifier: MIT */
/*
 * walk: years of a made-up life with a book: what its owner does, what the clock shows, what becomes
 * of the mails.
 */
#include "walk.h"

#include "book/books.h"
#include "book/coffees.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/keeping.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "book/touches.h"
#include "core/day.h"

#include <stdio.h>

#define HOUR    INT64_C(3600)
#define DAY     (24 * HOUR)
#define YEAR    (365 * DAY)
#define THE_END (DAY * 76000) /* in the year 2178 */

static uint64_t walk_random(struct walk *w, uint64_t below)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 7;
	w->random ^= w->random << 17;
	return (w->random >> 11) % below;
}

static int32_t walk_day(struct walk *w, int from, int to)
{
	return from + (int32_t)walk_random(w, (uint64_t)(to - from));
}

/* The day that a person sees. */
static int32_t walk_today(const struct walk *w)
{
	return almanac_today(w->oracle.digests[0].zone, w->now);
}

void walk_must(int r)
{
	if (r >= 0)
		return;
	printf("Bail out! error %d\n", r);
	exit(1);
}

/* --- what a person configures --- */

static void walk_configure(struct walk *w)
{
	_cleanup_str_ struct str text = STR_INIT;

	for (int i = 0; i < w->n_digests; i++) {
		const struct oracle_digest *d = &w->oracle.digests[i];

		str_addf(&text,
			"%s{ name = \"d%d\"; to = [ \"a@example.org\"%s ]; cadence = \"%s\";"
			" timezone = \"%s\"; language = \"en\"; lead_days = %d; leap_day = \"%s\";"
			" touch_max = %d; send_empty = %s; }",
			i ? ", " : "", i, d->n_to > 1 ? ", \"b@example.org\"" : "",
			d->cadence->text, d->zone, d->lead_days, d->mar1 ? "mar1" : "feb28",
			d->touch_max, d->send_empty ? "true" : "false");
	}
	network_configure(&w->n, str_text(&text));
}

static void walk_choose_cadence(struct walk *w, struct oracle_digest *d)
{
#define AT(hour, minute) ((hour)*3600 + (minute)*60)
	static const struct almanac_cadence cadences[] = {
		{ "*-*-* 07:00", 0, 0, 0, 1, { AT(7, 0) } },
		{ "Mon..Fri 07:00", 0x1f, 0, 0, 1, { AT(7, 0) } },
		{ "Mon 07:00", 0x01, 0, 0, 1, { AT(7, 0) } },
		{ "*-*-* 07,12,18:00", 0, 0, 0, 3, { AT(7, 0), AT(12, 0), AT(18, 0) } },
		{ "*-*-* 00:00", 0, 0, 0, 1, { 0 } },
		{ "*-*-* 02:30", 0, 0, 0, 1, { AT(2, 30) } },
		{ "*-*-01 08:00", 0, 1 << 1, 0, 1, { AT(8, 0) } },
		{ "Sat,Sun 10:00", 0x60, 0, 0, 1, { AT(10, 0) } },
		{ "*-*-1,15 23:59", 0, 1 << 1 | 1 << 15, 0, 1, { AT(23, 59) } },
		{ "*-12-24 08:00", 0, 1 << 24, 12, 1, { AT(8, 0) } },
		{ "Tue,Wed *-*-* 00,01,02,06:15", 0x06, 0, 0, 4,
			{ AT(0, 15), AT(1, 15), AT(2, 15), AT(6, 15) } },
	};

	d->cadence = &cadences[walk_random(w, ARRAY_SIZE(cadences))];
}

static void walk_choose_zone(struct walk *w, struct oracle_digest *d)
{
	static const char *const zones[] = { "Europe/Berlin", "UTC", "America/New_York",
		"Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo",
		"Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo" };

	d->zone = zones[walk_random(w, ARRAY_SIZE(zones))];
}

static void walk_choose_rest(struct walk *w, struct oracle_digest *d)
{
	d->lead_days = walk_random(w, 3) ? 7 : (int)walk_random(w, 40);
	d->mar1 = walk_random(w, 2);
	/* The days that move by it. */
	for (size_t i = 0; i < w->oracle.n_occasions; i++)
		if (w->oracle.occasions[i].day == 29 && w->oracle.occasions[i].month == 2)
			oracle_date(&w->oracle, &w->oracle.occasions[i]);
	d->touch_max = (int)walk_random(w, 4);
	d->send_empty = walk_random(w, 8) == 0;
}

static void walk_reconfigure(struct walk *w)
{
	struct oracle_digest *d = &w->oracle.digests[walk_random(w, (uint64_t)w->n_digests)];

	if (walk_random(w, 2))
		walk_choose_cadence(w, d);
	else if (walk_random(w, 2))
		walk_choose_zone(w, d);
	else
		walk_choose_rest(w, d);
	walk_configure(w);
}

static void walk_pause(struct walk *w)
{
	int32_t until = walk_today(w) + walk_day(w, 1, 20);
	bool resume = walk_random(w, 4) == 0;

	walk_must(books_set_pause(w->n.store, w->n.book, resume ? NULL : &until, NULL));
	w->oracle.paused_until = resume ? ORACLE_NO_DAY : until;
}

/* --- occasions --- */

#define NOT_BORN 2030 /* before that year nothing is told of the day */

/* Half of them near the day on which they are entered. */
static struct date walk_date(struct walk *w)
{
	int32_t today = walk_today(w);
	int32_t day = today + (walk_random(w, 2) ? walk_day(w, -2, 10) : walk_day(w, 0, 366));
	struct date date = { 0 };

	almanac_date(day, &date.year, &date.month, &date.day);
	date.year = walk_random(w, 2) ? 0 : 1960 + (int)walk_random(w, 40);
	if (walk_random(w, 8) == 0)
		date = (struct date){ walk_random(w, 2) ? 0 : 1984, 2, 29 };
	/* A year to come: the child is not born yet. */
	if (walk_random(w, 20) == 0 && date.day < 29)
		date.year = NOT_BORN;
	if (date.year && date.month == 2 && date.day == 29)
		date.year = 1984;
	return date;
}

static void walk_keep_date(struct walk *w, struct oracle_occasion *o, const struct date *date)
{
	bool moved = o->month != date->month || o->day != date->day || o->year == NOT_BORN;

	o->year = date->year;
	o->month = date->month;
	o->day = date->day;
	if (moved)
		oracle_date(&w->oracle, o);
}

static void walk_enter(struct walk *w)
{
	struct oracle_occasion *o = &w->oracle.occasions[w->oracle.n_occasions];
	struct date date = walk_date(w);
	char text[DAY_TEXT_SIZE];

	if (w->oracle.n_occasions == ORACLE_OCCASIONS)
		return;
	w->oracle.n_occasions++;
	o->is_met = walk_random(w, 6) == 0 && date.year;
	o->entered = walk_today(w);
	o->number = network_add_occasion(&w->n, network_add(&w->n, "Anna", o->entered),
		o->is_met ? OCCASION_MET : OCCASION_BIRTHDAY, NULL, day_format(&date, text),
		o->entered);
	walk_keep_date(w, o, &date);
}

static struct oracle_occasion *walk_some_occasion(struct walk *w)
{
	uint64_t n = w->oracle.n_occasions;
	struct oracle_occasion *o = n ? &w->oracle.occasions[walk_random(w, n)] : NULL;

	return o && !o->dropped ? o : NULL;
}

static void walk_correct(struct walk *w)
{
	struct oracle_occasion *o = walk_some_occasion(w);
	struct date date = walk_date(w);
	char text[DAY_TEXT_SIZE];
	int64_t contact;

	if (!o)
		return;
	if (walk_random(w, 2)) { /* the year alone */
		date.month = o->month;
		date.day = o->day;
		date.year = o->year && !o->is_met ? 0 : 1980;
	}
	if (o->is_met && !date.year)
		date.year = 1980;
	contact = network_ask_of(&w->n, "SELECT contact FROM occasion WHERE number=?", o->number);
	(void)network_add_occasion(&w->n, contact, o->is_met ? OCCASION_MET : OCCASION_BIRTHDAY,
		NULL, day_format(&date, text), walk_today(w));
	walk_keep_date(w, o, &date);
}

/* The same day for two years' occurrences of one occasion would be one mark. */
static bool walk_is_taken(const struct oracle_occasion *o, int year, int32_t until)
{
	for (int i = 0; i < o->n_said; i++)
		if (o->said[i].until == until && o->said[i].year != year)
			return true;
	return o->n_said == ORACLE_SAID;
}

static void walk_say(struct walk *w)
{
	struct oracle_occasion *o = walk_some_occasion(w);
	int32_t until = walk_today(w) + walk_day(w, 1, 20);
	int month, day, year;
	bool done = walk_random(w, 2);

	if (!o)
		return;
	almanac_date(walk_today(w) + walk_day(w, -60, 60), &year, &month, &day);
	if (o->year > year || walk_is_taken(o, year, until))
		return;
	if (done)
		walk_must(occasions_set_done(
			w->n.store, w->n.book, o->number, year, walk_today(w), NULL));
	else
		walk_must(occasions_set_until(w->n.store, w->n.book, o->number, year, until, NULL));
	oracle_say(&w->oracle, o, year, done, until);
}

static void walk_drop(struct walk *w)
{
	struct oracle_occasion *o = walk_some_occasion(w);

	if (!o || walk_random(w, 4))
		return;
	walk_must(occasions_drop(w->n.store, w->n.book, o->number, NULL));
	o->dropped = true;
}

/* --- what is open --- */

/* Room for one more: what was closed makes it. */
static struct oracle_open *walk_new_open(struct walk *w, char letter)
{
	for (size_t i = 0; i < ORACLE_OPEN; i++) {
		struct oracle_open *o = &w->oracle.open[i];

		if (i < w->oracle.n_open && !o->closed)
			continue;
		if (i == w->oracle.n_open)
			w->oracle.n_open++;
		*o = (struct oracle_open){
			.letter = letter, .day = ORACLE_NO_DAY, .until = ORACLE_NO_DAY
		};
		return o;
	}
	return NULL;
}

static struct oracle_open *walk_some_open(struct walk *w, char letter)
{
	uint64_t n = w->oracle.n_open;
	struct oracle_open *o = n ? &w->oracle.open[walk_random(w, n)] : NULL;

	return o && !o->closed && o->letter == letter ? o : NULL;
}

static void walk_follow_up(struct walk *w)
{
	struct oracle_open *o = walk_new_open(w, 'f');

	if (!o)
		return;
	o->due = walk_today(w) + walk_day(w, -5, 15);
	walk_must(followups_add(w->n.store, w->n.book, walk_random(w, 2) ? w->person : 0,
		"send the slides", o->due, -1, walk_today(w), &o->number, NULL));
}

static void walk_act_on_follow_up(struct walk *w)
{
	struct oracle_open *o = walk_some_open(w, 'f');

	if (!o)
		return;
	o->closed = walk_random(w, 2);
	if (!o->closed)
		o->due = walk_today(w) + walk_day(w, 1, 15);
	if (o->closed)
		walk_must(followups_set_done(
			w->n.store, w->n.book, o->number, walk_today(w), NULL, NULL));
	else
		walk_must(followups_set_due(w->n.store, w->n.book, o->number, o->due, -1, NULL));
}

/* Something received waits for thanks; an offer is told once. */
static void walk_note(struct walk *w)
{
	bool received = walk_random(w, 2);
	struct oracle_open *o = walk_new_open(w, received ? 'y' : 'o');
	int64_t number;

	if (!o)
		return;
	o->due = walk_today(w);
	walk_must(ledger_add(w->n.store, w->n.book, w->person,
		received ? LEDGER_RECEIVED : LEDGER_OFFERED, "a hand", o->due, o->due, &number,
		NULL));
	o->number = received ? number : network_ask(&w->n, "SELECT max(id) FROM ledger");
}

static void walk_act_on_thanks(struct walk *w)
{
	struct oracle_open *o = walk_some_open(w, 'y');

	if (!o)
		return;
	o->closed = walk_random(w, 2);
	if (!o->closed)
		o->due = walk_today(w) + walk_day(w, 1, 9);
	if (o->closed)
		walk_must(thanks_set_done(w->n.store, w->n.book, o->number, walk_today(w), NULL));
	else
		walk_must(thanks_set_day(w->n.store, w->n.book, o->number, o->due, NULL));
}

static void walk_set_stage(struct walk *w, struct oracle_open *o, enum coffee_stage stage)
{
	_cleanup_coffees_ struct coffees found = { 0 };

	walk_must(coffees_by_number(w->n.store, w->n.book, o->number, &found, NULL));
	walk_must(coffees_set_stage(w->n.store, w->n.book, found.all, stage, walk_today(w), NULL));
	o->stage_day = walk_today(w);
	o->until = ORACLE_NO_DAY;
}

static void walk_invite(struct walk *w)
{
	struct oracle_open *o = walk_new_open(w, 'c');

	if (!o)
		return;
	walk_must(coffees_add(w->n.store, w->n.book, w->person, walk_today(w), &o->number, NULL));
	walk_set_stage(w, o, COFFEE_INVITED);
}

static void walk_agree(struct walk *w, struct oracle_open *o)
{
	walk_set_stage(w, o, COFFEE_AGREED);
	o->stage = AGREED;
	o->day = walk_today(w) + walk_day(w, 0, 20);
	walk_must(coffees_set_day(w->n.store, w->n.book, o->number, o->day, -1, NULL));
}

static void walk_act_on_coffee(struct walk *w)
{
	struct oracle_open *o = walk_some_open(w, 'c');

	if (!o)
		return;
	if (walk_random(w, 5) == 0) {
		o->until = walk_today(w) + walk_day(w, 1, 15);
		walk_must(coffees_set_until(w->n.store, w->n.book, o->number, o->until, NULL));
	} else if (o->stage == INVITED) {
		walk_agree(w, o);
	} else if (o->stage == AGREED && walk_today(w) >= o->day) {
		walk_set_stage(w, o, COFFEE_MET);
		o->stage = MET;
	} else if (o->stage == MET) {
		o->closed = walk_random(w, 2);
		walk_must(coffees_set_outcome(w->n.store, w->n.book, o->number, !o->closed, NULL));
		walk_set_stage(w, o, COFFEE_THANKED);
		o->stage = TOLD;
	} else {
		walk_set_stage(w, o, COFFEE_DECLINED);
		o->closed = true;
	}
}

/* --- keeping in touch --- */

static void walk_forget_shown(struct oracle_touch *t)
{
	for (int d = 0; d < ORACLE_DIGESTS; d++)
		t->shown[d] = ORACLE_NO_DAY;
}

static void walk_keep_in_touch(struct walk *w)
{
	static const struct {
		const char *every;
		int days;
	} spans[] = { { "3d", 3 }, { "2w", 14 }, { "30d", 30 }, { "100d", 100 } };
	struct oracle_touch *t = &w->oracle.touches[w->oracle.n_touches];
	size_t span = walk_random(w, ARRAY_SIZE(spans));

	if (w->oracle.n_touches == ORACLE_TOUCHES)
		return;
	w->oracle.n_touches++;
	t->contact = network_add(&w->n, "Ben", walk_today(w));
	network_set(&w->n, t->contact, CONTACT_EVERY, spans[span].every);
	t->number = network_ask_of(&w->n, "SELECT number FROM keeping WHERE contact=?", t->contact);
	t->span = spans[span].days;
	t->since = walk_today(w);
	t->until = ORACLE_NO_DAY;
	walk_forget_shown(t);
}

static void walk_act_on_touch(struct walk *w)
{
	uint64_t n = w->oracle.n_touches;
	struct oracle_touch *t = n ? &w->oracle.touches[walk_random(w, n)] : NULL;

	if (!t || walk_today(w) <= t->since)
		return;
	if (walk_random(w, 3)) {
		t->since = walk_today(w);
		t->until = ORACLE_NO_DAY;
		walk_forget_shown(t);
		if (walk_random(w, 2))
			walk_must(
				touches_add(w->n.store, t->contact, t->since, "wrote", NULL, NULL));
		else
			walk_must(keeping_skip(w->n.store, w->n.book, t->number, t->since, NULL));
	} else {
		t->until = walk_today(w) + walk_day(w, 1, 15);
		walk_forget_shown(t);
		walk_must(keeping_set_until(w->n.store, w->n.book, t->number, t->until, NULL));
	}
}

void walk_act(struct walk *w)
{
	static const struct {
		void (*act)(struct walk *w);
		unsigned one_in; /* so many steps */
	} acts[] = { { walk_enter, 2 }, { walk_correct, 20 }, { walk_say, 6 }, { walk_drop, 30 },
		{ walk_follow_up, 6 }, { walk_act_on_follow_up, 6 }, { walk_note, 12 },
		{ walk_act_on_thanks, 12 }, { walk_invite, 15 }, { walk_act_on_coffee, 6 },
		{ walk_keep_in_touch, 8 }, { walk_act_on_touch, 6 }, { walk_reconfigure, 25 },
		{ walk_pause, 60 } };

	for (size_t i = 0; i < ARRAY_SIZE(acts); i++)
		if (walk_random(w, acts[i].one_in) == 0)
			acts[i].act(w);
}

/* --- the mails --- */

static void walk_settle_one(
	struct walk *w, struct oracle_message *message, int to, enum oracle_state state)
{
	static const enum network_end ends[] = { [QUEUED] = NETWORK_QUEUED,
		[ATTEMPTING] = NETWORK_ATTEMPT,
		[IN_DOUBT] = NETWORK_DOUBT,
		[SENT] = NETWORK_SENT,
		[REFUSED] = NETWORK_REFUSED };
	bool was_in_doubt = message->to[to].state == IN_DOUBT;

	/* That a later attempt failed does not tell how the doubtful one ended. */
	if (was_in_doubt && (state == QUEUED || state == ATTEMPTING))
		return;
	network_settle(&w->n, message->to[to].id, ends[state], w->now);
	oracle_settle(&w->oracle, message, to, state);
}

void walk_settle(struct walk *w)
{
	static const enum oracle_state fates[] = { REFUSED, REFUSED, IN_DOUBT, QUEUED, ATTEMPTING };

	for (size_t i = w->oracle.n_messages; i-- > 0;) {
		struct oracle_message *m = &w->oracle.messages[i];

		for (int to = 0; to < m->n; to++) {
			if (m->to[to].state >= SENT || walk_random(w, 3) == 0)
				continue;
			walk_settle_one(w, m, to,
				walk_random(w, 10) < w->trouble
					? fates[walk_random(w, ARRAY_SIZE(fates))]
					: SENT);
		}
	}
}

/* --- the clock --- */

static void walk_to_next_slot(struct walk *w)
{
	const struct oracle_digest *d = &w->oracle.digests[walk_random(w, (uint64_t)w->n_digests)];
	int64_t next;

	if (almanac_next(d->cadence, d->zone, w->now, &next))
		w->now = next + (int64_t)walk_random(w, 2) * (int64_t)walk_random(w, 5 * 3600);
}

void walk_move(struct walk *w)
{
	static const struct {
		unsigned until; /* of a thousand */
		int64_t from, to;
	} moves[] = { { 700, 0, 0 }, { 800, 0, DAY }, { 900, 0, 3 * DAY }, { 960, 0, 40 * DAY },
		{ 970, 0, 400 * DAY }, { 990, -3 * DAY, 0 }, { 995, DAY, 400 * DAY },
		{ 1000, YEAR, 6 * YEAR } };
	uint64_t choice = walk_random(w, 1000);
	int64_t by;
	size_t i = 0;

	/* A clock that was wrong is set right. */
	if (w->ahead && walk_random(w, 3) == 0) {
		w->now -= w->ahead;
		w->ahead = 0;
		return;
	}
	/* And so it stays behind what was told, until that day is there. */
	if (w->now < w->oracle.digests[0].last_slot && walk_random(w, 8) == 0)
		w->now = w->oracle.digests[0].last_slot + (int64_t)walk_random(w, 2 * DAY);
	while (choice >= moves[i].until)
		i++;
	if (i == 0) {
		walk_to_next_slot(w);
		return;
	}
	by = moves[i].from + (int64_t)walk_random(w, (uint64_t)(moves[i].to - moves[i].from));
	if (w->now + by > THE_END)
		return;
	w->now += by;
	if (i >= 6)
		w->ahead = by;
}

void walk_begin(struct walk *w, uint64_t seed)
{
	struct goal goal = { GOAL_COUNT_MAX, GOAL_WEEK };
	int64_t forum;

	w->random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	for (int i = 0; i < 10; i++)
		(void)walk_random(w, 1);
	w->now = walk_day(w, 14200, 47500) * DAY + (int64_t)walk_random(w, DAY);
	w->trouble = walk_random(w, 3) ? (unsigned)walk_random(w, 7) : 0;
	w->n_digests = 1 + (int)walk_random(w, ORACLE_DIGESTS);
	oracle_init(&w->oracle);
	for (int i = 0; i < w->n_digests; i++) {
		walk_choose_cadence(w, &w->oracle.digests[i]);
		walk_choose_zone(w, &w->oracle.digests[i]);
		walk_choose_rest(w, &w->oracle.digests[i]);
		w->oracle.digests[i].n_to = 1 + (walk_random(w, 3) == 0);
	}
	network_open(&w->n);
	network_hurry(&w->n);
	walk_configure(w);
	w->person = network_add(&w->n, "Carla", walk_today(w));
	walk_must(forums_set(w->n.store, w->n.book, "pgsql", &goal, NULL, NULL, &forum, NULL));
}
