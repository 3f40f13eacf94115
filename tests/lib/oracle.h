/* SPDX-License-Identifier: MIT */
/*
 * oracle: what each digest of a book must tell, kept without a database and without the code that is
 * under test: the rules of covers, of occasions, of what is open and of touches, by counting.
 */
#ifndef NUDGE_TESTS_ORACLE_H
#define NUDGE_TESTS_ORACLE_H

#include "almanac.h"

#include <stddef.h>

#define ORACLE_DIGESTS    2
#define ORACLE_OCCASIONS  30
#define ORACLE_SAID       6
#define ORACLE_OPEN       24
#define ORACLE_TOUCHES    10
#define ORACLE_MESSAGES   512
#define ORACLE_TOLD       16384
#define ORACLE_ITEMS      4096
#define ORACLE_FIRST_YEAR 1990
#define ORACLE_YEARS      230
#define ORACLE_NO_DAY     (-100000)

struct oracle_occasion {
	int64_t number;
	int year, month, day; /* year 0: unknown */
	bool is_met, dropped;
	int32_t entered;
	int32_t from[ORACLE_DIGESTS]; /* dated before it, it was too late for that digest */
	struct {
		int year;
		bool done;
		int32_t until; /* ORACLE_NO_DAY: not put back */
		int32_t from[ORACLE_DIGESTS];
	} said[ORACLE_SAID];
	int n_said;
	/* In how many messages it stands that reached somebody, or may have: b told, l announced. */
	uint8_t b[ORACLE_DIGESTS][ORACLE_YEARS], l[ORACLE_DIGESTS][ORACLE_YEARS];
};

/* A follow-up (f), a thank-you (y), an offer (o), a coffee (c). */
struct oracle_open {
	char letter;
	int64_t number;
	bool closed;
	int32_t due;                               /* of an offer: the day it was entered */
	enum { INVITED, AGREED, MET, TOLD } stage; /* of a coffee; TOLD: thanked, outcome wanted */
	int32_t stage_day, day, until;             /* day, until: ORACLE_NO_DAY: none */
};

struct oracle_touch {
	int64_t number, contact;
	int span;
	int32_t since, until; /* ORACLE_NO_DAY: none */
	/* When that digest showed it last, in a message that reached somebody, or may have. */
	int32_t shown[ORACLE_DIGESTS];
	const struct oracle_message *message[ORACLE_DIGESTS];
};

enum oracle_state { QUEUED, ATTEMPTING, IN_DOUBT, SENT, REFUSED, WITHDRAWN };

struct oracle_message {
	int digest;
	int64_t id;
	int32_t today; /* it was written */
	struct oracle_message
		*speaker; /* the one that speaks for its cover: itself, or a later one */
	bool delivered;   /* that one arrived */
	int n;
	struct {
		int64_t id;
		enum oracle_state state;
	} to[2];
};

struct oracle_digest {
	const char *zone;
	const struct almanac_cadence *cadence;
	int lead_days, touch_max, n_to;
	bool mar1, send_empty;

	const char *known_zone; /* as they were when it was last asked */
	const struct almanac_cadence *known_cadence;
	int64_t since;
	bool has_claim;
	int64_t last_slot, claimed_at;
	int32_t from, to;
	int32_t spoken_from; /* of its last cover that holds a day */
};

struct oracle {
	struct oracle_digest digests[ORACLE_DIGESTS];
	struct oracle_occasion occasions[ORACLE_OCCASIONS];
	struct oracle_open open[ORACLE_OPEN];
	struct oracle_touch touches[ORACLE_TOUCHES];
	struct oracle_message messages[ORACLE_MESSAGES];
	struct {
		int message;
		char kind;
		int64_t number, mark;
	} told[ORACLE_TOLD];
	size_t n_occasions, n_open, n_touches, n_messages, n_told;
	int32_t paused_until; /* ORACLE_NO_DAY: not */
};

void oracle_init(struct oracle *oracle);

/* From now on counts what was said of the occasion: it was entered, or its day was corrected. */
void oracle_date(struct oracle *oracle, struct oracle_occasion *occasion);
/* Of that year's occurrence. NULL where too much was said. */
void oracle_say(struct oracle *oracle, struct oracle_occasion *occasion, int year, bool done,
	int32_t until);

/* One thing that is told. */
struct oracle_item {
	char kind; /* as in the table told */
	int64_t number, mark;
	bool may; /* it may be told as well as not */
	bool long_past;
};

struct oracle_digest_due {
	bool claimed, welcome;
	int64_t now;
	int64_t slot; /* where not claimed: the next one, */
	bool never;   /* if there is one */
	int32_t today, from, to;
	int32_t next;     /* the day of the next digest after this one */
	bool all_arrived; /* each day before `from` was spoken for in a mail that arrived */
	struct oracle_item items[ORACLE_ITEMS];
	size_t n;
};

/* A message was withdrawn since one last arrived, or is held in doubt: that may be a reason for a mail by
 * itself. */
bool oracle_may_tell_trouble(const struct oracle *oracle, int d);
/* Before that: where more than a year lies behind the last claim, the clock is believed now. */
bool oracle_believe(struct oracle *oracle, int d, int64_t now);
/* What digest d does at that instant; what it withdraws is withdrawn here. */
void oracle_expect(struct oracle *oracle, int d, int64_t now, struct oracle_digest_due *ret);

/* It was claimed, as expected; the message it wrote, or NULL. */
struct oracle_message *oracle_claim(
	struct oracle *oracle, int d, const struct oracle_digest_due *due, int64_t message);
void oracle_tell(struct oracle *oracle, char kind, int64_t number, int64_t mark);
void oracle_settle(
	struct oracle *oracle, struct oracle_message *message, int to, enum oracle_state state);

#endif
