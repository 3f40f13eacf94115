/* SPDX-License-Identifier: MIT */
/*
 * wording-name: what people are called.
 */
#include "digest/wording.h"

#include "core/utf8.h"

#include <string.h>
#include <strings.h>

/* "Dr." and "Prof." end in a dot; "Dipl.-Ing." has one inside. */
static bool wording_is_title(const char *word, size_t n)
{
	return memchr(word, '.', n) != NULL || str_starts(word, "Dipl");
}

/* A title by which nobody is addressed: "Dipl.-Ing.", and of "Dr. med." what stands behind. */
static bool wording_is_silent(const char *word, size_t n)
{
	bool known = str_starts(word, "Dipl") || str_starts(word, "Ing.") ||
		str_starts(word, "Mag.");

	return wording_is_title(word, n) && (known || (*word >= 'a' && *word <= 'z'));
}

/* "und" of "Hans und Grete". */
static bool wording_is_joint(const char *word, size_t n)
{
	static const char *const words[] = { "und", "u.", "&", "+", "and", "et" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && strncmp(words[i], word, n) == 0)
			return true;
	return false;
}

/* Words that make a name no given name's: who is called so is called by all of it. */
static bool wording_is_address(const char *word, size_t n)
{
	static const char *const words[] = {
		"Frau",
		"Herr",
		"Familie",
		"Fam",
		"Mr",
		"Mrs",
		"Ms",
		"Miss",
		"Dr",
		"Prof",
		"von",
		"van",
		"de",
		"Firma",
		"The",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && strncmp(words[i], word, n) == 0)
			return true;
	return false;
}

/* Whether it has a letter: people decorate their names. */
static bool wording_is_word(const char *word, size_t n)
{
	while (n) {
		uint32_t c = 0;
		size_t k = utf8_decode(word, n, &c);

		if (c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z'
			     : c >= 0xc0 && !(c >= 0x2000 && c < 0x2c00) &&
					!(c >= 0xfe00 && c < 0xfe10) &&
					!(c >= 0x1f000 && c < 0x20000))
			return true;
		k += k == 0;
		word += k;
		n -= k;
	}
	return false;
}

/* A nickname: "\"The Boss\"", "(Zoe)". */
static bool wording_is_quoted(const char *word)
{
	static const char *const marks[] = { "\"", "'", "(", "“", "”", "„", "‘", "‚", "«", "»" };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (str_starts(word, marks[i]))
			return true;
	return false;
}

/* Of writings in which the family often stands first: Chinese, Japanese, Korean; and Vietnamese by the letters that no
 * other language has. */
static bool wording_may_be_family(const char *word, size_t n)
{
	static const uint32_t ranges[][2] = { { 0x1a0, 0x1a1 }, { 0x1af, 0x1b0 },
		{ 0x1ea0, 0x1ef9 }, { 0x3040, 0x30ff }, { 0x3400, 0x9fff }, { 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff }, { 0x20000, 0x3ffff } };

	while (n) {
		uint32_t c = 0;
		size_t k = utf8_decode(word, n, &c);

		for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
			if (c >= ranges[i][0] && c <= ranges[i][1])
				return true;
		k += k == 0;
		word += k;
		n -= k;
	}
	return false;
}

static bool wording_is_capitals(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] < 'A' || word[i] > 'Z')
			return false;
	return n > 1;
}

/* What stands behind a whole name, and is none of its parts: "geb. Schmidt", "Jr.", and, where there is more than
 * a family before it and that is not all in capitals, "MBA", "M.A." or a nickname. */
static bool wording_is_suffix(const char *word, const char *name, size_t n_name)
{
	static const char *const words[] = { "geb.", "geborene", "geborener", "née", "nee", "verh.",
		"vorm.", "jr", "jr.", "sr", "sr.", "phd", "ph.d.", "msc", "bsc", "esq", "esq." };
	size_t n = strcspn(word, " ,");

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], word, n) == 0)
			return true;
	if (!memchr(name, ' ', n_name) || strcspn(name, "abcdefghijklmnopqrstuvwxyz") >= n_name)
		return false;
	return wording_is_capitals(word, n) || memchr(word, '.', n ? n - 1 : 0) ||
		wording_is_quoted(word);
}

/* "Schmidt, Max", but not "Anna Schmidt, MBA" */
static const char *wording_skip_family(const char *name)
{
	const char *comma = strstr(name, ", ");

	return comma && comma[2] && !wording_is_suffix(comma + 2, name, (size_t)(comma - name))
		? comma + 2
		: name;
}

