/* SPDX-License-Identifier: MIT */
/*
 * setting: one setting's value, by the kind of its option.
 */
#include "conf/setting-internal.h"

#include "conf/location.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

#define SETTING_TEXT_MAX  4096 /* bytes of any text: a path's length */
#define SETTING_SHOWN_MAX 80

/* What libconfig found, in words. */
static const char *setting_found(const config_setting_t *setting)
{
	static const char *const words[] = {
		[CONFIG_TYPE_GROUP] = ERR_TEXT("a group, { },"),
		[CONFIG_TYPE_INT] = ERR_TEXT("a number"),
		[CONFIG_TYPE_INT64] = ERR_TEXT("a 64-bit number (with an L)"),
		[CONFIG_TYPE_FLOAT] = ERR_TEXT("a number with a fraction"),
		[CONFIG_TYPE_STRING] = ERR_TEXT("a text"),
		[CONFIG_TYPE_BOOL] = ERR_TEXT("a true or false"),
		[CONFIG_TYPE_ARRAY] = ERR_TEXT("a list, [ ],"),
		[CONFIG_TYPE_LIST] = ERR_TEXT("a list, ( ),"),
	};
	size_t type = (size_t)config_setting_type(setting);

	return type < ARRAY_SIZE(words) && words[type] ? err_translate(words[type])
						       : err_translate("something else");
}

int setting_refuse(const struct option *option, struct err *reterr, const char *format, ...)
{
	_cleanup_str_ struct str sentence = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&sentence, err_translate(format), args);
	va_end(args);
	str_add(&sentence, err_translate("; allowed is "));
	option_add_allowed(&sentence, option);
	return err_set(reterr, -EINVAL, "%s", str_text(&sentence));
}

int setting_refuse_type(
	const struct option *option, const config_setting_t *setting, struct err *reterr)
{
	return setting_refuse(option, reterr, "%s stands here", setting_found(setting));
}

int setting_shown(const char *text)
{
	return (int)utf8_cut(text, SETTING_SHOWN_MAX);
}

static bool setting_has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f ||
			(*text == '\xc2' && (unsigned char)text[1] < 0xa0))
			return true;
	return false;
}

int setting_text(const struct option *option, const config_setting_t *setting, const char **ret,
	struct err *reterr)
{
	const char *text;

	if (config_setting_type(setting) != CONFIG_TYPE_STRING)
		return setting_refuse_type(option, setting, reterr);
	text = config_setting_get_string(setting);
	if (!text || !*text)
		return setting_refuse(option, reterr, "the text is empty");
	if (strlen(text) > SETTING_TEXT_MAX)
		return setting_refuse(
			option, reterr, "the text is longer than %d bytes", SETTING_TEXT_MAX);
	if (!utf8_valid(text, strlen(text)))
		return setting_refuse(
			option, reterr, "the text is no UTF-8: save the file as UTF-8");
	if (setting_has_control(text))
		return setting_refuse(option, reterr,
			"the text has a line end, a tab or another control character");
	*ret = text;
	return 0;
}

void *setting_at(void *into, size_t offset)
{
	return (char *)into + offset;
}

const void *setting_from(const void *from, size_t offset)
{
	return (const char *)from + offset;
}

static void setting_put_text(const struct option *option, void *into, char *text)
{
	char **at = setting_at(into, option->offset);

	free(*at);
	*at = text;
}

static const char *setting_get_text(const struct option *option, const void *from)
{
	return *(char *const *)setting_from(from, option->offset);
}

