/* SPDX-License-Identifier: MIT */
/*
 * ehlo: what the server's reply to EHLO offers (RFC 5321 section 4.1.1.1).
 */
#ifndef NUDGE_POST_EHLO_H
#define NUDGE_POST_EHLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ehlo_offer {
	bool pipelining;   /* RFC 2920 */
	bool size;         /* RFC 1870 */
	bool eightbit;     /* RFC 6152 */
	bool smtputf8;     /* RFC 6531 */
	bool starttls;     /* RFC 3207 */
	bool auth;         /* RFC 4954 */
	uint64_t size_max; /* 0: no limit is named */
};

/* Reads one line of the reply but the first, which is the server's name: "250-SIZE 1000". Unknown
 * keywords are passed over. */
void ehlo_read_line(struct ehlo_offer *offer, const char *line, size_t n);

#endif
