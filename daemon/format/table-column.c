/* SPDX-License-Identifier: MIT */
/*
 * table-column: what the columns of address books mean, each by itself and beside the others.
 */
#include "core/utf8.h"
#include "format/charset.h"
#include "format/table-word.h"

#include <errno.h>
#include <string.h>

/* "Business City" and "Ort geschäftlich", "Fax privat", "Weiteres Telefon". */
static const struct {
	const char *word;
	unsigned char place;
	const char *label;
} table_places[] = {
	{ "business", TABLE_WORK, "work" },
	{ "work", TABLE_WORK, "work" },
	{ "office", TABLE_WORK, "work" },
	{ "geschaeftlich", TABLE_WORK, "work" },
	{ "geschaeftl", TABLE_WORK, "work" },
	{ "gesch", TABLE_WORK, "work" },
	{ "dienstlich", TABLE_WORK, "work" },
	{ "dienst", TABLE_WORK, "work" },
	{ "firma", TABLE_WORK, "work" },
	{ "buero", TABLE_WORK, "work" },
	{ "home", TABLE_HOME, "home" },
	{ "privates", TABLE_HOME, "home" },
	{ "private", TABLE_HOME, "home" },
	{ "privat", TABLE_HOME, "home" },
	{ "other", TABLE_OTHER, NULL },
	{ "weiteres", TABLE_OTHER, NULL },
	{ "weiterer", TABLE_OTHER, NULL },
	{ "weitere", TABLE_OTHER, NULL },
};

void table_key(const char *header, struct str *out, unsigned *ret_number)
{
	_cleanup_str_ struct str folded = STR_INIT;
	bool counting = true, counted = false;

	*ret_number = 0;
	utf8_add_folded(&folded, header);
	for (size_t i = 0; i < folded.len; i++) {
		char c = folded.data[i];

		if (c >= 'a' && c <= 'z')
			str_add_char(out, c);
		if (str_is_digit(c) && counting && *ret_number < 1000) {
			*ret_number = *ret_number * 10 + (unsigned)(c - '0');
			counted = true;
		} else if (counted) {
			counting = false;
		}
	}
	out->failed |= folded.failed;
}

/* Most fields are plain: nothing in them is to be changed. */
static bool table_is_plain(struct slice field)
{
	for (size_t i = 0; i < field.n; i++)
		if (field.at[i] < ' ' || field.at[i] > '~')
			return false;
	return field.n && field.at[0] != ' ' && field.at[field.n - 1] != ' ';
}

const char *table_clean(struct str *out, struct slice field, bool lines)
{
	str_clear(out);
	if (table_is_plain(field)) {
		str_add_bytes(out, field.at, field.n);
		return out->failed ? NULL : out->data;
	}
	charset_add(out, field.at, field.n);
	if (out->failed)
		return NULL;
	if (!out->len)
		return "";
	/* A text ends at a NUL; a field does not. */
	for (char *nul = out->data;
		(nul = memchr(nul, '\0', out->len - (size_t)(nul - out->data)));)
		*nul = '\x01';
	utf8_tidy(out->data, lines);
	out->len = strlen(out->data);
	return out->data;
}

const char *table_read_cell(struct str *out, struct slice field, bool lines)
{
	const char *text = table_clean(out, field, lines);
	size_t quotes = text ? strspn(text, "'") : 0;

	if (!quotes || !text[quotes] || !strchr("=+-@", text[quotes]))
		return text;
	memmove(out->data, text + 1, out->len);
	out->len--;
	return out->data;
}

static void table_column_set(struct table_column *column, const struct table_word *word)
{
	column->role = word->role;
	column->part = word->part;
	column->label = word->label;
	column->german = word->german;
}

static const char *table_label_at(const char *label, const char *place)
{
	if (!label || !place)
		return label ? label : place;
	return strcmp(label, "fax") != 0     ? label
		: strcmp(place, "work") == 0 ? "work fax"
					     : "home fax";
}

/* The word without the place that it begins or ends with. */
static void table_column_place(struct table_column *column, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < ARRAY_SIZE(table_places); i++) {
		size_t m = strlen(table_places[i].word);
		const struct table_word *word = NULL;

		if (m >= n)
			continue;
		if (memcmp(key, table_places[i].word, m) == 0)
			word = table_find_word(key + m, n - m);
		if (!word && memcmp(key + n - m, table_places[i].word, m) == 0)
			word = table_find_word(key, n - m);
		if (!word ||
			(word->role != TABLE_ADDRESS && word->role != TABLE_PHONE &&
				word->role != TABLE_EMAIL && word->role != TABLE_LINK))
			continue;
		table_column_set(column, word);
		column->place = table_places[i].place;
		column->label = table_label_at(word->label, table_places[i].label);
		return;
	}
}

