/* SPDX-License-Identifier: MIT */
/*
 * fallback: a digest's settings for those who have no configuration yet.
 */
#include "cli/fallback.h"

#include "base/lang.h"

void fallback_done(struct fallback *fallback)
{
	free(fallback->digest.book);
	free(fallback->digest.language);
	cadence_free(fallback->digest.cadence);
	*fallback = (struct fallback){ 0 };
}

int fallback_digest(struct cli *cli, struct fallback *fallback, const struct conf_digest **ret)
{
	struct conf_digest *digest = &fallback->digest;
	int r;

	*ret = cli_digest(cli, NULL);
	if (*ret)
		return 0;
	digest->zone = cli->zone;
	digest->lead_days = 7;
	digest->touch_max = 3;
	digest->introduction_max = 1;
	digest->help_max = 1;
	digest->notes_in_mail = true;
	digest->subject_names = true;
	digest->calendar = true;
	digest->n_sections = CONF_SECTION_COUNT;
	for (size_t i = 0; i < CONF_SECTION_COUNT; i++)
		digest->sections[i] = (enum conf_section)i;
	digest->book = str_dup(cli->book_name ? cli->book_name : "main");
	digest->language = str_dup(cli->language);
	r = cadence_new(&digest->cadence, "*-*-* 07:00", &cli->err);
	if (r < 0 || !digest->book || !digest->language)
		return cli_fail(cli, r < 0 ? r : err_oom(&cli->err));
	*ret = digest;
	return 0;
}
