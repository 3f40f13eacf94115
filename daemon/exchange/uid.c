/* SPDX-License-Identifier: MIT */
/*
 * uid: what our own contacts are called in what we write.
 */
#include "exchange/uid.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define UID_NUMBER_MAX (((int64_t)1 << 56) - 1)

/* The identity has 16 digits, the number gets 14; version and variant take the two that are left. */
char *uid_of_contact(const struct store *store, int64_t contact, char buffer[UID_SIZE])
{
	const char *identity = store_identity(store);
	uint64_t number = (uint64_t)contact & UID_NUMBER_MAX;

	(void)snprintf(buffer, UID_SIZE, "urn:uuid:%.8s-%.4s-8%.3s-8%c%02x-%012" PRIx64, identity,
		identity + 8, identity + 12, identity[15], (unsigned)(number >> 48),
		number & 0xffffffffffffU);
	return buffer;
}

int64_t uid_contact(const struct store *store, const char *uid)
{
	static const char digits[] = "0123456789abcdef";
	char again[UID_SIZE];
	int64_t number = 0;
	size_t n = strlen(uid);

	if (!str_starts(uid, "urn:uuid:") || n != strlen("urn:uuid:") + 36)
		return 0;
	for (const char *p = uid + n - 15; *p; p++) {
		const char *digit = strchr(digits, *p);

		if (digit)
			number = number << 4 | (digit - digits);
	}
	return str_equal(uid_of_contact(store, number, again), uid) ? number : 0;
}

void uid_add_event(
	const struct store *store, int64_t book, char letter, int64_t number, struct str *out)
{
	str_addf(out, "%s-%" PRId64 "-%c%" PRId64 "@nudged", store_identity(store), book, letter,
		number);
}

int64_t uid_occasion(const struct store *store, int64_t book, const char *uid)
{
	_cleanup_str_ struct str again = STR_INIT;
	const char *at = strrchr(uid, 'b');
	int64_t number = 0;

	while (at && str_is_digit(*++at) && number < UID_NUMBER_MAX)
		number = number * 10 + (*at - '0');
	if (!number)
		return 0;
	uid_add_event(store, book, 'b', number, &again);
	return str_equal(str_text(&again), uid) ? number : 0;
}
