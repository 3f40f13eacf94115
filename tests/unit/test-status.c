/* SPDX-License-Identifier: MIT */
#include "service/status.h"

#include "network.h"

static const char *status_at(
	struct network *n, struct str *out, const char *when, const char *trouble)
{
	struct slots slots = { .conf = n->conf, .roster.store = n->store };
	struct clock clock;

	str_clear(out);
	CHECK_INT(clock_pretend(&clock, when, NULL), 0);
	status_write(out, &slots, &clock, trouble);
	roster_done(&slots.roster);
	return str_text(out);
}

static void next_digest_comes_first(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	network_open(&n);
	network_configure(&n,
		"{ name = \"d\"; cadence = \"*-*-* 07:00\"; },"
		" { name = \"week\"; cadence = \"Mon 06:00\"; }");
	(void)network_take(&n, network_at(&n, "2026-11-22 07:00"));
	network_settle(&n, 1, NETWORK_SENT, 0);
	/* A digest that was never claimed is due now. */
	CHECK_TEXT(status_at(&n, &out, "2026-11-22T12:00:00+01:00", ""),
		"All is well. Next digest: week on Sun 2026-11-22 at 12:00 Europe/Berlin.");
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
	CHECK_TEXT(status_at(&n, &out, "2026-11-22T12:00:00+01:00", ""),
		"All is well. Next digest: d on Mon 2026-11-23 at 07:00 Europe/Berlin.");
}

static void mails_and_trouble_follow(void)
{
	static const struct {
		enum network_end end;
		const char *more;
	} rows[] = {
		{ NETWORK_SENT, "" },
		{ NETWORK_REFUSED, "" },
		{ NETWORK_QUEUED, " 1 mail waits." },
		{ NETWORK_DOUBT, " 1 in doubt." },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;

		TEST_ROW("row %zu", i);
		network_open(&n);
		network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
		(void)network_take(&n, network_at(&n, "2026-11-22 07:00"));
		network_settle(&n, 1, rows[i].end, 0);
		str_addf(&expected,
			"Trouble: the disk is full. %sNext digest: d on Mon 2026-11-23 at 07:00"
			" Europe/Berlin.%s",
			rows[i].end == NETWORK_REFUSED
				? "A mail of digest d was refused for good, and none has arrived since: "
				  "`nudge doctor` tells why. "
				: "",
			rows[i].more);
		CHECK_TEXT(status_at(&n, &out, "2026-11-22T12:00:00+01:00",
				   i ? "the disk is full" : "the disk is full."),
			str_text(&expected));
	}
}

/* "All is well" would contradict what `nudge doctor` says. */
static void a_refused_mail_is_told_until_one_arrives(void)
{
	static const char said[] =
		"A mail of digest d was refused for good, and none has arrived since: `nudge doctor` tells why. "
		"Next digest: d on Mon 2026-11-23 at 07:00 Europe/Berlin.";
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
	(void)network_take(&n, network_at(&n, "2026-11-22 07:00"));
	network_settle(&n, 1, NETWORK_REFUSED, 0);
	CHECK_TEXT(status_at(&n, &out, "2026-11-22T12:00:00+01:00", ""), said);
	/* Who has taken the digest out is not told of it. */
	network_configure(&n, "{ name = \"e\"; cadence = \"*-*-* 07:00\"; }");
	CHECK(str_starts(status_at(&n, &out, "2026-11-22T12:00:00+01:00", ""), "All is well. "));
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-22"));
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	network_settle(&n, network_ask(&n, "SELECT max(id) FROM delivery"), NETWORK_SENT, 0);
	CHECK(str_starts(status_at(&n, &out, "2026-11-23T12:00:00+01:00", ""), "All is well. "));
}

/* The line begins with what is wrong and where; what is allowed there would fill a screen. */
static void a_long_trouble_is_cut(void)
{
	_cleanup_str_ struct str out = STR_INIT, words = STR_INIT;
	_cleanup_network_ struct network n = { 0 };
	const char *line, *end;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
	str_add(&words, "/etc/nudged/nudged.conf:2: digests.name:");
	for (int i = 0; i < 40; i++)
		str_add(&words, " so m\303\266glich");
	line = status_at(&n, &out, "2026-11-22T12:00:00+01:00", str_text(&words));
	end = strstr(line, " ... (`nudge status` has all of it). Next digest: ");
	CHECK(str_starts(line, "Trouble: /etc/nudged/nudged.conf:2: digests.name: so"));
	CHECK(end && end - line < 140 && end - line > 100 && end[-1] != ' ');
}

TEST_MAIN(TEST(a_long_trouble_is_cut), TEST(next_digest_comes_first),
	TEST(mails_and_trouble_follow), TEST(a_refused_mail_is_told_until_one_arrives))
