/* SPDX-License-Identifier: MIT */
/*
 * oracle: what each digest of a book must tell.
 *
 * Simple on purpose: it looks at everything each time, and where the rules leave room (what came too
 * late, what stood in a mail that did not arrive) it says that either may be.
 */
#include "oracle.h"

#include <stdlib.h>
#include <string.h>

#define SINGLY_DAYS 14
#define WEEK        7
#define OFFER_DAYS  30
#define REST        14 /* days after which a coffee's task comes monthly, or not at all */
#define MONTH       28
#define ONCE        0

/* Which task a coffee asks for, numbered as the program does. */
enum { NOTHING, ASK, PREPARE, MEET, THANK, TELL };

void oracle_init(struct oracle *oracle)
{
	memset(oracle, 0, sizeof(*oracle));
	oracle->paused_until = ORACLE_NO_DAY;
}

/* Days before it are behind the digest. */
static int32_t oracle_behind(const struct oracle_digest *digest)
{
	return digest->has_claim ? digest->spoken_from : ORACLE_NO_DAY;
}

void oracle_date(struct oracle *oracle, struct oracle_occasion *occasion)
{
	for (int d = 0; d < ORACLE_DIGESTS; d++) {
		occasion->from[d] = oracle_behind(&oracle->digests[d]);
		for (int i = 0; i < occasion->n_said; i++)
			occasion->said[i].from[d] = occasion->from[d];
	}
}

void oracle_say(
	struct oracle *oracle, struct oracle_occasion *occasion, int year, bool done, int32_t until)
{
	int i = 0;

	while (i < occasion->n_said && occasion->said[i].year != year)
		i++;
	if (i == ORACLE_SAID)
		abort();
	if (i == occasion->n_said)
		occasion->said[occasion->n_said++].until = ORACLE_NO_DAY;
	occasion->said[i].year = year;
	occasion->said[i].done = done;
	if (done)
		return;
	occasion->said[i].until = until;
	for (int d = 0; d < ORACLE_DIGESTS; d++)
		occasion->said[i].from[d] = oracle_behind(&oracle->digests[d]);
}

/* --- messages --- */

static bool oracle_has(const struct oracle_message *message, enum oracle_state state)
{
	for (int i = 0; i < message->n; i++)
		if (message->to[i].state == state)
			return true;
	return false;
}

static bool oracle_is_dead(const struct oracle_message *message)
{
	for (int i = 0; i < message->n; i++)
		if (message->to[i].state < REFUSED)
			return false;
	return true;
}

static uint8_t *oracle_count(struct oracle *oracle, int d, char kind, int64_t number, int64_t year)
{
	for (size_t i = 0; i < oracle->n_occasions; i++) {
		struct oracle_occasion *o = &oracle->occasions[i];

		if (o->number == number)
			return &(kind == 'b' ? o->b : o->l)[d][year - ORACLE_FIRST_YEAR];
	}
	abort();
}

static void oracle_show(struct oracle_touch *t, const struct oracle_message *message)
{
	t->shown[message->digest] = message->today;
	t->message[message->digest] = message;
}

void oracle_tell(struct oracle *oracle, char kind, int64_t number, int64_t mark)
{
	int message = (int)oracle->n_messages - 1;

	if (oracle->n_told == ORACLE_TOLD)
		abort();
	oracle->told[oracle->n_told].message = message;
	oracle->told[oracle->n_told].kind = kind;
	oracle->told[oracle->n_told].number = number;
	oracle->told[oracle->n_told++].mark = mark;
	if (kind == 'b' || kind == 'l')
		++*oracle_count(oracle, oracle->messages[message].digest, kind, number, mark);
	for (size_t i = 0; kind == 't' && i < oracle->n_touches; i++)
		if (oracle->touches[i].number == number)
			oracle_show(&oracle->touches[i], &oracle->messages[message]);
}

void oracle_settle(
	struct oracle *oracle, struct oracle_message *message, int to, enum oracle_state state)
{
	bool was_dead = oracle_is_dead(message);

