/* SPDX-License-Identifier: MIT */
/*
 * zone: local time from the bytes of a TZif file (RFC 8536).
 */
#include "core/zone.h"

#include "core/tzrule.h"

#include <errno.h>
#include <string.h>

#define DAY_SECONDS 86400
/* Two days of room, so that no offset leads out of the years that a civil date may have. */
#define INSTANT_MIN ((int64_t)(DAY_MIN + 2) * DAY_SECONDS)
#define INSTANT_MAX ((int64_t)(DAY_MAX - 1) * DAY_SECONDS - 1)

#define HEADER_SIZE    44
#define TYPE_SIZE      6
#define TYPES_MAX      256
#define TRANSITION_MAX (INT64_C(1) << 59) /* RFC 8536 section 3.2 */

struct zone {
	size_t n;        /* transitions */
	int64_t *at;     /* n of them, ascending */
	int32_t *offset; /* n + 1: before the first transition, and after each */
	bool has_rule;
	struct tzrule rule; /* from the last transition on */
};

/* Section 3.1: the header's counts, in the file's order. */
struct block {
	uint32_t isut, isstd, leap, time, type, chars;
};

/* What is left of the file. */
struct cursor {
	const unsigned char *at;
	size_t left;
};

static uint32_t zone_uint32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t zone_int64(const unsigned char *p, size_t width)
{
	uint64_t n = zone_uint32(p);

	if (width == 4)
		return (int32_t)n;
	return (int64_t)(n << 32 | zone_uint32(p + 4));
}

static const unsigned char *zone_take(struct cursor *c, size_t n)
{
	const unsigned char *p = c->at;

	if (n > c->left)
		return NULL;
	c->at += n;
	c->left -= n;
	return p;
}

static int zone_read_header(
	struct cursor *c, char *ret_version, struct block *ret, struct err *reterr)
{
	const unsigned char *p = zone_take(c, HEADER_SIZE);

	if (!p || memcmp(p, "TZif", 4) != 0)
		return err_set(reterr, -EINVAL, "this is no time zone file (TZif)");
	if (p[4] != '\0' && (p[4] < '2' || p[4] > '4'))
		return err_set(reterr, -EINVAL, "a time zone file of an unknown version");
	*ret_version = (char)p[4];
	*ret = (struct block){
		.isut = zone_uint32(p + 20),
		.isstd = zone_uint32(p + 24),
		.leap = zone_uint32(p + 28),
		.time = zone_uint32(p + 32),
		.type = zone_uint32(p + 36),
		.chars = zone_uint32(p + 40),
	};
	return 0;
}

/* The counts have 32 bits and so the sum cannot overflow 64. */
static uint64_t zone_block_size(const struct block *b, size_t width)
{
	return (uint64_t)b->time * (width + 1) + (uint64_t)b->type * TYPE_SIZE + b->chars +
		(uint64_t)b->leap * (width + 4) + b->isstd + b->isut;
}

static int zone_check_block(const struct block *b, size_t width, size_t left, struct err *reterr)
{
	if (zone_block_size(b, width) > left)
		return err_set(reterr, -EINVAL, "the time zone file is cut short");
	if (b->leap)
		return err_set(reterr, -EINVAL,
			"the time zone file counts leap seconds; use the zone without \"right/\"");
	if (b->type == 0 || b->type > TYPES_MAX || b->chars == 0 ||
		(b->isut && b->isut != b->type) || (b->isstd && b->isstd != b->type))
		return err_set(reterr, -EINVAL, "the time zone file's header is damaged");
	return 0;
}

static int zone_read_type(const unsigned char *p, const struct block *b, int32_t *ret_offset)
{
	int32_t offset = (int32_t)zone_uint32(p);

	if (offset <= -TZRULE_OFFSET_MAX || offset >= TZRULE_OFFSET_MAX || p[4] > 1 ||
		p[5] >= b->chars)
		return -EINVAL;
	*ret_offset = offset;
	return 0;
}

static int zone_read_transitions(struct zone *z, const unsigned char *times,
	const unsigned char *indexes, const unsigned char *types, const struct block *b,
	size_t width)
{
	if (zone_read_type(types, b, &z->offset[0]) < 0)
		return -EINVAL;
	for (size_t i = 0; i < b->time; i++) {
		int64_t at = zone_int64(times + i * width, width);

		if (at < -TRANSITION_MAX || at > TRANSITION_MAX || (i && at <= z->at[i - 1]) ||
			indexes[i] >= b->type ||
			zone_read_type(
				types + (size_t)indexes[i] * TYPE_SIZE, b, &z->offset[i + 1]) < 0)
			return -EINVAL;
		z->at[i] = at;
	}
	z->n = b->time;
	return 0;
}

/* Section 3.2. */
static int zone_read_block(
	struct zone *z, struct cursor *c, const struct block *b, size_t width, struct err *reterr)
{
	const unsigned char *p;
	int r = zone_check_block(b, width, c->left, reterr);

	if (r < 0)
		return r;
	p = zone_take(c, (size_t)zone_block_size(b, width));
	z->at = calloc((size_t)b->time + 1, sizeof(*z->at));
	z->offset = calloc((size_t)b->time + 1, sizeof(*z->offset));
	if (!p || !z->at || !z->offset)
		return err_oom(reterr);
	r = zone_read_transitions(z, p, p + b->time * width, p + b->time * (width + 1), b, width);
	if (r < 0)
		return err_set(reterr, r, "the time zone file's transitions are damaged");
	return 0;
}