static int table_column_find(struct table_column *ret, const char *header)
{
	_cleanup_str_ struct str key = STR_INIT;
	const struct table_word *word;

	ret->place = TABLE_PLAIN;
	table_key(header, &key, &ret->number);
	if (key.failed)
		return -ENOMEM;
	word = table_find_word(str_text(&key), key.len);
	if (word)
		table_column_set(ret, word);
	else
		table_column_place(ret, str_text(&key));
	return 0;
}

/* "Birthday (MM/DD/YYYY)": what stands in brackets is a remark, where nothing is known of the whole. */
static int table_column_know(struct table_column *ret, const char *header)
{
	_cleanup_str_ struct str before = STR_INIT;
	const char *bracket = strchr(header, '(');
	int result = table_column_find(ret, header);

	if (!result && ret->role == TABLE_EXTRA && bracket) {
		str_add_bytes(&before, header, (size_t)(bracket - header));
		result = before.failed ? -ENOMEM : table_column_find(ret, str_text(&before));
	}
	ret->kept = ret->role == TABLE_EXTRA;
	return result;
}

static int table_column_read(struct table_column *ret, struct slice field)
{
	_cleanup_str_ struct str clean = STR_INIT;
	const char *header = table_read_cell(&clean, field, false);

	if (!header)
		return -ENOMEM;
	*ret = (struct table_column){ .header = str_dup(header) };
	if (!ret->header)
		return -ENOMEM;
	return table_column_know(ret, header);
}

bool table_has_field(const char *header)
{
	struct table_column column = { 0 };

	return table_column_know(&column, header) || !column.kept;
}

void table_columns_done(struct table_columns *columns)
{
	for (size_t i = 0; i < columns->n; i++)
		free(columns->all[i].header);
	free(columns->all);
	*columns = (struct table_columns){ 0 };
}

static bool table_has(const struct table_columns *columns, enum table_role role, int part)
{
	for (size_t i = 0; i < columns->n; i++)
		if (columns->all[i].role == role && (part < 0 || columns->all[i].part == part))
			return true;
	return false;
}

/* Whether a header is called exactly so, case apart. */
static bool table_names(const struct table_columns *columns, const char *header)
{
	for (size_t i = 0; i < columns->n; i++)
		if (str_casecmp(columns->all[i].header, header) == 0)
			return true;
	return false;
}

static bool table_spells(const struct table_columns *columns, const char *header)
{
	for (size_t i = 0; i < columns->n; i++)
		if (str_equal(columns->all[i].header, header))
			return true;
	return false;
}

static bool table_is_linkedin(const struct table_columns *c)
{
	return table_has(c, TABLE_CONNECTED, -1) && table_has(c, TABLE_PART, TABLE_FAMILY);
}

static bool table_is_google(const struct table_columns *c)
{
	return table_names(c, "E-mail 1 - Value") || table_names(c, "Phone 1 - Value") ||
		table_names(c, "Group Membership") ||
		(table_names(c, "Labels") && table_names(c, "File As")) ||
		table_has(c, TABLE_OWN, RECORD_OWN_COUNT);
}

static bool table_is_mozilla(const struct table_columns *c)
{
	return table_names(c, "Primary Email") || table_names(c, "Primäre E-Mail-Adresse");
}

/* The English spelling is Outlook's own; in German everybody writes so. */
static bool table_is_outlook(const struct table_columns *c)
{
	return table_has(c, TABLE_PART, TABLE_GIVEN) &&
		(table_spells(c, "E-mail Address") ||
			(table_spells(c, "E-Mail-Adresse") &&
				(table_names(c, "Weitere Vornamen") ||
					table_names(c, "Telefon geschäftlich") ||
					table_names(c, "Mobiltelefon"))));
}

static bool table_is_guessable(const struct table_columns *c)
{
	return table_has(c, TABLE_WHOLE, -1) || table_has(c, TABLE_PART, -1) ||
		table_has(c, TABLE_CLIENT, -1) || table_has(c, TABLE_EMAIL, -1) ||
		table_has(c, TABLE_ORG, -1);
}

