/* SPDX-License-Identifier: MIT */
#include "digest/invitation.h"

#include "test.h"

#include <string.h>

static void invitations_are_written(void)
{
	_cleanup_str_ struct str out = STR_INIT;

	/* 2026-11-24 15:00 in Berlin, written at 07:00 */
	invitation_write(&out,
		&(struct invitation){ .uid = "c4.main.0123@nudged",
			.summary = "Kaffee mit Ben; Weber, \\ Söhne",
			.place = "Café\nATTENDEE:mailto:evil@example.org",
			.from = 1795528800,
			.stamp = 1795413600 });
	CHECK_TEXT(str_text(&out),
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nudged//digest//EN\r\n"
		"BEGIN:VEVENT\r\nUID:c4.main.0123@nudged\r\nDTSTAMP:20261123T060000Z\r\n"
		"SEQUENCE:29923560\r\nDTSTART:20261124T140000Z\r\nDTEND:20261124T150000Z\r\n"
		"SUMMARY:Kaffee mit Ben\\; Weber\\, \\\\ Söhne\r\n"
		"LOCATION:Café\\nATTENDEE:mailto:evil@example.org\r\n"
		"END:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void no_place_and_an_early_year(void)
{
	_cleanup_str_ struct str out = STR_INIT;

	invitation_write(
		&out, &(struct invitation){ .uid = "u", .summary = "s", .from = -1, .stamp = 0 });
	CHECK(!strstr(str_text(&out), "LOCATION"));
	CHECK(strstr(str_text(&out), "DTSTART:19691231T235959Z\r\nDTEND:19700101T005959Z\r\n"));
}

/* RFC 5545 section 3.8.1.11, and a number of 3.3.8 that grows. */
static void what_falls_through_says_so(void)
{
	_cleanup_str_ struct str out = STR_INIT, later = STR_INIT;
	struct invitation invitation = {
		.uid = "u", .summary = "s", .from = 0, .stamp = 0, .cancelled = true
	};

	invitation_write(&out, &invitation);
	CHECK(strstr(str_text(&out), "SEQUENCE:0\r\nSTATUS:CANCELLED\r\nDTSTART:19700101T"));
	invitation.stamp = (INT64_C(1) << 31) * 60 - 1;
	invitation.cancelled = false;
	invitation_write(&later, &invitation);
	CHECK(strstr(str_text(&later), "SEQUENCE:2147483647\r\nDTSTART:19700101T"));
}

static void lines_are_folded(void)
{
	_cleanup_str_ struct str out = STR_INIT, place = STR_INIT;
	size_t line = 0;

	for (int i = 0; i < 100; i++)
		str_add(&place, "ü☕");
	invitation_write(&out,
		&(struct invitation){ .uid = "u", .summary = "s", .place = str_text(&place) });
	for (const char *p = str_text(&out); *p; p++) {
		line = *p == '\n' ? 0 : line + 1;
		if (!CHECK(line <= 76)) /* 75 octets and the CR */
			break;
		/* No character is cut. */
		if (p[0] == '\n' && p[1] == ' ' && !CHECK(((unsigned char)p[2] & 0xc0) != 0x80))
			break;
	}
}

TEST_MAIN(TEST(invitations_are_written), TEST(no_place_and_an_early_year),
	TEST(what_falls_through_says_so), TEST(lines_are_folded))
