/* SPDX-License-Identifier: MIT */
/*
 * likeness: spellings of one name, number or address brought to one form, so that doubles show.
 *
 * A form is for comparing, never for showing. What holds nothing to compare adds nothing.
 */
#ifndef NUDGE_CORE_LIKENESS_H
#define NUDGE_CORE_LIKENESS_H

#include "core/str.h"

/* A name's words, folded, one space between them: "Dr. Müller, Änne-Marie" is "aenne marie mueller".
 * Titles are left out, and what stands behind a comma goes first. */
void likeness_add_name(struct str *out, const char *name);

enum likeness {
	LIKENESS_DIFFERENT, /* nothing in common */
	LIKENESS_FAMILY,    /* a word in common, but another first name */
	LIKENESS_OPEN,      /* too little to tell: "Mum", "A. S." */
	LIKENESS_GIVEN,     /* the first name, and another behind it */
	LIKENESS_ALIKE,     /* one may be a shorter or misspelt form of the other: "A. Schmidt" */
	LIKENESS_SAME,      /* the same words in any order */
};
/* How two forms of names stand to each other, either way round. Of many words the first eight count. */
enum likeness likeness_names(const char *a, const char *b);

/* A telephone number's digits, with a plus before those that begin with a country's code: "+49 (0)
 * 173/5098" and "0049 173 5098" are "+491735098", "0173 5098" is "1735098". */
void likeness_add_phone(struct str *out, const char *phone);
/* Whether two forms are one number; one of them may lack the country's code. */
bool likeness_phones(const char *a, const char *b);
/* The same of two numbers as they were written; false also where memory ran out. */
bool likeness_phones_as_written(const char *a, const char *b);
/* The end of a form that all spellings of a number share. */
const char *likeness_phone_end(const char *form);

/* A URL without scheme, "www.", fragment and slash at its end, in lower case; of profiles (LinkedIn,
 * Xing) without country and query. */
void likeness_add_link(struct str *out, const char *link);
/* Whether two are one page as they were written; false also where memory ran out. */
bool likeness_links_as_written(const char *a, const char *b);
/* Whether the form is a page of its own and not a whole site, which many may share. */
bool likeness_link_is_page(const char *form);

#endif
