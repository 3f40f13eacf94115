/* SPDX-License-Identifier: MIT */
/*
 * record: a person as an address book's file tells of them, whatever its format.
 *
 * A record owns its texts in a pool of its own; whoever sets a field gives it a copy made by
 * record_copy() (or a text that outlives the record).
 */
#ifndef NUDGE_FORMAT_RECORD_H
#define NUDGE_FORMAT_RECORD_H

#include "core/day.h"
#include "core/err.h"

#include <stdint.h>

enum record_kind {
	RECORD_EMAIL,
	RECORD_PHONE,
	RECORD_LINK,   /* a URL */
	RECORD_TAG,    /* category */
	RECORD_EXTRA,  /* what the book has no field for: one unfolded content line, to come out
	                 again */
	RECORD_OFFERS, /* as our own exports alone say it, like RECORD_SEEKS and record.own */
	RECORD_SEEKS,
};

struct record_value {
	enum record_kind kind;
	/* "work", "home fax", a group's X-ABLabel; NULL where none. The first of several that is preferred has
	 * "pref" behind it: "home pref", "pref". */
	const char *label;
	const char *text; /* UTF-8, never empty */
	unsigned char
		preference; /* while reading: from 1 to 100, 1 first (RFC 6350 section 5.3); 0: none */
};

/* How many bytes of a label are said without "pref"; *ret_preferred, where not NULL: whether it is there. */
size_t record_label(const char *label, bool *ret_preferred);

enum record_occasion_kind { RECORD_BIRTHDAY, RECORD_ANNIVERSARY, RECORD_NAMED };

struct record_occasion {
	enum record_occasion_kind kind;
	const char *name; /* of RECORD_NAMED, else NULL */
	struct date date; /* year 0: unknown */
};

/* What no address book has a field for, as the book keeps it. */
enum record_own {
	RECORD_LANGUAGE,
	RECORD_SALUTATION,
	RECORD_EVERY, /* "30d", "6w", "3m", "1y" or "never" */
	RECORD_MET_PLACE,
	RECORD_BUSY_INBOX, /* "yes" */
	RECORD_OWN_COUNT,
};

/* Something that happened with the person, told by a file that is no address book. */
enum record_event_kind {
	RECORD_RECOMMENDED, /* they wrote a recommendation of the book's owner */
	RECORD_INVITED,     /* the owner asked them to connect */
	RECORD_CONNECTED,   /* they are connected since then */
	RECORD_MESSAGED,    /* the last message of one to the other */
};

struct record_event {
	enum record_event_kind kind;
	int32_t day;
};

/* What a file may tell of a person or not: the kinds of values, and beside those */
enum record_topic {
	RECORD_ON_BIRTHDAY = 16,
	RECORD_ON_DAYS, /* all other occasions */
	RECORD_ON_ORG,
	RECORD_ON_TITLE,
	RECORD_ON_CITY,
	RECORD_ON_NOTE,
	RECORD_TOPICS,
};
#define RECORD_TOPIC(topic) (UINT32_C(1) << (topic))

struct record_pool;

/* All texts are valid UTF-8 without control characters, but line feeds and tabs in the
 * note; or NULL. */
struct record {
	const char *uid;
	const char *name; /* never NULL once a reader has handed the record out */
	const char *org;
	const char *title;
	const char *city;
	const char *note;
	const char *own[RECORD_OWN_COUNT];
	struct record_value *values;
	size_t n_values;
	struct record_occasion *occasions;
	size_t n_occasions;
	struct record_event *events;
	size_t n_events;
	/* It speaks of somebody without being their entry: only what happened is to be kept, with
	 * whom the book knows already. */
	bool passing;
	bool perhaps_owner; /* one of the two between whom all messages of the file went */
	bool unread; /* a day of it or its year cannot be read or be true, and stands in the note */
	bool ours;   /* an export of ours says it */
	uint64_t line; /* where it began in its file, from 1 */
	/* The program whose export it is, where the file's form says so; lives on. NULL: it does not. */
	const char *program;
	/* A RECORD_TOPIC() each, of which the file cannot tell all: where the record has nothing of it, there may
	 * be something all the same. */
	uint32_t silent;

	/* The record's own. */
	struct record_pool *pool;
	size_t values_size, occasions_size, events_size;
};

#define RECORD_INIT      ((struct record){ 0 })
#define _cleanup_record_ _cleanup_(record_done)
void record_done(struct record *record);
void record_clear(struct record *record); /* empties it, keeps memory for the next one */

/* A NUL-terminated copy that lives as long as what the record holds; NULL where memory ran out. */
const char *record_copy(struct record *record, const char *text, size_t n);

/* All copy. A value (kind and text) or occasion that stands there already is not added again.
 * 0 or -ENOMEM. */
int record_add_value(
	struct record *record, enum record_kind kind, const char *label, const char *text);
int record_add_bytes(struct record *record, enum record_kind kind, const char *label,
	const char *text, size_t n); /* the same of n > 0 bytes without NUL */
int record_add_occasion(struct record *record, enum record_occasion_kind kind, const char *name,
	const struct date *date);
/* A day of that kind stands there that cannot be read: that it is not among the occasions says nothing. */
void record_hush_day(struct record *record, enum record_occasion_kind kind);
int record_add_event(struct record *record, enum record_event_kind kind, int32_t day);

/* Brings the values of that kind into the order of their preferences, and says in the first one's label that
 * it is preferred: where there are several, and one is. 0 or -ENOMEM. */
int record_prefer(struct record *record, enum record_kind kind);

/* The first occasion of that kind, or NULL. */
struct record_occasion *record_find_occasion(
	const struct record *record, enum record_occasion_kind kind);

#endif