	message->to[to].state = state;
	for (size_t i = 0; state == SENT && i < oracle->n_messages; i++)
		if (oracle->messages[i].speaker == message)
			oracle->messages[i].delivered = true;
	if (was_dead || !oracle_is_dead(message))
		return;
	for (size_t i = 0; i < oracle->n_told; i++)
		if (&oracle->messages[oracle->told[i].message] == message &&
			(oracle->told[i].kind == 'b' || oracle->told[i].kind == 'l'))
			--*oracle_count(oracle, message->digest, oracle->told[i].kind,
				oracle->told[i].number, oracle->told[i].mark);
	for (size_t i = 0; i < oracle->n_touches; i++)
		if (oracle->touches[i].message[message->digest] == message)
			oracle->touches[i].shown[message->digest] = ORACLE_NO_DAY;
}

/* Rule 3: in favour of the next slot's, where nobody has it or may have it. */
static void oracle_withdraw(struct oracle *oracle, int d)
{
	for (size_t i = 0; i < oracle->n_messages; i++) {
		struct oracle_message *m = &oracle->messages[i];

		if (m->digest != d || oracle_has(m, ATTEMPTING) || oracle_has(m, IN_DOUBT) ||
			oracle_has(m, SENT))
			continue;
		for (int to = 0; to < m->n; to++)
			if (m->to[to].state == QUEUED)
				oracle_settle(oracle, m, to, WITHDRAWN);
	}
}

static bool oracle_all_arrived(const struct oracle *oracle, int d)
{
	for (size_t i = 0; i < oracle->n_messages; i++)
		if (oracle->messages[i].digest == d && !oracle->messages[i].delivered)
			return false;
	return true;
}

/* A message speaks for those before it that came to nothing; where nothing is left to tell (NULL), they
 * are done with. One that may still arrive speaks for itself. */
static void oracle_take_over(struct oracle *oracle, int d, struct oracle_message *message)
{
	for (size_t i = 0; i < oracle->n_messages; i++) {
		struct oracle_message *m = &oracle->messages[i];

		if (m->digest != d || m->delivered || oracle_has(m->speaker, QUEUED) ||
			oracle_has(m->speaker, ATTEMPTING) || oracle_has(m->speaker, IN_DOUBT))
			continue;
		m->speaker = message ? message : m->speaker;
		m->delivered = !message;
	}
}

/* The last message that tells it and that somebody has or may have; NULL: none. *ret_died: a later one
 * that told it came to nothing. */
static const struct oracle_message *oracle_teller(
	const struct oracle *oracle, int d, char kind, int64_t number, int64_t mark, bool *ret_died)
{
	*ret_died = false;
	for (size_t i = oracle->n_told; i-- > 0;) {
		const struct oracle_message *m = &oracle->messages[oracle->told[i].message];

		if (oracle->told[i].number != number || oracle->told[i].kind != kind ||
			oracle->told[i].mark != mark || m->digest != d)
			continue;
		if (!oracle_is_dead(m))
			return m;
		*ret_died = true;
	}
	return NULL;
}

static bool oracle_is_told(
	const struct oracle *oracle, int d, char kind, int64_t number, int64_t mark)
{
	bool died;

	return oracle_teller(oracle, d, kind, number, mark, &died) != NULL;
}

/* --- what is to be told --- */

static void oracle_add(struct oracle_digest_due *due, struct oracle_item item)
{
	if (due->n == ORACLE_ITEMS)
		abort();
	due->items[due->n++] = item;
}

