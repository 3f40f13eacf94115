/* SPDX-License-Identifier: MIT */
/*
 * yearly: whose birthday, anniversary or name day a line in a calendar speaks of.
 */
#include "format/yearly.h"

#include "core/utf8.h"

#include <errno.h>
#include <string.h>

/* A text folded for comparison, and where each of its bytes came from. */
struct yearly_fold {
	char text[YEARLY_TEXT_MAX * 3 + 1];
	uint16_t from[YEARLY_TEXT_MAX * 3 + 2];
	size_t n;
};

struct yearly_wording {
	const char *text; /* folded; "*" stands for the name, first or last */
	enum record_occasion_kind kind;
	bool genitive;     /* languages that join an s to the name: "Annas Geburtstag" */
	const char *needs; /* must stand in the text as it was written, NULL: nothing */
	const char *label;
};

/* The longer of two that begin alike comes first. */
static const struct yearly_wording yearly_wordings[] = {
	{ "happy birthday to *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "happy birthday *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "alles gute zum geburtstag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "alles liebe zum geburtstag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "herzlichen glueckwunsch zum geburtstag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "zum geburtstag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "joyeux anniversaire *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "feliz cumpleanos *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "buon compleanno *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "birthday of *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "b-day *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "bday *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "birthday reminder *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "birthday *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* has birthday", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* has a birthday", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* birthday", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* bday", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* b-day", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "geburtstag von *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "geburtstag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* hat heute geburtstag", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* feiert heute geburtstag", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* feiert geburtstag", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* hat geburtstag", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* geburtstag", RECORD_BIRTHDAY, true, NULL, NULL },
	{ "geb. *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* geb.", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "anniversaire de mariage de *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "anniversaire de mariage *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "anniversaire de *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "anniversaire d'*", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "anniversaire d\xe2\x80\x99*", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "anniversaire *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* anniversaire", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "cumpleanos de *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "cumpleanos *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "cumple de *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "compleanno di *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "compleanno *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "verjaardag van *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "verjaardag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* verjaardag", RECORD_BIRTHDAY, true, NULL, NULL },
	{ "* is jarig", RECORD_BIRTHDAY, false, NULL, NULL },
	/* Portuguese has the birthday's word where Spanish, without the accent, has the anniversary's. */
	{ "aniversario de *", RECORD_BIRTHDAY, false, "\xc3\xa1", NULL },
	{ "foedelsedag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* foedelsedag", RECORD_BIRTHDAY, true, NULL, NULL },
	{ "foedselsdag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* foedselsdag", RECORD_BIRTHDAY, true, NULL, NULL },
	{ "bursdag *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "* bursdag", RECORD_BIRTHDAY, true, NULL, NULL },
	{ "urodziny *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "narozeniny *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "день рождения *", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "*の誕生日", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "*的生日", RECORD_BIRTHDAY, false, NULL, NULL },
	{ "wedding anniversary of *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "wedding anniversary *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "anniversary of *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "anniversary *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "* wedding anniversary", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "* anniversary", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "hochzeitstag von *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "hochzeitstag *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "* hochzeitstag", RECORD_ANNIVERSARY, true, NULL, NULL },
	{ "jahrestag von *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "jahrestag *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "* jahrestag", RECORD_ANNIVERSARY, true, NULL, NULL },
	{ "aniversario de bodas de *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "aniversario de *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "anniversario di *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "trouwdag van *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "trouwdag *", RECORD_ANNIVERSARY, false, NULL, NULL },
	{ "name day of *", RECORD_NAMED, false, NULL, "Name day" },
	{ "name day *", RECORD_NAMED, false, NULL, "Name day" },
	{ "* name day", RECORD_NAMED, false, NULL, "Name day" },
	{ "namenstag von *", RECORD_NAMED, false, NULL, "Namenstag" },
	{ "namenstag *", RECORD_NAMED, false, NULL, "Namenstag" },
	{ "* namenstag", RECORD_NAMED, true, NULL, "Namenstag" },
	{ "onomastico di *", RECORD_NAMED, false, NULL, "Name day" },
	{ "onomastico *", RECORD_NAMED, false, NULL, "Name day" },
	{ "imieniny *", RECORD_NAMED, false, NULL, "Name day" },
	{ "todestag von *", RECORD_NAMED, false, NULL, "Todestag" },
	{ "todestag *", RECORD_NAMED, false, NULL, "Todestag" },
	{ "* todestag", RECORD_NAMED, true, NULL, "Todestag" },
};

/* Names that end in an s of their own. */
static const char *const yearly_names_in_s[] = { "agnes", "alexis", "andreas", "boris", "chris",
	"claas", "dennis", "doris", "elias", "hans", "ines", "iris", "jens", "jonas", "julius",
	"klaus", "lars", "linus", "lukas", "magnus", "markus", "mathis", "matthias", "nicolas",
	"niels", "niklas", "nils", "paulus", "rasmus", "thomas", "tobias" };

/* Whose day it is only their writer knows. */
static const char *const yearly_nobody[] = { "my", "mine", "our", "the", "mein", "meine", "meinem",
	"unser", "unsere", "unserer", "der", "die", "das", "mon", "notre", "mi", "il", "wedding",
	"happy", "alles", "herzlichen", "beste", "zum", "heute", "today", "kein", "no", "it's",
	"it\xe2\x80\x99s" };

/* They stand among the birthdays of many, and are nobody's. */
static const char *const yearly_feasts[] = { "muttertag", "vatertag", "valentinstag", "weihnachten",
	"heiligabend", "nikolaus", "silvester", "neujahr", "ostern", "halloween", "mother's day",
	"mother\xe2\x80\x99s day", "father's day", "father\xe2\x80\x99s day", "valentine's day",
	"valentine\xe2\x80\x99s day", "christmas", "christmas eve", "new year's eve", "new year",
	"easter" };

/* What stands between a name and the age that somebody reaches: "Anna wird 50". */
static const char *const yearly_turns[] = { " wird heute ", " wird ", " turns ", " is turning ",
	" wordt ", " fyller ", " cumple ", " compie " };
/* What may stand behind that age. */
static const char *const yearly_ages[] = { "jahr", "jahre", "alt", "year", "years", "old", "today",
	"heute", "jaar", "aar", "anos", "anni" };

static bool yearly_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* --- trimming: what stands around a name --- */

/* Blanks, marks of all kinds, arrows and pictures; in a name they mean nothing. */
static bool yearly_is_mark(uint32_t c)
{
	if (c < 0x80)
		return c <= ' ' || strchr(":;,-|*~!/\"<>#", (int)c);
	return c == 0xa0 || c == 0xab || c == 0xbb || (c >= 0x2010 && c <= 0x2017) ||
		(c >= 0x201c && c <= 0x2026) || (c >= 0x200b && c <= 0x200f) ||
		(c >= 0x2190 && c <= 0x2bff) || (c >= 0xfe00 && c <= 0xfe0f) || c >= 0x1f000;
}

static struct slice yearly_trim(struct slice s)
{
	uint32_t c;
	size_t k;

	while (s.n && (k = utf8_decode(s.at, s.n, &c)) && yearly_is_mark(c))
		s = (struct slice){ s.at + k, s.n - k };
	while (s.n) {
		for (k = 1; k < s.n && k < 4 && ((unsigned char)s.at[s.n - k] & 0xc0) == 0x80; k++)
			;
		if (utf8_decode(s.at + s.n - k, k, &c) != k || !yearly_is_mark(c))
			break;
		s.n -= k;
	}
	return s;
}

/* A year that stands among other signs, "*1984", and nothing more; 0 where none does. */
static int yearly_year(struct slice s)
{
	int year = 0;
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!str_is_digit(s.at[i]))
			continue;
		year = digits++ < 4 ? year * 10 + (s.at[i] - '0') : 0;
	}
	return digits == 4 && year >= 1500 && year < 2200 ? year : 0;
}

