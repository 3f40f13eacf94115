/* SPDX-License-Identifier: MIT */
/*
 * mx: who takes the mail of a domain, by the DNS (RFC 5321 section 5.1).
 */
#ifndef NUDGE_BASE_MX_H
#define NUDGE_BASE_MX_H

#include <stdbool.h>
#include <stddef.h>

#define MX_HOST_SIZE 256 /* bytes of a host's name and its NUL, RFC 1035 section 2.3.4 */

/* Asks for the MX record of least preference; `ret` is its host in lower case. False: there is none, nobody answers
 * within some seconds, or the domain is one that stands for no real one (RFC 2606, RFC 6761). What comes from the
 * DNS may be anybody's: a proposal to be looked at, or the key to what is known. */
bool mx_look_up(const char *domain, char ret[MX_HOST_SIZE]);

/* The same of an answer as the DNS has it (RFC 1035 section 4). */
bool mx_parse(const unsigned char *answer, size_t n, char ret[MX_HOST_SIZE]);

#endif