static void oracle_occurrence(struct oracle *oracle, int d, struct oracle_occasion *o, int year,
	int32_t day, struct oracle_digest_due *due)
{
	const struct oracle_digest *digest = &oracle->digests[d];
	int lead = due->welcome ? 0 : digest->lead_days;
	bool ahead = day >= due->to;
	struct oracle_item item = { ahead ? 'l' : 'b', o->number, year, false, false };

	if (day < o->entered || o->year > year || (ahead && day > due->today + lead))
		return;
	if (o->is_met && (ahead || o->year == year))
		return;
	for (int i = 0; i < o->n_said; i++) {
		if (o->said[i].year != year)
			continue;
		if (o->said[i].done || (ahead && o->said[i].until != ORACLE_NO_DAY) ||
			o->said[i].until > day)
			return;
		item.may = day < o->said[i].from[d];
	}
	if (o->b[d][year - ORACLE_FIRST_YEAR] || (ahead && o->l[d][year - ORACLE_FIRST_YEAR]))
		return;
	/* Too late, but for what was to be told with a mail that has not arrived. */
	item.may |= day < o->from[d];
	if (item.may && due->all_arrived)
		return;
	item.long_past = day < due->today - SINGLY_DAYS;
	oracle_add(due, item);
}

static void oracle_put_back(struct oracle *oracle, int d, const struct oracle_occasion *o,
	struct oracle_digest_due *due)
{
	for (int i = 0; i < o->n_said; i++) {
		int32_t until = o->said[i].until,
			day = almanac_yearly(
				o->month, o->day, o->said[i].year, oracle->digests[d].mar1);

		if (o->said[i].done || until == ORACLE_NO_DAY || until >= due->to)
			continue;
		if (until <= day && day < due->to)
			continue; /* the day itself is told */
		if (until < o->said[i].from[d] && due->all_arrived)
			continue;
		if (!oracle_is_told(oracle, d, 's', o->number, until))
			oracle_add(due,
				(struct oracle_item){
					's', o->number, until, until < o->said[i].from[d], false });
	}
}

static void oracle_occasions(struct oracle *oracle, int d, struct oracle_digest_due *due)
{
	const struct oracle_digest *digest = &oracle->digests[d];

	for (size_t i = 0; i < oracle->n_occasions; i++) {
		struct oracle_occasion *o = &oracle->occasions[i];
		int year, last, month, day;

		if (o->dropped)
			continue;
		almanac_date(o->entered, &year, &month, &day);
		almanac_date(due->to + digest->lead_days, &last, &month, &day);
		for (; year <= last; year++)
			oracle_occurrence(oracle, d, o, year,
				almanac_yearly(o->month, o->day, year, digest->mar1), due);
		oracle_put_back(oracle, d, o, due);
	}
}

static int32_t oracle_agreed(const struct oracle_open *c, int32_t today, int *ret_task)
{
	*ret_task = today > c->day                        ? THANK
		: today == c->day && c->stage_day < today ? MEET
							  : PREPARE;
	if (*ret_task == PREPARE)
		return c->day - 1 > c->stage_day ? c->day - 1 : c->stage_day;
	return *ret_task == MEET ? today : c->day + 1;
}

static int oracle_task(const struct oracle_open *c, int32_t today, int32_t *ret_due)
{
	int year, month, day, length = 31, task = NOTHING;
	bool has_day = c->day != ORACLE_NO_DAY;

	switch (c->stage) {
	case INVITED:
		*ret_due = c->stage_day + WEEK;
		return ASK;
	case AGREED:
		if (has_day)
			*ret_due = oracle_agreed(c, today, &task);
		return task;
	case MET:
		*ret_due = (has_day ? c->day : c->stage_day) + 1;
		return THANK;
	case TOLD:
		break;
	}
	almanac_date(has_day ? c->day : c->stage_day, &year, &month, &day);
	year += month > 9;
	month = (month + 2) % 12 + 1;
	while (almanac_day(year, month, 1) + length >
		almanac_day(year + month / 12, month % 12 + 1, 1))
		length--;
	*ret_due = almanac_day(year, month, day < length ? day : length);
	return TELL;
}

static int32_t oracle_pace(int task, bool late)
{
	if (task == PREPARE || task == MEET || (task == ASK && late))
		return ONCE;
	return late ? MONTH : WEEK;
}

/* In full when it is due, and again when its pace, a week has gone by, or will have before the next digest comes.
 * Where a mail that showed it came to nothing it may come sooner. */