static bool yearly_has_digit(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (str_is_digit(s.at[i]))
			return true;
	return false;
}

/* "(1984)", "(*1984)", "(40)", "(40 Jahre)" at the end. */
static bool yearly_take_brackets(struct slice *s, int *year)
{
	struct slice inside;
	size_t at = s->n;

	if (!s->n || (s->at[s->n - 1] != ')' && s->at[s->n - 1] != ']'))
		return false;
	while (at && s->at[at - 1] != '(' && s->at[at - 1] != '[')
		at--;
	if (!at)
		return false;
	inside = (struct slice){ s->at + at, s->n - at - 1 };
	if (!yearly_has_digit(inside) && yearly_trim(inside).n)
		return false;
	if (!*year)
		*year = yearly_year(inside);
	s->n = at - 1;
	*s = yearly_trim(*s);
	return true;
}

/* "1984", "*1984", "40", "40.", "40th" as the last word. */
static bool yearly_take_number(struct slice *s, int *year)
{
	size_t at = s->n, letters = 0;

	while (at && !str_is_space(s->at[at - 1]))
		at--;
	for (size_t i = at; i < s->n; i++)
		letters += yearly_is_letter(s->at[i]);
	if (!yearly_has_digit((struct slice){ s->at + at, s->n - at }) || letters > 2 ||
		yearly_is_letter(s->at[at]))
		return false;
	if (!*year)
		*year = yearly_year((struct slice){ s->at + at, s->n - at });
	s->n = at;
	*s = yearly_trim(*s);
	return true;
}

