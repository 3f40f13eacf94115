/* SPDX-License-Identifier: MIT */
/*
 * table-linkedin: what LinkedIn's export tells beside the connections.
 *
 * Recommendations, invitations and messages become records that speak of somebody in passing;
 * endorsements are counted by skill. Of messages only who and when is kept: a partner's last day.
 */
#include "format/table-linkedin.h"

#include "core/likeness.h"
#include "core/utf8.h"
#include "format/table-date.h"
#include "format/table-part.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LINKEDIN_SKILLS     500  /* different ones that are counted */
#define LINKEDIN_PROPOSALS  10   /* of them are told */
#define LINKEDIN_PARTNERS   4096 /* are held before they are handed out */
#define LINKEDIN_RECIPIENTS 10   /* more of them, and a message is to nobody in person */
#define LINKEDIN_NAME_MAX   500

enum linkedin_column {
	LINKEDIN_FIRST,
	LINKEDIN_LAST,
	LINKEDIN_COMPANY,
	LINKEDIN_JOB,
	LINKEDIN_DATE,
	LINKEDIN_STATUS,
	LINKEDIN_SKILL,
	LINKEDIN_FROM,
	LINKEDIN_FROM_URL,
	LINKEDIN_TO,
	LINKEDIN_TO_URL,
	LINKEDIN_DIRECTION,
	LINKEDIN_FOLDER,
	LINKEDIN_COLUMN_COUNT,
};

static const struct {
	enum table_linkedin which;
	enum linkedin_column column;
	const char *header;
	bool needed;
} linkedin_headers[] = {
	{ LINKEDIN_RECOMMENDATIONS, LINKEDIN_FIRST, "First Name", true },
	{ LINKEDIN_RECOMMENDATIONS, LINKEDIN_LAST, "Last Name", true },
	{ LINKEDIN_RECOMMENDATIONS, LINKEDIN_COMPANY, "Company", false },
	{ LINKEDIN_RECOMMENDATIONS, LINKEDIN_JOB, "Job Title", false },
	{ LINKEDIN_RECOMMENDATIONS, LINKEDIN_DATE, "Creation Date", true },
	{ LINKEDIN_RECOMMENDATIONS, LINKEDIN_STATUS, "Status", false },
	{ LINKEDIN_ENDORSEMENTS, LINKEDIN_FIRST, "Endorser First Name", true },
	{ LINKEDIN_ENDORSEMENTS, LINKEDIN_SKILL, "Skill Name", true },
	{ LINKEDIN_ENDORSEMENTS, LINKEDIN_STATUS, "Endorsement Status", false },
	{ LINKEDIN_INVITATIONS, LINKEDIN_FROM, "From", true },
	{ LINKEDIN_INVITATIONS, LINKEDIN_TO, "To", true },
	{ LINKEDIN_INVITATIONS, LINKEDIN_DATE, "Sent At", true },
	{ LINKEDIN_INVITATIONS, LINKEDIN_DIRECTION, "Direction", true },
	{ LINKEDIN_INVITATIONS, LINKEDIN_TO_URL, "inviteeProfileUrl", false },
	{ LINKEDIN_MESSAGES, LINKEDIN_FROM, "FROM", true },
	{ LINKEDIN_MESSAGES, LINKEDIN_FROM_URL, "SENDER PROFILE URL", false },
	{ LINKEDIN_MESSAGES, LINKEDIN_TO, "TO", true },
	{ LINKEDIN_MESSAGES, LINKEDIN_TO_URL, "RECIPIENT PROFILE URLS", false },
	{ LINKEDIN_MESSAGES, LINKEDIN_DATE, "DATE", true },
	{ LINKEDIN_MESSAGES, LINKEDIN_FOLDER, "FOLDER", false },
};

struct linkedin_skill {
	char *name;
	unsigned count;
};

struct linkedin_partner {
	char *name, *link; /* link: NULL where none is told */
	uint64_t line;     /* of the last message */
	int32_t day;
	uint64_t messages;
};

