/* SPDX-License-Identifier: MIT */
/*
 * network: a book to test with, and digests that speak for it.
 */
#include "network.h"

#include "base/lang.h"
#include "book/books.h"
#include "book/followups.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/search.h"
#include "book/touches.h"
#include "core/day.h"
#include "core/zone.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void network_must(int r, const struct err *e)
{
	if (r >= 0)
		return;
	printf("Bail out! %s\n", e->text);
	exit(1);
}

/* A fresh database is made once and then copied: making one waits for the disk. */
static void network_make(const char *path)
{
	const struct store_options options = { .create = true };
	_cleanup_str_ struct str first = STR_INIT, data = STR_INIT;
	struct store *store;
	char buffer[65536];
	struct err e;
	size_t n;
	FILE *f;

	str_addf(&first, "%s/fresh.db", test_folder());
	if (access(str_text(&first), F_OK) < 0) {
		network_must(store_open(&store, str_text(&first), &options, &e), &e);
		store_close(store);
	}
	f = fopen(str_text(&first), "rb");
	while (f && (n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		str_add_bytes(&data, buffer, n);
	if (!f || fclose(f) != 0 || !(f = fopen(path, "wb")) ||
		fwrite(data.data, 1, data.len, f) != data.len || fchmod(fileno(f), 0600) < 0 ||
		fclose(f) != 0)
		abort();
}

void network_open(struct network *network)
{
	static unsigned n;
	const struct store_options options = { 0 };
	_cleanup_str_ struct str path = STR_INIT;
	struct err e;

	*network = (struct network){ 0 };
	str_addf(&path, "%s/network%u.db", test_folder(), n++);
	network_make(str_text(&path));
	network_must(store_open(&network->store, str_text(&path), &options, &e), &e);
	/* No test cuts the power; without the disk a test of years takes a second. */
	network_must(store_run(network->store, &e, "PRAGMA synchronous=OFF", ""), &e);
	network_must(books_find(network->store, "main", &network->book, &e), &e);
}

void network_hurry(struct network *network)
{
	struct err e;

	network_must(store_run(network->store, &e, "PRAGMA locking_mode=EXCLUSIVE", ""), &e);
	network_must(store_run(network->store, &e, "PRAGMA journal_mode=MEMORY", ""), &e);
}

void network_close(struct network *network)
{
	store_close(network->store);
	conf_free(network->conf);
	*network = (struct network){ 0 };
}

/* Each group gets recipients and an everyday cadence, where it says nothing else. */
void network_configure(struct network *network, const char *digests)
{
	_cleanup_str_ struct str text = STR_INIT, path = STR_INIT, errors = STR_INIT;
	FILE *f;

	str_add(&text,
		"database = \"n.db\";\nsmtp: { url = \"smtp://127.0.0.1:25\";"
		" from = \"nudged <nudged@example.org>\"; };\ndigests: (");
	for (const char *p = digests; *p; p++) {
		str_add_char(&text, *p);
		if (*p != '{')
			continue;
		if (!strstr(digests, " to ="))
			str_add(&text, " to = [ \"anna@example.org\" ];");
		if (!strstr(digests, "timezone"))
			str_add(&text, " timezone = \"Europe/Berlin\";");
	}
	str_add(&text, ");\n");
	str_addf(&path, "%s/nudged.conf", test_folder());
	f = fopen(str_text(&path), "w");
	if (!f || fputs(str_text(&text), f) == EOF || fchmod(fileno(f), 0600) < 0 || fclose(f) != 0)
		abort();
	conf_free(network->conf);
	network->conf = NULL;
	if (conf_load(&network->conf, str_text(&path), 1795000000, &errors) == 0)
		return;
	printf("Bail out! %s\n", str_text(&errors));
	exit(1);
}

const struct conf_digest *network_digest(const struct network *network)
{
	return &network->conf->digests[0];
}

int32_t network_day(const char *text)
{
	struct date date;

	if (!day_parse(text, &date))
		abort();
	return day_number(date.year, date.month, date.day);
}

int64_t network_at(const struct network *network, const char *text)
{
	int hour, minute;
	char day[11];

	if (sscanf(text, "%10s %d:%d", day, &hour, &minute) != 3)
		abort();
	return zone_instant(network_digest(network)->zone,
		(struct civil){ network_day(day), hour * 3600 + minute * 60 }, NULL);
}

int64_t network_add(struct network *network, const char *name, int32_t today)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int64_t id;
	struct err e;

	network_must(store_begin(network->store, &transaction, &e), &e);
	network_must(
		contacts_add(network->store, network->book, name, CONTACT_HAND, today, &id, &e),
		&e);
	network_must(search_index(network->store, id, &e), &e);
	network_must(store_commit(&transaction, &e), &e);
	return id;
}

int64_t network_add_occasion(struct network *network, int64_t contact, const char *kind,
	const char *name, const char *date, int32_t today)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct date d;
	int64_t number;
	struct err e;

	if (!day_parse(date, &d))
		abort();
	network_must(store_begin(network->store, &transaction, &e), &e);
	network_must(occasions_add(network->store, network->book, contact, kind, name, &d,
			     CONTACT_HAND, today, &number, &e),
		&e);
	network_must(store_commit(&transaction, &e), &e);
	return number;
}