/* What may be a name all the same has no year behind it; another number may be a part of it. */
static struct slice yearly_drop_year(struct slice s, int *year)
{
	struct slice rest = s;
	int found = 0;

	if (!yearly_take_number(&rest, &found) || !found)
		return s;
	*year = *year ? *year : found;
	return rest;
}

/* "40." or "40th" as the first word. */
static struct slice yearly_skip_ordinal(struct slice s)
{
	size_t n = 0, end;

	while (n < s.n && n < 3 && str_is_digit(s.at[n]))
		n++;
	for (end = n; end < s.n && end <= n + 2 && !str_is_space(s.at[end]); end++)
		;
	if (!n || end == n || end == s.n || !str_is_space(s.at[end]))
		return s;
	return yearly_trim((struct slice){ s.at + end, s.n - end });
}

/* --- wordings --- */

/* 0 or -ENOMEM; s.n is at most YEARLY_TEXT_MAX. */
static int yearly_fold(struct slice s, struct yearly_fold *ret)
{
	_cleanup_str_ struct str folded = STR_INIT;
	char one[5];
	uint32_t c;

	ret->n = 0;
	for (size_t at = 0, k; at < s.n; at += k) {
		k = utf8_decode(s.at + at, s.n - at, &c);
		k += k == 0;
		memcpy(one, s.at + at, k);
		one[k] = '\0';
		str_clear(&folded);
		utf8_add_folded(&folded, one);
		if (folded.failed)
			return -ENOMEM;
		for (size_t i = 0; i < folded.len && ret->n < sizeof(ret->text) - 1; i++) {
			ret->from[ret->n] = (uint16_t)at;
			ret->text[ret->n++] = folded.data[i];
		}
	}
	ret->from[ret->n] = (uint16_t)s.n;
	ret->text[ret->n] = '\0';
	return 0;
}

/* A word must end where the wording's does: "Birthdays" are none. */
static bool yearly_is_boundary(char inner, char outer)
{
	return (unsigned char)inner >= 0x80 || !yearly_is_letter(inner) || !yearly_is_letter(outer);
}

/* The name's place in the folded text; false where the wording does not fit. The blank beside the "*"
 * may be any mark. */
static bool yearly_fits(const struct yearly_wording *w, const struct yearly_fold *fold,
	size_t *ret_from, size_t *ret_to)
{
	const char *word = w->text;
	size_t n = strlen(word) - 1;
	bool name_first = *word == '*';

	word += name_first;
	if (name_first && *word == ' ')
		word++, n--;
	else if (!name_first && word[n - 1] == ' ')
		n--;
	if (fold->n < n)
		return false;
	*ret_from = name_first ? 0 : n;
	*ret_to = name_first ? fold->n - n : fold->n;
	if (memcmp(fold->text + (name_first ? *ret_to : 0), word, n) != 0)
		return false;
	if (*ret_from == *ret_to)
		return true;
	return name_first ? yearly_is_boundary(*word, fold->text[*ret_to - 1])
			  : yearly_is_boundary(word[n - 1], fold->text[n]);
}