struct linkedin {
	const struct record_handler *handler;
	enum table_linkedin which;
	bool given; /* recommendations that the owner wrote */
	bool has[LINKEDIN_COLUMN_COUNT];
	size_t at[LINKEDIN_COLUMN_COUNT];
	struct record record;
	struct str cells[LINKEDIN_COLUMN_COUNT];
	struct linkedin_skill *skills;
	size_t n_skills;
	struct linkedin_partner *partners;
	size_t n_partners;
	size_t *places;    /* a hash set of partners: 0 is free, else a number in the list + 1 */
	uint64_t messages; /* that were counted since the partners were handed out */
};

static bool linkedin_find(const struct csv_row *header, const char *name, size_t *ret)
{
	for (size_t i = 0; i < header->n; i++)
		if (header->fields[i].n == strlen(name) && slice_is(header->fields[i], name)) {
			*ret = i;
			return true;
		}
	return false;
}

enum table_linkedin linkedin_recognise(const struct csv_row *header)
{
	for (int which = LINKEDIN_RECOMMENDATIONS; which <= LINKEDIN_MESSAGES; which++) {
		bool all = true;
		size_t at;

		for (size_t i = 0; i < ARRAY_SIZE(linkedin_headers); i++)
			if ((int)linkedin_headers[i].which == which && linkedin_headers[i].needed)
				all = all && linkedin_find(header, linkedin_headers[i].header, &at);
		if (all)
			return (enum table_linkedin)which;
	}
	return LINKEDIN_NONE;
}

int linkedin_new(struct linkedin **ret, const struct record_handler *handler,
	enum table_linkedin which, const struct csv_row *header, const char *file)
{
	struct linkedin *l = calloc(1, sizeof(*l));

	if (!l)
		return -ENOMEM;
	l->handler = handler;
	l->which = which;
	l->given = file && (strstr(file, "Given") || strstr(file, "given"));
	for (size_t i = 0; i < ARRAY_SIZE(linkedin_headers); i++)
		if (linkedin_headers[i].which == which)
			l->has[linkedin_headers[i].column] = linkedin_find(header,
				linkedin_headers[i].header, &l->at[linkedin_headers[i].column]);
	*ret = l;
	return 0;
}

static void linkedin_forget_partners(struct linkedin *l)
{
	for (size_t i = 0; i < l->n_partners; i++) {
		free(l->partners[i].name);
		free(l->partners[i].link);
	}
	l->n_partners = 0;
	l->messages = 0;
	if (l->places)
		memset(l->places, 0, sizeof(*l->places) * 2 * LINKEDIN_PARTNERS);
}

void linkedin_free(struct linkedin *linkedin)
{
	if (!linkedin)
		return;
	linkedin_forget_partners(linkedin);
	for (size_t i = 0; i < linkedin->n_skills; i++)
		free(linkedin->skills[i].name);
	for (size_t i = 0; i < LINKEDIN_COLUMN_COUNT; i++)
		str_done(&linkedin->cells[i]);
	free(linkedin->skills);
	free(linkedin->partners);
	free(linkedin->places);
	record_done(&linkedin->record);
	free(linkedin);
}

/* Clean text, "" where there is none; NULL where memory ran out. */
static const char *linkedin_cell(
	struct linkedin *l, const struct csv_row *row, enum linkedin_column column)
{
	size_t at = l->at[column];

	if (!l->has[column] || at >= row->n)
		return "";
	return table_clean(&l->cells[column], row->fields[at], false);
}

/* All cells at once; false where memory ran out. */
static bool linkedin_cells(
	struct linkedin *l, const struct csv_row *row, const char *ret[LINKEDIN_COLUMN_COUNT])
{
	for (size_t i = 0; i < LINKEDIN_COLUMN_COUNT; i++) {
		ret[i] = linkedin_cell(l, row, (enum linkedin_column)i);
		if (!ret[i])
			return false;
	}
	return true;
}

