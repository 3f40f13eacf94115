/* SPDX-License-Identifier: MIT */
/*
 * vcard_writer: a record as a vCard, 4.0 or 3.0.
 */
#include "format/vcard_writer.h"

#include "format/contentline.h"
#include "format/line_writer.h"
#include "format/own.h"
#include "format/value.h"

#include <string.h>

#define VCARD_ANY_NAME "X-EXTRA"

struct vcard_writer {
	struct str *out, line;
	const struct record *record;
	enum vcard_version version;
	unsigned item;       /* of the last group that is our own */
	const char *used[3]; /* preserved lines that stand where their property belongs */
	size_t n_used;
};

static void vcard_end_line(struct vcard_writer *w)
{
	line_end(&w->line, w->out);
}

static void vcard_add_property(struct vcard_writer *w, const char *name, const char *text)
{
	if (!text)
		return;
	str_addf(&w->line, "%s:", name);
	line_add_text(&w->line, text);
	vcard_end_line(w);
}

/* Groups that preserved lines are in are theirs: ours begin behind them. */
static unsigned vcard_last_item(const struct record *record)
{
	unsigned last = 0;

	for (size_t i = 0; i < record->n_values; i++) {
		const char *text = record->values[i].text, *end;
		uint64_t number = 0;

		if (record->values[i].kind != RECORD_EXTRA ||
			!slice_is((struct slice){ text, strnlen(text, 4) }, "item"))
			continue;
		for (end = text + 4; str_is_digit(*end) && number < 1000000; end++)
			number = number * 10 + (uint64_t)(*end - '0');
		if (*end == '.' && number > last)
			last = (unsigned)number;
	}
	return last;
}

/* RFC 6350 section 5.2 lets a value be quoted, but nothing has a quote in it. */
static bool vcard_is_param_value(struct slice value)
{
	bool quoted = false;

	for (size_t i = 0; i < value.n; i++) {
		if (value.at[i] != '"')
			continue;
		if (!quoted && i > 0 && value.at[i - 1] != ',')
			return false;
		if (quoted && i + 1 < value.n && value.at[i + 1] != ',')
			return false;
		quoted = !quoted;
	}
	return !quoted;
}

/* Whether readers of vCard 2.1 would take it for a coding that the value no longer has. */
static bool vcard_is_coding(struct slice text)
{
	static const char coding[] = "QUOTED-PRINTABLE";

	for (size_t n = sizeof(coding) - 1; text.n >= n; text.at++, text.n--)
		if (slice_is((struct slice){ text.at, n }, coding))
			return true;
	return false;
}

static void vcard_add_param(struct vcard_writer *w, const struct contentline_param *p)
{
	bool bare = !p->value.at;
	struct slice value = bare ? p->name : p->value;

	if (vcard_is_coding(p->name) || vcard_is_coding(p->value))
		return;
	for (size_t i = 0; i < p->name.n; i++)
		if (!str_is_digit(p->name.at[i]) && p->name.at[i] != '-' &&
			(str_lower(p->name.at[i]) < 'a' || str_lower(p->name.at[i]) > 'z'))
			return;
	if (w->version == VCARD_4 && (bare || slice_is(p->name, "TYPE")) &&
		slice_is(value, "pref")) {
		str_add(&w->line, ";PREF=1");
		return;
	}
	if (w->version == VCARD_3 && !bare && slice_is(p->name, "PREF")) {
		str_add(&w->line, ";TYPE=pref");
		return;
	}
	str_add_char(&w->line, ';');
	line_add_raw(&w->line, bare ? "TYPE" : p->name.at, bare ? 4 : p->name.n);
	str_add_char(&w->line, '=');
	if (vcard_is_param_value(value)) {
		line_add_raw(&w->line, value.at, value.n);
		return;
	}
	str_add_char(&w->line, '"');
	for (size_t i = 0; i < value.n; i++)
		if (value.at[i] != '"')
			line_add_raw(&w->line, value.at + i, 1);
	str_add_char(&w->line, '"');
}

