/* SPDX-License-Identifier: MIT */
/*
 * collect: what is on the agenda of some days.
 */
#include "digest/collect-internal.h"

#include "book/digests.h"
#include "core/str.h"

#include <stdio.h>

static const struct {
	const char *name; /* the word of the JSON contract */
	char letter;
} collect_kinds[ITEM_KIND_COUNT] = {
	[ITEM_OCCASION] = { "occasion", 'b' },
	[ITEM_FOLLOW_UP] = { "follow-up", 'f' },
	[ITEM_THANKS] = { "thanks", 'y' },
	[ITEM_COFFEE] = { "coffee", 'c' },
	[ITEM_TOUCH] = { "touch", 't' },
	[ITEM_HELP] = { "help", 'h' },
	[ITEM_INTRODUCTION] = { "introduction", 'i' },
	[ITEM_OUTREACH] = { "outreach", 'o' },
	[ITEM_FORUM] = { "forum", 'g' },
};

static const struct {
	enum item_kind kind;
	int (*collect)(struct agenda *agenda, const struct collect *collect, struct err *reterr);
} collectors[] = {
	{ ITEM_OCCASION, collect_occasions }, { ITEM_FOLLOW_UP, collect_follow_ups },
	{ ITEM_THANKS, collect_thanks }, { ITEM_THANKS, collect_offers },
	{ ITEM_COFFEE, collect_coffees }, { ITEM_HELP, collect_helps },
	{ ITEM_INTRODUCTION, collect_introductions }, { ITEM_OUTREACH, collect_outreaches },
	{ ITEM_FORUM, collect_forums },
	{ ITEM_TOUCH, collect_touches }, /* of whom no other item speaks */
};

static void item_done(struct item *item)
{
	contact_done(&item->contact);
	contact_done(&item->other);
	free(item->seeks);
	free(item->offers);
	free(item->because);
	free(item->occasion);
	free(item->name);
	free(item->what);
	free(item->url);
	if (item->outreach)
		outreach_done(item->outreach);
	free(item->outreach);
}

void agenda_cut(struct agenda *agenda, size_t n)
{
	while (agenda->n > n)
		item_done(&agenda->items[--agenda->n]);
}

void agenda_done(struct agenda *agenda)
{
	agenda_cut(agenda, 0);
	free(agenda->items);
	*agenda = (struct agenda){ 0 };
}

const char *item_kind_name(enum item_kind kind)
{
	return collect_kinds[kind].name;
}

enum item_kind item_kind_of(const char *name)
{
	int kind = 0;

	while (kind < ITEM_KIND_COUNT && !str_equal(collect_kinds[kind].name, name))
		kind++;
	return (enum item_kind)kind;
}

bool agenda_has_content(const struct agenda *agenda)
{
	for (size_t i = 0; i < agenda->n; i++)
		if (agenda->items[i].why != ITEM_WAITING && agenda->items[i].why != ITEM_PROGRESS)
			return true;
	return false;
}

void agenda_hide_notes(struct agenda *agenda)
{
	for (size_t i = 0; i < agenda->n; i++) {
		struct item *item = &agenda->items[i];

		free(TAKE_PTR(item->because));
		item->is_hidden = item->kind == ITEM_THANKS && item->what;
		if (item->is_hidden)
			free(TAKE_PTR(item->what));
	}
}

static struct item *collect_extend(struct agenda *agenda)
{
	if (agenda->n == agenda->size) {
		size_t size = agenda->size ? agenda->size * 2 : 8;
		struct item *items = reallocarray(agenda->items, size, sizeof(*items));

		if (!items)
			return NULL;
		agenda->items = items;
		agenda->size = size;
	}
	return &agenda->items[agenda->n++];
}

static int collect_load(const struct collect *collect, int64_t id, enum item_kind kind,
	struct contact *ret, struct err *reterr)
{
	if (!collect->brief || kind != ITEM_OCCASION)
		return contacts_load(collect->store, collect->book, id, ret, reterr);
	ret->id = id;
	return contacts_name(collect->store, id, &ret->field[CONTACT_NAME], reterr);
}

struct item *collect_add(struct agenda *agenda, const struct collect *collect,
	const struct item *template, int64_t contact, struct err *reterr, int *ret_error)
{
	struct item *item = collect_extend(agenda);

	*ret_error = item ? 0 : err_oom(reterr);
	if (!item)
		return NULL;
	*item = *template;
	if (!item->is_offer && item->number)
		(void)snprintf(item->handle, sizeof(item->handle), "%c%lld",
			collect_kinds[item->kind].letter, (long long)item->number);
	if (contact) {
		item->has_contact = true;
		*ret_error = collect_load(collect, contact, item->kind, &item->contact, reterr);
	}
	return *ret_error < 0 ? NULL : item;
}

int collect_is_told(const struct collect *collect, const char *kind, int64_t number, int64_t mark,
	int32_t *ret_day, struct err *reterr)
{
	if (!collect->digest)
		return 0;
	return digests_is_told(
		collect->store, collect->digest, kind, number, mark, ret_day, reterr);
}

static int item_compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

int collect_agenda(struct agenda *ret, const struct collect *collect, struct err *reterr)
{
	_cleanup_agenda_ struct agenda agenda = { .today = collect->today,
		.cover = collect->cover };
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(collectors); i++)
		if (collect->kinds[collectors[i].kind])
			r = collectors[i].collect(&agenda, collect, reterr);
	if (r < 0)
		return r;
	if (agenda.n)
		qsort(agenda.items, agenda.n, sizeof(*agenda.items), item_compare);
	*ret = agenda;
	agenda = (struct agenda){ 0 };
	return 0;
}
