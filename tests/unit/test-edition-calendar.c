/* SPDX-License-Identifier: MIT */
#include "book/coffees.h"
#include "book/digests.h"
#include "digest/edition.h"
#include "network.h"

#include <string.h>

#define DAY INT64_C(86400)

#define EVENTS "{ name = \"d\"; cadence = \"*-*-* 07:00\"; timezone = \"Europe/Berlin\"; "
#define DAILY  EVENTS "language = \"en\"; }"

#define AGREED_AT "2026-11-05 15:00"
#define CANCELLED "STATUS:CANCELLED"

static void agree(struct network *n, int64_t number, const char *day, int minute)
{
	CHECK_INT(coffees_set_day(n->store, n->book, number, network_day(day), minute, NULL), 0);
}

static void set_stage(struct network *n, int64_t number, enum coffee_stage stage, const char *day)
{
	_cleanup_coffees_ struct coffees found = { 0 };

	CHECK_INT(coffees_by_number(n->store, n->book, number, &found, NULL), 1);
	CHECK_INT(
		coffees_set_stage(n->store, n->book, found.all, stage, network_day(day), NULL), 0);
}

/* The mail of 4 November has brought the entry of the coffee on the 5th. */
static int64_t open_with_coffee(struct network *n, const char *digests)
{
	int64_t number, contact;

	network_open(n);
	network_configure(n, digests);
	CHECK(network_take(n, network_at(n, "2026-11-02 07:00")));
	network_settle(n, 1, NETWORK_SENT, network_at(n, "2026-11-02 07:00"));
	contact = network_add(n, "Ina Holm", network_day("2026-11-02"));
	CHECK_INT(coffees_add(n->store, n->book, contact, 0, &number, NULL), 0);
	set_stage(n, number, COFFEE_AGREED, "2026-11-02");
	agree(n, number, "2026-11-05", 15 * 60);
	CHECK(network_take(n, network_at(n, "2026-11-04 07:00")));
	return number;
}

static void arrives(struct network *n)
{
	network_settle(n, network_ask(n, "SELECT max(id) FROM delivery"), NETWORK_SENT,
		network_at(n, "2026-11-04 07:00"));
}

static void prepare(struct network *n, int64_t now, struct edition *ret)
{
	struct digest_state state;

	CHECK_INT(digests_load(n->store, "d", &state, NULL), 0);
	CHECK_INT(edition_prepare(ret, n->store, NULL, network_digest(n), &state, now, NULL), 0);
}

static void move(struct network *n, int64_t number)
{
	agree(n, number, "2026-11-12", 16 * 60);
}

static void move_within_the_day(struct network *n, int64_t number)
{
	agree(n, number, "2026-11-05", 18 * 60);
	set_stage(n, number, COFFEE_AGREED, "2026-11-05");
}

static void lose_the_time(struct network *n, int64_t number)
{
	agree(n, number, "2026-11-12", -1);
}

static void decline(struct network *n, int64_t number)
{
	set_stage(n, number, COFFEE_DECLINED, "2026-11-04");
}

static void meet(struct network *n, int64_t number)
{
	set_stage(n, number, COFFEE_MET, "2026-11-04");
}

static void drop(struct network *n, int64_t number)
{
	CHECK_INT(coffees_close(n->store, n->book, number, NULL), 0);
}

static void erase(struct network *n, int64_t number)
{
	CHECK_INT(network_ask_of(n,
			  "DELETE FROM contact WHERE id=(SELECT contact FROM coffee"
			  " WHERE number=?) RETURNING 1",
			  number),
		1);
}

static void leave(struct network *n, int64_t number)
{
	(void)n;
	(void)number;
}