/* What a card has once and has already, what frames it, and what 4.0 has dropped. */
static bool vcard_needs_x(struct slice name, enum vcard_version version)
{
	static const struct {
		const char *name;
		bool in_3; /* where it may stand among preserved lines */
		bool in_4;
	} rows[] = {
		{ "BEGIN", false, false },
		{ "END", false, false },
		{ "VERSION", false, false },
		{ "PRODID", false, false },
		{ "UID", false, false },
		{ "N", false, false },
		{ "FN", false, true },
		{ "AGENT", true, false },
		{ "CLASS", true, false },
		{ "LABEL", true, false },
		{ "MAILER", true, false },
		{ "NAME", true, false },
		{ "PROFILE", false, false },
		{ "SORT-STRING", true, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (slice_is(name, rows[i].name))
			return version == VCARD_3 ? !rows[i].in_3 : !rows[i].in_4;
	return false;
}

/* A comma separates nothing there, and vCard 2.1 did not escape it; some readers take a bare one for a
 * list. */
static void vcard_add_organisation(struct vcard_writer *w, struct slice value)
{
	for (size_t i = 0; i < value.n; i++) {
		size_t n = value.at[i] == '\\' && i + 1 < value.n ? 2 : 1;

		if (value.at[i] == ',')
			str_add_char(&w->line, '\\');
		line_add_raw(&w->line, value.at + i, n);
		i += n - 1;
	}
}

/* `own`: it stands where its property belongs, under its own name. */
static void vcard_add_extra(struct vcard_writer *w, const char *text, bool own)
{
	struct contentline line;

	if (!contentline_parse(&line, text, strlen(text)) || !line.name.n) {
		vcard_add_property(w, VCARD_ANY_NAME, text);
		return;
	}
	if (line.n_params == CONTENTLINE_PARAMS_MAX && own) {
		line_add_raw(&w->line, text, strlen(text));
		vcard_end_line(w);
		return;
	}
	if (line.group.n) {
		line_add_raw(&w->line, line.group.at, line.group.n);
		str_add_char(&w->line, '.');
	}
	if (!own && (vcard_needs_x(line.name, w->version) || own_is_property(line.name)))
		str_add(&w->line, "X-");
	line_add_raw(&w->line, line.name.at, line.name.n);
	for (size_t i = 0; i < line.n_params; i++)
		vcard_add_param(w, &line.params[i]);
	str_add_char(&w->line, ':');
	if (slice_is(line.name, "ORG"))
		vcard_add_organisation(w, line.value);
	else
		line_add_raw(&w->line, line.value.at, line.value.n);
	vcard_end_line(w);
}

enum vcard_match {
	VCARD_OTHER,
	VCARD_SAME, /* it says the very text, and nothing more */
	VCARD_MORE, /* it says the text among other things */
};

/* What the line says of `text`, which would be its component `place`; NULL: any line says more. */
static enum vcard_match vcard_match(const struct contentline *line, size_t place, const char *text)
{
	struct slice rest = line->value, part = { 0 };
	bool more = false, found = false;

	if (!text)
		return VCARD_MORE;
	for (size_t i = 0; value_next(&rest, ';', &part); i++) {
		_cleanup_str_ struct str clean = STR_INIT;

		value_add_text(&clean, part, VALUE_WORDS);
		found |= i == place && str_equal(str_text(&clean), text);
		more |= i != place && clean.len;
	}
	return !found ? VCARD_OTHER : more ? VCARD_MORE : VCARD_SAME;
}

/* Writes the first preserved line of that name which says `text` in component `place`, and more. */
static bool vcard_add_preserved(
	struct vcard_writer *w, const char *name, size_t place, const char *text)
{
	const struct record *record = w->record;

	for (size_t i = 0; i < record->n_values; i++) {
		const char *extra = record->values[i].text;
		struct contentline line;

		if (record->values[i].kind != RECORD_EXTRA ||
			!contentline_parse(&line, extra, strlen(extra)) ||
			!slice_is(line.name, name) || vcard_match(&line, place, text) != VCARD_MORE)
			continue;
		w->used[w->n_used++] = extra;
		vcard_add_extra(w, extra, true);
		return true;
	}
	return false;
}

const char *vcard_writer_property(enum record_kind kind)
{
	static const char *const names[] = {
		[RECORD_EMAIL] = "EMAIL", [RECORD_PHONE] = "TEL", [RECORD_LINK] = "URL"
	};

	return names[kind];
}

/* Whether the line stands there already, or says nothing that a field does not say. */
static bool vcard_is_said(const struct vcard_writer *w, const char *text)
{
	const struct {
		const char *name, *text;
		size_t place;
	} rows[] = { { "ORG", w->record->org, 0 }, { "ADR", w->record->city, 3 } };
	struct contentline line;

	for (size_t i = 0; i < w->n_used; i++)
		if (w->used[i] == text)
			return true;
	if (!contentline_parse(&line, text, strlen(text)))
		return false;
	for (enum record_kind kind = RECORD_EMAIL; kind <= RECORD_LINK; kind++)
		if (slice_is(line.name, vcard_writer_property(kind)))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].text && slice_is(line.name, rows[i].name))
			return vcard_match(&line, rows[i].place, rows[i].text) == VCARD_SAME;
	return false;
}