static void oracle_open_thing(struct oracle *oracle, int d, const struct oracle_open *o,
	int32_t day, int64_t mark, int32_t pace, struct oracle_digest_due *due)
{
	struct oracle_item item = { o->letter, o->number, mark, false, false };
	const struct oracle_message *shown;
	bool died;

	if (day >= due->next)
		return;
	shown = oracle_teller(oracle, d, o->letter, o->number, mark, &died);
	/* A day that is still to come was a clock's mistake, or a zone's to the east. */
	if (shown &&
		(pace == ONCE || shown->today == due->today ||
			(shown->today < due->today && shown->today + pace >= due->next))) {
		if (!died)
			return;
		item.may = true;
	}
	oracle_add(due, item);
}

static void oracle_all_open(struct oracle *oracle, int d, struct oracle_digest_due *due)
{
	for (size_t i = 0; i < oracle->n_open; i++) {
		const struct oracle_open *o = &oracle->open[i];
		int32_t day = o->due;
		int task;

		if (o->closed)
			continue;
		if (o->letter == 'o') {
			if (day >= due->today - OFFER_DAYS &&
				!oracle_is_told(oracle, d, 'o', o->number, 0))
				oracle_add(due,
					(struct oracle_item){ 'o', o->number, 0, false, false });
		} else if (o->letter == 'c') {
			task = oracle_task(o, due->today, &day);
			if (o->until > day)
				day = o->until;
			if (task)
				oracle_open_thing(oracle, d, o, day, (int64_t)day * 8 + task,
					oracle_pace(task, due->today >= day + REST), due);
		} else {
			oracle_open_thing(oracle, d, o, day, day, WEEK, due);
		}
	}
}

/* --- touches --- */

static bool oracle_waits_longer(
	const struct oracle_touch *a, const struct oracle_touch *b, int d, int32_t today)
{
	int32_t due_a = a->since + a->span, due_b = b->since + b->span;
	int64_t x = (int64_t)(today - (a->shown[d] > due_a ? a->shown[d] : due_a)) * b->span;
	int64_t y = (int64_t)(today - (b->shown[d] > due_b ? b->shown[d] : due_b)) * a->span;

	return x != y ? x > y : a->number < b->number;
}

static struct oracle_item oracle_touch_item(const struct oracle_touch *t)
{
	return (struct oracle_item){ 't', t->number,
		t->until == ORACLE_NO_DAY ? t->since + t->span : -t->until, false, false };
}

static void oracle_all_touches(struct oracle *oracle, int d, struct oracle_digest_due *due)
{
	bool taken[ORACLE_TOUCHES] = { false };

	for (int i = 0; i < oracle->digests[d].touch_max; i++) {
		int best = -1;

		for (int k = 0; k < (int)oracle->n_touches; k++) {
			const struct oracle_touch *t = &oracle->touches[k];
			int32_t day = t->since + t->span;

			if (taken[k] || day >= due->next ||
				(t->until != ORACLE_NO_DAY && t->until >= due->next))
				continue;
			if (t->shown[d] != ORACLE_NO_DAY && due->today - t->shown[d] < WEEK)
				continue;
			if (best < 0 ||
				oracle_waits_longer(t, &oracle->touches[best], d, due->today))
				best = k;
		}
		if (best < 0)
			break;
		taken[best] = true;
		oracle_add(due, oracle_touch_item(&oracle->touches[best]));
	}
}

/* --- slots --- */

static int64_t oracle_later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void oracle_slot(struct oracle *oracle, int d, int64_t now, struct oracle_digest_due *ret)
{
	struct oracle_digest *digest = &oracle->digests[d];
	int64_t pause_end = INT64_MIN, floor;

	if (oracle->paused_until != ORACLE_NO_DAY)
		pause_end = almanac_instant(digest->zone, oracle->paused_until, 0);
	if (!digest->known_zone || digest->known_zone != digest->zone ||
		digest->known_cadence != digest->cadence)
		digest->since = now;
	digest->known_zone = digest->zone;
	digest->known_cadence = digest->cadence;

	floor = digest->since;
	if (digest->has_claim)
		floor = oracle_later(floor, digest->last_slot);
	if (pause_end != INT64_MIN)
		floor = oracle_later(floor, pause_end - 1);
	ret->slot = now;
	/* The first of all comes at once, unless there was a holiday when it was to. */
	if (now >= pause_end)
		ret->claimed = (!digest->has_claim && digest->since >= pause_end) ||
			almanac_last(digest->cadence, digest->zone, floor, now, &ret->slot);
	if (!ret->claimed)
		ret->never = !almanac_next(
			digest->cadence, digest->zone, oracle_later(floor, now), &ret->slot);
}

