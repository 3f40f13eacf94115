/* SPDX-License-Identifier: MIT */
/*
 * schema: the tables, and how an older database becomes one of today.
 */
#ifndef NUDGE_BOOK_SCHEMA_H
#define NUDGE_BOOK_SCHEMA_H

#include "book/store.h"

/* Brings the database to the newest version, each step in a transaction of its own. -ESTALE: it is
 * of a newer version than this program; -EMEDIUMTYPE: of another application. Untouched then. */
int schema_migrate(struct store *store, struct err *reterr);

/* 0, or -ESTALE where the database has other tables than this program's; nothing is changed. */
int schema_require(struct store *store, struct err *reterr);

/* 0, or -ESTALE where tables of that version are none that this program knows. */
int schema_check_version(const char *path, int64_t version, struct err *reterr);

int schema_version(void); /* the newest */

#endif
