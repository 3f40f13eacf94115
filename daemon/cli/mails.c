/* SPDX-License-Identifier: MIT */
/*
 * mails: the latest mails, for `nudge status --history`.
 */
#include "cli/mails.h"

#include "book/mailed.h"
#include "cli/words.h"
#include "core/day.h"
#include "digest/wording.h"

#include <string.h>

#define MAILS_SHOWN 30

void mails_add_instant(struct str *out, const struct zone *zone, int64_t instant)
{
	struct civil civil = zone_civil(zone, instant);
	struct date date = day_date(civil.day);
	int32_t offset = zone_offset(zone, instant);
	int32_t east = offset < 0 ? -offset : offset;
	char day[DAY_TEXT_SIZE];

	str_addf(out, "%sT%02d:%02d:%02d%c%02d:%02d", day_format(&date, day), civil.second / 3600,
		civil.second / 60 % 60, civil.second % 60, offset < 0 ? '-' : '+', east / 3600,
		east / 60 % 60);
}

void mails_add_next_try(struct str *out, const struct cli *cli, int64_t next_try)
{
	int64_t now = clock_now(&cli->clock);
	struct civil civil = zone_civil(cli->zone, next_try), today = zone_civil(cli->zone, now);

	if (next_try <= now)
		str_add(out, _("next try now"));
	else if (civil.day == today.day)
		/* TRANSLATORS: a time of today */
		str_addf(out, _("next try at %02d:%02d"), civil.second / 3600,
			civil.second / 60 % 60);
	else
		str_addf(out, _("next try tomorrow at %02d:%02d"), civil.second / 3600,
			civil.second / 60 % 60);
}

static void mails_print_next_try(struct cli *cli, int64_t next_try)
{
	_cleanup_str_ struct str when = STR_INIT;

	mails_add_next_try(&when, cli, next_try);
	str_addf(&cli->out, "    %s\n", str_text(&when));
}

static int mails_print_one(void *userdata, const struct mailed *mailed)
{
	struct cli *cli = userdata;
	struct civil civil = zone_civil(cli->zone, mailed->changed_at);

	str_add(&cli->out, "  ");
	wording_add_plain_day(&cli->out, civil.day);
	str_addf(&cli->out, " %02d:%02d  %s, %s: %s\n", civil.second / 3600, civil.second / 60 % 60,
		mailed->digest, mailed->recipient, words_say("mail", mailed->state));
	if (mailed->twice)
		str_addf(&cli->out, "    %s\n",
			_("sent twice, perhaps: the server's first answer was lost"));
	if (mailed->next_try)
		mails_print_next_try(cli, mailed->next_try);
	if (*mailed->subject)
		str_addf(&cli->out, "    %s%s%s%s\n", mailed->subject, *mailed->handles ? " [" : "",
			mailed->handles, *mailed->handles ? "]" : "");
	return 0;
}

int mails_print(struct cli *cli)
{
	str_addf(&cli->out, "\n" CLI_BOLD "%s" CLI_PLAIN "\n", _("The latest mails"));
	return mailed_each(cli->store, MAILS_SHOWN, mails_print_one, cli, &cli->err);
}

static int mails_json_one(void *userdata, const struct mailed *mailed)
{
	struct cli *cli = userdata;
	_cleanup_str_ struct str when = STR_INIT, next = STR_INIT;
	_cleanup_free_ char *handles = str_dup(mailed->handles);
	char *rest = handles, *handle;

	if (!handles)
		return err_oom(&cli->err);
	mails_add_instant(&when, cli->zone, mailed->changed_at);
	json_object_begin(&cli->js);
	json_add_string(&cli->js, "at", str_text(&when));
	json_add_string(&cli->js, "digest", mailed->digest);
	json_add_string(&cli->js, "to", mailed->recipient);
	json_add_string(&cli->js, "state", mailed->state);
	json_add_string(&cli->js, "subject", mailed->subject);
	json_add_bool(&cli->js, "perhaps_twice", mailed->twice);
	if (mailed->next_try)
		mails_add_instant(&next, cli->zone, mailed->next_try);
	json_add_string(&cli->js, "next_try", next.len ? str_text(&next) : NULL);
	json_key(&cli->js, "items");
	json_array_begin(&cli->js);
	while ((handle = strsep(&rest, " ")) != NULL)
		if (*handle)
			json_string(&cli->js, handle);
	json_array_end(&cli->js);
	json_object_end(&cli->js);
	return 0;
}

int mails_write_json(struct cli *cli)
{
	int r;

	json_key(&cli->js, "history");
	json_array_begin(&cli->js);
	r = mailed_each(cli->store, MAILS_SHOWN, mails_json_one, cli, &cli->err);
	json_array_end(&cli->js);
	return r;
}
