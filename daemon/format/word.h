/* SPDX-License-Identifier: MIT */
/*
 * word: header fields folded by RFC 5322 section 2.2.3, and the encoded words of RFC 2047.
 */
#ifndef NUDGE_FORMAT_WORD_H
#define NUDGE_FORMAT_WORD_H

#include "core/str.h"

/* A header field as it is written: where its current line stands. */
struct fold {
	struct str *out;
	size_t column;
	bool begun; /* something stands behind the name: a fold may come */
};

/* Characters of a line: RFC 2047 section 2 asks it of lines with encoded words. */
#define FOLD_MAX 76

/* Adds "Name: ". */
void fold_begin(struct fold *fold, struct str *out, const char *name);
/* Adds a token that is never broken, behind a space or a fold. */
void fold_add(struct fold *fold, const char *token, size_t n);
/* Adds encoded words for text of valid UTF-8, as many as it takes. */
void fold_add_encoded(struct fold *fold, const char *text, size_t n);
/* Adds unstructured text of valid UTF-8 without control characters: plain words as they are, words
 * that are not ASCII, too long for a line, or look like an encoded word, encoded. */
void fold_add_text(struct fold *fold, const char *text);
void fold_end(struct fold *fold);

/* Adds text with its encoded words decoded (UTF-8, US-ASCII, Latin-1 and Windows-1252, B and Q);
 * what is none stays as it is. The result is valid UTF-8 where `text` is. */
void word_add_decoded(struct str *out, const char *text);

#endif
