/* SPDX-License-Identifier: MIT */
/*
 * link: URLs that a digest makes, and which of the given ones it shows as links.
 */
#ifndef NUDGE_FORMAT_LINK_H
#define NUDGE_FORMAT_LINK_H

#include "core/str.h"

/* Adds text with all but RFC 3986's unreserved characters percent-encoded. */
void link_add_encoded(struct str *out, const char *text);

/* "mailto:anna@example.org?subject=...&body=..." (RFC 6068); NULL or "": without. Line feeds of the
 * body become %0D%0A. */
void link_add_mailto(struct str *out, const char *address, const char *subject, const char *body);

/* "mailto:anna@example.org,ben@example.org?body=...": one mail to two people. */
void link_add_mailto_both(
	struct str *out, const char *address, const char *other, const char *body);

/* "tel:+4917350982352" (RFC 3966): the digits, and a plus before them, without what a person puts
 * between; "00" before a country's code is a plus, "(0)" behind it left out. An extension, "ext. 7", "x7" or "Durchwahl 7"
 * behind it, is ";ext=7". False and nothing added where `phone` holds no number: fewer than three digits, or other
 * letters. */
bool link_add_tel(struct str *out, const char *phone);

/* The URL as a link may have it: what RFC 3986 has no place for is percent-encoded, a host's name and control characters
 * apart. */
void link_add_page(struct str *out, const char *url);

/* Whether a URL may become a link: http, https, mailto or tel, UTF-8, no control characters, blanks
 * or quotes. */
bool link_is_safe(const char *url);

#endif
