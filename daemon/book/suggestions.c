/* SPDX-License-Identifier: MIT */
/*
 * suggestions: two contacts who should meet, and contacts whom the owner could help.
 */
#include "book/suggestions.h"

#include "book/books.h"
#include "book/contacts.h"
#include "book/touches.h"
#include "core/str.h"

#define SUGGESTION_SELECT                                                                                \
	"SELECT s.letter, s.number, s.seeker, COALESCE(s.offerer, 0), s.stage, s.stage_day, s.told_day," \
	" s.next_day, s.seeks, s.offers, s.because, a.name, b.name FROM suggestion s"                    \
	" JOIN contact a ON a.id=s.seeker LEFT JOIN contact b ON b.id=s.offerer "

static const char *const suggestion_stages[INTRODUCTION_STAGE_COUNT] = {
	[INTRODUCTION_SUGGESTED] = "suggested",
	[INTRODUCTION_ASKED] = "asked",
	[INTRODUCTION_MADE] = "made",
	[INTRODUCTION_HELPED] = "helped",
	[INTRODUCTION_DROPPED] = "dropped",
	[INTRODUCTION_KNOWN] = "known",
};

const char *suggestion_stage_name(enum introduction_stage stage)
{
	return stage < INTRODUCTION_STAGE_COUNT ? suggestion_stages[stage] : NULL;
}

enum introduction_stage suggestion_stage_of(const char *name)
{
	size_t stage = 0;

	while (stage < INTRODUCTION_STAGE_COUNT && !str_equal(suggestion_stages[stage], name))
		stage++;
	return (enum introduction_stage)stage;
}

void suggestions_done(struct suggestions *suggestions)
{
	for (size_t i = 0; i < suggestions->n; i++) {
		struct suggestion *s = &suggestions->all[i];

		free(s->seeks);
		free(s->offers);
		free(s->because);
		free(s->seeker_name);
		free(s->offerer_name);
	}
	free(suggestions->all);
	*suggestions = (struct suggestions){ 0 };
}

static int suggestions_read_texts(struct store_rows *rows, struct suggestion *s, struct err *reterr)
{
	char **const texts[] = { &s->seeks, &s->offers, &s->because, &s->seeker_name,
		&s->offerer_name };
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(texts); i++)
		r = store_copy(rows, 8 + (int)i, texts[i], reterr);
	return r;
}

static int suggestions_read(struct store_rows *rows, struct suggestions *ret, struct err *reterr)
{
	int r;

	while ((r = store_next(rows, reterr)) == 1) {
		struct suggestion *s = reallocarray(ret->all, ret->n + 1, sizeof(*s));

		if (!s)
			return err_oom(reterr);
		ret->all = s;
		s += ret->n++;
		*s = (struct suggestion){
			.letter = store_text(rows, 0)[0],
			.number = store_int(rows, 1),
			.seeker = store_int(rows, 2),
			.offerer = store_int(rows, 3),
			.stage = suggestion_stage_of(store_text(rows, 4)),
			.stage_day = store_day(rows, 5),
			.facts = { .told = !store_is_null(rows, 6),
				.told_day = store_day(rows, 6),
				.next_day = store_day(rows, 7) },
		};
		r = suggestions_read_texts(rows, s, reterr);
		if (r < 0)
			return r;
	}
	return r;
}

int suggestions_list(
	struct store *store, int64_t book, char letter, struct suggestions *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	const char text[] = { letter, '\0' };
	int r = store_query(&rows, store, reterr,
		SUGGESTION_SELECT "WHERE s.book=? AND s.letter=? ORDER BY s.number", "it", book,
		text);

	return r < 0 ? r : suggestions_read(&rows, ret, reterr);
}

int suggestions_by_number(struct store *store, int64_t book, char letter, int64_t number,
	struct suggestions *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	const char text[] = { letter, '\0' };
	int r = store_query(&rows, store, reterr,
		SUGGESTION_SELECT "WHERE s.book=? AND s.letter=? AND s.number=?", "iti", book, text,
		number);

	if (r == 0)
		r = suggestions_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > 0;
}

int suggestions_between(
	struct store *store, int64_t a, int64_t b, struct suggestions *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		SUGGESTION_SELECT
		"WHERE (s.seeker=?1 AND s.offerer=?2) OR (s.seeker=?2 AND s.offerer=?1)",
		"ii", a, b);

	if (r == 0)
		r = suggestions_read(&rows, ret, reterr);
	return r < 0 ? r : ret->n > 0;
}

