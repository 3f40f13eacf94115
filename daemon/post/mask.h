/* SPDX-License-Identifier: MIT */
/*
 * mask: the secret taken out of what a mail server says, should it repeat it.
 *
 * It knows fingerprints of the secret, not the secret: that is kept for the login only.
 */
#ifndef NUDGE_POST_MASK_H
#define NUDGE_POST_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MASK_SHORTEST 4  /* bytes of a secret: a shorter one would be found in any sentence */
#define MASK_START    16 /* bytes by which a longer one is known where it was cut */

struct mask_form {
	size_t start, length; /* start: the first bytes, at most MASK_START */
	uint64_t start_print, print;
	bool encoded;
};

struct mask {
	uint64_t key;              /* any number, the caller's: the fingerprints depend on it */
	struct mask_form forms[4]; /* plain, and in base64 by what may stand before it */
	size_t n;
};

/* Forgets the one before. */
void mask_learn(struct mask *mask, const char *secret);

/* "***" in place of the secret, as it is or in base64, there with all that it is encoded with; of one that
 * was cut, in place of all that follows its start. The text, of reply_clean() or made of such, becomes no longer. */
void mask_apply(const struct mask *mask, char *text);

#endif
