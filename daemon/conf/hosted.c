/* SPDX-License-Identifier: MIT */
/*
 * hosted: the settings of a digest that lives in the database.
 */
#include "conf/hosted.h"

#include "conf/conf-internal.h"
#include "conf/setting-internal.h"

#include <errno.h>
#include <string.h>

#define HOSTED_FIRST 2 /* rows of the table before the settings: name and book */

static void hosted_report(const struct report *report, struct str *out)
{
	size_t prefix = strlen(option_digest.prefix);

	for (size_t i = 0; i < report->n; i++) {
		const char *text = report->entries[i].text;

		if (strncmp(text, option_digest.prefix, prefix) == 0)
			text += prefix;
		str_addf(out, "%s\n", text);
	}
}

static void hosted_parse(config_t *config, const struct conf_finish *finish, const char *text,
	struct conf_digest *digest)
{
	const config_setting_t *root;

	config_set_auto_convert(config, CONFIG_FALSE);
	if (!config_read_string(config, text)) {
		report_add(&finish->reader->report, 0, NULL,
			"its settings in the database are damaged: set them anew");
		return;
	}
	root = config_root_setting(config);
	option_read(finish->reader, &option_digest, root, digest);
	conf_finish_digest(finish, root, digest);
}

int hosted_settings_read(struct conf_digest *ret, const char *name, const char *book,
	const char *settings, struct zonecache *zones, const int64_t *now, struct str *reterrors)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct option_reader reader = { .folder = "/" };
	const struct conf_finish finish = { &reader, zones, now };
	config_t config;
	int r = 0;

	str_add(&text, "name = ");
	setting_write_quoted(&text, name);
	str_add(&text, "; book = ");
	setting_write_quoted(&text, book);
	str_addf(&text, ";\n%s", settings);
	config_init(&config);
	if (text.failed)
		conf_oom(&reader);
	else if (text.len > HOSTED_SETTINGS_MAX)
		report_add(&reader.report, 0, NULL, "these are more than %d bytes of settings",
			HOSTED_SETTINGS_MAX);
	else
		hosted_parse(&config, &finish, str_text(&text), &digest);
	config_destroy(&config);
	hosted_report(&reader.report, reterrors);
	if (reader.report.failed)
		r = -ENOMEM;
	else if (reader.report.n)
		r = -EINVAL;
	report_done(&reader.report);
	if (r < 0)
		return r;
	*ret = digest;
	digest = (struct conf_digest){ 0 };
	return 0;
}

void hosted_settings_done(struct conf_digest *digest)
{
	conf_digest_done(digest);
}

const char *hosted_settings_key(size_t i)
{
	return i + HOSTED_FIRST < option_digest.n ? option_digest.options[i + HOSTED_FIRST].name
						  : NULL;
}

/* What is no number, and no yes or no, is written as a text, and refused as one. */
static bool hosted_is_bare(const struct option *option, const char *value)
{
	if (option->kind == OPTION_SWITCH)
		return str_equal(value, "true") || str_equal(value, "false");
	return option->kind == OPTION_NUMBER && *value && strlen(value) < 10 &&
		strspn(value, "0123456789") == strlen(value);
}

static const char *hosted_switch(const struct option *option, const char *value)
{
	if (option->kind != OPTION_SWITCH)
		return value;
	return str_equal(value, "yes") ? "true" : str_equal(value, "no") ? "false" : value;
}

static void hosted_add_value(struct str *out, const struct option *option, const char *value)
{
	value = hosted_switch(option, value);
	if (hosted_is_bare(option, value))
		str_add(out, value);
	else
		setting_write_quoted(out, value);
}

static void hosted_add_line(
	struct str *out, const struct option *option, const char *const *values, size_t n)
{
	bool list = option->kind == OPTION_ADDRESSES || option->kind == OPTION_CHOICES;

	str_addf(out, "%s = %s", option->name, list ? "[ " : "");
	for (size_t i = 0; i < n; i++) {
		str_add(out, i ? ", " : "");
		hosted_add_value(out, option, values[i]);
	}
	str_add(out, list ? " ];\n" : ";\n");
}

/* No value holds the end of a line: each line is a setting. */
int hosted_settings_set(struct str *settings, const char *key, const char *const *values, size_t n,
	struct err *reterr)
{
	const struct option *option = option_find(&option_digest, key);
	_cleanup_str_ struct str text = STR_INIT;
	size_t length = strlen(key);
	const char *line = str_text(settings), *end;

	for (; (end = strchr(line, '\n')); line = end + 1)
		if (strncmp(line, key, length) != 0 || line[length] != ' ')
			str_add_bytes(&text, line, (size_t)(end - line) + 1);
	if (n && *values[0])
		hosted_add_line(&text, option, values, n);
	str_clear(settings);
	str_add(settings, str_text(&text));
	return text.failed ? err_oom(reterr) : str_check(settings, reterr);
}

void hosted_settings_write(const struct conf_digest *digest, struct str *out)
{
	option_write(&option_digest, digest, "", out);
}

void hosted_settings_write_json(const struct conf_digest *digest, struct json *json)
{
	option_write_json(&option_digest, digest, json);
}
