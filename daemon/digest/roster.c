/* SPDX-License-Identifier: MIT */
/*
 * roster: the digests that live in the database, read one at a time.
 */
#include "digest/roster.h"

#include "conf/hosted.h"

#include <errno.h>
#include <string.h>

static void roster_clear(struct roster *roster)
{
	hosted_settings_done(&roster->digest);
	hosted_done(&roster->hosted);
}

void roster_done(struct roster *roster)
{
	roster_clear(roster);
	zonecache_empty(&roster->zones);
}

/* The first error is enough for those who did not write the settings. */
static int roster_read(struct roster *roster, const struct conf_digest **ret, struct err *reterr)
{
	const struct hosted *hosted = &roster->hosted;
	_cleanup_str_ struct str errors = STR_INIT;
	int r = hosted_settings_read(&roster->digest, hosted->name, hosted->book, hosted->settings,
		&roster->zones, NULL, &errors);

	if (r == -ENOMEM)
		return err_oom(reterr);
	if (r < 0)
		return err_set(reterr, r, "digest %s: %.*s", hosted->name,
			(int)strcspn(str_text(&errors), "\n"), str_text(&errors));
	*ret = &roster->digest;
	return 1;
}

int roster_find(
	struct roster *roster, const char *name, const struct conf_digest **ret, struct err *reterr)
{
	int r;

	roster_clear(roster);
	r = hosted_find(roster->store, name, &roster->hosted, reterr);
	return r == 1 ? roster_read(roster, ret, reterr) : r;
}

int roster_load(
	struct roster *roster, int64_t digest, const struct conf_digest **ret, struct err *reterr)
{
	int r;

	roster_clear(roster);
	r = hosted_load(roster->store, digest, &roster->hosted, reterr);
	return r == 1 ? roster_read(roster, ret, reterr) : r;
}

int roster_find_of_book(
	struct roster *roster, const char *book, const struct conf_digest **ret, struct err *reterr)
{
	int r;

	roster_clear(roster);
	r = hosted_find_of_book(roster->store, book, &roster->hosted, reterr);
	return r == 1 ? roster_read(roster, ret, reterr) : r;
}

int roster_find_anywhere(struct roster *roster, const struct conf *conf, const char *name,
	const struct conf_digest **ret, struct err *reterr)
{
	const struct conf_digest *digest = conf_find_digest(conf, name);

	if (!digest)
		return roster_find(roster, name, ret, reterr);
	*ret = digest;
	return 1;
}
