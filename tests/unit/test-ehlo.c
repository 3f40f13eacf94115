/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "post/ehlo.h"
#include "test.h"

#include <string.h>

static void ehlo_lines(void)
{
	static const struct {
		const char *line;
		struct ehlo_offer offer;
	} rows[] = {
		{ "250-PIPELINING\r\n", { .pipelining = true } },
		{ "250 PIPELINING\r\n", { .pipelining = true } },
		{ "250-pipelining", { .pipelining = true } },
		{ "250-PIPELININGS\r\n", { .pipelining = false } },
		{ "250-SIZE\r\n", { .size = true } },
		{ "250-SIZE 0\r\n", { .size = true } },
		{ "250-SIZE 10240000\r\n", { .size = true, .size_max = 10240000 } },
		{ "250-SIZE 10 20\r\n", { .size = true, .size_max = 10 } },
		{ "250-SIZE lots\r\n", { .size = true } },
		{ "250-SIZE 18446744073709551615\r\n", { .size = true, .size_max = UINT64_MAX } },
		{ "250-SIZE 18446744073709551616\r\n", { .size = true } },
		{ "250-8BITMIME\r\n", { .eightbit = true } },
		{ "250-SMTPUTF8\n", { .smtputf8 = true } },
		{ "250-STARTTLS\r\n", { .starttls = true } },
		{ "250-AUTH PLAIN LOGIN\r\n", { .auth = true } },
		{ "250-AUTH=LOGIN\r\n", { .auth = true } },
		{ "250-XSOMETHING\r\n", { .auth = false } },
		{ "250-\r\n", { .auth = false } },
		{ "250", { .auth = false } },
		{ "", { .auth = false } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct ehlo_offer offer = { .auth = false };
		const struct ehlo_offer *expected = &rows[i].offer;

		TEST_ROW("%s", rows[i].line);
		ehlo_read_line(&offer, rows[i].line, strlen(rows[i].line));
		CHECK_INT(offer.pipelining, expected->pipelining);
		CHECK_INT(offer.size, expected->size);
		CHECK_INT(offer.eightbit, expected->eightbit);
		CHECK_INT(offer.smtputf8, expected->smtputf8);
		CHECK_INT(offer.starttls, expected->starttls);
		CHECK_INT(offer.auth, expected->auth);
		CHECK(offer.size_max == expected->size_max);
	}
}

/* What stands beyond n, and lines that are too long, do not count. */
static void ehlo_bounds(void)
{
	struct ehlo_offer offer = { .auth = false };
	char line[600];

	ehlo_read_line(&offer, "250-PIPELINING", 9);
	CHECK(!offer.pipelining);
	memset(line, 'A', sizeof(line));
	memcpy(line, "250-AUTH ", 9);
	ehlo_read_line(&offer, line, sizeof(line));
	ehlo_read_line(&offer, "250-SIZE 5", 10);
	CHECK(offer.size && offer.size_max == 5);
	CHECK(offer.auth);
}

TEST_MAIN(TEST(ehlo_lines), TEST(ehlo_bounds))