/* What a table is known by, in the order in which it is asked; and what a person is told of that. */
static const struct table_program {
	enum table_format format;
	bool (*is)(const struct table_columns *columns);
	const char *columns[4];
} table_programs[] = {
	{ TABLE_LINKEDIN, table_is_linkedin, { "Last Name", "Connected On" } },
	{ TABLE_GOOGLE, table_is_google,
		{ "E-mail 1 - Value", "Phone 1 - Value", "Group Membership" } },
	{ TABLE_THUNDERBIRD, table_is_mozilla, { "Primary Email" } },
	{ TABLE_OUTLOOK, table_is_outlook, { "First Name", "E-mail Address" } },
	{ TABLE_CSV, table_is_guessable, { NULL } },
};

/* What it is where the person names no format; else that, where it may be. A table of nobody's in particular
 * may be anybody's but LinkedIn's, by whose days one is connected. */
static enum table_format table_columns_format(
	const struct table_columns *columns, enum table_format wanted)
{
	enum table_format found = TABLE_NONE;

	for (size_t i = 0; i < ARRAY_SIZE(table_programs); i++) {
		if (!table_programs[i].is(columns))
			continue;
		if (table_programs[i].format == wanted)
			return wanted;
		found = found ? found : table_programs[i].format;
	}
	return found == TABLE_CSV && wanted && wanted != TABLE_LINKEDIN ? wanted : found;
}

void table_columns_lack(
	const struct table_columns *columns, enum table_format format, struct str *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(table_programs); i++)
		for (const char *const *name = table_programs[i].columns;
			table_programs[i].format == format && *name; name++)
			if (!table_spells(columns, *name)) {
				str_add_separator(out, ", ");
				str_add(out, *name);
			}
}

static bool table_says(const struct table_column *column, const char *word)
{
	_cleanup_str_ struct str key = STR_INIT;
	unsigned number;

	table_key(column->header, &key, &number);
	return strstr(str_text(&key), word) != NULL;
}

/* "Home Address" is all of it in one text, where "Home Street" stands beside it. */
static bool table_is_formatted(const struct table_columns *columns, const struct table_column *c)
{
	if (c->role != TABLE_ADDRESS || c->part != TABLE_STREET || !table_says(c, "address"))
		return false;
	for (size_t i = 0; i < columns->n; i++)
		if (columns->all[i].role == TABLE_ADDRESS && columns->all[i].place == c->place &&
			columns->all[i].part == TABLE_STREET &&
			table_says(&columns->all[i], "street"))
			return true;
	return false;
}

/* "Kunde" is somebody, or, beside "Ansprechpartner", the firm that somebody is of. */
static void table_columns_settle_clients(struct table_columns *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		bool named = table_has(columns, TABLE_WHOLE, -1) ||
			table_has(columns, TABLE_PART, -1),
		     org = table_has(columns, TABLE_ORG, -1);

		if (columns->all[i].role != TABLE_CLIENT)
			continue;
		columns->all[i].client = true;
		columns->all[i].role = !named ? TABLE_WHOLE : org ? TABLE_EXTRA : TABLE_ORG;
	}
}

void table_columns_learn(struct table_columns *columns)
{
	bool learnt = false;

	for (size_t i = 0; i < columns->n; i++) {
		struct table_column *c = &columns->all[i];

		if (c->mapped || !c->addressed || c->unaddressed)
			continue;
		/* Or had a field that the person gave to another. */
		if (c->role != TABLE_WHOLE && (c->role != TABLE_EXTRA || c->kept))
			continue;
		c->role = TABLE_EMAIL;
		learnt = true;
	}
	for (size_t i = 0; i < columns->n && learnt; i++)
		if (columns->all[i].client && !columns->all[i].mapped)
			columns->all[i].role = columns->all[i].role == TABLE_EMAIL ? TABLE_EMAIL
										   : TABLE_CLIENT;
	table_columns_settle_clients(columns);
}

