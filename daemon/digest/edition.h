/* SPDX-License-Identifier: MIT */
/*
 * edition: one digest at one moment: its cover, its agenda and its document.
 */
#ifndef NUDGE_DIGEST_EDITION_H
#define NUDGE_DIGEST_EDITION_H

#include "book/digests.h"
#include "conf/conf.h"
#include "digest/compose.h"

/* A coffee for the calendar: a file that goes with the mail. */
struct edition_file {
	char *name, *type, *text;
	int64_t coffee, mark; /* what it told of which one, as TOLD_CALENDAR has it */
};

struct edition {
	bool is_welcome;
	bool returned;      /* the first after a holiday */
	bool tells_trouble; /* which by itself is a reason for a mail */
	int64_t tells_past; /* the end of a trouble that it tells of, 0: none; another such reason */
	int32_t floor_day;
	struct cover cover;
	struct agenda agenda;
	size_t n_later; /* so many items of a welcome are left to the next one */
	struct document document;
	int64_t *mentions; /* the contacts it speaks of */
	size_t n_mentions;
	struct edition_file
		*files; /* a coffee each that has a time, where the digest wants them, */
	size_t n_files;
	struct compose_corrected *corrected; /* of which these put right what a mail has said */
	size_t n_corrected;
};
void edition_done(struct edition *edition);
#define _cleanup_edition_ _cleanup_(edition_done)

/* Makes the edition that `digest` would write at the instant `now`. With a state, what it has told is
 * left out, and its first one is a welcome; without one (NULL) it is what stands on that day. Commands in it
 * act on the digest's book, of the file `config` (NULL: of none). Nothing is recorded. */
int edition_prepare(struct edition *ret, struct store *store, const char *config,
	const struct conf_digest *digest, const struct digest_state *state, int64_t now,
	struct err *reterr);

/* The same for a slot that is being taken, in its transaction: what it suggests for the first time goes on
 * record, and has a handle. */
int edition_take(struct edition *ret, struct store *store, const char *config,
	const struct conf_digest *digest, const struct digest_state *state, int64_t now,
	struct err *reterr);

/* What is asked for: */
struct edition_wanted {
	int days;          /* from today on; 0: as far as the digest would speak */
	bool missed;       /* and back for COVER_SINGLY_DAYS */
	const bool *kinds; /* of the digest's, by enum item_kind; NULL: all of them */
	bool brief;        /* of who has an occasion the name alone */
};
/* The agenda alone, in its order of the mail, by the digest's settings, from the day of `now` on. */
int edition_agenda(struct agenda *ret, struct store *store, const struct conf_digest *digest,
	int64_t now, const struct edition_wanted *wanted, struct err *reterr);

/* Who sits at a terminal: language, command, the moment, and whether it is about days to come too. */
struct edition_reader {
	const char *language;
	const char *command; /* by which they reach the book: "nudge -b club" */
	int64_t now;
	bool ahead;
};

/* What a mail of that agenda would say, to them alone: with notes and names. The next digest is that of
 * the settings, where it goes to anybody. */
int edition_describe(struct document *ret, struct store *store, const struct agenda *agenda,
	const struct conf_digest *digest, const struct edition_reader *reader, struct err *reterr);

/* Adds the whole message (RFC 5322) to `out`. */
int edition_write_message(const struct edition *edition, const struct conf *conf,
	const struct conf_digest *digest, const char *message_id, int64_t now, struct str *out,
	struct err *reterr);

#endif