/* What the next mail brings, on that morning. */
static void what_has_changed_is_put_right(void)
{
	static const struct {
		const char *name;
		void (*change)(struct network *n, int64_t number);
		const char *on;
		const char *start, *summary; /* NULL: it brings nothing */
		bool cancelled, corrected;
		const char *said;
	} rows[] = {
		{ "moved", move, "2026-11-05 07:00", "20261112T150000Z", "Coffee with Ina Holm",
			false, true, "with Ina Holm is now on 12 November at 16:00." },
		{ "two weeks later", move, "2026-11-19 15:00", "20261112T150000Z",
			"Coffee with Ina Holm", false, true, NULL },
		{ "a second more", move, "2026-11-19 15:01", NULL, NULL, false, false, NULL },
		{ "on its new day", move, "2026-11-11 07:00", "20261112T150000Z",
			"Coffee with Ina Holm", false, false, NULL },
		{ "on the same day", move_within_the_day, "2026-11-05 07:00", "20261105T170000Z",
			"Coffee with Ina Holm", false, false, NULL },
		{ "no time any more", lose_the_time, "2026-11-05 07:00", "20261105T140000Z",
			"Coffee with Ina Holm", true, true, "with Ina Holm has no time any more." },
		{ "declined", decline, "2026-11-05 07:00", "20261105T140000Z",
			"Coffee with Ina Holm", true, true, "with Ina Holm has fallen through." },
		{ "dropped", drop, "2026-11-05 07:00", "20261105T140000Z", "Coffee with Ina Holm",
			true, true, "with Ina Holm has fallen through." },
		{ "dropped when it was over", drop, "2026-11-06 07:00", NULL, NULL, false, false,
			NULL },
		{ "erased", erase, "2026-11-05 07:00", "20261105T140000Z", "Coffee", true, true,
			": a coffee has fallen through." },
		{ "met", meet, "2026-11-06 07:00", NULL, NULL, false, false, NULL },
		{ "as it was", leave, "2026-11-06 07:00", NULL, NULL, false, false, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str start = STR_INIT, summary = STR_INIT;
		int64_t number = open_with_coffee(&n, DAILY);
		const char *text;

		TEST_ROW("%s", rows[i].name);
		arrives(&n);
		rows[i].change(&n, number);
		prepare(&n, network_at(&n, rows[i].on), &edition);
		CHECK_INT(edition.n_files, rows[i].start ? 1 : 0);
		CHECK_INT(edition.n_corrected, rows[i].corrected);
		if (rows[i].said)
			CHECK(strstr(edition.document.closing[0], rows[i].said));
		if (!rows[i].start || edition.n_files != 1)
			continue;
		text = edition.files[0].text;
		str_addf(&start, "\r\nDTSTART:%s\r\n", rows[i].start);
		str_addf(&summary, "\r\nSUMMARY:%s\r\n", rows[i].summary);
		CHECK(strstr(text, "\r\nUID:c1.main."));
		CHECK(strstr(text, str_text(&start)));
		CHECK(strstr(text, str_text(&summary)));
		CHECK_INT(strstr(text, CANCELLED) != NULL, rows[i].cancelled);
		if (rows[i].corrected && rows[i].change != erase)
			CHECK_INT(edition.n_mentions > 0, true);
	}
}

/* By itself it is no reason to send; it goes once with what goes, and again where that did not arrive. */
static void it_goes_with_what_goes(void)
{
	static const char last[] =
		"SELECT count(*) FROM told WHERE kind='e' AND message=(SELECT max(id) FROM message)";
	_cleanup_network_ struct network n = { 0 };
	int64_t number = open_with_coffee(&n, DAILY), now = network_at(&n, "2026-11-05 07:00");

	arrives(&n);
	decline(&n, number);
	CHECK(!network_take(&n, now));
	(void)network_add_follow_up(&n, 0, "call", "2026-11-06", -1);
	CHECK(network_take(&n, now + DAY));
	CHECK_INT(network_ask(&n, last), 1);
	network_settle(
		&n, network_ask(&n, "SELECT max(id) FROM delivery"), NETWORK_REFUSED, now + DAY);
	CHECK(network_take(&n, now + 2 * DAY));
	CHECK_INT(network_ask(&n, last), 1);
	arrives(&n);
	(void)network_add_follow_up(&n, 0, "write", "2026-11-08", -1);
	CHECK(network_take(&n, now + 3 * DAY));
	CHECK_INT(network_ask(&n, last), 0);
	/* There and back: the entry is what was said last. */
	arrives(&n);
	set_stage(&n, number, COFFEE_AGREED, "2026-11-08");
	(void)network_add_follow_up(&n, 0, "read", "2026-11-09", -1);
	CHECK(network_take(&n, now + 4 * DAY));
	CHECK_INT(network_ask(&n, last), 1);
	arrives(&n);
	decline(&n, number);
	(void)network_add_follow_up(&n, 0, "sing", "2026-11-10", -1);
	CHECK(network_take(&n, now + 5 * DAY));
	CHECK_INT(network_ask(&n, last), 1);
}

/* Whom no entry has reached, nothing has to be put right. */
static void what_never_arrived_is_not_taken_back(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_edition_ struct edition edition = { 0 };
	int64_t number = open_with_coffee(&n, DAILY), now = network_at(&n, "2026-11-05 07:00");

	network_settle(&n, network_ask(&n, "SELECT max(id) FROM delivery"), NETWORK_REFUSED, now);
	decline(&n, number);
	prepare(&n, now, &edition);
	CHECK_INT(edition.n_files, 0);
}

static void settings_say_whether_and_how(void)
{
	static const struct {
		const char *digests, *summary; /* NULL: no entry */
	} rows[] = {
		{ DAILY, "\r\nSUMMARY:Coffee with Ina Holm\r\n" },
		{ EVENTS "calendar = false; }", NULL },
		{ EVENTS "language = \"en\"; subject_names = false; }", "\r\nSUMMARY:Coffee\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition due = { 0 }, changed = { 0 };
		int64_t number = open_with_coffee(&n, DAILY);

		TEST_ROW("%zu", i);
		arrives(&n);
		network_configure(&n, rows[i].digests);
		prepare(&n, network_at(&n, AGREED_AT) - 8 * 3600, &due);
		move(&n, number);
		prepare(&n, network_at(&n, AGREED_AT) - 8 * 3600, &changed);
		CHECK_INT(due.n_files, rows[i].summary ? 1 : 0);
		CHECK_INT(changed.n_files, rows[i].summary ? 1 : 0);
		if (!rows[i].summary || due.n_files != 1 || changed.n_files != 1)
			continue;
		CHECK(strstr(due.files[0].text, rows[i].summary));
		CHECK(strstr(changed.files[0].text, rows[i].summary));
	}
}

TEST_MAIN(TEST(what_has_changed_is_put_right), TEST(it_goes_with_what_goes),
	TEST(what_never_arrived_is_not_taken_back), TEST(settings_say_whether_and_how))
