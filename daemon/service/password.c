/* SPDX-License-Identifier: MIT */
/*
 * password: whether there is one to log in with, looked at while nothing is to be sent.
 */
#include "service/password.h"

#include "book/troubles.h"
#include "post/route.h"
#include "post/secret.h"
#include "service/journal.h"

#include <stdlib.h>
#include <sysexits.h>

static int password_find(const struct conf *conf, struct err *reterr)
{
	_cleanup_route_ struct route route = { 0 };
	int r = route_make(&route, conf, reterr);

	if (r == 0 && route.server.password_file)
		r = secret_check_file(
			route.server.password_file, getenv("CREDENTIALS_DIRECTORY"), reterr);
	return r;
}

int password_look(struct store *store, const struct conf *conf, int64_t now, struct err *ret)
{
	struct err failed;
	bool missing = password_find(conf, ret) < 0;
	int r = missing ? troubles_set(store, TROUBLES_PASSWORD, now, ret->text, &failed)
			: troubles_clear(store, TROUBLES_PASSWORD, &failed);

	if (missing)
		journal_tell(LOG_ERR, JOURNAL_LOGIN, "%s", ret->text);
	else
		ret->text[0] = '\0';
	if (r < 0)
		journal_tell(LOG_ERR, JOURNAL_DATABASE, "%s", failed.text);
	return missing ? EX_NOPERM : r < 0 ? EX_TEMPFAIL : 0;
}