static void oracle_cover(
	const struct oracle_digest *digest, int64_t now, struct oracle_digest_due *ret)
{
	int64_t next;

	ret->from = digest->has_claim ? digest->to : ret->today;
	ret->next = ret->today + 1;
	if (almanac_next(digest->cadence, digest->zone, now, &next))
		ret->next = (int32_t)oracle_later(ret->next, almanac_today(digest->zone, next));
	ret->to = (int32_t)oracle_later(ret->next, ret->from);
}

bool oracle_may_tell_trouble(const struct oracle *oracle, int d)
{
	for (size_t i = oracle->n_messages; i-- > 0;) {
		const struct oracle_message *m = &oracle->messages[i];

		if (m->digest != d)
			continue;
		/* What is in doubt may be held, and is told then. */
		if (oracle_has(m, WITHDRAWN) || oracle_has(m, IN_DOUBT))
			return true;
		if (oracle_has(m, SENT))
			return false;
	}
	return false;
}

/* The clock was waited for: covers begin today. False where it needs no waiting for. */
bool oracle_believe(struct oracle *oracle, int d, int64_t now)
{
	struct oracle_digest *digest = &oracle->digests[d];
	int64_t next = digest->last_slot;

	(void)almanac_next(digest->cadence, digest->zone, digest->last_slot, &next);
	if (!digest->has_claim || now - digest->claimed_at <= INT64_C(366) * 86400 ||
		now - next <= 86400)
		return false;
	digest->last_slot++;
	digest->claimed_at = now;
	digest->to = almanac_today(digest->zone, now);
	return true;
}

void oracle_expect(struct oracle *oracle, int d, int64_t now, struct oracle_digest_due *ret)
{
	struct oracle_digest *digest = &oracle->digests[d];

	ret->claimed = ret->never = false;
	ret->n = 0;
	ret->now = now;
	ret->today = almanac_today(digest->zone, now);
	oracle_slot(oracle, d, now, ret);
	if (!ret->claimed)
		return;
	ret->welcome = !digest->has_claim;
	oracle_cover(digest, now, ret);
	for (size_t i = 0; ret->welcome && i < oracle->n_occasions; i++) {
		struct oracle_occasion *o = &oracle->occasions[i];

		o->from[d] = ret->from;
		for (int k = 0; k < o->n_said; k++)
			o->said[k].from[d] = ret->from;
	}
	oracle_withdraw(oracle, d);
	ret->all_arrived = oracle_all_arrived(oracle, d);
	oracle_occasions(oracle, d, ret);
	oracle_all_open(oracle, d, ret);
	oracle_all_touches(oracle, d, ret);
}

struct oracle_message *oracle_claim(
	struct oracle *oracle, int d, const struct oracle_digest_due *due, int64_t message)
{
	struct oracle_digest *digest = &oracle->digests[d];
	struct oracle_message *m = &oracle->messages[oracle->n_messages];

	digest->has_claim = true;
	digest->last_slot = due->slot;
	digest->claimed_at = due->now;
	digest->from = due->from;
	digest->to = due->to;
	if (due->welcome || due->from < due->to)
		digest->spoken_from = due->from;
	if (oracle->n_messages == ORACLE_MESSAGES)
		abort();
	oracle_take_over(oracle, d, message ? m : NULL);
	if (!message)
		return NULL;
	oracle->n_messages++;
	*m = (struct oracle_message){
		.speaker = m, .digest = d, .id = message, .today = due->today, .n = digest->n_to
	};
	return m;
}