static const struct yearly_wording *yearly_find(
	const struct yearly_fold *fold, struct slice text, size_t *ret_from, size_t *ret_to)
{
	for (size_t i = 0; i < ARRAY_SIZE(yearly_wordings); i++) {
		const struct yearly_wording *w = &yearly_wordings[i];

		if (w->needs && !slice_find(text, w->needs))
			continue;
		if (yearly_fits(w, fold, ret_from, ret_to))
			return w;
	}
	return NULL;
}

static bool yearly_is_one_of(struct slice word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_is(word, words[i]))
			return true;
	return false;
}

/* "Anna's", "Thomas'", and with `joined` "Annas". */
static struct slice yearly_drop_genitive(struct slice s, bool joined)
{
	static const char *const ends[] = { "'s", "\xe2\x80\x99s", "'", "\xe2\x80\x99", "`s",
		"\xc2\xb4s" };
	size_t word = s.n;

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		size_t n = strlen(ends[i]);

		if (s.n > n && slice_is((struct slice){ s.at + s.n - n, n }, ends[i]))
			return (struct slice){ s.at, s.n - n };
	}
	while (word && !str_is_space(s.at[word - 1]) && s.at[word - 1] != '-')
		word--;
	/* "Weiss", "Anna S": no genitive can be told. */
	if (!joined || s.n - word < 3 || s.at[s.n - 1] != 's' || s.at[s.n - 2] == 's' ||
		yearly_is_one_of((struct slice){ s.at + word, s.n - word }, yearly_names_in_s,
			ARRAY_SIZE(yearly_names_in_s)))
		return s;
	return (struct slice){ s.at, s.n - 1 };
}

/* "50", "50!", "50 years old": the age, and nothing more; else 0. */
static int yearly_age(const char *text)
{
	size_t n = strspn(text, "0123456789");
	int age = 0;

	for (size_t i = 0; n <= 3 && i < n; i++)
		age = age * 10 + (text[i] - '0');

	for (text += n; *text; text += n) {
		n = 1;
		if (!yearly_is_letter(*text) || (unsigned char)*text >= 0x80)
			continue;
		while (yearly_is_letter(text[n]))
			n++;
		if (!yearly_is_one_of(
			    (struct slice){ text, n }, yearly_ages, ARRAY_SIZE(yearly_ages)))
			return 0;
	}
	return age <= YEARLY_AGE_MAX ? age : 0;
}

/* The age that somebody turns, and where their name ends; 0 where the text says no such thing. */
static int yearly_find_age(const struct yearly_fold *fold, size_t *ret_to)
{
	for (size_t i = 0; i < ARRAY_SIZE(yearly_turns); i++) {
		const char *at = strstr(fold->text, yearly_turns[i]);
		int age = at ? yearly_age(at + strlen(yearly_turns[i])) : 0;

		if (age) {
			*ret_to = (size_t)(at - fold->text);
			return age;
		}
	}
	return 0;
}

static bool yearly_is_name(struct slice s)
{
	size_t first = 0;

	while (first < s.n && !str_is_space(s.at[first]))
		first++;
	if (yearly_is_one_of(
		    (struct slice){ s.at, first }, yearly_nobody, ARRAY_SIZE(yearly_nobody)) ||
		yearly_is_one_of(s, yearly_feasts, ARRAY_SIZE(yearly_feasts)))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (yearly_is_letter(s.at[i]))
			return true;
	return false;
}

/* The name that a wording leaves. */
static struct slice yearly_name(const struct yearly_wording *w, struct slice s, int *year)
{
	struct slice name = yearly_trim(s);
	bool marked = false; /* "Anna: Geburtstag" has no genitive */

	for (const char *p = name.at + name.n; p < s.at + s.n; p++)
		marked |= !str_is_space(*p);
	/* An opened bracket that held the wording: "Anna (Geburtstag". */
	while (name.n && (name.at[name.n - 1] == '(' || name.at[name.n - 1] == '['))
		name = yearly_trim((struct slice){ name.at, name.n - 1 });
	while (yearly_take_brackets(&name, year) || yearly_take_number(&name, year))
		;
	return *w->text == '*' ? yearly_drop_genitive(name, w->genitive && !marked) : name;
}

