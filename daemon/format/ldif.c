/* SPDX-License-Identifier: MIT */
/*
 * ldif: a streaming reader of LDIF (RFC 2849) with people in it.
 */
#include "format/ldif.h"

#include "format/ldif-part.h"

struct ldif_reader {
	struct record_handler handler;
	/* LDIF folds as vCard does, and "attr: value" splits like a content line: the second colon of
	 * "attr:: value" is the value's first byte. */
	struct contentline_reader lines;
	struct ldif_entry entry;
	bool open;  /* an attribute of the entry has come */
	int result; /* of a handler that ended the reading */
};

static int ldif_end_entry(struct ldif_reader *r)
{
	struct ldif_entry *entry = &r->entry;
	int result;

	if (!r->open)
		return 0;
	r->open = false;
	result = ldif_entry_finish(entry);
	if (result < 0)
		return result;
	if (entry->reason)
		return r->handler.reject(r->handler.userdata, entry->record.line, entry->reason);
	return r->handler.record(r->handler.userdata, &entry->record);
}

/* What stands between entries: of the file, or of ldapsearch's answer. */
static bool ldif_is_frame(struct slice name)
{
	static const char *const names[] = { "version", "search", "result", "ref", "matchedDN",
		"control" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (slice_is(name, names[i]))
			return true;
	return false;
}

static int ldif_line(void *userdata, const struct contentline *line)
{
	struct ldif_reader *r = userdata;
	int result = 0;

	if (!line->text.n)
		return ldif_end_entry(r);
	if (*line->text.at == '#' || (!r->open && ldif_is_frame(line->name)))
		return 0;
	/* A new name where the empty line was forgotten. */
	if (slice_is(line->name, "dn"))
		result = ldif_end_entry(r);
	if (result)
		return result;
	if (!r->open)
		ldif_entry_begin(&r->entry, line->line);
	r->open = true;
	return ldif_entry_add(&r->entry, line);
}

static bool ldif_wanted(void *userdata UNUSED, struct slice name)
{
	return ldif_entry_wants(name);
}

int ldif_reader_new(
	struct ldif_reader **ret, const struct record_handler *handler, struct err *reterr)
{
	struct ldif_reader *r = calloc(1, sizeof(*r));
	const struct contentline_handler lines = {
		.wanted = ldif_wanted,
		.line = ldif_line,
		.userdata = r,
	};

	if (!r)
		return err_oom(reterr);
	r->handler = *handler;
	contentline_reader_init(&r->lines, &lines, LDIF_LINE_MAX);
	*ret = r;
	return 0;
}

void ldif_reader_free(struct ldif_reader *reader)
{
	if (!reader)
		return;
	contentline_reader_done(&reader->lines);
	ldif_entry_done(&reader->entry);
	free(reader);
}

int ldif_reader_push(struct ldif_reader *reader, const void *bytes, size_t n)
{
	if (!reader->result)
		reader->result = contentline_reader_push(&reader->lines, bytes, n);
	return reader->result;
}

int ldif_reader_end(struct ldif_reader *reader)
{
	if (!reader->result)
		reader->result = contentline_reader_end(&reader->lines);
	if (!reader->result)
		reader->result = ldif_end_entry(reader);
	return reader->result;
}