void setting_write_quoted(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

/* groups: the tables of their own do the rest */

static int setting_read_group(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into UNUSED, struct err *reterr)
{
	return config_setting_is_group(setting) ? 0 : setting_refuse_type(option, setting, reterr);
}

/* An empty list is written [ ] as well as ( ). */
static int setting_read_groups(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into UNUSED, struct err *reterr)
{
	if (!config_setting_is_list(setting) &&
		!(config_setting_is_array(setting) && config_setting_length(setting) == 0))
		return setting_refuse_type(option, setting, reterr);
	if (config_setting_length(setting) > option->max)
		return setting_refuse(
			option, reterr, "the list has more than %d entries", option->max);
	for (int i = 0; i < config_setting_length(setting); i++) {
		const config_setting_t *one = config_setting_get_elem(setting, (unsigned)i);

		if (!config_setting_is_group(one))
			return setting_refuse_type(option, one, reterr);
	}
	return 0;
}

/* texts and paths */

static int setting_read_text(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	const char *text;
	char *copy;
	int r;

	r = setting_text(option, setting, &text, reterr);
	if (r < 0)
		return r;
	if (option->fits && !option->fits(text))
		return setting_refuse(
			option, reterr, "\"%.*s\" is not possible", setting_shown(text), text);
	copy = str_dup(text);
	if (!copy)
		return err_oom(reterr);
	setting_put_text(option, into, copy);
	return 0;
}

static int setting_read_path(const struct option *option, const char *folder,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	const char *text;
	char *path;
	int r;

	r = setting_text(option, setting, &text, reterr);
	if (r < 0)
		return r;
	if (text[strlen(text) - 1] == '/')
		return setting_refuse(option, reterr, "this is a folder");
	path = location_path(folder, text);
	if (!path)
		return err_oom(reterr);
	setting_put_text(option, into, path);
	return 0;
}

static void setting_free_text(const struct option *option, void *from)
{
	setting_put_text(option, from, NULL);
}

static bool setting_write_text(const struct option *option, const void *from, struct str *out)
{
	const char *text = setting_get_text(option, from);

	if (text)
		setting_write_quoted(out, text);
	return text;
}

/* numbers and switches */

static int setting_read_number(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	long long number = config_setting_get_int64(setting);
	int type = config_setting_type(setting);

	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		return setting_refuse_type(option, setting, reterr);
	if (type == CONFIG_TYPE_INT)
		number = config_setting_get_int(setting);
	if (number < option->min || number > option->max)
		return setting_refuse(option, reterr, "%lld is out of range", number);
	if (type == CONFIG_TYPE_INT64)
		return setting_refuse_type(option, setting, reterr);
	*(int *)setting_at(into, option->offset) = (int)number;
	return 0;
}

static bool setting_write_number(const struct option *option, const void *from, struct str *out)
{
	str_addf(out, "%d", *(const int *)setting_from(from, option->offset));
	return true;
}

static int setting_read_switch(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		return setting_refuse_type(option, setting, reterr);
	*(bool *)setting_at(into, option->offset) = config_setting_get_bool(setting);
	return 0;
}

static bool setting_write_switch(const struct option *option, const void *from, struct str *out)
{
	str_add(out, *(const bool *)setting_from(from, option->offset) ? "true" : "false");
	return true;
}

/* words for enums. Which integer an enum is made of is the compiler's affair: copied by size, as
 * all of ours are as large as an int. */

_Static_assert(sizeof(enum conf_tls) == sizeof(int) && sizeof(enum conf_section) == sizeof(int),
	"enums are copied as integers");

int setting_choice(
	const struct option *option, const config_setting_t *setting, int *ret, struct err *reterr)
{
	const char *text;
	int r;

	r = setting_text(option, setting, &text, reterr);
	if (r < 0)
		return r;
	for (int i = 0; option->words[i]; i++)
		if (str_equal(option->words[i], text)) {
			*ret = i;
			return 0;
		}
	return setting_refuse(
		option, reterr, "\"%.*s\" is not possible", setting_shown(text), text);
}

static int setting_read_choice(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	int choice, r;

	r = setting_choice(option, setting, &choice, reterr);
	if (r < 0)
		return r;
	memcpy(setting_at(into, option->offset), &choice, sizeof(choice));
	return 0;
}

static bool setting_write_choice(const struct option *option, const void *from, struct str *out)
{
	int choice;

	memcpy(&choice, setting_from(from, option->offset), sizeof(choice));
	setting_write_quoted(out, option->words[choice]);
	return true;
}

static const struct {
	int (*read)(const struct option *option, const char *folder,
		const config_setting_t *setting, void *into, struct err *reterr);
	void (*free)(const struct option *option, void *from);                         /* or NULL */
	bool (*write)(const struct option *option, const void *from, struct str *out); /* or NULL */
} setting_kinds[] = {
	[OPTION_GROUP] = { setting_read_group, NULL, NULL },
	[OPTION_GROUPS] = { setting_read_groups, NULL, NULL },
	[OPTION_TEXT] = { setting_read_text, setting_free_text, setting_write_text },
	[OPTION_PATH] = { setting_read_path, setting_free_text, setting_write_text },
	[OPTION_NUMBER] = { setting_read_number, NULL, setting_write_number },
	[OPTION_SWITCH] = { setting_read_switch, NULL, setting_write_switch },
	[OPTION_CHOICE] = { setting_read_choice, NULL, setting_write_choice },
	[OPTION_ADDRESS] = { setting_read_address, setting_free_address, setting_write_address },
	[OPTION_ADDRESSES] = { setting_read_addresses, setting_free_addresses,
		setting_write_addresses },
	[OPTION_WORDS] = { setting_read_words, setting_free_words, setting_write_words },
	[OPTION_CHOICES] = { setting_read_choices, NULL, setting_write_choices },
};

int setting_read(const struct option *option, const char *folder, const config_setting_t *setting,
	void *into, struct err *reterr)
{
	return setting_kinds[option->kind].read(option, folder, setting, into, reterr);
}

int setting_set_default(const struct option *option, void *into, struct err *reterr)
{
	int number = option->fallback;

	switch (option->kind) {
	case OPTION_NUMBER:
	case OPTION_CHOICE:
		memcpy(setting_at(into, option->offset), &number, sizeof(number));
		return 0;
	case OPTION_SWITCH:
		*(bool *)setting_at(into, option->offset) = number;
		return 0;
	case OPTION_TEXT:
		setting_put_text(option, into, str_dup(option->fallback_text));
		return option->fallback_text && !setting_get_text(option, into) ? err_oom(reterr)
										: 0;
	default:
		return 0;
	}
}

void setting_free(const struct option *option, void *from)
{
	if (setting_kinds[option->kind].free)
		setting_kinds[option->kind].free(option, from);
}

bool setting_write(const struct option *option, const void *from, struct str *out)
{
	return setting_kinds[option->kind].write &&
		setting_kinds[option->kind].write(option, from, out);
}
