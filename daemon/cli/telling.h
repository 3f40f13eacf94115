/* SPDX-License-Identifier: MIT */
/*
 * telling: what tells people apart among whom one is meant: "Acme, Köln", "birthday: 12 March 1984".
 */
#ifndef NUDGE_CLI_TELLING_H
#define NUDGE_CLI_TELLING_H

#include "book/contacts.h"
#include "book/occasions.h"
#include "core/str.h"

struct telling {
	struct contact contact;
	struct occasions occasions;
};
struct telling_list {
	struct telling *all;
	size_t n;
};
void telling_list_done(struct telling_list *list);

/* 0, or a negative error. */
int telling_list_add(struct telling_list *list, struct store *store, int64_t book, int64_t id,
	struct err *reterr);

/* Adds, each behind a comma, up to three short things by which that one differs from another of the list. */
void telling_add(struct str *out, const struct telling_list *list, size_t which);

#endif
