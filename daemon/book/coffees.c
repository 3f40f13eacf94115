/* SPDX-License-Identifier: MIT */
/*
 * coffees: informal meetings, from the idea to the thank-you.
 */
#include "book/coffees.h"

#include "book/books.h"
#include "book/contacts.h"
#include "book/touches.h"
#include "core/day.h"
#include "core/day.h"
#include "core/str.h"

/* `by`: "INDEXED BY ...", or "". */
#define COFFEE_SELECT_BY(by)                                                                             \
	"SELECT f.number, f.contact, f.stage, f.stage_day, f.day, f.minute, f.outcome, f.place, c.name," \
	" COALESCE(f.until_day, 0), f.open, c.busy_inbox IS NOT NULL"                                    \
	" FROM coffee f " by " JOIN contact c ON c.id=f.contact "
#define COFFEE_SELECT COFFEE_SELECT_BY("")

static const char *const coffee_stages[COFFEE_STAGE_COUNT] = {
	[COFFEE_IDEA] = "idea",
	[COFFEE_INVITED] = "invited",
	[COFFEE_AGREED] = "agreed",
	[COFFEE_MET] = "met",
	[COFFEE_THANKED] = "thanked",
	[COFFEE_DECLINED] = "declined",
	[COFFEE_NO_ANSWER] = "no answer",
};

const char *coffee_stage_name(enum coffee_stage stage)
{
	return stage < COFFEE_STAGE_COUNT ? coffee_stages[stage] : NULL;
}

enum coffee_stage coffee_stage_of(const char *name)
{
	size_t stage = 0;

	while (stage < COFFEE_STAGE_COUNT && !str_equal(coffee_stages[stage], name))
		stage++;
	return (enum coffee_stage)stage;
}

void coffees_done(struct coffees *coffees)
{
	for (size_t i = 0; i < coffees->n; i++) {
		free(coffees->all[i].place);
		free(coffees->all[i].name);
	}
	free(coffees->all);
	*coffees = (struct coffees){ 0 };
}

static int coffees_read(struct store_rows *rows, struct coffees *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct coffee *c = reallocarray(ret->all, ret->n + 1, sizeof(*c));

		if (!c)
			return err_oom(reterr);
		ret->all = c;
		c += ret->n++;
		*c = (struct coffee){
			.number = store_int(rows, 0),
			.contact = store_int(rows, 1),
			.facts = { .stage = coffee_stage_of(store_text(rows, 2)),
				.stage_day = store_day(rows, 3),
				.has_day = !store_is_null(rows, 4),
				.day = store_day(rows, 4),
				.outcome = store_int(rows, 6) != 0,
				.busy = store_int(rows, 11) != 0 },
			.minute = store_is_null(rows, 5) ? -1 : (int)store_int(rows, 5),
			.until_day = store_day(rows, 9),
			.open = store_int(rows, 10) != 0,
		};
		r = store_copy(rows, 7, &c->place, reterr);
		if (r == 0)
			r = store_copy(rows, 8, &c->name, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

int coffees_open(struct store *store, int64_t book, struct coffees *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		COFFEE_SELECT_BY(
			"INDEXED BY coffee_open") "WHERE f.book=? AND f.open ORDER BY f.number",
		"i", book);

	return r < 0 ? r : coffees_read(&rows, ret, reterr);
}

int coffees_of(struct store *store, int64_t contact, struct coffees *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		COFFEE_SELECT "WHERE f.contact=? ORDER BY f.open DESC, f.number DESC LIMIT 1", "i",
		contact);

	if (r == 0)
		r = coffees_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > 0;
}

int coffees_by_number(
	struct store *store, int64_t book, int64_t number, struct coffees *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, COFFEE_SELECT "WHERE f.book=? AND f.number=?",
		"ii", book, number);

	if (r == 0)
		r = coffees_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > 0;
}

int coffees_add(struct store *store, int64_t book, int64_t contact, int32_t today,
	int64_t *ret_number, struct err *reterr)
{
	int r = books_next_number(store, book, 'c', ret_number, reterr);

	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO coffee (book, number, contact, stage, stage_day) VALUES (?, ?, ?, 'idea', ?)",
		"iiii", book, *ret_number, contact, (int64_t)today);
}

/* Whether a coffee in that stage may ask for something yet. */
static bool coffee_is_open(const struct coffee *coffee, enum coffee_stage stage)
{
	return stage < COFFEE_THANKED || (stage == COFFEE_THANKED && coffee->facts.outcome);
}

/* The day of the meeting, of which one knows by that day. */
static int32_t coffee_met_day(const struct coffee *coffee, int32_t day)
{
	if (coffee->facts.has_day && coffee->facts.day <= day)
		return coffee->facts.day;
	return coffee->facts.stage == COFFEE_MET ? coffee->facts.stage_day : day;
}

int coffees_set_stage(struct store *store, int64_t book, const struct coffee *coffee,
	enum coffee_stage stage, int32_t day, struct err *reterr)
{
	bool met = stage == COFFEE_MET ||
		(stage == COFFEE_THANKED && coffee->facts.stage < COFFEE_MET);
	int r = store_run(store, reterr,
		"UPDATE coffee SET stage=?3, stage_day=?4, open=?5, until_day=NULL WHERE book=?1 AND number=?2",
		"iitii", book, coffee->number, coffee_stages[stage], (int64_t)day,
		(int64_t)coffee_is_open(coffee, stage));

	if (r == 0 && met)
		r = touches_add(store, coffee->contact, coffee_met_day(coffee, day), "met",
			coffee->place, reterr);
	if (r == 0 && stage == COFFEE_THANKED)
		r = touches_add(store, coffee->contact, day, "thanked", NULL, reterr);
	return r;
}

int coffees_move_meeting(struct store *store, int64_t book, const struct coffee *coffee,
	int32_t day, int minute, struct err *reterr)
{
	int r = touches_move(
		store, coffee->contact, coffee_met_day(coffee, DAY_MAX), "met", day, reterr);

	return r < 0 ? r : coffees_set_day(store, book, coffee->number, day, minute, reterr);
}

int coffees_add_note(struct store *store, const struct coffee *before, const char *note,
	int32_t today, struct err *reterr)
{
	bool told = before->facts.stage == COFFEE_THANKED;

	return touches_add_note(store, before->contact,
		told ? today : coffee_met_day(before, today), told ? "thanked" : "met", note,
		reterr);
}

int coffees_set_day(struct store *store, int64_t book, int64_t number, int32_t day, int minute,
	struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE coffee SET day=?3, minute=NULLIF(?4, -1) WHERE book=?1 AND number=?2",
		"iiii", book, number, (int64_t)day, (int64_t)minute);
}

int coffees_set_place(
	struct store *store, int64_t book, int64_t number, const char *place, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE coffee SET place=NULLIF(?3, '') WHERE book=?1 AND number=?2", "iit", book,
		number, place);
}

int coffees_set_outcome(
	struct store *store, int64_t book, int64_t number, bool wanted, struct err *reterr)
{
	return store_run(store, reterr, "UPDATE coffee SET outcome=?3 WHERE book=?1 AND number=?2",
		"iii", book, number, (int64_t)wanted);
}

int coffees_close(struct store *store, int64_t book, int64_t number, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE coffee SET open=0, until_day=NULL WHERE book=?1 AND number=?2", "ii", book,
		number);
}

int coffees_set_until(
	struct store *store, int64_t book, int64_t number, int32_t until, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE coffee SET until_day=?3 WHERE book=?1 AND number=?2", "iii", book, number,
		(int64_t)until);
}