static void vcard_add_name(struct vcard_writer *w)
{
	if (vcard_add_preserved(w, "N", 0, NULL))
		return;
	vcard_writer_make_name(&w->line, w->record);
	vcard_end_line(w);
}

/* A URI has no escapes: what a reader would take for one is put as RFC 3986 section 2.1 has it. A comma is
 * escaped all the same: more readers split a URI there than leave the backslash in it. */
static void vcard_add_uri(struct vcard_writer *w, const char *uri)
{
	for (; *uri; uri++) {
		if (*uri == '\\')
			str_add(&w->line, "%5C");
		else if (*uri == ',')
			str_add(&w->line, "\\,");
		else
			line_add_raw(&w->line, uri, 1);
	}
}

/* RFC 3986 section 3.1. */
static bool vcard_is_uri(const char *text)
{
	size_t n = strspn(
		text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");

	return n > 1 && text[n] == ':' && !str_is_digit(*text) && !strpbrk(text, "\\ ,");
}

static void vcard_add_uid(struct vcard_writer *w)
{
	const char *uid = w->record->uid;

	if (!uid)
		return;
	if (w->version == VCARD_3 || !vcard_is_uri(uid)) {
		vcard_add_property(w, w->version == VCARD_3 ? "UID" : "UID;VALUE=text", uid);
		return;
	}
	str_add(&w->line, "UID:");
	vcard_add_uri(w, uid);
	vcard_end_line(w);
}

/* What TYPE may be, in the words of the label; others are a group's X-ABLabel. */
static bool vcard_is_type(const struct vcard_writer *w, enum record_kind kind, struct slice label)
{
	static const struct {
		const char *words;
		bool phone, version_3;
	} rows[] = {
		{ " home work ", false, false },
		{ " cell fax pager video ", true, false },
		{ " bbs car isdn modem pcs ", true, true },
	};
	struct slice word;

	while (value_next(&label, ' ', &word)) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_SIZE(rows) && !known && word.n; i++) {
			const char *at = memmem(
				rows[i].words, strlen(rows[i].words), word.at, word.n);

			known = at && at[-1] == ' ' && at[word.n] == ' ' &&
				(!rows[i].phone || kind == RECORD_PHONE) &&
				(!rows[i].version_3 || w->version == VCARD_3);
		}
		if (!known)
			return false;
	}
	return true;
}

