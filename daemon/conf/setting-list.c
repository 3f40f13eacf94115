/* SPDX-License-Identifier: MIT */
/*
 * setting: lists, and the addresses that most of them hold.
 */
#include "conf/setting-internal.h"

#include <errno.h>
#include <string.h>

static int setting_list(const struct option *option, const config_setting_t *setting, size_t *ret_n,
	struct err *reterr)
{
	int n;

	if (!config_setting_is_array(setting) && !config_setting_is_list(setting))
		return setting_refuse_type(option, setting, reterr);
	n = config_setting_length(setting);
	if (n < option->min)
		return setting_refuse(option, reterr, "the list is empty");
	if (n > option->max)
		return setting_refuse(option, reterr, "the list has %d entries", n);
	*ret_n = (size_t)n;
	return 0;
}

int setting_read_choices(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	int chosen[CONF_SECTION_COUNT];
	size_t n;
	int r;

	r = setting_list(option, setting, &n, reterr);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = setting_choice(
			option, config_setting_get_elem(setting, (unsigned)i), &chosen[i], reterr);
		for (size_t j = 0; r == 0 && j < i; j++)
			if (chosen[i] == chosen[j])
				r = err_set(reterr, -EINVAL, "\"%s\" stands here twice",
					option->words[chosen[i]]);
	}
	if (r < 0)
		return r;
	memcpy(setting_at(into, option->offset), chosen, n * sizeof(chosen[0]));
	*(size_t *)setting_at(into, option->count_offset) = n;
	return 0;
}

bool setting_write_choices(const struct option *option, const void *from, struct str *out)
{
	size_t n = *(const size_t *)setting_from(from, option->count_offset);
	int chosen[CONF_SECTION_COUNT];

	memcpy(chosen, setting_from(from, option->offset), n * sizeof(chosen[0]));
	str_add(out, "[ ");
	for (size_t i = 0; i < n; i++) {
		str_add(out, i ? ", " : "");
		setting_write_quoted(out, option->words[chosen[i]]);
	}
	str_add(out, " ]");
	return true;
}

static void setting_words_free(char **words)
{
	for (char **word = words; *word; word++)
		free(*word);
	free(words);
}
DEFINE_CLEANUP(char **, setting_words_free);

int setting_read_words(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	_cleanup_(setting_words_freep) char **words = NULL;
	size_t n;
	int r;

	r = setting_list(option, setting, &n, reterr);
	if (r < 0)
		return r;
	words = calloc(n + 1, sizeof(*words));
	if (!words)
		return err_oom(reterr);
	for (size_t i = 0; i < n; i++) {
		const char *text;

		r = setting_text(
			option, config_setting_get_elem(setting, (unsigned)i), &text, reterr);
		if (r < 0)
			return r;
		words[i] = str_dup(text);
		if (!words[i])
			return err_oom(reterr);
	}
	*(char ***)setting_at(into, option->offset) = TAKE_PTR(words);
	return 0;
}

void setting_free_words(const struct option *option, void *from)
{
	char ***at = setting_at(from, option->offset);

	if (*at)
		setting_words_free(*at);
	*at = NULL;
}

bool setting_write_words(const struct option *option, const void *from, struct str *out)
{
	char **words = *(char **const *)setting_from(from, option->offset);

	if (!words)
		return false;
	str_add(out, "[ ");
	for (size_t i = 0; words[i]; i++) {
		str_add(out, i ? ", " : "");
		setting_write_quoted(out, words[i]);
	}
	str_add(out, " ]");
	return true;
}

/* addresses */

static int setting_address(const struct option *option, const config_setting_t *setting,
	struct mime_address *ret, struct err *reterr)
{
	const char *text;
	struct err e;
	int r;

	r = setting_text(option, setting, &text, reterr);
	if (r < 0)
		return r;
	r = mime_address_parse(ret, text, &e);
	if (r == -EINVAL)
		return setting_refuse(
			option, reterr, "\"%.*s\": %s", setting_shown(text), text, e.text);
	return r < 0 ? err_set(reterr, r, "%s", e.text) : 0;
}

int setting_read_address(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	return setting_address(option, setting, setting_at(into, option->offset), reterr);
}

void setting_free_address(const struct option *option, void *from)
{
	mime_address_done(setting_at(from, option->offset));
}

/* `Name <address>`, the name quoted by RFC 5322 section 3.2.4. */
static void setting_write_mailbox(struct str *out, const struct mime_address *address)
{
	_cleanup_str_ struct str mailbox = STR_INIT;

	if (address->name) {
		setting_write_quoted(&mailbox, address->name);
		str_addf(&mailbox, " <%s>", address->address);
	} else {
		str_add(&mailbox, address->address);
	}
	setting_write_quoted(out, str_text(&mailbox));
	out->failed |= mailbox.failed;
}

bool setting_write_address(const struct option *option, const void *from, struct str *out)
{
	const struct mime_address *address = setting_from(from, option->offset);

	if (address->address)
		setting_write_mailbox(out, address);
	return address->address;
}

static void setting_addresses_free(struct mime_address *addresses, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mime_address_done(&addresses[i]);
	free(addresses);
}

/* Mail servers may tell Anna@ from anna@; none is known to. */
static int setting_check_unique(const struct mime_address *addresses, size_t n, struct err *reterr)
{
	for (size_t i = 0; i < n; i++)
		if (str_casecmp(addresses[i].address, addresses[n].address) == 0)
			return err_set(
				reterr, -EINVAL, "%s stands here twice", addresses[n].address);
	return 0;
}

int setting_read_addresses(const struct option *option, const char *folder UNUSED,
	const config_setting_t *setting, void *into, struct err *reterr)
{
	struct mime_address *addresses;
	size_t n;
	int r;

	r = setting_list(option, setting, &n, reterr);
	if (r < 0)
		return r;
	addresses = calloc(n, sizeof(*addresses));
	if (!addresses)
		return err_oom(reterr);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = setting_address(option, config_setting_get_elem(setting, (unsigned)i),
			&addresses[i], reterr);
		if (r == 0)
			r = setting_check_unique(addresses, i, reterr);
	}
	if (r < 0) {
		setting_addresses_free(addresses, n);
		return r;
	}
	*(struct mime_address **)setting_at(into, option->offset) = addresses;
	*(size_t *)setting_at(into, option->count_offset) = n;
	return 0;
}

void setting_free_addresses(const struct option *option, void *from)
{
	struct mime_address **at = setting_at(from, option->offset);

	setting_addresses_free(*at, *(size_t *)setting_at(from, option->count_offset));
	*at = NULL;
}

bool setting_write_addresses(const struct option *option, const void *from, struct str *out)
{
	const struct mime_address *addresses = *(struct mime_address *const *)setting_from(
		from, option->offset);
	size_t n = *(const size_t *)setting_from(from, option->count_offset);

	str_add(out, "[ ");
	for (size_t i = 0; i < n; i++) {
		str_add(out, i ? ", " : "");
		setting_write_mailbox(out, &addresses[i]);
	}
	str_add(out, " ]");
	return true;
}
