/* SPDX-License-Identifier: MIT */
/*
 * network: a book to test with, and digests that speak for it.
 *
 * What cannot be set up ends the test program: it is not what the test is about.
 */
#ifndef NUDGE_TESTS_NETWORK_H
#define NUDGE_TESTS_NETWORK_H

#include "book/contacts.h"
#include "conf/conf.h"
#include "digest/slot.h"
#include "test.h"

struct network {
	struct store *store;
	int64_t book;
	struct conf *conf;
};

/* A fresh database with the book main. */
void network_open(struct network *network);
/* Nobody else will open it: the journal stays in memory, the lock is kept. For tests of many years. */
void network_hurry(struct network *network);
void network_close(struct network *network);
#define _cleanup_network_ _cleanup_(network_close)

/* Reads `digests`, the text of one or more groups, each without `to`: "{ name = \"d\"; }". */
void network_configure(struct network *network, const char *digests);
/* The first digest. */
const struct conf_digest *network_digest(const struct network *network);

int32_t network_day(const char *text); /* "2026-11-23" */
/* "2026-11-23 07:00" by the clock of the first digest's zone. */
int64_t network_at(const struct network *network, const char *text);

/* Each returns the number that it was given. Dates as day_parse() reads them. */
int64_t network_add(struct network *network, const char *name, int32_t today);
int64_t network_add_occasion(struct network *network, int64_t contact, const char *kind,
	const char *name, const char *date, int32_t today);
int64_t network_add_birthday(
	struct network *network, const char *name, const char *date, int32_t today);
int64_t network_add_follow_up(
	struct network *network, int64_t contact, const char *what, const char *due, int minute);

void network_set(
	struct network *network, int64_t contact, enum contact_field field, const char *text);
void network_add_value(
	struct network *network, int64_t contact, enum contact_kind kind, const char *text);
void network_touch(struct network *network, int64_t contact, const char *day, const char *note);
void network_put_back(struct network *network, int64_t number, int year, const char *until);
void network_done(struct network *network, int64_t number, int year);

/* The number that a query, a literal, gives; -1 where it has no row. */
int64_t network_ask(struct network *network, const char *sql);
int64_t network_ask_of(struct network *network, const char *sql, int64_t argument);
/* Ends the delivery of that number. */
enum network_end { NETWORK_SENT, NETWORK_REFUSED, NETWORK_DOUBT, NETWORK_QUEUED, NETWORK_ATTEMPT };
void network_settle(struct network *network, int64_t delivery, enum network_end end, int64_t now);

/* As after the service has waited for the clock: a digest that does not believe it does now. */
void network_believe(struct network *network, const struct conf_digest *digest, int64_t now);
/* Takes the first digest's slot; true where one was due and had something to tell. */
bool network_take(struct network *network, int64_t now);

/* From here on texts come in that language from the build tree's catalogues. */
void network_speak(const char *language);

#endif
