/* SPDX-License-Identifier: MIT */
/*
 * bench-compose: a digest of 30 items from a small book and from a large one.
 *
 * usage: bench-compose SMALL LARGE     contacts in them
 *
 * Everybody has an organisation, an address, a number, a birthday, a last touch and a span to keep in
 * touch; 27 birthdays are today and three are to be written to again, in both books.
 */
#include "book/store-internal.h"
#include "digest/edition.h"
#include "network.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define TODAY       "2026-11-23"
#define ROUNDS      300
#define ITEMS       30
#define WANTED_MS   1.0
#define WANTED_GROW 3.0

static double milliseconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(int r, const struct err *e)
{
	if (r >= 0)
		return;
	printf("%s\n", e->text);
	exit(1);
}

#define EVERYBODY                                                                                  \
	"WITH RECURSIVE everybody(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM everybody"          \
	" WHERE i < ?1) INSERT INTO "

/* ?1: how many; ?2: today. Birthdays of the others keep away from today by two weeks. */
static void fill(struct network *n, int64_t contacts)
{
	static const char *const tables[] = {
		EVERYBODY
		"contact (book, name, folded, org, title, city, source, entered_day)"
		" SELECT 1, 'Person' || i || ' Test', 'person' || i || ' test', 'Acme ' || i % 1000,"
		" 'Engineer', 'Berlin', 'hand', ?2 - 100 FROM everybody",
		EVERYBODY
		"contact_value (contact, kind, place, text, folded, source, entered_day)"
		" SELECT i, 'email', 0, 'person' || i || '@example.org', 'person' || i || '@example.org',"
		" 'hand', ?2 - 100 FROM everybody",
		EVERYBODY
		"contact_value (contact, kind, place, text, folded, source, entered_day)"
		" SELECT i, 'phone', 0, '+49 30 ' || (1000000 + i), '4930' || (1000000 + i), 'hand',"
		" ?2 - 100 FROM everybody",
		EVERYBODY
		"occasion (book, month_day, number, contact, kind, year, source, entered_day)"
		" SELECT 1, CASE WHEN i <= 27 THEN 1123 ELSE (1 + i % 10) * 100 + 1 + i % 28 END, i, i,"
		" 'birthday', 1950 + i % 50, 'hand', ?2 - 100 FROM everybody",
		EVERYBODY "touch (contact, day, kind, note)"
			  " SELECT i, ?2 - 200, 'met', 'talked about PostgreSQL' FROM everybody",
		EVERYBODY
		"keeping (contact, book, number, due_day, span_days)"
		" SELECT i, 1, i, ?2 + CASE WHEN i BETWEEN 28 AND 30 THEN -10 ELSE 10 + i % 300 END, 180"
		" FROM everybody",
	};
	struct err e;

	must(store_run(n->store, &e, "BEGIN", ""), &e);
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
		must(store_run(
			     n->store, &e, tables[i], "ii", contacts, (int64_t)network_day(TODAY)),
			&e);
	must(store_run(n->store, &e, "COMMIT", ""), &e);
}

/* One digest, to the bytes of its mail, in a transaction as the service's. */
static void compose(struct network *n, const struct digest_state *state, size_t *ret_items)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_edition_ struct edition edition = { 0 };
	_cleanup_str_ struct str message = STR_INIT;
	int64_t now = network_at(n, TODAY " 07:00");
	struct err e;

	must(store_begin(n->store, &transaction, &e), &e);
	must(edition_prepare(&edition, n->store, NULL, network_digest(n), state, now, &e), &e);
	must(edition_write_message(
		     &edition, n->conf, network_digest(n), "<1@example.org>", now, &message, &e),
		&e);
	*ret_items = edition.agenda.n;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median of milliseconds of processor. */
static double measure(int64_t contacts)
{
	_cleanup_network_ struct network n = { 0 };
	double times[ROUNDS], first;
	const struct digest_state state = { .has_claim = true,
		.spoken_day = network_day(TODAY) - 1,
		.last_cover = { network_day(TODAY) - 1, network_day(TODAY) } };
	size_t items = 0;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; language = \"en\"; cadence = \"*-*-* 07:00\"; }");
	fill(&n, contacts);
	for (size_t i = 0; i < ROUNDS; i++) {
		double begun = milliseconds();

		compose(&n, &state, &items);
		times[i] = milliseconds() - begun;
	}
	first = times[0];
	qsort(times, ROUNDS, sizeof(*times), compare);
	printf("%zu items of %lld contacts: %.2f ms, the first time %.2f ms\n", items,
		(long long)contacts, times[ROUNDS / 2], first);
	if (items != ITEMS)
		exit(1);
	return times[ROUNDS / 2];
}

int main(int argc, char **argv)
{
	double small, large;

	network_speak("en");
	if (argc != 3)
		return 64;
	small = measure(atoll(argv[1]));
	large = measure(atoll(argv[2]));
	printf("%.1fx\n", large / small);
	return small < WANTED_MS && large / small <= WANTED_GROW ? 0 : 1;
}
