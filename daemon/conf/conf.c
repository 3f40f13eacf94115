/* SPDX-License-Identifier: MIT */
/*
 * conf: nudged.conf, read whole, checked whole, then in force.
 */
#include "conf/conf-internal.h"

#include "base/file.h"
#include "base/zonefile.h"
#include "conf/location.h"
#include "conf/url.h"

#include <errno.h>
#include <string.h>

/* What one conf_load() works with. */
struct conf_load {
	struct option_reader reader;
	struct source source;
	config_t config;
	char *folder; /* of the configuration file, absolute */
	int64_t now;
};

static void conf_load_done(struct conf_load *load)
{
	report_done(&load->reader.report);
	source_done(&load->source);
	config_destroy(&load->config);
	free(load->folder);
}

/* The rules that no row of the table can tell. */

static void conf_finish_url(
	struct conf_load *load, const config_setting_t *group, struct conf_smtp *smtp)
{
	struct option_reader *reader = &load->reader;
	_cleanup_(url_done) struct url url = { 0 };
	bool tls_set = option_setting(group, "tls");
	struct err e;
	int r = url_parse(&url, smtp->url, &e);

	if (r == -ENOMEM)
		conf_oom(reader);
	if (r < 0) {
		option_complain(reader, &option_smtp, group, "url", "%s; allowed is %s", e.text,
			err_translate(option_find(&option_smtp, "url")->allowed));
		return;
	}
	if (!tls_set && !url.implicit_tls && url_is_loopback(&url))
		smtp->tls = CONF_TLS_NONE;
	if (tls_set && url.implicit_tls && smtp->tls != CONF_TLS_REQUIRED)
		option_complain(reader, &option_smtp, group, "tls",
			"with smtps:// only \"required\" is possible: TLS begins before the "
			"first word");
	free(smtp->url);
	smtp->url = url_format(&url);
	smtp->port = url.port;
	smtp->implicit_tls = url.implicit_tls;
	smtp->host = TAKE_PTR(url.host);
	if (!smtp->url)
		conf_oom(reader);
}

static void conf_finish_login(struct conf_load *load, const config_setting_t *group)
{
	static const char *const secrets[] = { "password_credential", "password_file",
		"password_command", "token_command" };
	struct option_reader *reader = &load->reader;
	const char *first = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(secrets); i++) {
		if (!option_setting(group, secrets[i]))
			continue;
		if (first)
			option_complain(reader, &option_smtp, group, secrets[i],
				"stands beside %s; only one of password_credential, password_file, "
				"password_command and token_command may be set",
				first);
		else
			first = secrets[i];
	}
	if (option_setting(group, "user") && !first)
		option_complain(reader, &option_smtp, group, "user",
			"the password is missing; write one of password_credential, password_file, "
			"password_command and token_command, or leave user out where the server "
			"wants no login");
	if (first && !option_setting(group, "user"))
		option_complain(reader, &option_smtp, group, first,
			"the user is missing; write user too, or leave %s out", first);
}

static void conf_read_smtp(
	struct conf_load *load, const config_setting_t *root, struct conf_smtp *smtp)
{
	const config_setting_t *group = option_setting(root, "smtp");

	if (!group || !config_setting_is_group(group))
		return;
	option_read(&load->reader, &option_smtp, group, smtp);
	if (smtp->url)
		conf_finish_url(load, group, smtp);
	conf_finish_login(load, group);
}

static void conf_read_digest(
	struct conf_load *load, const config_setting_t *group, struct conf *conf)
{
	struct conf_digest *digest = &conf->digests[conf->n_digests];

	option_read(&load->reader, &option_digest, group, digest);
	conf_finish_digest(&(struct conf_finish){ &load->reader, NULL, &load->now }, group, digest);
	if (digest->name && conf_find_digest(conf, digest->name))
		option_complain(&load->reader, &option_digest, group, "name",
			"\"%s\" stands here twice; each digest has a name of its own",
			digest->name);
	conf->n_digests++;
}

static void conf_read_digests(
	struct conf_load *load, const config_setting_t *root, struct conf *conf)
{
	const config_setting_t *list = option_setting(root, "digests");
	int n = list && config_setting_is_list(list) ? config_setting_length(list) : 0;

	if (n == 0 || n > CONF_DIGESTS_MAX)
		return;
	conf->digests = calloc((size_t)n, sizeof(*conf->digests));
	if (!conf->digests) {
		conf_oom(&load->reader);
		return;
	}
	for (int i = 0; i < n; i++) {
		const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(group))
			conf_read_digest(load, group, conf);
	}
}

static void conf_read(struct conf_load *load, struct conf *conf)
{
	const config_setting_t *root = config_root_setting(&load->config);

	option_read(&load->reader, &option_root, root, conf);
	if (!conf->database)
		conf->database = location_database(conf->path);
	if (!conf->database)
		conf_oom(&load->reader);
	conf_read_smtp(load, root, &conf->smtp);
	conf_read_digests(load, root, conf);
}