static int linkedin_skip(struct linkedin *l, const char *why)
{
	return l->handler->aside ? l->handler->aside(l->handler->userdata, RECORD_SKIPPED, why) : 0;
}

static int linkedin_reject(struct linkedin *l, uint64_t line, const char *why)
{
	return l->handler->reject(l->handler->userdata, line, why);
}

/* LinkedIn calls a person by their profile. */
static int linkedin_set_link(struct record *record, const char *link)
{
	_cleanup_str_ struct str uid = STR_INIT;

	if (str_empty(link))
		return 0;
	likeness_add_link(&uid, link);
	if (uid.failed)
		return -ENOMEM;
	record->uid = uid.len ? record_copy(record, uid.data, uid.len) : NULL;
	if (uid.len && !record->uid)
		return -ENOMEM;
	return record_add_value(record, RECORD_LINK, NULL, link);
}

/* Somebody of that name and profile, of whom something is told in passing. */
static int linkedin_hand_out(struct linkedin *l, uint64_t line, const char *name, const char *link,
	enum record_event_kind kind, int32_t day)
{
	struct record *record = &l->record;
	int result;

	record->line = line;
	record->passing = true;
	record->program = "LinkedIn";
	record->silent = UINT32_MAX;
	record->name = record_copy(record, name, strlen(name));
	if (!record->name)
		return -ENOMEM;
	result = linkedin_set_link(record, link);
	if (!result)
		result = record_add_event(record, kind, day);
	return result ? result : l->handler->record(l->handler->userdata, record);
}

static int linkedin_copy(struct record *record, const char **field, const char *text)
{
	if (!*text)
		return 0;
	*field = record_copy(record, text, strlen(text));
	return *field ? 0 : -ENOMEM;
}

static int linkedin_recommendation(
	struct linkedin *l, const struct csv_row *row, const char *const *cell)
{
	_cleanup_str_ struct str name = STR_INIT;
	int32_t day;
	int result;

	if (l->given)
		return linkedin_skip(l, ERR_TEXT("recommendations that you wrote"));
	if (!*cell[LINKEDIN_FIRST] && !*cell[LINKEDIN_LAST])
		return linkedin_reject(l, row->line, ERR_TEXT("has no name"));
	if (!table_day_read(cell[LINKEDIN_DATE], &day))
		return linkedin_reject(l, row->line, ERR_TEXT("has no date that can be read"));
	str_add(&name, cell[LINKEDIN_FIRST]);
	if (*cell[LINKEDIN_LAST])
		str_add_separator(&name, " ");
	str_add(&name, cell[LINKEDIN_LAST]);
	record_clear(&l->record);
	result = linkedin_copy(&l->record, &l->record.org, cell[LINKEDIN_COMPANY]);
	if (!result)
		result = linkedin_copy(&l->record, &l->record.title, cell[LINKEDIN_JOB]);
	if (name.failed || result)
		return -ENOMEM;
	return linkedin_hand_out(l, row->line, name.data, NULL, RECORD_RECOMMENDED, day);
}

static int linkedin_invitation(
	struct linkedin *l, const struct csv_row *row, const char *const *cell)
{
	const char *link = cell[LINKEDIN_TO_URL];
	int32_t day;

	if (str_casecmp(cell[LINKEDIN_DIRECTION], "OUTGOING") != 0)
		return linkedin_skip(l, ERR_TEXT("invitations from others"));
	if (!*cell[LINKEDIN_TO] && !*link)
		return linkedin_skip(l, ERR_TEXT("invitations to profiles that were closed"));
	if (!table_day_read(cell[LINKEDIN_DATE], &day))
		return linkedin_reject(l, row->line, ERR_TEXT("has no date that can be read"));
	record_clear(&l->record);
	return linkedin_hand_out(l, row->line, *cell[LINKEDIN_TO] ? cell[LINKEDIN_TO] : link, link,
		RECORD_INVITED, day);
}

static int linkedin_endorsement(
	struct linkedin *l, const struct csv_row *row UNUSED, const char *const *cell)
{
	const char *skill = cell[LINKEDIN_SKILL], *status = cell[LINKEDIN_STATUS];
	struct linkedin_skill *more;

