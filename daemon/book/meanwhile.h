/* SPDX-License-Identifier: MIT */
/*
 * meanwhile: what others change in the database while a copy of it is worked on.
 *
 * As long as somebody listens, each transaction that is committed leaves a changeset of SQLite's session
 * extension in the table `meanwhile`, so that the same can be done to the copy. What could mean something
 * else there than it did here is refused: the copy is given up then.
 */
#ifndef NUDGE_BOOK_MEANWHILE_H
#define NUDGE_BOOK_MEANWHILE_H

#include "book/store.h"

/* For store.c, of every transaction that writes: after its begin, before its commit, at its end. A listener whose
 * process is no more is forgotten. */
int meanwhile_begin(struct store *store, struct err *reterr);
int meanwhile_keep(struct store *store, struct err *reterr);
void meanwhile_end(struct store *store);

/* One listener at a time: the last one. *ret is its number. */
int meanwhile_listen(struct store *store, int64_t *ret, struct err *reterr);
/* 1, or 0 where another does by now, or the table was emptied. */
int meanwhile_is_listening(struct store *store, int64_t listener, struct err *reterr);
/* Nothing is left behind; nothing happens where somebody else listens by now. */
int meanwhile_stop(struct store *store, int64_t listener, struct err *reterr);

/* In a fresh copy: numbers are left free for those that others give out meanwhile; those of which none is given
 * in the copy are taken back by meanwhile_close_room(). Both in a transaction. */
#define MEANWHILE_ROOM 1000
int meanwhile_leave_room(struct store *copy, struct err *reterr);
int meanwhile_close_room(struct store *copy, struct err *reterr);

/* Whether the copy's owner has changed the contact: what others did to the same one is not taken over. */
typedef bool meanwhile_is_ours(const void *userdata, int64_t contact);

#define MEANWHILE_REFUSED 1

/* Does to the copy what was done after change number *last, in a transaction of each. *ret_n: by how many
 * transactions. 0, MEANWHILE_REFUSED (the copy is of no use any more) or a negative error. */
int meanwhile_take(struct store *store, struct store *copy, int64_t listener, int64_t *last,
	meanwhile_is_ours *is_ours, const void *userdata, uint32_t *ret_n, struct err *reterr);

#endif
