/* SPDX-License-Identifier: MIT */
/*
 * ldif-entry: one entry's attributes as they become a record.
 */
#include "format/ldif-part.h"

#include "core/utf8.h"
#include "format/base64.h"
#include "format/charset.h"
#include "format/ldif.h"
#include "format/value.h"

#include <errno.h>
#include <string.h>

struct ldif_attribute {
	const char *name;
	int (*read)(struct ldif_entry *entry, const struct ldif_attribute *attribute);
	int kind;         /* what the function makes of it */
	const char *more; /* a label, or the name of a vCard's property */
};

static void ldif_count(struct ldif_entry *entry, size_t n)
{
	entry->bytes += n;
	if (entry->bytes > LDIF_ENTRY_MAX)
		entry->reason = ERR_TEXT("holds more than 1 MiB of text");
	if (entry->record.n_values >= LDIF_VALUES_MAX)
		entry->reason = ERR_TEXT(
			"has more than 1,000 addresses, numbers and other entries");
}

static int ldif_add_value(
	struct ldif_entry *entry, enum record_kind kind, const char *label, const char *text)
{
	ldif_count(entry, strlen(text));
	return entry->reason ? 0 : record_add_value(&entry->record, kind, label, text);
}

static const char *ldif_copy(struct ldif_entry *entry, const char *text)
{
	ldif_count(entry, strlen(text));
	return record_copy(&entry->record, text, strlen(text));
}

/* --- attributes: the value stands in entry->text, tidy and not empty --- */

static int ldif_read_part(struct ldif_entry *entry, const struct ldif_attribute *attribute)
{
	if (entry->parts[attribute->kind])
		return 0;
	entry->parts[attribute->kind] = ldif_copy(entry, entry->text.data);
	return entry->parts[attribute->kind] ? 0 : -ENOMEM;
}

static int ldif_read_value(struct ldif_entry *entry, const struct ldif_attribute *attribute)
{
	char *text = entry->text.data;

	/* labeledURI: the label stands behind the URL (RFC 2079). */
	if (attribute->kind == RECORD_LINK)
		text[strcspn(text, " ")] = '\0';
	return ldif_add_value(entry, (enum record_kind)attribute->kind, attribute->more, text);
}

static int ldif_read_note(struct ldif_entry *entry, const struct ldif_attribute *attribute UNUSED)
{
	ldif_count(entry, entry->text.len);
	str_add_separator(&entry->note, "\n");
	str_add(&entry->note, entry->text.data);
	return entry->note.failed ? -ENOMEM : 0;
}

static int ldif_read_nothing(
	struct ldif_entry *entry UNUSED, const struct ldif_attribute *attribute UNUSED)
{
	return 0;
}

