/* SPDX-License-Identifier: MIT */
/*
 * copies: a number for a text, such as how often a file has had the same card by now.
 */
#include "exchange/copies.h"

#include "core/sha256.h"

#include <stdlib.h>
#include <string.h>

/* Half of a digest: two keys do not meet by chance, nor because somebody would like them to. */
struct copies_slot {
	uint64_t hash[2];
	int64_t number; /* 0: free */
};

void copies_done(struct copies *copies)
{
	free(copies->slots);
	*copies = (struct copies){ 0 };
}

static void copies_hash(const char *key, uint64_t ret[2])
{
	uint8_t digest[SHA256_SIZE];

	sha256(key, strlen(key), digest);
	memcpy(ret, digest, 2 * sizeof(*ret));
}

static struct copies_slot *copies_place(const struct copies *copies, const uint64_t hash[2])
{
	size_t at = (size_t)hash[0] & (copies->size - 1);

	while (copies->slots[at].number &&
		memcmp(copies->slots[at].hash, hash, sizeof(copies->slots[at].hash)) != 0)
		at = (at + 1) & (copies->size - 1);
	return &copies->slots[at];
}

int64_t copies_get(const struct copies *copies, const char *key)
{
	uint64_t hash[2];
	int64_t number;

	if (!copies->size)
		return 1;
	copies_hash(key, hash);
	number = copies_place(copies, hash)->number;
	return number ? number : 1;
}

static int copies_grow(struct copies *copies, struct err *reterr)
{
	struct copies bigger = *copies;

	bigger.size = copies->size ? copies->size * 2 : 64;
	bigger.slots = calloc(bigger.size, sizeof(*bigger.slots));
	if (!bigger.slots)
		return err_oom(reterr);
	for (size_t i = 0; i < copies->size; i++)
		if (copies->slots[i].number)
			*copies_place(&bigger, copies->slots[i].hash) = copies->slots[i];
	free(copies->slots);
	*copies = bigger;
	return 0;
}

int copies_set(struct copies *copies, const char *key, int64_t number, struct err *reterr)
{
	struct copies_slot *slot;
	uint64_t hash[2];
	int r = (copies->n + 1) * 2 > copies->size ? copies_grow(copies, reterr) : 0;

	if (r < 0)
		return r;
	copies_hash(key, hash);
	slot = copies_place(copies, hash);
	copies->n += slot->number == 0;
	memcpy(slot->hash, hash, sizeof(slot->hash));
	slot->number = number;
	return 0;
}