/* libconfig's few complaints in words that help. */
static const char *conf_syntax_advice(const char *text)
{
	static const struct {
		const char *text, *advice;
	} rows[] = {
		{ "syntax error",
			ERR_TEXT("syntax error here or just before: look for a missing quote, "
				 "bracket or semicolon, or a comma too many") },
		{ "duplicate setting name", ERR_TEXT("this key stands twice in its group") },
		{ "mismatched element type in array",
			ERR_TEXT(
				"a list in [ ] has entries of one kind only, all texts or all numbers") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_equal(rows[i].text, text))
			return err_translate(rows[i].advice);
	return text ? text : err_translate("cannot be read");
}

static void conf_parse(struct conf_load *load)
{
	config_set_auto_convert(&load->config, CONFIG_FALSE);
	if (config_read_string(&load->config, str_text(&load->source.text)))
		return;
	report_add(&load->reader.report, (unsigned)config_error_line(&load->config), NULL, "%s",
		conf_syntax_advice(config_error_text(&load->config)));
}

static int conf_load_paths(struct conf_load *load, struct conf *conf, const char *path)
{
	conf->path = file_absolute(path);
	load->folder = conf->path ? file_folder_of(conf->path) : NULL;
	load->reader.folder = load->folder;
	return load->folder ? 0 : -ENOMEM;
}

static int conf_load_all(
	struct conf_load *load, struct conf *conf, const char *path, struct str *reterrors)
{
	struct err e;
	int r;

	r = source_load(&load->source, path, &e);
	if (r < 0) {
		str_addf(reterrors, "%s\n", e.text);
		return r;
	}
	r = conf_load_paths(load, conf, path);
	if (r < 0)
		return r;
	conf_parse(load);
	if (load->reader.report.n == 0)
		conf_read(load, conf);
	return report_write(&load->reader.report, &load->source, reterrors);
}

int conf_load(struct conf **ret, const char *path, int64_t now, struct str *reterrors)
{
	_cleanup_(conf_freep) struct conf *conf = calloc(1, sizeof(*conf));
	_cleanup_(conf_load_done) struct conf_load load = { .now = now };
	int r;

	config_init(&load.config);
	r = conf ? conf_load_all(&load, conf, path, reterrors) : -ENOMEM;
	if (r == -ENOMEM) {
		str_clear(reterrors);
		str_addf(reterrors, "%s: %s\n", path, err_translate("out of memory"));
	}
	if (r < 0)
		return r;
	*ret = TAKE_PTR(conf);
	return 0;
}

/* One digest's zone, by the name that holds now. */
static int conf_load_zone(
	const struct conf_digest *digest, struct conf_digest *ret, struct err *reterr)
{
	ret->timezone = digest->system_timezone ? zonefile_system_name()
						: str_dup(digest->timezone);
	if (!ret->timezone)
		return err_oom(reterr);
	return zonefile_load(&ret->zone, ret->timezone, reterr);
}

static void conf_swap_zone(struct conf_digest *a, struct conf_digest *b)
{
	struct conf_digest old = { .timezone = a->timezone, .zone = a->zone };

	a->timezone = b->timezone;
	a->zone = b->zone;
	b->timezone = old.timezone;
	b->zone = old.zone;
}

static void conf_free_zones(struct conf_digest *digests, size_t n)
{
	for (size_t i = 0; digests && i < n; i++) {
		free(digests[i].timezone);
		zone_free(digests[i].zone);
	}
	free(digests);
}

int conf_reload_zones(struct conf *conf, struct str *reterrors)
{
	struct conf_digest *fresh = calloc(conf->n_digests + 1, sizeof(*fresh));
	struct err e;
	int r = fresh ? 0 : err_oom(&e);

	for (size_t i = 0; r == 0 && i < conf->n_digests; i++) {
		r = conf_load_zone(&conf->digests[i], &fresh[i], &e);
		if (r < 0)
			str_addf(reterrors, "digest %s: %s", conf->digests[i].name, e.text);
	}
	for (size_t i = 0; r == 0 && i < conf->n_digests; i++)
		conf_swap_zone(&conf->digests[i], &fresh[i]);
	conf_free_zones(fresh, conf->n_digests);
	return r;
}

void conf_free(struct conf *conf)
{
	if (!conf)
		return;
	for (size_t i = 0; i < conf->n_digests; i++)
		conf_digest_done(&conf->digests[i]);
	free(conf->digests);
	option_free(&option_smtp, &conf->smtp);
	free(conf->smtp.host);
	option_free(&option_root, conf);
	free(conf->path);
	free(conf);
}

char *conf_find(const char *path)
{
	const char *variable = getenv("NUDGED_CONFIG");

	if (path)
		return str_dup(path);
	return str_empty(variable) ? location_configuration() : str_dup(variable);
}

const struct conf_digest *conf_find_digest(const struct conf *conf, const char *name)
{
	for (size_t i = 0; i < conf->n_digests; i++)
		if (str_equal(conf->digests[i].name, name))
			return &conf->digests[i];
	return NULL;
}