/* The labels that Apple's address book knows in every language look so. */
static void vcard_add_label(struct vcard_writer *w, struct slice label)
{
	static const char *const known[] = { "Anniversary", "Home", "HomeFAX", "HomePage", "Main",
		"Mobile", "Other", "Pager", "School", "Work", "WorkFAX" };
	_cleanup_free_ char *text = str_ndup(label.at, label.n);
	bool is_known = false;

	w->line.failed |= !text;
	for (size_t i = 0; i < ARRAY_SIZE(known) && !is_known; i++)
		is_known = str_equal(text, known[i]);
	str_addf(&w->line, "item%u.X-ABLabel:%s", w->item, is_known ? "_$!<" : "");
	line_add_text(&w->line, text ? text : "");
	str_add(&w->line, is_known ? ">!$_" : "");
	vcard_end_line(w);
}

/* "EMAIL;TYPE=work:anna@example.org": the type of a value, beside its label. */
static void vcard_add_kept_type(struct vcard_writer *w, const struct record_value *v)
{
	const struct record *record = w->record;

	for (size_t i = 0; i < record->n_values; i++) {
		const char *extra = record->values[i].text;
		_cleanup_str_ struct str text = STR_INIT;
		struct contentline line;

		if (record->values[i].kind != RECORD_EXTRA ||
			!contentline_parse(&line, extra, strlen(extra)) || line.n_params != 1 ||
			!slice_is(line.name, vcard_writer_property(v->kind)))
			continue;
		value_add_text(&text, line.value, VALUE_WORDS);
		if (!str_equal(str_text(&text), v->text))
			continue;
		vcard_add_param(w, &line.params[0]);
		return;
	}
}

/* Whether it is the first of several: no other is preferred. */
static bool vcard_is_first(const struct record *record, const struct record_value *v)
{
	const struct record_value *first = NULL;
	size_t n = 0;

	for (size_t i = record->n_values; i-- > 0;)
		if (record->values[i].kind == v->kind) {
			first = &record->values[i];
			n++;
		}
	return first == v && n > 1;
}

/* "home" and the like, and which one is preferred. */
static void vcard_add_types(
	struct vcard_writer *w, const struct record_value *v, struct slice label, bool typed)
{
	bool preferred;
	const char *between = ";TYPE=";
	struct slice word;

	(void)record_label(v->label, &preferred);
	while (typed && value_next(&label, ' ', &word)) {
		str_add(&w->line, between);
		line_add_raw(&w->line, word.at, word.n);
		between = ",";
	}
	if (!typed)
		vcard_add_kept_type(w, v);
	if (preferred && vcard_is_first(w->record, v))
		str_add(&w->line, w->version == VCARD_4 ? ";PREF=1" : ";TYPE=pref");
}

static void vcard_add_value(struct vcard_writer *w, const struct record_value *v)
{
	struct slice label = { v->label, record_label(v->label, NULL) };
	bool typed = label.n && vcard_is_type(w, v->kind, label), own = label.n && !typed;

	if (own)
		str_addf(&w->line, "item%u.", ++w->item);
	str_add(&w->line, vcard_writer_property(v->kind));
	vcard_add_types(w, v, label, typed);
	str_add_char(&w->line, ':');
	if (v->kind == RECORD_LINK)
		vcard_add_uri(w, v->text);
	else
		line_add_text(&w->line, v->text);
	vcard_end_line(w);
	if (own)
		vcard_add_label(w, label);
}

static void vcard_add_values(struct vcard_writer *w, enum record_kind kind)
{
	for (size_t i = 0; i < w->record->n_values; i++)
		if (w->record->values[i].kind == kind)
			vcard_add_value(w, &w->record->values[i]);
}

/* A year that is not known is "--" in 4.0, and Apple's sign for it, which Google understands too, where
 * there is no such spelling. */
static void vcard_add_day(
	struct vcard_writer *w, const char *name, const struct date *date, bool omit)
{
	str_add(&w->line, name);
	if (date->year && (w->version == VCARD_3 || omit))
		str_addf(&w->line, ":%04d-%02d-%02d", date->year, date->month, date->day);
	else if (date->year)
		str_addf(&w->line, ":%04d%02d%02d", date->year, date->month, date->day);
	else if (w->version == VCARD_3 || omit)
		str_addf(
			&w->line, ";X-APPLE-OMIT-YEAR=1604:1604-%02d-%02d", date->month, date->day);
	else
		str_addf(&w->line, ":--%02d%02d", date->month, date->day);
	vcard_end_line(w);
}

