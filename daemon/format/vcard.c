/* SPDX-License-Identifier: MIT */
/*
 * vcard: a streaming reader of vCard 3.0 and 4.0 (RFC 2426, RFC 6350) and what passes for them.
 */
#include "format/vcard.h"

#include "format/card.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <string.h>

struct vcard_reader {
	struct record_handler handler;
	struct contentline_reader lines;
	struct card card;
	bool open;       /* between BEGIN:VCARD and END:VCARD */
	bool agent;      /* AGENT: a card may stand inside the card (RFC 2426 section 3.5.4) */
	bool stray;      /* lines outside cards were already reported */
	unsigned nested; /* components open inside the card */
	int result;      /* of a handler that ended the reading */
};

static int vcard_reject(struct vcard_reader *r, uint64_t line, const char *reason)
{
	return r->handler.reject(r->handler.userdata, line, reason);
}

static int vcard_begin(struct vcard_reader *r, uint64_t line, bool vcard)
{
	int result = 0;

	if (r->open && (r->nested || r->agent || !vcard)) {
		r->nested++;
		r->agent = false;
		return 0;
	}
	if (r->open)
		result = vcard_reject(r, r->card.record.line, ERR_TEXT("has no END:VCARD"));
	r->open = vcard;
	r->stray = !vcard;
	card_begin(&r->card, line);
	return result;
}

/* Most cards have a name in its parts that anybody would have made of the whole one. */
static void vcard_drop_plain_name(struct record *record)
{
	for (size_t i = 0; i < record->n_values; i++) {
		struct record_value *v = &record->values[i];

		if (v->kind != RECORD_EXTRA || !vcard_writer_makes_name(record, v->text))
			continue;
		memmove(v, v + 1, (--record->n_values - i) * sizeof(*v));
		return;
	}
}

static int vcard_end(struct vcard_reader *r, bool vcard)
{
	struct card *card = &r->card;
	int result;

	if (r->nested) {
		r->nested--;
		return 0;
	}
	if (!r->open || !vcard)
		return 0;
	r->open = r->agent = false;
	result = card_finish(card);
	if (result < 0)
		return result;
	if (card->reason)
		return vcard_reject(r, card->record.line, card->reason);
	vcard_drop_plain_name(&card->record);
	return r->handler.record(r->handler.userdata, &card->record);
}

/* One complaint for all that stands between two cards. */
static int vcard_outside(struct vcard_reader *r, const struct contentline *line)
{
	if (r->stray || !line->text.n)
		return 0;
	r->stray = true;
	return vcard_reject(
		r, line->line, ERR_TEXT("is no vCard: no BEGIN:VCARD stands before it"));
}

/* Whether BEGIN or END speaks of a vCard; white space behind it is not worth a complaint. */
static bool vcard_is_vcard(struct slice value)
{
	while (value.n && str_is_space(value.at[value.n - 1]))
		value.n--;
	return slice_is(value, "VCARD");
}

/* "END:VCARDBEGIN:VCARD": files that were joined, the first without an end of its last line. */
static bool vcard_is_joined(const struct contentline *line)
{
	static const char joint[] = "VCARDBEGIN:";
	struct slice value = line->value;
	size_t n = strlen(joint);

	return value.n > n && slice_is((struct slice){ value.at, n }, joint) &&
		vcard_is_vcard((struct slice){ value.at + n, value.n - n });
}

static int vcard_join(struct vcard_reader *r, uint64_t line)
{
	int result = vcard_end(r, true);

	return result ? result : vcard_begin(r, line, true);
}

static int vcard_line(void *userdata, const struct contentline *line)
{
	struct vcard_reader *r = userdata;

	if (line->name.n == 5 && slice_is(line->name, "BEGIN"))
		return vcard_begin(r, line->line, vcard_is_vcard(line->value));
	if (line->name.n == 3 && slice_is(line->name, "END"))
		return vcard_is_joined(line) ? vcard_join(r, line->line)
					     : vcard_end(r, vcard_is_vcard(line->value));
	if (!r->open)
		return vcard_outside(r, line);
	if (r->nested)
		return 0;
	if (line->text.n)
		r->agent = line->name.n == 5 && slice_is(line->name, "AGENT");
	return card_add(&r->card, line);
}

static bool vcard_wanted(void *userdata, struct slice name)
{
	struct vcard_reader *r = userdata;

	if (slice_is(name, "BEGIN") || slice_is(name, "END"))
		return true;
	return r->open && !r->nested && card_wants(&r->card, name);
}

int vcard_reader_new(
	struct vcard_reader **ret, const struct record_handler *handler, struct err *reterr)
{
	struct vcard_reader *r = calloc(1, sizeof(*r));
	struct contentline_handler lines = {
		.wanted = vcard_wanted,
		.line = vcard_line,
		.userdata = r,
	};

	if (!r)
		return err_oom(reterr);
	r->handler = *handler;
	contentline_reader_init(&r->lines, &lines, VCARD_LINE_MAX);
	card_init(&r->card);
	*ret = r;
	return 0;
}

void vcard_reader_free(struct vcard_reader *reader)
{
	if (!reader)
		return;
	contentline_reader_done(&reader->lines);
	card_done(&reader->card);
	free(reader);
}

int vcard_reader_push(struct vcard_reader *reader, const void *bytes, size_t n)
{
	if (!reader->result)
		reader->result = contentline_reader_push(&reader->lines, bytes, n);
	return reader->result;
}

int vcard_reader_end(struct vcard_reader *reader)
{
	if (!reader->result)
		reader->result = contentline_reader_end(&reader->lines);
	if (!reader->result && reader->open) {
		reader->open = false;
		reader->result = vcard_reject(
			reader, reader->card.record.line, ERR_TEXT("has no END:VCARD"));
	}
	return reader->result;
}
