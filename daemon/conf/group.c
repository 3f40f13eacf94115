/* SPDX-License-Identifier: MIT */
/*
 * option: a group of settings, read, written and freed by its rows.
 */
#include "conf/setting.h"

#include <errno.h>
#include <string.h>

#define OPTION_NAME_MAX 40 /* bytes of a name that are shown; ours are shorter */

/* Names that come to mind and that no edit distance leads from. */
static const struct {
	const char *name, *advice;
} option_strangers[] = {
	{ "password",
		ERR_TEXT("the password itself does not stand in this file: write password_file, "
			 "password_credential or password_command") },
	{ "host", ERR_TEXT("write url = \"smtp://HOST:PORT\"") },
	{ "server", ERR_TEXT("write url = \"smtp://HOST:PORT\"") },
	{ "port", ERR_TEXT("write url = \"smtp://HOST:PORT\"") },
	{ "login", ERR_TEXT("write user") },
	{ "time", ERR_TEXT("write cadence, as in \"Mon..Fri 07:00\"") },
};

const struct option *option_find(const struct option_table *table, const char *name)
{
	for (size_t i = 0; i < table->n; i++)
		if (str_equal(table->options[i].name, name))
			return &table->options[i];
	return NULL;
}

/* config_setting_get_member() wants a setting that may be changed, and changes nothing. */
config_setting_t *option_setting(const config_setting_t *group, const char *name)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		config_setting_t *member = config_setting_get_elem(group, (unsigned)i);

		if (str_equal(config_setting_name(member), name))
			return member;
	}
	return NULL;
}

void option_complain(struct option_reader *reader, const struct option_table *table,
	const config_setting_t *group, const char *name, const char *format, ...)
{
	const config_setting_t *at = option_setting(group, name);
	_cleanup_str_ struct str key = STR_INIT, sentence = STR_INIT;
	va_list args;

	str_addf(&key, "%s%.*s", table->prefix, OPTION_NAME_MAX, name);
	va_start(args, format);
	str_addv(&sentence, err_translate(format), args);
	va_end(args);
	report_add(&reader->report, config_setting_source_line(at ? at : group), str_text(&key),
		"%s", str_text(&sentence));
}

void option_add_allowed(struct str *out, const struct option *option)
{
	if (option->allowed) {
		str_add(out, err_translate(option->allowed));
	} else if (option->words) {
		str_add(out, option->kind == OPTION_CHOICES ? err_translate("a list of ") : "");
		for (const char *const *word = option->words; *word; word++)
			str_addf(out, "%s\"%s\"",
				word == option->words ? ""
					: word[1]     ? ", "
						      : err_translate(" or "),
				*word);
	} else if (option->kind == OPTION_SWITCH) {
		str_add(out, err_translate("true or false"));
	} else {
		str_addf(out, err_translate("a whole number from %d to %d"), option->min,
			option->max);
	}
}

/* The optimal string alignment distance: letters added, lost, changed, or swapped with the next. */
static size_t option_distance(const char *a, const char *b)
{
	size_t rows[3][OPTION_NAME_MAX + 1], n = strlen(b);
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	for (size_t j = 0; j <= n; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);

			best = last[j] + 1 < best ? last[j] + 1 : best;
			best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
				before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			row[j] = best;
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[n];
}

/* At most two letters wrong, and at most a third of the name. */
static const char *option_suggest(const struct option_table *table, const char *name)
{
	size_t nearest = 2 + 1;
	const char *found = NULL;

	if (strlen(name) > OPTION_NAME_MAX)
		return NULL;
	for (size_t i = 0; i < table->n; i++) {
		size_t distance = option_distance(name, table->options[i].name);

		if (distance < nearest && distance * 3 <= strlen(table->options[i].name)) {
			nearest = distance;
			found = table->options[i].name;
		}
	}
	return found;
}

static const char *option_stranger_advice(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(option_strangers); i++)
		if (str_equal(option_strangers[i].name, name))
			return option_strangers[i].advice;
	return NULL;
}

static const char *option_other_place(const struct option_table *table, const char *name)
{
	static const struct {
		const struct option_table *table;
		const char *place;
	} places[] = {
		{ &option_smtp, ERR_TEXT("in smtp: { }") },
		{ &option_digest, ERR_TEXT("in a digest, digests: ( { } )") },
		{ &option_root, ERR_TEXT("outside of all brackets") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (places[i].table != table && option_find(places[i].table, name))
			return places[i].place;
	return NULL;
}

static void option_complain_unknown(struct option_reader *reader, const struct option_table *table,
	const config_setting_t *group, const char *name)
{
	const char *near = option_suggest(table, name), *advice = option_stranger_advice(name),
		   *place = option_other_place(table, name);
	_cleanup_str_ struct str all = STR_INIT;

	if (place) {
		option_complain(reader, table, group, name, "does not belong here but %s",
			err_translate(place));
		return;
	}
	if (advice) {
		option_complain(
			reader, table, group, name, "unknown key; %s", err_translate(advice));
		return;
	}
	if (near) {
		option_complain(
			reader, table, group, name, "unknown key; did you mean \"%s\"?", near);
		return;
	}
	for (size_t i = 0; i < table->n; i++)
		str_addf(&all, "%s%s", i ? ", " : "", table->options[i].name);
	option_complain(
		reader, table, group, name, "unknown key; allowed here are %s", str_text(&all));
}

static void option_read_member(struct option_reader *reader, const struct option_table *table,
	const config_setting_t *group, const config_setting_t *setting, void *into)
{
	const char *name = config_setting_name(setting);
	const struct option *option = option_find(table, name);
	struct err e;
	int r;

	if (!option) {
		option_complain_unknown(reader, table, group, name);
		return;
	}
	r = setting_read(option, reader->folder, setting, into, &e);
	if (r == -ENOMEM)
		reader->report.failed = true;
	else if (r < 0)
		option_complain(reader, table, group, name, "%s", e.text);
}

void option_read(struct option_reader *reader, const struct option_table *table,
	const config_setting_t *group, void *into)
{
	for (size_t i = 0; i < table->n; i++)
		if (setting_set_default(&table->options[i], into, NULL) < 0)
			reader->report.failed = true;
	for (int i = 0; i < config_setting_length(group); i++)
		option_read_member(
			reader, table, group, config_setting_get_elem(group, (unsigned)i), into);
	for (size_t i = 0; i < table->n; i++) {
		_cleanup_str_ struct str allowed = STR_INIT;

		if (!table->options[i].required || option_setting(group, table->options[i].name))
			continue;
		option_add_allowed(&allowed, &table->options[i]);
		option_complain(reader, table, group, table->options[i].name,
			"is missing; it takes %s", str_text(&allowed));
	}
}

void option_free(const struct option_table *table, void *from)
{
	for (size_t i = 0; i < table->n; i++)
		setting_free(&table->options[i], from);
}

void option_write(
	const struct option_table *table, const void *from, const char *indent, struct str *out)
{
	for (size_t i = 0; i < table->n; i++) {
		_cleanup_str_ struct str value = STR_INIT;

		if (setting_write(&table->options[i], from, &value))
			str_addf(out, "%s%s = %s;\n", indent, table->options[i].name,
				str_text(&value));
		out->failed |= value.failed;
	}
}

void option_write_json(const struct option_table *table, const void *from, struct json *json)
{
	for (size_t i = 0; i < table->n; i++) {
		_cleanup_str_ struct str value = STR_INIT;

		if (setting_write(&table->options[i], from, &value)) {
			json_key(json, table->options[i].name);
			json_literal(json, str_text(&value));
		}
		json->out->failed |= value.failed;
	}
}