/* What a column means beside the others. */
static void table_columns_settle(struct table_columns *columns, enum table_format format)
{
	bool given = table_has(columns, TABLE_PART, TABLE_GIVEN),
	     family = table_has(columns, TABLE_PART, TABLE_FAMILY),
	     birth = table_has(columns, TABLE_BIRTH, -1), job = false;

	for (size_t i = 0; i < columns->n; i++)
		job = job || table_says(&columns->all[i], "jobtitle");

	for (size_t i = 0; i < columns->n; i++) {
		struct table_column *c = &columns->all[i];

		/* "Vorname;Name" */
		if (c->role == TABLE_WHOLE && given && !family &&
			str_casecmp(c->header, "name") == 0) {
			c->role = TABLE_PART;
			c->part = TABLE_FAMILY;
			family = true;
		}
		/* The day beside year and month. */
		if (c->role == TABLE_DAY && c->part == RECORD_BIRTHDAY && birth) {
			c->role = TABLE_BIRTH;
			c->part = TABLE_BIRTH_DAY;
		}
		/* Beside a job title a title is "Mr."; Outlook's types of addresses are no labels. */
		if (job && str_casecmp(c->header, "title") == 0) {
			c->role = TABLE_PART;
			c->part = TABLE_PREFIX;
		}
		if (format == TABLE_OUTLOOK && c->role == TABLE_LABEL)
			c->role = TABLE_DROP;
		if (format != TABLE_GOOGLE && table_is_formatted(columns, c))
			c->part = TABLE_FORMATTED;
		/* Google numbers its addresses, Thunderbird the lines of one. */
		if (format == TABLE_GOOGLE && c->role == TABLE_ADDRESS && c->number)
			c->place = (unsigned char)(c->number < TABLE_WORK - TABLE_PLAIN
					? TABLE_PLAIN + c->number
					: TABLE_OTHER);
	}
}

static void table_columns_label(struct table_columns *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		struct table_column *c = &columns->all[i];

		for (size_t k = 0; k < columns->n; k++)
			if (columns->all[k].role == TABLE_LABEL &&
				columns->all[k].part == (unsigned char)c->role &&
				columns->all[k].number == c->number) {
				c->labelled = true;
				c->label_at = k;
			}
	}
}

int table_columns_read(struct table_columns *ret, const struct csv_row *header,
	enum table_format wanted, enum table_format *ret_format)
{
	int result = 0;

	*ret = (struct table_columns){ .all = calloc(header->n, sizeof(*ret->all)) };
	if (!ret->all)
		return -ENOMEM;
	for (; ret->n < header->n && !result; ret->n++)
		result = table_column_read(&ret->all[ret->n], header->fields[ret->n]);
	if (result)
		return result;
	*ret_format = table_columns_format(ret, wanted);
	ret->guessed = *ret_format == TABLE_CSV ||
		(wanted && table_columns_format(ret, TABLE_NONE) == TABLE_CSV);
	table_columns_settle_clients(ret);
	ret->own = table_has(ret, TABLE_OWN, RECORD_OWN_COUNT);
	table_columns_settle(ret, *ret_format);
	table_columns_label(ret);
	return 0;
}

/* The order that Thunderbird has exported by since its beginnings (mailnews/addrbook). */
static const char *const table_thunderbird[] = { "First Name", "Last Name", "Display Name",
	"Nickname", "Primary Email", "Secondary Email", "Screen Name", "Work Phone", "Home Phone",
	"Fax Number", "Pager Number", "Mobile Number", "Home Address", "Home Address 2",
	"Home City", "Home State", "Home ZipCode", "Home Country", "Work Address", "Work Address 2",
	"Work City", "Work State", "Work ZipCode", "Work Country", "Job Title", "Department",
	"Organization", "Web Page 1", "Web Page 2", "Birth Year", "Birth Month", "Birth Day",
	"Custom 1", "Custom 2", "Custom 3", "Custom 4", "Notes" };

int table_columns_thunderbird(struct table_columns *ret)
{
	struct slice fields[ARRAY_SIZE(table_thunderbird)];
	const struct csv_row header = { 1, fields, ARRAY_SIZE(fields) };
	enum table_format format;

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		fields[i] = (struct slice){ table_thunderbird[i], strlen(table_thunderbird[i]) };
	return table_columns_read(ret, &header, TABLE_NONE, &format);
}

static bool table_is_number(struct slice field, size_t max_digits)
{
	for (size_t i = 0; i < field.n; i++)
		if (!str_is_digit(field.at[i]))
			return false;
	return field.n <= max_digits;
}

bool table_is_thunderbird_wide(const struct csv_row *row)
{
	return row->n + 1 >= ARRAY_SIZE(table_thunderbird) &&
		row->n <= ARRAY_SIZE(table_thunderbird) + 1;
}

bool table_is_thunderbird(const struct csv_row *row)
{
	enum { EMAIL = 4, YEAR = 29, MONTH, DAY };
	const struct slice *f = row->fields;

	if (!table_is_thunderbird_wide(row))
		return false;
	return (!f[EMAIL].n || memchr(f[EMAIL].at, '@', f[EMAIL].n)) &&
		table_is_number(f[YEAR], 4) && table_is_number(f[MONTH], 2) &&
		table_is_number(f[DAY], 2);
}
