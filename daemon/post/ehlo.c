/* SPDX-License-Identifier: MIT */
/*
 * ehlo: what the server's reply to EHLO offers (RFC 5321 section 4.1.1.1).
 */
#include "post/ehlo.h"

#include "core/str.h"

#include <string.h>

void ehlo_read_line(struct ehlo_offer *offer, const char *line, size_t n)
{
	static const struct {
		const char *keyword;
		size_t at;
	} rows[] = {
		{ "PIPELINING", offsetof(struct ehlo_offer, pipelining) },
		{ "SIZE", offsetof(struct ehlo_offer, size) },
		{ "8BITMIME", offsetof(struct ehlo_offer, eightbit) },
		{ "SMTPUTF8", offsetof(struct ehlo_offer, smtputf8) },
		{ "STARTTLS", offsetof(struct ehlo_offer, starttls) },
		{ "AUTH", offsetof(struct ehlo_offer, auth) },
	};
	char text[128], *argument;

	if (n < 4)
		return;
	/* A list of mechanisms may be long; of it the keyword is enough. */
	n = n - 4 < sizeof(text) ? n - 4 : sizeof(text) - 1;
	memcpy(text, line + 4, n);
	text[n] = '\0';
	/* "AUTH=" is how servers of the last century spelled it. */
	argument = text + strcspn(text, " =\r\n");
	if (*argument)
		*argument++ = '\0';
	argument[strcspn(argument, " \r\n")] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_casecmp(text, rows[i].keyword) == 0)
			*(bool *)((char *)offer + rows[i].at) = true;
	/* RFC 1870 section 3: no number, or 0, names no limit. */
	if (str_casecmp(text, "SIZE") == 0 && !str_number(argument, UINT64_MAX, &offer->size_max))
		offer->size_max = 0;
}