/* Whom one calls by the family, which has no other name before it. */
static bool wording_is_mister(const char *word, size_t n)
{
	static const char *const words[] = { "Herr", "Frau", "Mr", "Mrs", "Ms", "Miss" };

	n -= n && word[n - 1] == '.';
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && strncmp(words[i], word, n) == 0)
			return true;
	return false;
}

/* Where the family begins: at the last word, or at the first particle: "von der Leyen". */
static const char *wording_find_family(const char *name)
{
	static const char *const particles[] = { "von", "van", "de", "der", "den", "zu", "zur",
		"di", "da", "del", "la", "le", "ten", "bin", "ibn", "al" };
	const char *last = name;

	for (const char *p = name; *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		for (size_t i = 0; i < ARRAY_SIZE(particles); i++)
			if (strlen(particles[i]) == n && strncmp(particles[i], p, n) == 0)
				return p;
		last = p;
		p += n;
	}
	return last;
}

/* Takes the silent titles out of those before the name. */
static void wording_hush(char *name)
{
	char *p = name;

	while (*p) {
		size_t n = strcspn(p, " "), next = n + strspn(p + n, " ");

		if (!p[n] || (!wording_is_title(p, n) && !wording_is_address(p, n)))
			return;
		if (wording_is_silent(p, n))
			memmove(p, p + next, strlen(p + next) + 1);
		else
			p += next;
	}
}

char *wording_formal_name(const char *name)
{
	const char *comma = strstr(name, ", "), *given = wording_skip_family(name), *p;
	struct str whole = STR_INIT;
	size_t n = strcspn(given, " ");

	if (given != name)
		str_addf(&whole, "%s %.*s", given, (int)(comma - name), name);
	else
		str_addf(&whole, "%.*s", comma ? (int)(comma - name) : (int)strlen(name), name);
	if (!whole.failed && whole.len) {
		wording_hush(whole.data);
		whole.len = strlen(whole.data);
	}
	if (whole.failed || !wording_is_mister(given, n))
		return str_take(&whole);
	/* Behind "Herr" and titles. */
	for (p = whole.data; *p; p += n + strspn(p + n, " ")) {
		n = strcspn(p, " ");
		if (p != whole.data && !wording_is_title(p, n) && strncmp(p, "Dr ", 3) != 0 &&
			strncmp(p, "Prof ", 5) != 0)
			break;
	}
	if (*p) {
		const char *family = wording_find_family(p);

		memmove(whole.data + (p - whole.data), family, strlen(family) + 1);
	}
	return str_take(&whole);
}

bool wording_is_formal(const char *name)
{
	const char *p = wording_skip_family(name);
	size_t n = strcspn(p, " ");

	return wording_is_address(p, n) || wording_is_title(p, n);
}

bool wording_is_nobody(const char *name)
{
	static const char *const words[] = { "GmbH", "AG", "KG", "UG", "OHG", "GbR", "e.V.", "eG",
		"Ltd", "Ltd.", "Inc", "Inc.", "LLC" };
	const char *last = strrchr(name, ' ');

	if (!last)
		return strchr(name, '@') != NULL;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_equal(last + 1, words[i]))
			return true;
	return str_starts(name, "Firma ");
}

/* Of two people who are one contact: "Hans und Grete" of "Hans und Grete Maier", all of "Hans Maier und Grete
 * Schulz". `given`: so far, of n bytes. */
static char *wording_take_given(const char *name, const char *given, size_t n)
{
	const char *next = given + n + strspn(given + n, " ");
	size_t k = strcspn(next, " ");

	if (wording_is_joint(next, k) && next[k] && next[k + 1]) {
		next += k + strspn(next + k, " ");
		return str_ndup(given, (size_t)(next - given) + strcspn(next, " "));
	}
	for (; *next; next += k + strspn(next + k, " ")) {
		k = strcspn(next, " ");
		if (wording_is_joint(next, k) && next[k])
			return str_dup(name);
	}
	return str_ndup(given, n - (n > 1 && given[n - 1] == ','));
}

char *wording_given_name(const char *name)
{
	const char *p = wording_skip_family(name);
	bool is_sure = p != name;

	if (wording_is_nobody(name))
		return str_dup(name);
	for (;;) {
		size_t n;

		p += strspn(p, " ");
		n = strcspn(p, " ");
		if (wording_is_address(p, n) || wording_is_quoted(p) ||
			(!is_sure && wording_may_be_family(p, n)))
			return str_dup(name);
		if (!p[n] && !wording_is_word(p, n))
			return str_dup(name);
		if (!p[n] || (!wording_is_title(p, n) && wording_is_word(p, n)))
			return wording_take_given(name, p, n);
		p += n;
	}
}
