/* SPDX-License-Identifier: MIT */
/*
 * likeness: spellings of one name, number or address brought to one form, so that doubles show.
 */
#include "core/likeness.h"

#include "core/utf8.h"

#include <string.h>

#define LIKENESS_WORDS_MAX   8
#define LIKENESS_PHONE_MIN   6 /* digits: an extension tells nobody from another */
#define LIKENESS_PHONE_END   7
#define LIKENESS_COUNTRY_MAX 3 /* digits of a country's code */

static bool likeness_is_title(const char *word, bool dotted)
{
	static const struct {
		const char *word;
		bool dotted; /* a title only with its dot: a name may be written so, too */
	} titles[] = { { "dr", false }, { "prof", false }, { "professor", false },
		{ "herr", false }, { "frau", false }, { "mr", false }, { "mrs", false },
		{ "ms", false }, { "dipl", false }, { "mag", true }, { "ing", true },
		{ "med", true }, { "rer", true }, { "nat", true }, { "phil", true },
		{ "jur", true }, { "habil", true }, { "hc", false }, { "phd", false },
		{ "mba", false }, { "msc", false }, { "bsc", false } };

	for (size_t i = 0; i < ARRAY_SIZE(titles); i++)
		if (str_equal(titles[i].word, word))
			return dotted || !titles[i].dotted;
	return false;
}

static void likeness_end_word(struct str *out, struct str *word, bool dotted, bool titles)
{
	if (word->len && (titles || !likeness_is_title(word->data, dotted))) {
		if (out->len && out->data[out->len - 1] != ' ')
			str_add_char(out, ' ');
		str_add_bytes(out, word->data, word->len);
	}
	out->failed |= word->failed;
	str_clear(word);
}

static bool likeness_is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xb4 || c == 0x2018 || c == 0x2019;
}

static bool likeness_is_letter(uint32_t c)
{
	return c < 0x80 ? str_is_digit((char)c) || (c >= 'a' && c <= 'z')
			: c >= 0xc0 && (c < 0x2000 || c > 0x206f);
}

/* Adds the words of a folded text that is valid UTF-8. */
static void likeness_add_words(struct str *out, const char *folded, size_t n, bool titles)
{
	_cleanup_str_ struct str word = STR_INIT;
	size_t k;

	for (; n; folded += k, n -= k) {
		uint32_t c = 0;

		k = utf8_decode(folded, n, &c);
		if (k && likeness_is_letter(c))
			str_add_bytes(&word, folded, k);
		else if (!k || !likeness_is_apostrophe(c))
			likeness_end_word(out, &word, c == '.', titles);
		k = k ? k : 1;
	}
	likeness_end_word(out, &word, false, titles);
}

void likeness_add_name(struct str *out, const char *name)
{
	_cleanup_str_ struct str folded = STR_INIT;
	const char *text, *comma;
	size_t before = out->len, n;

	utf8_add_folded(&folded, name);
	text = str_text(&folded);
	comma = strchr(text, ',');
	n = comma ? (size_t)(comma - text) : folded.len;
	/* Whose name is but a title is called so. */
	for (int titles = 0; titles < 2 && out->len == before; titles++) {
		if (comma)
			likeness_add_words(out, comma + 1, folded.len - n - 1, titles);
		likeness_add_words(out, text, n, titles);
	}
	out->failed |= folded.failed;
}

struct likeness_word {
	const char *text;
	size_t n;
	bool taken;
};

static size_t likeness_split(const char *form, struct likeness_word words[LIKENESS_WORDS_MAX])
{
	size_t n = 0;

	for (const char *p = form; *p && n < LIKENESS_WORDS_MAX; p += *p == ' ') {
		words[n] = (struct likeness_word){ p, strcspn(p, " "), false };
		p += words[n++].n;
	}
	return n;
}

enum likeness_fit { FIT_NONE, FIT_INITIAL, FIT_CLOSE, FIT_EQUAL };

/* One letter more, less, another, or two swapped, in a word that is long enough for an error. */
static bool likeness_is_misspelt(const struct likeness_word *a, const struct likeness_word *b)
{
	size_t i = 0;
	const char *p, *q;

	if (a->n > b->n)
		return likeness_is_misspelt(b, a);
	if (a->n < 4 || b->n - a->n > 1)
		return false;
	while (i < a->n && a->text[i] == b->text[i])
		i++;
	p = a->text + i;
	q = b->text + i;
	if (b->n > a->n)
		return memcmp(p, q + 1, a->n - i) == 0;
	if (i + 1 < a->n && p[0] == q[1] && p[1] == q[0])
		return memcmp(p + 2, q + 2, a->n - i - 2) == 0;
	return memcmp(p + 1, q + 1, a->n - i - 1) == 0;
}

static enum likeness_fit likeness_fit(const struct likeness_word *a, const struct likeness_word *b)
{
	size_t n = a->n < b->n ? a->n : b->n;

	if (memcmp(a->text, b->text, n) == 0) {
		if (a->n == b->n)
			return n > 1 ? FIT_EQUAL : FIT_INITIAL;
		if (n == 1 || n >= 3)
			return n == 1 ? FIT_INITIAL : FIT_CLOSE; /* Ben, Benjamin */
	}
	return likeness_is_misspelt(a, b) ? FIT_CLOSE : FIT_NONE;
}

