/* SPDX-License-Identifier: MIT */
/*
 * doubles: how many of those whom an import has added may be in the book twice.
 */
#include "exchange/doubles.h"

#include "book/duplicates.h"

static int doubles_compare(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

int doubles_count(struct store *store, int64_t book, int64_t first, int64_t added, int64_t *ret,
	struct err *reterr)
{
	_cleanup_duplicates_ struct duplicates found = { 0 };
	_cleanup_free_ int64_t *people = NULL;
	size_t n = 0;
	int r;

	/* Numbers are never given twice: the last one says how many there may be at most. */
	*ret = added > DOUBLES_MAX || (added && first > DOUBLES_BOOK_MAX) ? -1 : 0;
	if (!added || *ret < 0)
		return 0;
	r = added <= DOUBLES_FEW ? duplicates_list_from(store, book, first, &found, reterr)
				 : duplicates_list(store, book, &found, reterr);
	if (r < 0 || !found.n)
		return r;
	people = calloc(found.n, sizeof(*people));
	if (!people)
		return err_oom(reterr);
	/* The later one of a pair is the one that is there a second time. */
	for (size_t i = 0; i < found.n; i++)
		if (found.all[i].other >= first)
			people[n++] = found.all[i].other;
	qsort(people, n, sizeof(*people), doubles_compare);
	for (size_t i = 0; i < n; i++)
		*ret += i == 0 || people[i] != people[i - 1];
	return 0;
}