int suggestions_add(struct store *store, int64_t book, const struct suggestion *suggestion,
	int32_t today, int64_t *ret_number, struct err *reterr)
{
	const char letter[] = { suggestion->letter, '\0' };
	int r = books_next_number(store, book, suggestion->letter, ret_number, reterr);

	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO suggestion VALUES"
		" (?1, ?2, ?3, ?4, NULLIF(?5, 0), 'suggested', ?9, NULL, ?9, ?6, ?7, ?8, ?9)",
		"itiiittti", book, letter, *ret_number, suggestion->seeker, suggestion->offerer,
		suggestion->seeks, suggestion->offers, suggestion->because, (int64_t)today);
}

int suggestions_set_told(struct store *store, int64_t book, const struct suggestion *suggestion,
	int32_t today, struct err *reterr)
{
	const char letter[] = { suggestion->letter, '\0' };

	return store_run(store, reterr,
		"UPDATE suggestion SET told_day=?4, next_day=?5, seeks=?6, offers=?7"
		" WHERE book=?1 AND letter=?2 AND number=?3",
		"itiiitt", book, letter, suggestion->number, (int64_t)today,
		(int64_t)today + SUGGESTION_REST_DAYS, suggestion->seeks, suggestion->offers);
}

/* What was done with or for both of them. */
static int suggestions_touch(struct store *store, const struct suggestion *s, const char *note,
	int32_t today, struct err *reterr)
{
	const char *kind = s->letter == SUGGESTION_HELP ? "helped" : "introduced";
	int r = touches_add_with(store, s->seeker, today, kind, note, s->offerer, reterr);

	return r == 0 && s->offerer
		? touches_add_with(store, s->offerer, today, kind, note, s->seeker, reterr)
		: r;
}

int suggestions_set_stage(struct store *store, int64_t book, const struct suggestion *suggestion,
	enum introduction_stage stage, const char *note, int32_t today, struct err *reterr)
{
	const char letter[] = { suggestion->letter, '\0' };
	bool made = stage == INTRODUCTION_MADE ||
		(stage == INTRODUCTION_HELPED && suggestion->stage < INTRODUCTION_MADE);
	int r = store_run(store, reterr,
		"UPDATE suggestion SET stage=?4, stage_day=?5, told_day=NULL, next_day=?5"
		" WHERE book=?1 AND letter=?2 AND number=?3",
		"ititi", book, letter, suggestion->number, suggestion_stages[stage],
		(int64_t)today);

	if (r < 0 || (!made && !note))
		return r;
	return suggestions_touch(store, suggestion, note, today, reterr);
}

int suggestions_put_back(struct store *store, int64_t book, char letter, int64_t number,
	int32_t next_day, struct err *reterr)
{
	const char text[] = { letter, '\0' };

	return store_run(store, reterr,
		"UPDATE suggestion SET told_day=NULL, next_day=?4 WHERE book=?1 AND letter=?2 AND number=?3",
		"itii", book, text, number, (int64_t)next_day);
}

int suggestions_set_because(struct store *store, int64_t book, char letter, int64_t number,
	const char *because, struct err *reterr)
{
	const char text[] = { letter, '\0' };

	return store_run(store, reterr,
		"UPDATE suggestion SET because=NULLIF(?4, '') WHERE book=?1 AND letter=?2 AND number=?3",
		"itit", book, text, number, because);
}

int suggestions_is_wanted(
	struct store *store, int64_t book, const struct suggestion *suggestion, struct err *reterr)
{
	int64_t wanted;

	return store_ask(store, &wanted, reterr,
		"SELECT 1 FROM book WHERE id=?5 AND (?2 IS NULL OR EXISTS"
		" (SELECT 1 FROM contact_value WHERE contact=?1 AND kind='seeks' AND text=?2))"
		" AND (?4 IS NULL OR (?3=0 AND EXISTS (SELECT 1 FROM offer WHERE book=?5 AND text=?4)) OR EXISTS"
		" (SELECT 1 FROM contact_value WHERE contact=?3 AND kind='offers' AND text=?4))",
		"ititi", suggestion->seeker, suggestion->seeks, suggestion->offerer,
		suggestion->offers, book);
}