	if (!*skill || strlen(skill) > LINKEDIN_NAME_MAX ||
		(*status && str_casecmp(status, "ACCEPTED") != 0))
		return linkedin_skip(l, ERR_TEXT("endorsements that you did not accept"));
	for (size_t i = 0; i < l->n_skills; i++)
		if (str_casecmp(l->skills[i].name, skill) == 0) {
			l->skills[i].count++;
			return 0;
		}
	if (l->n_skills == LINKEDIN_SKILLS)
		return 0;
	more = reallocarray(l->skills, l->n_skills + 1, sizeof(*more));
	if (!more)
		return -ENOMEM;
	l->skills = more;
	more[l->n_skills] = (struct linkedin_skill){ str_dup(skill), 1 };
	return more[l->n_skills++].name ? 0 : -ENOMEM;
}

/* The partner's number in the list; n_partners where they are new, then *ret_place is theirs. */
static size_t linkedin_place(const struct linkedin *l, const char *key, size_t *ret_place)
{
	uint64_t hash = 0xcbf29ce484222325U;

	for (const char *p = key; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 0x100000001b3U;
	for (size_t at = (size_t)(hash >> 20);; at++) {
		const struct linkedin_partner *p;
		size_t place = at % (2 * LINKEDIN_PARTNERS);

		*ret_place = place;
		if (!l->places[place])
			return l->n_partners;
		p = &l->partners[l->places[place] - 1];
		if (strcmp(p->link ? p->link : p->name, key) == 0)
			return l->places[place] - 1;
	}
}

static bool linkedin_is_everywhere(const struct linkedin *l, size_t partner)
{
	return l->partners[partner].messages >= l->messages;
}

/* One who takes part in every message is the owner; where two do, nobody can tell which one. */
static size_t linkedin_find_owner(const struct linkedin *l)
{
	size_t owner = SIZE_MAX, found = 0;

	for (size_t i = 0; i < l->n_partners; i++)
		if (linkedin_is_everywhere(l, i)) {
			owner = i;
			found++;
		}
	return found == 1 ? owner : SIZE_MAX;
}

static int linkedin_hand_out_partners(struct linkedin *l)
{
	size_t owner = linkedin_find_owner(l);
	int result = 0;

	for (size_t i = 0; i < l->n_partners && !result; i++) {
		const struct linkedin_partner *p = &l->partners[i];

		if (i == owner)
			continue;
		record_clear(&l->record);
		l->record.perhaps_owner = linkedin_is_everywhere(l, i);
		result = linkedin_hand_out(l, p->line, p->name, p->link, RECORD_MESSAGED, p->day);
	}
	linkedin_forget_partners(l);
	return result;
}

static int linkedin_make_room(struct linkedin *l)
{
	if (!l->places) {
		l->places = calloc(2 * LINKEDIN_PARTNERS, sizeof(*l->places));
		l->partners = calloc(LINKEDIN_PARTNERS, sizeof(*l->partners));
	}
	return l->places && l->partners ? 0 : -ENOMEM;
}

static int linkedin_add_partner(
	struct linkedin *l, uint64_t line, const char *name, const char *link, int32_t day)
{
	const char *key = *link ? link : name;
	struct linkedin_partner *p;
	size_t place, i;

	if (!*key || strlen(key) > LINKEDIN_NAME_MAX || strlen(name) > LINKEDIN_NAME_MAX ||
		(!*link && str_casecmp(name, "LinkedIn Member") == 0))
		return 0;
	i = linkedin_place(l, key, &place);
	p = &l->partners[i];
	if (i == l->n_partners) {
		*p = (struct linkedin_partner){ .name = str_dup(*name ? name : link),
			.link = *link ? str_dup(link) : NULL,
			.day = day,
			.line = line };
		l->n_partners++;
		if (!p->name || (*link && !p->link))
			return -ENOMEM;
		l->places[place] = i + 1;
	}
	p->messages++;
	if (day > p->day) {
		p->day = day;
		p->line = line;
	}
	return 0;
}

/* Takes the next part off a list with commas, without blanks around it. */
static char *linkedin_next(char **rest)
{
	char *at = *rest, *comma = at ? strchr(at, ',') : NULL;

	*rest = comma ? comma + 1 : NULL;
	if (comma)
		*comma = '\0';
	if (at)
		utf8_tidy(at, false);
	return at;
}

static size_t linkedin_count(const char *list)
{
	size_t n = *list != '\0';

	for (; *list; list++)
		n += *list == ',';
	return n;
}

/* Names and profiles are lists beside each other; a single name may have a comma in it. */
static int linkedin_add_recipients(
	struct linkedin *l, uint64_t line, const char *names, const char *links, int32_t day)
{
	size_t n_links = linkedin_count(links), n_names = linkedin_count(names);
	_cleanup_free_ char *name_list = str_dup(names), *link_list = str_dup(links);
	char *name_rest = name_list, *link_rest = link_list;
	int result = 0;

	if (!name_list || !link_list)
		return -ENOMEM;
	if (n_links <= 1)
		return linkedin_add_partner(l, line, names, links, day);
	for (size_t i = 0; i < n_links && !result; i++) {
		const char *link = linkedin_next(&link_rest),
			   *name = n_names == n_links ? linkedin_next(&name_rest) : link;

		result = linkedin_add_partner(l, line, name, link, day);
	}
	return result;
}

static int linkedin_message(struct linkedin *l, const struct csv_row *row, const char *const *cell)
{
	int32_t day;
	int result;

	if (str_casecmp(cell[LINKEDIN_FOLDER], "SPAM") == 0 ||
		linkedin_count(cell[LINKEDIN_TO_URL]) > LINKEDIN_RECIPIENTS)
		return linkedin_skip(l, ERR_TEXT("messages to many, or from nobody"));
	if (!table_day_read(cell[LINKEDIN_DATE], &day))
		return linkedin_reject(l, row->line, ERR_TEXT("has no date that can be read"));
	result = linkedin_make_room(l);
	if (!result && l->n_partners + LINKEDIN_RECIPIENTS + 1 > LINKEDIN_PARTNERS)
		result = linkedin_hand_out_partners(l);
	l->messages++;
	if (!result)
		result = linkedin_add_partner(
			l, row->line, cell[LINKEDIN_FROM], cell[LINKEDIN_FROM_URL], day);
	return result ? result
		      : linkedin_add_recipients(
				l, row->line, cell[LINKEDIN_TO], cell[LINKEDIN_TO_URL], day);
}

int linkedin_read(struct linkedin *linkedin, const struct csv_row *row)
{
	static int (*const readers[])(
		struct linkedin * l, const struct csv_row *row, const char *const *cell) = {
		[LINKEDIN_RECOMMENDATIONS] = linkedin_recommendation,
		[LINKEDIN_ENDORSEMENTS] = linkedin_endorsement,
		[LINKEDIN_INVITATIONS] = linkedin_invitation,
		[LINKEDIN_MESSAGES] = linkedin_message,
	};
	const char *cells[LINKEDIN_COLUMN_COUNT];

	if (!linkedin_cells(linkedin, row, cells))
		return -ENOMEM;
	return readers[linkedin->which](linkedin, row, cells);
}

static int linkedin_compare(const void *a, const void *b)
{
	const struct linkedin_skill *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->name, y->name);
}

int linkedin_end(struct linkedin *linkedin)
{
	struct linkedin *l = linkedin;
	int result = linkedin_hand_out_partners(l);

	if (l->n_skills)
		qsort(l->skills, l->n_skills, sizeof(*l->skills), linkedin_compare);
	for (size_t i = 0; i < l->n_skills && i < LINKEDIN_PROPOSALS && !result; i++)
		if (l->handler->aside)
			result = l->handler->aside(
				l->handler->userdata, RECORD_SKILL, l->skills[i].name);
	return result;
}