static void vcard_add_named_day(struct vcard_writer *w, const char *label, const struct date *date)
{
	str_addf(&w->line, "item%u.", ++w->item);
	vcard_add_day(w, "X-ABDATE", date, true);
	vcard_add_label(w, (struct slice){ label, strlen(label) });
}

/* One birthday, and in 4.0 one anniversary, have a property of their own (RFC 6350 section 6.2.5). */
static void vcard_add_occasions(struct vcard_writer *w)
{
	const struct record *record = w->record;
	const struct record_occasion *birthday = record_find_occasion(record, RECORD_BIRTHDAY);
	const struct record_occasion *anniversary = record_find_occasion(
		record, RECORD_ANNIVERSARY);

	if (birthday)
		vcard_add_day(w, "BDAY", &birthday->date, false);
	if (anniversary && w->version == VCARD_4)
		vcard_add_day(w, "ANNIVERSARY", &anniversary->date, false);
	for (size_t i = 0; i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];

		if (o == birthday || (o == anniversary && w->version == VCARD_4))
			continue;
		vcard_add_named_day(w,
			o->kind == RECORD_NAMED              ? o->name
				: o->kind == RECORD_BIRTHDAY ? "Birthday"
							     : "Anniversary",
			&o->date);
	}
}

static void vcard_add_tags(struct vcard_writer *w)
{
	bool first = true;

	for (size_t i = 0; i < w->record->n_values; i++) {
		if (w->record->values[i].kind != RECORD_TAG)
			continue;
		str_add(&w->line, first ? "CATEGORIES:" : ",");
		line_add_text(&w->line, w->record->values[i].text);
		first = false;
	}
	if (!first)
		vcard_end_line(w);
}

static void vcard_add_city(struct vcard_writer *w)
{
	if (!w->record->city || vcard_add_preserved(w, "ADR", 3, w->record->city))
		return;
	str_add(&w->line, "ADR:;;;");
	line_add_text(&w->line, w->record->city);
	str_add(&w->line, ";;;");
	vcard_end_line(w);
}

/* What others say under such a name has got an "X-" before it. */
static void vcard_add_own(struct vcard_writer *w)
{
	const struct record *record = w->record;

	for (size_t i = 0; i < record->n_values; i++) {
		const char *property = own_value_property(record->values[i].kind);

		if (property)
			vcard_add_property(w, property, record->values[i].text);
	}
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		vcard_add_property(w, own_text_property((enum record_own)i), record->own[i]);
}

void vcard_writer_add(struct str *out, const struct record *record, enum vcard_version version)
{
	struct vcard_writer w = {
		.out = out, .record = record, .version = version, .item = vcard_last_item(record)
	};

	line_put(out, "BEGIN:VCARD");
	line_put(out, version == VCARD_3 ? "VERSION:3.0" : "VERSION:4.0");
	line_put(out, "PRODID:" OWN_PRODID);
	vcard_add_uid(&w);
	vcard_add_property(&w, "FN", record->name);
	vcard_add_name(&w);
	if (record->org && !vcard_add_preserved(&w, "ORG", 0, record->org))
		vcard_add_property(&w, "ORG", record->org);
	vcard_add_property(&w, "TITLE", record->title);
	vcard_add_values(&w, RECORD_EMAIL);
	vcard_add_values(&w, RECORD_PHONE);
	vcard_add_values(&w, RECORD_LINK);
	vcard_add_city(&w);
	vcard_add_occasions(&w);
	vcard_add_tags(&w);
	vcard_add_property(&w, "NOTE", record->note);
	vcard_add_own(&w);
	for (size_t i = 0; i < record->n_values; i++)
		if (record->values[i].kind == RECORD_EXTRA &&
			!vcard_is_said(&w, record->values[i].text))
			vcard_add_extra(&w, record->values[i].text, false);
	line_put(out, "END:VCARD");
	str_done(&w.line);
}
