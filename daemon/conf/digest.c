/* SPDX-License-Identifier: MIT */
/*
 * digest: what a digest's settings mean, beyond the rows of their table.
 */
#include "conf/conf-internal.h"

#include "base/lang.h"
#include "base/zonefile.h"

#include <errno.h>

void conf_oom(struct option_reader *reader)
{
	reader->report.failed = true;
}

static void conf_finish_defaults(const struct conf_finish *finish, struct conf_digest *digest)
{
	digest->system_timezone = !digest->timezone;
	if (!digest->timezone)
		digest->timezone = zonefile_system_name();
	if (!digest->language)
		digest->language = str_dup(lang_of_locale());
	if (!digest->timezone || !digest->language)
		conf_oom(finish->reader);
	if (digest->n_sections > 0)
		return;
	for (enum conf_section i = 0; i < CONF_SECTION_COUNT; i++)
		digest->sections[i] = i;
	digest->n_sections = CONF_SECTION_COUNT;
}

/* Whether a value was understood by those who know about it; where not, it is reported. */
static bool conf_understood(const struct conf_finish *finish, const config_setting_t *group,
	const char *name, int r, const struct err *e, const char *allowed)
{
	if (r == -ENOMEM)
		conf_oom(finish->reader);
	else if (r < 0)
		option_complain(finish->reader, &option_digest, group, name, "%s%s%s", e->text,
			allowed ? err_translate("; allowed is ") : "",
			allowed ? err_translate(allowed) : "");
	return r == 0;
}

static int conf_find_zone(
	const struct conf_finish *finish, struct conf_digest *digest, struct err *reterr)
{
	digest->lent_zone = finish->zones != NULL;
	return finish->zones ? zonecache_get(finish->zones, digest->timezone, &digest->zone, reterr)
			     : zonefile_load(&digest->zone, digest->timezone, reterr);
}

static void conf_finish_cadence(
	const struct conf_finish *finish, const config_setting_t *group, struct conf_digest *digest)
{
	const char *allowed = option_find(&option_digest, "cadence")->allowed;
	bool zone, cadence;
	struct err e;
	int r;

	if (!digest->timezone || !digest->cadence_text)
		return;
	r = conf_find_zone(finish, digest, &e);
	zone = conf_understood(finish, group, "timezone", r, &e, NULL);
	r = cadence_new(&digest->cadence, digest->cadence_text, &e);
	cadence = conf_understood(finish, group, "cadence", r, &e, allowed);
	if (!zone || !cadence || !finish->now)
		return;
	r = cadence_check(digest->cadence, digest->zone, *finish->now, &e);
	(void)conf_understood(finish, group, "cadence", r, &e, NULL);
}

void conf_finish_digest(
	const struct conf_finish *finish, const config_setting_t *group, struct conf_digest *digest)
{
	conf_finish_defaults(finish, digest);
	conf_finish_cadence(finish, group, digest);
}

void conf_digest_done(struct conf_digest *digest)
{
	option_free(&option_digest, digest);
	cadence_free(digest->cadence);
	if (!digest->lent_zone)
		zone_free(digest->zone);
	*digest = (struct conf_digest){ 0 };
}
