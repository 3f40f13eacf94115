/* SPDX-License-Identifier: MIT */
/*
 * parse-evcard FILE: the yardstick: each card parsed by EVCard of evolution-data-server.
 */
#define _GNU_SOURCE
#include <libebook-contacts/libebook-contacts.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	static const char end[] = "END:VCARD";
	unsigned long cards = 0, attributes = 0;
	gchar *text = NULL, *card, *next;

	if (argc != 2 || !g_file_get_contents(argv[1], &text, NULL, NULL))
		return 1;
	for (card = text; (next = strstr(card, end)); card = next) {
		EVCard *parsed;

		next += strlen(end);
		while (*next == '\r' || *next == '\n')
			*next++ = '\0';
		parsed = e_vcard_new_from_string(card);
		/* It parses when it is first asked. */
		attributes += g_list_length(e_vcard_get_attributes(parsed));
		cards++;
		g_object_unref(parsed);
	}
	g_free(text);
	printf("%lu cards, %lu attributes\n", cards, attributes);
	return 0;
}
