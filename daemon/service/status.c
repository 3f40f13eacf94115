/* SPDX-License-Identifier: MIT */
/*
 * status: the service's state in one line.
 */
#include "service/status.h"

#include "book/mailed.h"
#include "book/outbox.h"
#include "core/day.h"
#include "core/zone.h"
#include "digest/slot.h"

#include <string.h>

#define STATUS_TROUBLE_BYTES 120

/* The digest of nudged.conf that is due first; false where none ever is. */
static bool status_first(struct store *store, const struct conf *conf, int64_t now,
	const struct conf_digest **ret, int64_t *ret_due)
{
	*ret = NULL;
	for (size_t i = 0; i < conf->n_digests; i++) {
		int64_t due = 0;

		if (slot_due(store, &conf->digests[i], now, &due, NULL) != 0)
			continue;
		if (*ret && due >= *ret_due)
			continue;
		*ret = &conf->digests[i];
		*ret_due = due;
	}
	return *ret != NULL;
}

/* Or one of the database, where that is earlier. It is borrowed from the roster. */
static bool status_first_of_all(
	struct slots *slots, int64_t now, const struct conf_digest **ret, int64_t *ret_due)
{
	bool found = status_first(slots->roster.store, slots->conf, now, ret, ret_due);
	int64_t due = 0, id;

	if (hosted_next(slots->roster.store, &due, &id, NULL) != 1 || (found && due >= *ret_due) ||
		roster_load(&slots->roster, id, ret, NULL) != 1)
		return found;
	*ret_due = due > now ? due : now;
	return true;
}

static void status_add_next(struct str *out, const struct conf_digest *digest, int64_t due)
{
	static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	struct civil civil = zone_civil(digest->zone, due);
	char text[DAY_TEXT_SIZE];
	struct date date = day_date(civil.day);

	str_addf(out, "Next digest: %s on %s %s at %02d:%02d %s.", digest->name,
		days[day_weekday(civil.day) - MONDAY], day_format(&date, text), civil.second / 3600,
		civil.second / 60 % 60, digest->timezone);
}

/* What hangs; nothing where nothing does. */
static void status_add_mails(struct str *out, const struct outbox_counts *counts)
{
	int64_t waiting = counts->queued + counts->attempting;

	if (waiting)
		str_addf(out, " %lld %s.", (long long)waiting,
			waiting == 1 ? "mail waits" : "mails wait");
	if (counts->in_doubt)
		str_addf(out, " %lld in doubt.", (long long)counts->in_doubt);
}

struct status_refused {
	const struct conf *conf;
	struct str first; /* digest's name */
	unsigned n;
};

static void status_count_refused(void *userdata, const char *digest, bool hosted)
{
	struct status_refused *refused = userdata;
	bool there = hosted;

	for (size_t i = 0; !there && i < refused->conf->n_digests; i++)
		there = str_equal(refused->conf->digests[i].name, digest);
	if (there && !refused->n++)
		str_add(&refused->first, digest);
}

/* The next that arrives ends it, as does whoever pauses the digest or takes it out. */
static void status_add_refused(struct str *out, struct slots *slots)
{
	struct status_refused refused = { .conf = slots->conf };

	if (mailed_each_refused(slots->roster.store, status_count_refused, &refused, NULL) == 0 &&
		refused.n == 1)
		str_addf(out,
			"A mail of digest %s was refused for good, and none has arrived since: `nudge doctor` tells why. ",
			str_text(&refused.first));
	else if (refused.n)
		str_addf(out,
			"Mails of %u digests were refused for good, and none has arrived since: `nudge doctor` tells why. ",
			refused.n);
	str_done(&refused.first);
}

/* Words of servers and of the system may end as a sentence does. */
static bool status_is_ended(const char *sentence)
{
	return strchr(".!?", sentence[strlen(sentence) - 1]) != NULL;
}

/* A line is no place for all that is allowed in a setting: its beginning has file and line. */
static void status_add_trouble(struct str *out, const char *trouble)
{
	size_t n = strlen(trouble);

	if (n <= STATUS_TROUBLE_BYTES) {
		str_addf(out, "Trouble: %s%s ", trouble, status_is_ended(trouble) ? "" : ".");
		return;
	}
	for (n = STATUS_TROUBLE_BYTES; n > 0 && trouble[n] != ' '; n--)
		;
	str_addf(out, "Trouble: %.*s ... (`nudge status` has all of it). ",
		(int)(n ? n : STATUS_TROUBLE_BYTES), trouble);
}

void status_write(
	struct str *out, struct slots *slots, const struct clock *clock, const char *trouble)
{
	_cleanup_str_ struct str mails = STR_INIT, refused = STR_INIT;
	struct outbox_counts counts = { 0 };
	const struct conf_digest *digest;
	int64_t due = 0;

	if (slots->roster.store && outbox_count(slots->roster.store, &counts, NULL) == 0)
		status_add_mails(&mails, &counts);
	if (counts.refused)
		status_add_refused(&refused, slots);
	/* The trouble first: the line may be cut by the terminal's width. */
	if (*trouble)
		status_add_trouble(out, trouble);
	else if (!mails.len && !refused.len)
		str_add(out, "All is well. ");
	str_add(out, str_text(&refused));
	if (slots->roster.store && status_first_of_all(slots, clock_now(clock), &digest, &due))
		status_add_next(out, digest, due);
	else if (!*trouble)
		str_add(out, "No digest is due any more.");
	str_add(out, str_text(&mails));
}