int yearly_read(const char *text, struct yearly *ret)
{
	struct slice s = { text, strlen(text) }, rest;
	const struct yearly_wording *w;
	struct yearly_fold fold;
	size_t from, to;
	int r;

	*ret = (struct yearly){ 0 };
	if (s.n > YEARLY_TEXT_MAX)
		return 0;
	s = yearly_trim(s);
	while (yearly_take_brackets(&s, &ret->year))
		;
	s = yearly_skip_ordinal(s);
	r = yearly_fold(s, &fold);
	if (r < 0)
		return r;
	w = yearly_find(&fold, s, &from, &to);
	/* "Anna (Geburtstag)" */
	if (!w && fold.n && fold.text[fold.n - 1] == ')') {
		fold.n--;
		w = yearly_find(&fold, s, &from, &to);
	}
	/* "Anna geb. 1984": a wording before the year, else a name. */
	if (!w) {
		rest = yearly_drop_year(s, &ret->year);
		r = rest.n < s.n ? yearly_fold(rest, &fold) : 0;
		if (r < 0)
			return r;
		w = rest.n < s.n ? yearly_find(&fold, rest, &from, &to) : NULL;
		s = rest;
	}
	if (w) {
		ret->known = true;
		ret->kind = w->kind;
		ret->label = w->label;
		s = (struct slice){ s.at + fold.from[from], fold.from[to] - fold.from[from] };
		s = yearly_name(w, s, &ret->year);
	}
	if (!w && (ret->age = yearly_find_age(&fold, &to))) {
		ret->known = true;
		s = yearly_trim((struct slice){ s.at, fold.from[to] });
	}
	ret->name = yearly_is_name(s) ? s : (struct slice){ s.at, 0 };
	return 0;
}

bool yearly_is_title(const char *text, enum record_occasion_kind *ret)
{
	static const struct {
		const char *word;
		enum record_occasion_kind kind;
	} rows[] = {
		{ "birthday", RECORD_BIRTHDAY },
		{ "geburtstag", RECORD_BIRTHDAY },
		{ "anniversaire", RECORD_BIRTHDAY },
		{ "cumpleanos", RECORD_BIRTHDAY },
		{ "compleann", RECORD_BIRTHDAY },
		{ "verjaardag", RECORD_BIRTHDAY },
		{ "foedelsedag", RECORD_BIRTHDAY },
		{ "foedselsdag", RECORD_BIRTHDAY },
		{ "urodziny", RECORD_BIRTHDAY },
		{ "anniversar", RECORD_ANNIVERSARY },
		{ "hochzeitstag", RECORD_ANNIVERSARY },
		{ "jahrestag", RECORD_ANNIVERSARY },
	};
	_cleanup_str_ struct str folded = STR_INIT;

	utf8_add_folded(&folded, text);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (strstr(str_text(&folded), rows[i].word)) {
			*ret = rows[i].kind;
			return true;
		}
	return false;
}

bool yearly_has_number(const char *text, int number)
{
	while (*text) {
		int value = 0;

		for (; str_is_digit(*text); text++)
			value = value < 100000 ? value * 10 + (*text - '0') : value;
		if (value == number)
			return true;
		text += *text != '\0';
	}
	return false;
}

/* The number of four digits at `text` that stands by itself; 0 where none does. */
static int yearly_year_at(const char *start, const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (n != 4 || (text > start && str_is_digit(text[-1])))
		return 0;
	return yearly_year((struct slice){ text, n });
}

int yearly_born(const char *text)
{
	static const char *const words[] = { "born", "geb", "*", "jahrgang", "ne le", "nee le",
		"birth", "nacid", "nato", "nata" };
	_cleanup_str_ struct str folded = STR_INIT;
	const char *start, *from = NULL;

	utf8_add_folded(&folded, text);
	start = str_text(&folded);
	for (const char *p = start; *p; p++) {
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			if (str_starts(p, words[i]))
				from = p;
		if (from && p - from <= YEARLY_BORN_SPAN && yearly_year_at(start, p))
			return yearly_year_at(start, p);
	}
	return 0;
}
