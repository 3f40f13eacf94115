/* SPDX-License-Identifier: MIT */
/*
 * numbers: a set of numbers.
 *
 * Open addressing, at most three quarters full. Whoever chooses the numbers can make them meet, and the set slow:
 * it is for rows of the database, and for hashes that cost a search where they meet.
 */
#include "core/numbers.h"

#include <stdlib.h>

#define NUMBERS_SIZE 64 /* at first; a power of two */
/* 2^64 divided by the golden ratio spreads numbers that follow one another (Knuth, TAOCP 6.4), in the product's
 * upper half: the lower bits of a multiple of 2^n are 0 whatever it is multiplied with. */
#define NUMBERS_SPREAD 0x9e3779b97f4a7c15U

void numbers_done(struct numbers *numbers)
{
	free(numbers->slots);
	*numbers = (struct numbers){ 0 };
}

/* The number's place, or the free one where it would stand. At least one place is free. */
static size_t numbers_place(const struct numbers *numbers, uint64_t number)
{
	size_t at = (size_t)(number * NUMBERS_SPREAD >> 32) & (numbers->size - 1);

	while (numbers->slots[at] && numbers->slots[at] != number)
		at = (at + 1) & (numbers->size - 1);
	return at;
}

static int numbers_grow(struct numbers *numbers, struct err *reterr)
{
	struct numbers bigger = *numbers;

	bigger.size = numbers->size ? numbers->size * 2 : NUMBERS_SIZE;
	bigger.slots = calloc(bigger.size, sizeof(*bigger.slots));
	if (!bigger.slots)
		return err_oom(reterr);
	for (size_t i = 0; i < numbers->size; i++)
		if (numbers->slots[i])
			bigger.slots[numbers_place(&bigger, numbers->slots[i])] = numbers->slots[i];
	free(numbers->slots);
	*numbers = bigger;
	return 0;
}

int numbers_add(struct numbers *numbers, uint64_t number, struct err *reterr)
{
	size_t at;
	int r = (numbers->n + 1) * 4 > numbers->size * 3 ? numbers_grow(numbers, reterr) : 0;

	if (r < 0)
		return r;
	at = numbers_place(numbers, number);
	numbers->n += numbers->slots[at] == 0;
	numbers->slots[at] = number;
	return 0;
}

bool numbers_has(const struct numbers *numbers, uint64_t number)
{
	return numbers->size && numbers->slots[numbers_place(numbers, number)] != 0;
}