int64_t network_add_birthday(
	struct network *network, const char *name, const char *date, int32_t today)
{
	return network_add_occasion(
		network, network_add(network, name, today), OCCASION_BIRTHDAY, NULL, date, today);
}

int64_t network_add_follow_up(
	struct network *network, int64_t contact, const char *what, const char *due, int minute)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int32_t day = network_day(due);
	int64_t number;
	struct err e;

	network_must(store_begin(network->store, &transaction, &e), &e);
	network_must(followups_add(network->store, network->book, contact, what, day, minute,
			     day - 1, &number, &e),
		&e);
	network_must(store_commit(&transaction, &e), &e);
	return number;
}

void network_set(
	struct network *network, int64_t contact, enum contact_field field, const char *text)
{
	struct err e;

	network_must(
		contacts_set(network->store, contact, field, text, CONTACT_HAND, 20000, &e), &e);
}

void network_add_value(
	struct network *network, int64_t contact, enum contact_kind kind, const char *text)
{
	struct err e;

	network_must(contacts_add_value(
			     network->store, contact, kind, text, NULL, CONTACT_HAND, 20000, &e),
		&e);
}

void network_touch(struct network *network, int64_t contact, const char *day, const char *note)
{
	struct err e;

	network_must(touches_add(network->store, contact, network_day(day), "met", note, &e), &e);
}

void network_put_back(struct network *network, int64_t number, int year, const char *until)
{
	struct err e;

	network_must(occasions_set_until(
			     network->store, network->book, number, year, network_day(until), &e),
		&e);
}

void network_done(struct network *network, int64_t number, int year)
{
	struct err e;

	network_must(
		occasions_set_done(network->store, network->book, number, year, 20000, &e), &e);
}

int64_t network_ask(struct network *network, const char *sql)
{
	int64_t number = -1;
	struct err e;

	network_must(store_ask(network->store, &number, &e, sql, ""), &e);
	return number;
}

int64_t network_ask_of(struct network *network, const char *sql, int64_t argument)
{
	int64_t number = -1;
	struct err e;

	network_must(store_ask(network->store, &number, &e, sql, "i", argument), &e);
	return number;
}

void network_settle(struct network *network, int64_t delivery, enum network_end end, int64_t now)
{
	struct store *s = network->store;
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e;

	network_must(store_begin(s, &transaction, &e), &e);
	network_must(outbox_set_attempting(s, delivery, now, &e), &e);
	if (end == NETWORK_ATTEMPT)
		network_must(store_commit(&transaction, &e), &e);
	else if (end == NETWORK_REFUSED)
		network_must(outbox_set_refused(s, delivery, now, "550 no", &e), &e);
	else if (end == NETWORK_QUEUED)
		network_must(
			outbox_set_waiting(s, delivery, now, now + 3600, false, "451 later", &e),
			&e);
	else
		network_must(outbox_set_in_doubt(s, delivery, now, &e), &e);
	if (end == NETWORK_SENT)
		network_must(outbox_set_sent(s, delivery, now, &e), &e);
	if (transaction)
		network_must(store_commit(&transaction, &e), &e);
}

void network_believe(struct network *network, const struct conf_digest *digest, int64_t now)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e;

	network_must(store_begin(network->store, &transaction, &e), &e);
	network_must(slot_believe(network->store, digest, now, &e), &e);
	network_must(store_commit(&transaction, &e), &e);
}

bool network_take(struct network *network, int64_t now)
{
	struct slot_outcome outcome;
	struct err e = { "" };

	network_must(slot_take(network->store, network->conf, network_digest(network), now,
			     &outcome, &e),
		&e);
	return outcome.written;
}

void network_speak(const char *language)
{
	_cleanup_str_ struct str locale = STR_INIT;
	const char *top = getenv("TOP_BUILDDIR");

	lang_init();
	str_addf(&locale, "%s/locale", top ? top : ".");
	(void)bindtextdomain(PACKAGE, str_text(&locale));
	lang_use(language);
}
