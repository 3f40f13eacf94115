/* SPDX-License-Identifier: MIT */
/*
 * guess: the word that was perhaps meant by one that is none.
 */
#include "cli/guess.h"

#include <string.h>

#define GUESS_SHORT 5

size_t guess_distance(const char *a, const char *b)
{
	size_t row[3][16] = { 0 }, n = strlen(a), m = strlen(b);

	if (n > 15 || m > 15)
		return 99;
	for (size_t j = 0; j <= m; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = row[i % 3], *above = row[(i + 2) % 3], *two_above = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);

			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
				two_above[j - 2] + 1 < best)
				best = two_above[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[n % 3][m];
}

const char *guess_word(const char *text, const char *const *words, size_t n)
{
	size_t nearest = strlen(text) <= GUESS_SHORT ? 2 : 3;
	const char *best = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t d = guess_distance(text, words[i]);

		if (d == 0)
			return NULL;
		if (d < nearest) {
			nearest = d;
			best = words[i];
		}
	}
	return best;
}
