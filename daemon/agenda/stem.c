/* SPDX-License-Identifier: MIT */
/*
 * stem: the words of a text that tell something, in a form in which two people's words meet.
 *
 * No dictionary: a wrong stem does no harm as long as all forms of a word get the same one, and as
 * different words rarely do.
 */
#include "agenda/stem.h"

#include "agenda/stopword.h"
#include "core/utf8.h"

#include <string.h>

#define STEM_FRONT_MIN 4 /* bytes of a compound's front part */

/* Taken off while at least `keep` bytes stay before it. The first that fits, again and again. */
static const struct {
	const char *ending;
	size_t keep;
} stem_endings[] = {
	{ "innen", 4 },
	{ "ieren", 4 },
	{ "ierung", 4 },
	{ "ungen", 4 },
	{ "ung", 4 },
	{ "ing", 4 },
	{ "ment", 5 },
	{ "ion", 5 },
	{ "ant", 5 },
	{ "ier", 6 },
	{ "ern", 4 },
	{ "er", 4 },
	{ "or", 4 },
	{ "in", 4 },
	{ "en", 4 },
	{ "es", 4 },
	{ "y", 5 },
	{ "i", 5 },
	{ "e", 4 },
};

/* Words whose ending is none. */
static bool stem_is_whole(const char *word)
{
	static const char *const whole[] = { "marketing", "kuchen" };

	for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
		if (str_equal(whole[i], word))
			return true;
	return strpbrk(word, "+#") != NULL;
}

/* The s of plurals and genitives; "Haus", "Basis" and "Fitness" have none. */
static size_t stem_cut_s(const char *word, size_t n)
{
	if (n < 4 || word[n - 1] != 's' || strchr("sui", word[n - 2]))
		return n;
	return n - 1;
}

static size_t stem_cut(const char *word, size_t n)
{
	for (size_t i = 0; i < ARRAY_SIZE(stem_endings); i++) {
		size_t k = strlen(stem_endings[i].ending);

		if (n >= k + stem_endings[i].keep &&
			memcmp(word + n - k, stem_endings[i].ending, k) == 0)
			return n - k;
	}
	return stem_cut_s(word, n);
}

/* Photograph and Fotograf, graphic and Grafik, contract and Kontrakt. */
static size_t stem_respell(char *word, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		bool ph = word[i] == 'p' && word[i + 1] == 'h';

		word[to++] = ph ? 'f' : word[i] == 'c' && word[i + 1] != 'h' ? 'k' : word[i];
		i += ph;
	}
	word[to] = '\0';
	return to;
}

/* The umlaut of a plural or of who does it ("Verträge", "Anwältin"); at the end it is none ("Reggae"). */
static size_t stem_plain_vowels(char *word, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		word[to++] = word[i];
		if (strchr("aou", word[i]) && word[i + 1] == 'e' && i + 2 < n)
			i++;
	}
	word[to] = '\0';
	return to;
}

/* "programm" and "program", "plann" and "plan"; "y" and the "i" that it becomes. */
static size_t stem_end(char *word, size_t n)
{
	if (n > 4 && word[n - 1] == word[n - 2] && !strchr("aeiou", word[n - 1]))
		n--;
	if (word[n - 1] == 'y')
		word[n - 1] = 'i';
	word[n] = '\0';
	return n;
}

/* In place: a stem is never longer than its word. */
static void stem_word(char *word)
{
	size_t n = strlen(word), shorter;

	if (stem_is_whole(word))
		return;
	n = stem_respell(word, n);
	while ((shorter = stem_cut(word, n)) < n)
		n = shorter;
	word[n] = '\0';
	n = stem_plain_vowels(word, n);
	(void)stem_end(word, n);
}

static void stem_add(struct str *out, const char *folded)
{
	_cleanup_free_ char *word = str_dup(folded);

	if (!word) {
		out->failed = true;
		return;
	}
	stem_word(word);
	str_add(out, word);
	str_add_char(out, ' ');
}

/* German joins to one word what tells something and what does not: "Umzugshelfer", "Klavierunterricht".
 * Adds the front part besides. */
static void stem_add_front(struct str *out, const char *folded)
{
	static const char *const heads[] = { "hilfe", "helfer", "helferin", "unterricht",
		"erfahrung", "erfahrungen", "kenntnisse", "kenntnissen", "experte", "experten",
		"expertin", "profi", "profis", "kontakt", "kontakte", "kontakten", "kurs", "kurse",
		"suche", "spezialist", "spezialistin" };
	size_t n = strlen(folded);

	for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
		size_t k = strlen(heads[i]);

		if (n >= k + STEM_FRONT_MIN && str_equal(folded + n - k, heads[i])) {
			_cleanup_free_ char *front = str_ndup(folded, n - k);

			out->failed |= !front;
			if (front && !stopword_is(front))
				stem_add(out, front);
			return;
		}
	}
}

/* Letters and digits of any script; not the punctuation and symbols that lie between them. */
static bool stem_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x2bff) &&
		!(c >= 0x3000 && c <= 0x303f) && !(c >= 0xff00 && c <= 0xff0f) && c != 0xfffd;
}

/* Finds the next word of *text and moves behind it; its length in bytes, 0 at the end. */
static size_t stem_next(const char **text, const char **ret_word)
{
	const char *p = *text;
	uint32_t c = 0;
	size_t k, n = 0;

	*ret_word = p;
	for (; *p; p += k) {
		k = utf8_decode(p, strnlen(p, 4), &c);
		if (k && stem_is_letter(c)) {
			if (!n)
				*ret_word = p;
			n = (size_t)(p + k - *ret_word);
			continue;
		}
		k += k == 0;
		if (n)
			break;
	}
	/* C++ and C# */
	for (; n && n < 3 && (*p == '+' || *p == '#'); p++)
		n++;
	*text = p;
	return n;
}

/* An abbreviation among words: "IT" is no "it". */
static bool stem_is_capital(const char *word, size_t n, const char *text)
{
	bool others = false;

	for (size_t i = 0; i < n; i++)
		if (word[i] < 'A' || word[i] > 'Z')
			return false;
	for (; *text; text++)
		others |= *text >= 'a' && *text <= 'z';
	return n > 1 && n <= 4 && (others || strlen(word) == n);
}

static bool stem_is_number(const char *word)
{
	return strlen(word) <= 4 && strspn(word, "0123456789") == strlen(word);
}

void stem_add_words(struct str *out, const char *text)
{
	_cleanup_str_ struct str last = STR_INIT;
	const char *p = text, *raw;
	size_t n;

	for (size_t words = 0; words < STEM_WORDS_MAX && (n = stem_next(&p, &raw)) > 0; words++) {
		_cleanup_free_ char *piece = str_ndup(raw, n);
		_cleanup_str_ struct str word = STR_INIT;

		utf8_add_folded(&word, piece);
		out->failed |= !piece || word.failed;
		if (word.len < 2 || word.len > STEM_WORD_MAX || stem_is_number(str_text(&word)) ||
			(stopword_is(str_text(&word)) && !stem_is_capital(raw, n, text))) {
			str_clear(&last);
			continue;
		}
		stem_add(out, str_text(&word));
		stem_add_front(out, str_text(&word));
		if (last.len && last.len + word.len <= STEM_WORD_MAX) {
			str_add(&last, str_text(&word));
			stem_add(out, str_text(&last));
		}
		str_clear(&last);
		str_add(&last, str_text(&word));
	}
	out->failed |= last.failed;
}
