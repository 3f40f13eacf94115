/* SPDX-License-Identifier: MIT */
/*
 * record: a person as an address book's file tells of them, whatever its format.
 */
#include "format/record.h"

#include "core/str.h"

#include <errno.h>
#include <string.h>

/* Reading a big file makes a dozen short texts for each person: one pool that is emptied between
 * two people costs a tenth of as many allocations. */
#define RECORD_POOL_SIZE ((size_t)16 * 1024)

struct record_pool {
	struct record_pool *next;
	size_t used, size;
	char bytes[];
};

static void record_pool_free(struct record_pool *pool)
{
	while (pool) {
		struct record_pool *next = pool->next;

		free(pool);
		pool = next;
	}
}

void record_done(struct record *record)
{
	record_pool_free(record->pool);
	free(record->values);
	free(record->occasions);
	free(record->events);
	*record = RECORD_INIT;
}

void record_clear(struct record *record)
{
	struct record kept = {
		.values = record->values,
		.values_size = record->values_size,
		.occasions = record->occasions,
		.occasions_size = record->occasions_size,
		.events = record->events,
		.events_size = record->events_size,
	};

	/* One pool of the usual size stays; what a huge record needed beyond it goes. */
	if (record->pool && record->pool->size == RECORD_POOL_SIZE) {
		kept.pool = record->pool;
		record_pool_free(kept.pool->next);
		kept.pool->next = NULL;
		kept.pool->used = 0;
	} else {
		record_pool_free(record->pool);
	}
	*record = kept;
}

static struct record_pool *record_grow_pool(struct record *record, size_t n)
{
	size_t size = n > RECORD_POOL_SIZE ? n : RECORD_POOL_SIZE;
	struct record_pool *pool = malloc(sizeof(*pool) + size);

	if (!pool)
		return NULL;
	*pool = (struct record_pool){ .next = record->pool, .size = size };
	return record->pool = pool;
}

/* Room for n bytes and a NUL, which stands there. */
static inline char *record_extend(struct record *record, size_t n)
{
	struct record_pool *pool = record->pool;
	char *room;

	if (!pool || pool->size - pool->used <= n)
		pool = record_grow_pool(record, n + 1);
	if (!pool)
		return NULL;
	room = pool->bytes + pool->used;
	room[n] = '\0';
	pool->used += n + 1;
	return room;
}

const char *record_copy(struct record *record, const char *text, size_t n)
{
	char *copy = record_extend(record, n);

	return copy ? memcpy(copy, text, n) : NULL;
}

/* Room for one more element in *array; false where memory ran out. */
static bool record_make_room(void **array, size_t n, size_t *size, size_t element)
{
	size_t wanted = *size ? *size * 2 : 16;
	void *grown;

	if (n < *size)
		return true;
	grown = reallocarray(*array, wanted, element);
	if (!grown)
		return false;
	*array = grown;
	*size = wanted;
	return true;
}

static bool record_has_value(
	const struct record *record, enum record_kind kind, const char *text, size_t n)
{
	for (size_t i = 0; i < record->n_values; i++) {
		const struct record_value *v = &record->values[i];

		if (v->kind == kind && *v->text == *text && strncmp(v->text, text, n) == 0 &&
			!v->text[n])
			return true;
	}
	return false;
}

int record_add_value(
	struct record *record, enum record_kind kind, const char *label, const char *text)
{
	return record_add_bytes(record, kind, label, text, strlen(text));
}

int record_add_bytes(
	struct record *record, enum record_kind kind, const char *label, const char *text, size_t n)
{
	struct record_value v = { .kind = kind };
	void *values = record->values;

	if (record_has_value(record, kind, text, n))
		return 0;
	if (!record_make_room(&values, record->n_values, &record->values_size, sizeof(v)))
		return -ENOMEM;
	record->values = values;
	v.text = record_copy(record, text, n);
	v.label = label ? record_copy(record, label, strlen(label)) : NULL;
	if (!v.text || (label && !v.label))
		return -ENOMEM;
	record->values[record->n_values++] = v;
	return 0;
}

size_t record_label(const char *label, bool *ret_preferred)
{
	size_t n = label ? strlen(label) : 0;
	bool preferred = n >= 4 && strcmp(label + n - 4, "pref") == 0 &&
		(n == 4 || label[n - 5] == ' ');

	if (ret_preferred)
		*ret_preferred = preferred;
	return !preferred ? n : n == 4 ? 0 : n - 5;
}

static int record_label_first(struct record *record, struct record_value *v)
{
	static const char preferred[] = " pref";
	size_t n = record_label(v->label, NULL), skip = n ? 0 : 1;
	char *label = record_extend(record, n + strlen(preferred + skip));

	if (!label)
		return -ENOMEM;
	if (n)
		memcpy(label, v->label, n);
	memcpy(label + n, preferred + skip, strlen(preferred + skip));
	v->label = label;
	return 0;
}

/* Those who say nothing come last. */
static unsigned record_rank(const struct record_value *v)
{
	return v->preference ? v->preference : 101;
}

int record_prefer(struct record *record, enum record_kind kind)
{
	struct record_value *values = record->values, *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < record->n_values; i++) {
		const struct record_value moving = values[i];
		size_t to = i;

		if (moving.kind != kind)
			continue;
		n++;
		for (size_t k = i; k-- > 0;)
			if (values[k].kind == kind &&
				record_rank(&values[k]) > record_rank(&moving))
				to = k;
		memmove(values + to + 1, values + to, (i - to) * sizeof(*values));
		values[to] = moving;
	}
	for (size_t i = 0; i < record->n_values && !first; i++)
		if (values[i].kind == kind)
			first = &values[i];
	return n > 1 && first->preference ? record_label_first(record, first) : 0;
}

static bool record_has_occasion(const struct record *record, const struct record_occasion *o)
{
	for (size_t i = 0; i < record->n_occasions; i++) {
		const struct record_occasion *there = &record->occasions[i];

		if (there->kind == o->kind && str_equal(there->name, o->name) &&
			there->date.year == o->date.year && there->date.month == o->date.month &&
			there->date.day == o->date.day)
			return true;
	}
	return false;
}

int record_add_occasion(struct record *record, enum record_occasion_kind kind, const char *name,
	const struct date *date)
{
	struct record_occasion o = { .kind = kind, .name = name, .date = *date };
	void *occasions = record->occasions;

	if (record_has_occasion(record, &o))
		return 0;
	if (!record_make_room(&occasions, record->n_occasions, &record->occasions_size, sizeof(o)))
		return -ENOMEM;
	record->occasions = occasions;
	o.name = name ? record_copy(record, name, strlen(name)) : NULL;
	if (name && !o.name)
		return -ENOMEM;
	record->occasions[record->n_occasions++] = o;
	return 0;
}

void record_hush_day(struct record *record, enum record_occasion_kind kind)
{
	record->unread = true;
	record->silent |= RECORD_TOPIC(
		kind == RECORD_BIRTHDAY ? RECORD_ON_BIRTHDAY : RECORD_ON_DAYS);
}

int record_add_event(struct record *record, enum record_event_kind kind, int32_t day)
{
	struct record_event e = { kind, day };
	void *events = record->events;

	if (!record_make_room(&events, record->n_events, &record->events_size, sizeof(e)))
		return -ENOMEM;
	record->events = events;
	record->events[record->n_events++] = e;
	return 0;
}

struct record_occasion *record_find_occasion(
	const struct record *record, enum record_occasion_kind kind)
{
	for (size_t i = 0; i < record->n_occasions; i++)
		if (record->occasions[i].kind == kind)
			return &record->occasions[i];
	return NULL;
}