/* The word's best partner among those that have none yet, which is taken then. */
static enum likeness_fit likeness_take(
	const struct likeness_word *word, struct likeness_word *many, size_t n)
{
	struct likeness_word *partner = NULL;
	enum likeness_fit best = FIT_NONE;

	for (size_t i = 0; i < n; i++) {
		enum likeness_fit fit = many[i].taken ? FIT_NONE : likeness_fit(word, &many[i]);

		if (fit > best) {
			best = fit;
			partner = &many[i];
		}
	}
	if (partner)
		partner->taken = true;
	return best;
}

enum likeness likeness_names(const char *a, const char *b)
{
	struct likeness_word x[LIKENESS_WORDS_MAX], y[LIKENESS_WORDS_MAX];
	struct likeness_word *few = x, *many = y;
	size_t n = likeness_split(a, x), m = likeness_split(b, y), fits[FIT_EQUAL + 1] = { 0 };

	if (n > m) {
		size_t swap = n;

		few = y, many = x;
		n = m, m = swap;
	}
	if (!n)
		return LIKENESS_OPEN;
	/* Initials, too, where all of them are. */
	if (n > 1 && str_equal(a, b))
		return LIKENESS_SAME;
	for (size_t i = 0; i < n; i++)
		fits[likeness_take(&few[i], many, m)]++;
	if (fits[FIT_EQUAL] == n && n == m)
		return LIKENESS_SAME;
	if (!fits[FIT_NONE])
		return fits[FIT_EQUAL] + fits[FIT_CLOSE] ? LIKENESS_ALIKE : LIKENESS_OPEN;
	if (n == 1)
		return LIKENESS_OPEN;
	if (!(fits[FIT_EQUAL] + fits[FIT_CLOSE]))
		return LIKENESS_DIFFERENT;
	return likeness_fit(&few[0], &many[0]) >= FIT_CLOSE ? LIKENESS_GIVEN : LIKENESS_FAMILY;
}

void likeness_add_phone(struct str *out, const char *phone)
{
	_cleanup_str_ struct str digits = STR_INIT;
	bool abroad = false;
	const char *p = str_starts(phone, "tel:") ? phone + 4 : phone;

	for (; *p; p++) {
		if (abroad && str_starts(p, "(0)"))
			p += 2;
		else if (*p == '+' && !digits.len)
			abroad = true;
		else if (str_is_digit(*p))
			str_add_char(&digits, *p);
		else if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))
			return; /* words, or an extension, which is another number */
	}
	p = str_text(&digits);
	if (!abroad && str_starts(p, "00")) {
		abroad = true;
		p += 2;
	}
	while (*p == '0')
		p++;
	if (strlen(p) >= LIKENESS_PHONE_MIN) {
		str_add(out, abroad ? "+" : "");
		str_add(out, p);
	}
	out->failed |= digits.failed;
}

bool likeness_phones(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	if (*a != '+' && *b == '+')
		return likeness_phones(b, a);
	if (*a != '+' || *b == '+')
		return str_equal(a, b);
	/* A number of the neighbourhood, without the town's code, could be anybody's. */
	return m >= LIKENESS_PHONE_END && n > m + 1 && n - 1 - m <= LIKENESS_COUNTRY_MAX &&
		str_equal(a + (n - m), b);
}

bool likeness_phones_as_written(const char *a, const char *b)
{
	_cleanup_str_ struct str x = STR_INIT, y = STR_INIT;

	likeness_add_phone(&x, a);
	likeness_add_phone(&y, b);
	return !x.failed && !y.failed && x.len && y.len && likeness_phones(x.data, y.data);
}

const char *likeness_phone_end(const char *form)
{
	size_t n = strlen(form);

	return n > LIKENESS_PHONE_END ? form + (n - LIKENESS_PHONE_END) : form;
}

/* Sites of profiles write one page in many ways: de.linkedin.com/in/anna?trk=... */
static bool likeness_is_profile(const char *host)
{
	return str_starts(host, "linkedin.com/") || str_starts(host, "xing.com/");
}

void likeness_add_link(struct str *out, const char *link)
{
	_cleanup_str_ struct str lower = STR_INIT;
	const char *scheme = strstr(link, "://"), *p;
	size_t n;

	for (p = scheme ? scheme + 3 : link; *p && *p != '#'; p++)
		if (*p == '\\') /* as a vCard's writer puts it */
			str_add(&lower, "%5c");
		else
			str_add_char(&lower, str_lower(*p));
	p = str_text(&lower);
	if (str_starts(p, "www."))
		p += 4;
	else if (strcspn(p, ".") == 2 && p[2] && likeness_is_profile(p + 3))
		p += 3;
	n = likeness_is_profile(p) ? strcspn(p, "?") : strlen(p);
	while (n && p[n - 1] == '/')
		n--;
	str_add_bytes(out, p, n);
	out->failed |= lower.failed;
}

bool likeness_links_as_written(const char *a, const char *b)
{
	_cleanup_str_ struct str x = STR_INIT, y = STR_INIT;

	likeness_add_link(&x, a);
	likeness_add_link(&y, b);
	return !x.failed && !y.failed && x.len && str_equal(str_text(&x), str_text(&y));
}

bool likeness_link_is_page(const char *form)
{
	return strchr(form, '/') != NULL;
}