static int ldif_read_class(struct ldif_entry *entry, const struct ldif_attribute *attribute UNUSED)
{
	static const struct {
		const char *name, *reason;
	} rows[] = {
		{ "groupOfNames", ERR_TEXT("is a group of contacts, not a contact") },
		{ "groupOfUniqueNames", ERR_TEXT("is a group of contacts, not a contact") },
		{ "posixGroup", ERR_TEXT("is a group of contacts, not a contact") },
		{ "organizationalUnit", ERR_TEXT("is a branch of a directory, not a contact") },
		{ "organization", ERR_TEXT("is a branch of a directory, not a contact") },
		{ "domain", ERR_TEXT("is a branch of a directory, not a contact") },
		{ "dcObject", ERR_TEXT("is a branch of a directory, not a contact") },
		{ "country", ERR_TEXT("is a branch of a directory, not a contact") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_casecmp(entry->text.data, rows[i].name) == 0)
			entry->reason = rows[i].reason;
	return 0;
}

static int ldif_read_change(struct ldif_entry *entry, const struct ldif_attribute *attribute UNUSED)
{
	/* Active Directory exports everybody as an addition. */
	if (str_casecmp(entry->text.data, "add") != 0)
		entry->reason = ERR_TEXT("is a change to a directory (changetype), not a contact");
	return 0;
}

/* A component of a vCard's value: RFC 6350 section 3.4. */
static void ldif_add_escaped(struct str *out, const char *text)
{
	for (; text && *text; text++) {
		if (*text == '\n') {
			str_add(out, "\\n");
			continue;
		}
		if (strchr("\\,;", *text))
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
}

static int ldif_add_extra(struct ldif_entry *entry)
{
	if (entry->line.failed)
		return -ENOMEM;
	return ldif_add_value(entry, RECORD_EXTRA, NULL, str_text(&entry->line));
}

/* What the book has no field for, as a line of a vCard. */
static int ldif_read_extra(struct ldif_entry *entry, const struct ldif_attribute *attribute)
{
	str_clear(&entry->line);
	str_addf(&entry->line, "%s:", attribute->more);
	ldif_add_escaped(&entry->line, entry->text.data);
	return ldif_add_extra(entry);
}

/* employeeNumber becomes X-EMPLOYEENUMBER; entry->name is set for it. */
static int ldif_read_unknown(
	struct ldif_entry *entry, const struct ldif_attribute *attribute UNUSED)
{
	str_clear(&entry->line);
	str_add(&entry->line, "X-");
	for (size_t i = 0; i < entry->name.n; i++) {
		char c = entry->name.at[i];

		str_add_char(&entry->line, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	str_add_char(&entry->line, ':');
	ldif_add_escaped(&entry->line, entry->text.data);
	return ldif_add_extra(entry);
}

/* First what a directory keeps for itself, and what is large. What is not listed is kept as it is. */
static const struct ldif_attribute ldif_attributes[] = {
	{ "dn", ldif_read_nothing, 0, NULL },
	{ "jpegPhoto", ldif_read_nothing, 0, NULL },
	{ "photo", ldif_read_nothing, 0, NULL },
	{ "thumbnailPhoto", ldif_read_nothing, 0, NULL },
	{ "audio", ldif_read_nothing, 0, NULL },
	{ "userCertificate", ldif_read_nothing, 0, NULL },
	{ "userSMIMECertificate", ldif_read_nothing, 0, NULL },
	{ "userPKCS12", ldif_read_nothing, 0, NULL },
	{ "userPassword", ldif_read_nothing, 0, NULL },
	{ "modifyTimestamp", ldif_read_nothing, 0, NULL },
	{ "createTimestamp", ldif_read_nothing, 0, NULL },
	{ "modifiersName", ldif_read_nothing, 0, NULL },
	{ "creatorsName", ldif_read_nothing, 0, NULL },
	{ "structuralObjectClass", ldif_read_nothing, 0, NULL },
	{ "entryCSN", ldif_read_nothing, 0, NULL },
	{ "entryDN", ldif_read_nothing, 0, NULL },
	{ "subschemaSubentry", ldif_read_nothing, 0, NULL },
	{ "hasSubordinates", ldif_read_nothing, 0, NULL },
	{ "memberOf", ldif_read_nothing, 0, NULL },
	{ "fileAs", ldif_read_nothing, 0, NULL },
	{ "mozillaUseHtmlMail", ldif_read_nothing, 0, NULL },
	{ "xmozillausehtmlmail", ldif_read_nothing, 0, NULL },
	{ "objectClass", ldif_read_class, 0, NULL },
	{ "changetype", ldif_read_change, 0, NULL },
	{ "cn", ldif_read_part, LDIF_CN, NULL },
	{ "commonName", ldif_read_part, LDIF_CN, NULL },
	{ "displayName", ldif_read_part, LDIF_DISPLAY_NAME, NULL },
	{ "givenName", ldif_read_part, LDIF_GIVEN, NULL },
	{ "gn", ldif_read_part, LDIF_GIVEN, NULL },
	{ "sn", ldif_read_part, LDIF_FAMILY, NULL },
	{ "surname", ldif_read_part, LDIF_FAMILY, NULL },
	{ "o", ldif_read_part, LDIF_ORG, NULL },
	{ "organizationName", ldif_read_part, LDIF_ORG, NULL },
	{ "company", ldif_read_part, LDIF_ORG, NULL },
	{ "ou", ldif_read_part, LDIF_UNIT, NULL },
	{ "department", ldif_read_part, LDIF_UNIT, NULL },
	{ "title", ldif_read_part, LDIF_TITLE, NULL },
	{ "entryUUID", ldif_read_part, LDIF_UUID, NULL },
	{ "birthyear", ldif_read_part, LDIF_BIRTH_YEAR, NULL },
	{ "birthmonth", ldif_read_part, LDIF_BIRTH_MONTH, NULL },
	{ "birthday", ldif_read_part, LDIF_BIRTH_DAY, NULL },
	{ "birthDate", ldif_read_part, LDIF_BIRTH_DATE, NULL },
	{ "dateOfBirth", ldif_read_part, LDIF_BIRTH_DATE, NULL },
	{ "anniversary", ldif_read_part, LDIF_ANNIVERSARY, NULL },
	{ "mozillaHomeStreet", ldif_read_part, LDIF_HOME, NULL },
	{ "mozillaHomeStreet2", ldif_read_part, LDIF_HOME + 1, NULL },
	{ "mozillaHomeLocalityName", ldif_read_part, LDIF_HOME + 2, NULL },
	{ "mozillaHomeState", ldif_read_part, LDIF_HOME + 3, NULL },
	{ "mozillaHomePostalCode", ldif_read_part, LDIF_HOME + 4, NULL },
	{ "mozillaHomeCountryName", ldif_read_part, LDIF_HOME + 5, NULL },
	{ "homePostalAddress", ldif_read_part, LDIF_HOME, NULL },
	{ "street", ldif_read_part, LDIF_WORK, NULL },
	{ "streetAddress", ldif_read_part, LDIF_WORK, NULL },
	{ "mozillaWorkStreet2", ldif_read_part, LDIF_WORK + 1, NULL },
	{ "l", ldif_read_part, LDIF_WORK + 2, NULL },
	{ "locality", ldif_read_part, LDIF_WORK + 2, NULL },
	{ "localityName", ldif_read_part, LDIF_WORK + 2, NULL },
	{ "st", ldif_read_part, LDIF_WORK + 3, NULL },
	{ "region", ldif_read_part, LDIF_WORK + 3, NULL },
	{ "postalCode", ldif_read_part, LDIF_WORK + 4, NULL },
	{ "zip", ldif_read_part, LDIF_WORK + 4, NULL },
	{ "c", ldif_read_part, LDIF_WORK + 5, NULL },
	{ "co", ldif_read_part, LDIF_WORK + 5, NULL },
	{ "countryName", ldif_read_part, LDIF_WORK + 5, NULL },
	{ "mail", ldif_read_value, RECORD_EMAIL, NULL },
	{ "mozillaSecondEmail", ldif_read_value, RECORD_EMAIL, NULL },
	{ "xmozillasecondemail", ldif_read_value, RECORD_EMAIL, NULL },
	{ "mailAlternateAddress", ldif_read_value, RECORD_EMAIL, NULL },
	{ "telephoneNumber", ldif_read_value, RECORD_PHONE, "work" },
	{ "companyPhone", ldif_read_value, RECORD_PHONE, "work" },
	{ "primaryPhone", ldif_read_value, RECORD_PHONE, NULL },
	{ "otherPhone", ldif_read_value, RECORD_PHONE, NULL },
	{ "homePhone", ldif_read_value, RECORD_PHONE, "home" },
	{ "mobile", ldif_read_value, RECORD_PHONE, "cell" },
	{ "cellPhone", ldif_read_value, RECORD_PHONE, "cell" },
	{ "carPhone", ldif_read_value, RECORD_PHONE, "car" },
	{ "fax", ldif_read_value, RECORD_PHONE, "fax" },
	{ "facsimileTelephoneNumber", ldif_read_value, RECORD_PHONE, "fax" },
	{ "pager", ldif_read_value, RECORD_PHONE, "pager" },
	{ "pagerPhone", ldif_read_value, RECORD_PHONE, "pager" },
	{ "labeledURI", ldif_read_value, RECORD_LINK, NULL },
	{ "url", ldif_read_value, RECORD_LINK, NULL },
	{ "blogURI", ldif_read_value, RECORD_LINK, NULL },
	{ "homeUrl", ldif_read_value, RECORD_LINK, "home" },
	{ "mozillaHomeUrl", ldif_read_value, RECORD_LINK, "home" },
	{ "workUrl", ldif_read_value, RECORD_LINK, "work" },
	{ "mozillaWorkUrl", ldif_read_value, RECORD_LINK, "work" },
	{ "category", ldif_read_value, RECORD_TAG, NULL },
	{ "description", ldif_read_note, 0, NULL },
	{ "notes", ldif_read_note, 0, NULL },
	{ "note", ldif_read_note, 0, NULL },
	{ "comment", ldif_read_note, 0, NULL },
	{ "mozillaNickname", ldif_read_extra, 0, "NICKNAME" },
	{ "xmozillanickname", ldif_read_extra, 0, "NICKNAME" },
	{ "businessRole", ldif_read_extra, 0, "ROLE" },
	{ "spouseName", ldif_read_extra, 0, "X-SPOUSE" },
	{ "managerName", ldif_read_extra, 0, "X-MANAGER" },
	{ "assistantName", ldif_read_extra, 0, "X-ASSISTANT" },
	{ "nsAIMid", ldif_read_extra, 0, "X-AIM" },
	{ "nscpAIMScreenname", ldif_read_extra, 0, "X-AIM" },
	{ "mozillaCustom1", ldif_read_extra, 0, "X-CUSTOM1" },
	{ "mozillaCustom2", ldif_read_extra, 0, "X-CUSTOM2" },
	{ "mozillaCustom3", ldif_read_extra, 0, "X-CUSTOM3" },
	{ "mozillaCustom4", ldif_read_extra, 0, "X-CUSTOM4" },
	{ "custom1", ldif_read_extra, 0, "X-CUSTOM1" },
	{ "custom2", ldif_read_extra, 0, "X-CUSTOM2" },
	{ "custom3", ldif_read_extra, 0, "X-CUSTOM3" },
	{ "custom4", ldif_read_extra, 0, "X-CUSTOM4" },
};

static const struct ldif_attribute *ldif_find(struct slice name)
{
	static const struct ldif_attribute unknown = { NULL, ldif_read_unknown, 0, NULL };

	for (size_t i = 0; i < ARRAY_SIZE(ldif_attributes); i++)
		if (slice_is(name, ldif_attributes[i].name))
			return &ldif_attributes[i];
	return &unknown;
}

bool ldif_entry_wants(struct slice attribute)
{
	return ldif_find(attribute)->read != ldif_read_nothing;
}

/* --- an entry --- */

void ldif_entry_begin(struct ldif_entry *entry, uint64_t line)
{
	record_clear(&entry->record);
	str_clear(&entry->note);
	memset(entry->parts, 0, sizeof(entry->parts));
	entry->record.line = line;
	entry->reason = NULL;
	entry->bytes = 0;
}

void ldif_entry_done(struct ldif_entry *entry)
{
	record_done(&entry->record);
	str_done(&entry->note);
	str_done(&entry->text);
	str_done(&entry->line);
}

/* Control characters that no text has. */
static bool ldif_is_binary(const struct str *s)
{
	for (size_t i = 0; i < s->len; i++)
		if ((unsigned char)s->data[i] < ' ' && !strchr("\t\n\r\f\v\033", s->data[i]))
			return true;
	return memchr(str_text(s), '\0', s->len) != NULL;
}

/* "value", ": BASE64" or "< URL" behind the attribute's colon, as tidy text of UTF-8. Empty where an attribute
 * that is `unknown` holds what is no text: a picture, or a number of a directory's own. */
static int ldif_value(struct ldif_entry *entry, struct slice value, bool lines, bool unknown)
{
	bool is_base64 = value.n && *value.at == ':';

	str_clear(&entry->line);
	str_clear(&entry->text);
	if (is_base64 && !base64_is_valid(value.at + 1, value.n - 1))
		entry->reason = ERR_TEXT("has a value in base64 (\"::\") that is none");
	else if (is_base64)
		base64_add_decoded(&entry->line, value.at + 1, value.n - 1);
	else
		str_add_bytes(&entry->line, value.at, value.n);
	if (is_base64 && unknown && ldif_is_binary(&entry->line))
		str_clear(&entry->line);
	for (size_t i = 0, n = entry->line.len; i < n; i++)
		if (!entry->line.data[i])
			entry->line.data[i] = ' ';
	charset_add(&entry->text, str_text(&entry->line), entry->line.len);
	if (entry->line.failed || entry->text.failed)
		return -ENOMEM;
	if (entry->text.len)
		utf8_tidy(entry->text.data, lines);
	entry->text.len = strlen(str_text(&entry->text));
	return 0;
}

/* The value is in a file elsewhere: RFC 2849 has a reader fetch it, which would let an address book read
 * any file. */
static int ldif_add_elsewhere(struct ldif_entry *entry, const struct contentline *line)
{
	struct slice url = { line->value.at + 1, line->value.n - 1 };
	int result = ldif_value(entry, url, false, false);

	if (result < 0 || !entry->text.len)
		return result;
	str_add_separator(&entry->note, "\n");
	str_add_bytes(&entry->note, line->name.at, line->name.n);
	str_addf(&entry->note, ": %s", entry->text.data);
	ldif_count(entry, entry->text.len);
	return entry->note.failed ? -ENOMEM : 0;
}

int ldif_entry_add(struct ldif_entry *entry, const struct contentline *line)
{
	const struct ldif_attribute *attribute;
	int result;

	if (entry->reason)
		return 0;
	if (!line->name.at) {
		entry->reason = ERR_TEXT("has a line that is no attribute");
		return 0;
	}
	entry->name = line->name;
	attribute = ldif_find(line->name);
	/* A number such as 2.5.4.3 says nothing to anybody. */
	if (attribute->read == ldif_read_nothing || line->group.at || str_is_digit(*line->name.at))
		return 0;
	if (line->too_long) {
		entry->reason = ERR_TEXT("has a line of more than 256 KiB");
		return 0;
	}
	if (line->value.n && *line->value.at == '<')
		return ldif_add_elsewhere(entry, line);
	result = ldif_value(entry, line->value, attribute->read == ldif_read_note,
		attribute->read == ldif_read_unknown);
	return result < 0 || !entry->text.len ? result : attribute->read(entry, attribute);
}

/* --- all attributes are there --- */

/* Given and family name as they are spoken, and the line that keeps them apart. */
static int ldif_finish_name(struct ldif_entry *entry, const char **ret_name)
{
	const char *given = entry->parts[LDIF_GIVEN], *family = entry->parts[LDIF_FAMILY];

	if (!given && !family)
		return 0;
	str_clear(&entry->line);
	str_add(&entry->line, given);
	str_add_separator(&entry->line, family ? " " : "");
	str_add(&entry->line, family);
	if (entry->line.failed)
		return -ENOMEM;
	*ret_name = ldif_copy(entry, entry->line.data);
	if (!*ret_name)
		return -ENOMEM;
	str_clear(&entry->line);
	str_add(&entry->line, "N:");
	ldif_add_escaped(&entry->line, family);
	str_add_char(&entry->line, ';');
	ldif_add_escaped(&entry->line, given);
	str_add(&entry->line, ";;;");
	return ldif_add_extra(entry);
}

static const char *ldif_first_email(const struct record *record)
{
	for (size_t i = 0; i < record->n_values; i++)
		if (record->values[i].kind == RECORD_EMAIL)
			return record->values[i].text;
	return NULL;
}

static int ldif_finish_org(struct ldif_entry *entry)
{
	const char *org = entry->parts[LDIF_ORG], *unit = entry->parts[LDIF_UNIT];

	entry->record.org = org ? org : unit;
	if (!org || !unit)
		return 0;
	str_clear(&entry->line);
	str_add(&entry->line, "ORG:");
	ldif_add_escaped(&entry->line, org);
	str_add_char(&entry->line, ';');
	ldif_add_escaped(&entry->line, unit);
	return ldif_add_extra(entry);
}

/* The line that keeps an address of which the book holds the city alone: "ADR:;;street;city;…". */
static int ldif_finish_address(struct ldif_entry *entry, int first, const char *type)
{
	static const unsigned char order[] = { 2, 3, 4, 5 };
	const char *const *parts = entry->parts + first;
	bool more = parts[2] && !str_equal(parts[2], entry->record.city);

	for (int i = 0; i < 6; i++)
		more |= i != 2 && parts[i];
	if (!more)
		return 0;
	str_clear(&entry->line);
	str_addf(&entry->line, "ADR;TYPE=%s:;;", type);
	ldif_add_escaped(&entry->line, parts[0]);
	if (parts[1]) {
		str_add(&entry->line, parts[0] ? "\\, " : "");
		ldif_add_escaped(&entry->line, parts[1]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		str_add_char(&entry->line, ';');
		ldif_add_escaped(&entry->line, parts[order[i]]);
	}
	return ldif_add_extra(entry);
}

/* What is no date is kept as a note: "Birthday: circa 1800". */
static int ldif_finish_date(struct ldif_entry *entry, const char *text,
	enum record_occasion_kind kind, const char *title)
{
	struct date date;
	enum value_date found = text ? value_read_date((struct slice){ text, strlen(text) }, &date)
				     : VALUE_DATE_NONE;

	if (found == VALUE_DATE)
		return record_add_occasion(&entry->record, kind, NULL, &date);
	if (found == VALUE_DATE_NONE)
		return 0;
	record_hush_day(&entry->record, kind);
	str_add_separator(&entry->note, "\n");
	str_addf(&entry->note, "%s: %s", title, text);
	return 0;
}

/* Thunderbird's three attributes as one date. */
static int ldif_finish_birthday(struct ldif_entry *entry)
{
	const char *const *born = entry->parts + LDIF_BIRTH_YEAR;
	struct date date = { 0 };
	uint64_t part[3] = { 0 };

	if (entry->parts[LDIF_BIRTH_DATE] || (!born[0] && !born[1] && !born[2]))
		return ldif_finish_date(
			entry, entry->parts[LDIF_BIRTH_DATE], RECORD_BIRTHDAY, "Birthday");
	for (int i = 0; i < 3; i++)
		if (born[i] && !str_number(born[i], DAY_YEAR_MAX, &part[i]))
			part[i] = DAY_YEAR_MAX;
	date = (struct date){ (int)part[0], (int)part[1], (int)part[2] };
	if (!part[0] && !part[1] && !part[2])
		return 0;
	date.year = date.year == 1604 ? 0 : date.year;
	if (day_is_date(&date))
		return record_add_occasion(&entry->record, RECORD_BIRTHDAY, NULL, &date);
	record_hush_day(&entry->record, RECORD_BIRTHDAY);
	str_add_separator(&entry->note, "\n");
	str_addf(&entry->note, "Birthday: %s-%s-%s", born[0] ? born[0] : "", born[1] ? born[1] : "",
		born[2] ? born[2] : "");
	return 0;
}

static int ldif_finish_note(struct ldif_entry *entry)
{
	if (entry->note.failed)
		return -ENOMEM;
	if (!entry->note.len)
		return 0;
	entry->record.note = record_copy(&entry->record, entry->note.data, entry->note.len);
	return entry->record.note ? 0 : -ENOMEM;
}

static void ldif_choose_name(struct ldif_entry *entry, const char *built)
{
	const char *const names[] = { entry->parts[LDIF_CN], entry->parts[LDIF_DISPLAY_NAME], built,
		entry->record.org, ldif_first_email(&entry->record) };

	for (size_t i = 0; i < ARRAY_SIZE(names) && !entry->record.name; i++)
		entry->record.name = names[i];
	if (!entry->record.name)
		entry->reason = ERR_TEXT("has no name, no organisation and no e-mail address");
}

int ldif_entry_finish(struct ldif_entry *entry)
{
	const char *built = NULL;
	int result;

	if (entry->reason)
		return 0;
	entry->record.title = entry->parts[LDIF_TITLE];
	entry->record.uid = entry->parts[LDIF_UUID];
	entry->record.city = entry->parts[LDIF_HOME + 2] ? entry->parts[LDIF_HOME + 2]
							 : entry->parts[LDIF_WORK + 2];
	result = ldif_finish_name(entry, &built);
	if (result == 0)
		result = ldif_finish_org(entry);
	if (result == 0)
		result = ldif_finish_address(entry, LDIF_HOME, "home");
	if (result == 0)
		result = ldif_finish_address(entry, LDIF_WORK, "work");
	if (result == 0)
		result = ldif_finish_birthday(entry);
	if (result == 0)
		result = ldif_finish_date(
			entry, entry->parts[LDIF_ANNIVERSARY], RECORD_ANNIVERSARY, "Anniversary");
	if (result == 0)
		result = ldif_finish_note(entry);
	if (result == 0 && !entry->reason)
		ldif_choose_name(entry, built);
	return result;
}