/* Section 3.3: the rule between two line feeds; none where the last transition's time stays. */
static int zone_read_footer(struct zone *z, struct cursor *c, struct err *reterr)
{
	const unsigned char *first = zone_take(c, 1);
	const unsigned char *last = first && *first == '\n' ? memchr(c->at, '\n', c->left) : NULL;

	if (!last)
		return err_set(reterr, -EINVAL, "the time zone file is cut short");
	if (last == c->at)
		return 0;
	z->has_rule = true;
	return tzrule_parse(&z->rule, (const char *)c->at, (size_t)(last - c->at), reterr);
}

static int zone_read(struct zone *z, struct cursor *c, struct err *reterr)
{
	struct block block;
	char version;
	int r = zone_read_header(c, &version, &block, reterr);

	if (r < 0)
		return r;
	if (version == '\0')
		return zone_read_block(z, c, &block, 4, reterr);
	/* Version 1's block with its 32-bit times is there for old readers only. */
	if (zone_block_size(&block, 4) > c->left)
		return err_set(reterr, -EINVAL, "the time zone file is cut short");
	(void)zone_take(c, (size_t)zone_block_size(&block, 4));
	r = zone_read_header(c, &version, &block, reterr);
	if (r < 0)
		return r;
	r = zone_read_block(z, c, &block, 8, reterr);
	if (r < 0)
		return r;
	return zone_read_footer(z, c, reterr);
}

int zone_new(struct zone **ret, const char *name, const void *bytes, size_t n, struct err *reterr)
{
	_cleanup_(zone_freep) struct zone *z = calloc(1, sizeof(*z));
	struct cursor c = { bytes, n };
	int r;

	if (!z)
		return err_oom(reterr);
	if (n > ZONE_FILE_MAX)
		return err_set(reterr, -EINVAL, "time zone \"%s\": the file has over %d bytes",
			name, ZONE_FILE_MAX);
	r = zone_read(z, &c, reterr);
	if (r < 0)
		return err_prefix(reterr, r, "time zone \"%s\"", name);
	*ret = TAKE_PTR(z);
	return 0;
}

int zone_new_utc(struct zone **ret, struct err *reterr)
{
	_cleanup_(zone_freep) struct zone *z = calloc(1, sizeof(*z));

	if (!z)
		return err_oom(reterr);
	z->has_rule = true;
	*ret = TAKE_PTR(z);
	return 0;
}

void zone_free(struct zone *zone)
{
	if (!zone)
		return;
	free(zone->at);
	free(zone->offset);
	free(zone);
}

/* How many transitions are at or before the instant. */
static size_t zone_passed(const struct zone *zone, int64_t instant)
{
	size_t low = 0, high = zone->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->at[middle] <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct tzrule_span zone_span(const struct zone *zone, int64_t instant)
{
	size_t i = zone_passed(zone, instant);

	if (i < zone->n)
		return (struct tzrule_span){ zone->at[i], zone->offset[i] };
	if (zone->has_rule)
		return tzrule_span(&zone->rule, instant);
	return (struct tzrule_span){ TZRULE_FOREVER, zone->offset[i] };
}

static int64_t zone_clamp(int64_t instant)
{
	if (instant < INSTANT_MIN)
		return INSTANT_MIN;
	return instant > INSTANT_MAX ? INSTANT_MAX : instant;
}

static struct civil zone_split(int64_t local)
{
	int64_t day = local / DAY_SECONDS, second = local % DAY_SECONDS;

	if (second < 0) {
		second += DAY_SECONDS;
		day--;
	}
	return (struct civil){ (int32_t)day, (int)second };
}

int32_t zone_offset(const struct zone *zone, int64_t instant)
{
	return zone_span(zone, zone_clamp(instant)).offset;
}

struct civil zone_civil(const struct zone *zone, int64_t instant)
{
	instant = zone_clamp(instant);
	return zone_split(instant + zone_span(zone, instant).offset);
}

/* What was shown more than two greatest offsets ago is surpassed by any offset since. */
struct civil zone_latest(const struct zone *zone, int64_t instant)
{
	int64_t end = zone_clamp(instant), from = zone_clamp(end - 2 * TZRULE_OFFSET_MAX);
	int64_t latest = INT64_MIN;

	while (from <= end) {
		struct tzrule_span s = zone_span(zone, from);
		int64_t last = (s.to <= end ? s.to - 1 : end) + s.offset;

		if (last > latest)
			latest = last;
		from = s.to;
	}
	return zone_split(latest);
}

static bool zone_shown_again(const struct zone *zone, int64_t local, int64_t from)
{
	while (from <= local + TZRULE_OFFSET_MAX) {
		struct tzrule_span s = zone_span(zone, from);

		if (from + s.offset <= local && local < s.to + s.offset)
			return true;
		from = s.to;
	}
	return false;
}

/* Searches from the first instant at which a clock anywhere could show it. */
int64_t zone_instant(const struct zone *zone, struct civil civil, enum zone_fit *ret_fit)
{
	int64_t local = (int64_t)civil.day * DAY_SECONDS + civil.second;
	int64_t from = local - TZRULE_OFFSET_MAX, instant;
	struct tzrule_span s = zone_span(zone, from);
	enum zone_fit fit = ZONE_UNIQUE;

	while (s.to + s.offset <= local) {
		from = s.to;
		s = zone_span(zone, from);
	}
	instant = local - s.offset;
	if (instant < from) {
		instant = from;
		fit = ZONE_GAP;
	} else if (zone_shown_again(zone, local, s.to)) {
		fit = ZONE_OVERLAP;
	}
	if (ret_fit)
		*ret_fit = fit;
	return instant;
}
