/* SPDX-License-Identifier: MIT */
/*
 * source: an address book's file, in whatever format, read as records.
 */
#include "exchange/source.h"

#include "base/fd.h"
#include "base/file.h"
#include "format/ical.h"
#include "format/ldif.h"
#include "format/table.h"
#include "format/vcard.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_CHUNK ((size_t)64 * 1024)

struct source {
	const char *path;
	int fd;
	const struct source_options *options;
	const struct source_format *format;
	void *reader;
	struct decode decode;
	struct err *reterr;
};

/* A reader of one format; `reader` is its own. All but `open` are called after it has succeeded. */
struct source_format {
	const char *name, *also; /* for --format */
	const char *title;       /* for people */
	const char *suffix;      /* of files that do not show what they are */
	enum sniff_format sniffed;
	enum source_extent extent;
	int (*open)(struct source *source, const struct record_handler *handler);
	int (*push)(void *reader, const char *bytes, size_t n);
	int (*end)(void *reader);
	/* Whether there are people in a file that begins so; NULL: there are in all of the format. */
	bool (*knows)(const char *head, size_t n);
	/* Says more of what was found than the title; NULL: there is no more. */
	void (*describe)(void *reader, struct source_found *ret);
	void (*free)(void *reader);
};

/* The readers of vCard, LDIF and iCalendar are alike. */
#define SOURCE_READER(kind)                                                                        \
	static int source_##kind##_open(                                                           \
		struct source *source, const struct record_handler *handler)                       \
	{                                                                                          \
		return kind##_reader_new(                                                          \
			(struct kind##_reader **)&source->reader, handler, source->reterr);        \
	}                                                                                          \
	static int source_##kind##_push(void *reader, const char *bytes, size_t n)                 \
	{                                                                                          \
		return kind##_reader_push(reader, bytes, n);                                       \
	}                                                                                          \
	static int source_##kind##_end(void *reader)                                               \
	{                                                                                          \
		return kind##_reader_end(reader);                                                  \
	}                                                                                          \
	static void source_##kind##_free(void *reader)                                             \
	{                                                                                          \
		kind##_reader_free(reader);                                                        \
	}                                                                                          \
	struct mem_semicolon

#define SOURCE_CALLS(kind)                                                                         \
	.open = source_##kind##_open, .push = source_##kind##_push, .end = source_##kind##_end,    \
	.free = source_##kind##_free

SOURCE_READER(vcard);
SOURCE_READER(ldif);
SOURCE_READER(ical);

static int source_table_open(struct source *source, const struct record_handler *handler)
{
	const struct source_options *given = source->options;
	struct table_options options = given->table ? *given->table : (struct table_options){ 0 };
	const char *slash = strrchr(source->path, '/');

	options.file = slash ? slash + 1 : source->path;
	options.format = given->format ? table_format_of(given->format) : TABLE_NONE;
	return table_reader_new(
		(struct table_reader **)&source->reader, handler, &options, source->reterr);
}

static int source_table_push(void *reader, const char *bytes, size_t n)
{
	return table_reader_push(reader, bytes, n);
}

static int source_table_end(void *reader)
{
	return table_reader_end(reader);
}

static void source_table_free(void *reader)
{
	table_reader_free(reader);
}

static void source_table_describe(void *reader, struct source_found *ret)
{
	ret->format = table_format_title(table_reader_format(reader));
	ret->separator = table_reader_separator(reader);
	ret->header_line = table_reader_header_line(reader);
}

/* Of tables, those whose program is known: a folder of LinkedIn's has two dozen others, such as languages and
 * employers. */
static bool source_table_knows(const char *head, size_t n)
{
	return table_recognise(head, n, NULL) > TABLE_CSV;
}

/* A row without calls is known by its looks alone. */
static const struct source_format source_formats[] = {
	{ "vcard", "vcf", "vCard", ".vcf", SNIFF_VCARD, SOURCE_COMPONENT, SOURCE_CALLS(vcard) },
	{ "ldif", NULL, "LDIF", ".ldif", SNIFF_LDIF, SOURCE_PARAGRAPH, SOURCE_CALLS(ldif) },
	{ "ics", "ical", "iCalendar", ".ics", SNIFF_ICAL, SOURCE_COMPONENT, SOURCE_CALLS(ical) },
	{ "csv", NULL, "CSV", ".csv", SNIFF_CSV, SOURCE_ROW, SOURCE_CALLS(table),
		.describe = source_table_describe, .knows = source_table_knows },
	{ "json", NULL, "JSON", ".json", SNIFF_JSON, SOURCE_WHOLE, .open = NULL },
};

static const struct source_format *source_find_sniffed(enum sniff_format sniffed)
{
	for (size_t i = 0; i < ARRAY_SIZE(source_formats); i++)
		if (source_formats[i].sniffed == sniffed)
			return &source_formats[i];
	return NULL;
}

static const struct source_format *source_find_named(const char *name)
{
	/* "google-csv" and the like are tables, read as what they are named. */
	if (table_format_of(name) != TABLE_NONE)
		return source_find_sniffed(SNIFF_CSV);
	for (size_t i = 0; i < ARRAY_SIZE(source_formats); i++)
		if (str_casecmp(name, source_formats[i].name) == 0 ||
			(source_formats[i].also && str_casecmp(name, source_formats[i].also) == 0))
			return &source_formats[i];
	return NULL;
}

static const struct source_format *source_find_suffix(const char *path)
{
	size_t n = strlen(path);

	for (size_t i = 0; i < ARRAY_SIZE(source_formats); i++) {
		const char *suffix = source_formats[i].suffix;

		if (n > strlen(suffix) && str_casecmp(path + n - strlen(suffix), suffix) == 0)
			return &source_formats[i];
	}
	return NULL;
}

enum source_extent source_extent_of(enum sniff_format format)
{
	const struct source_format *found = source_find_sniffed(format);

	return found ? found->extent : SOURCE_WHOLE;
}

int source_check_format(const char *name, struct err *reterr)
{
	_cleanup_str_ struct str names = STR_INIT;

	if (source_find_named(name))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(source_formats); i++)
		str_addf(&names, "%s%s", i ? ", " : "", source_formats[i].name);
	for (int i = TABLE_GOOGLE; i <= TABLE_LINKEDIN; i++)
		str_addf(&names, ", %s", table_format_name((enum table_format)i));
	return err_set(
		reterr, -EINVAL, "\"%s\" is no format; there are %s", name, str_text(&names));
}

/* --- what a file is --- */

static ssize_t source_pread(int fd, const char *path, char *chunk, uint64_t at, struct err *reterr)
{
	ssize_t n;

	do
		n = pread(fd, chunk, SOURCE_CHUNK, (off_t)at);
	while (n < 0 && errno == EINTR);
	return n < 0 ? err_set(reterr, -errno, "cannot read %s: %s", path, strerror(errno)) : n;
}

static size_t source_mark(const char *chunk, size_t n)
{
	if (n >= 3 && memcmp(chunk, "\xef\xbb\xbf", 3) == 0)
		return 3;
	return n >= 2 && (memcmp(chunk, "\xff\xfe", 2) == 0 || memcmp(chunk, "\xfe\xff", 2) == 0)
		? 2
		: 0;
}

/* Ten million empty lines may stand before the first that says something. */
static int source_sniff(int fd, const char *path, struct sniff *ret, struct err *reterr)
{
	_cleanup_free_ char *chunk = malloc(SOURCE_CHUNK);
	enum decode_encoding encoding = DECODE_BYTES;
	uint64_t at = 0;
	ssize_t n;

	if (!chunk)
		return err_oom(reterr);
	while ((n = source_pread(fd, path, chunk, at, reterr)) > 0) {
		size_t blank = 0;

		if (at == 0) {
			encoding = decode_find(chunk, (size_t)n);
			blank = source_mark(chunk, (size_t)n);
		}
		while (blank < (size_t)n && (str_is_space(chunk[blank]) || !chunk[blank]))
			blank++;
		at += blank;
		if (blank < (size_t)n)
			break;
	}
	if (n > 0) {
		at -= encoding == DECODE_BYTES ? 0 : at % 2;
		n = source_pread(fd, path, chunk, at, reterr);
	}
	if (n < 0)
		return (int)n;
	return sniff_bytes(chunk, (size_t)n, encoding, ret) < 0 ? err_oom(reterr) : 0;
}

/* What can be named, but not read: a sentence that says what to do. */
static int source_refuse(const char *path, enum sniff_format sniffed, struct err *reterr)
{
	static const struct {
		enum sniff_format format;
		const char *sentence;
	} rows[] = {
		{ SNIFF_EMPTY, ERR_TEXT("is empty") },
		{ SNIFF_ZIP,
			ERR_TEXT(
				"is a ZIP archive; unpack it and import the folder: nudge import FOLDER") },
		{ SNIFF_SPREADSHEET, ERR_TEXT("is a spreadsheet; save it as CSV and import that") },
		{ SNIFF_COMPRESSED, ERR_TEXT("is compressed; unpack it first") },
		{ SNIFF_PDF,
			ERR_TEXT(
				"is a PDF, from which nothing can be read back; export it as vCard or CSV") },
		{ SNIFF_RICH_TEXT,
			ERR_TEXT(
				"is a document of a word processor (RTF); save it as plain text") },
		{ SNIFF_ALIASES,
			ERR_TEXT(
				"holds a mail program's aliases; make a table of it, a line for each:"
				" NAME,EMAIL") },
		{ SNIFF_ABOOK,
			ERR_TEXT(
				"is abook's own format; abook --convert --infile FILE --outformat vcard"
				" makes vCards of it") },
		{ SNIFF_MARKUP,
			ERR_TEXT(
				"is a web page or XML; export it as vCard or CSV, or make a CSV file of"
				" it in a spreadsheet") },
		{ SNIFF_BINARY, ERR_TEXT("is no text, and so no address book") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].format == sniffed)
			return err_set(
				reterr, -EBADMSG, "%s: %s", path, err_translate(rows[i].sentence));
	return err_set(reterr, -EBADMSG,
		"%s: is in no format that is known here; --format names one", path);
}

/* 1 where the format's reader knows the file. */
static int source_knows(const struct source_format *format, int fd, const char *path,
	enum decode_encoding encoding, struct err *reterr)
{
	_cleanup_free_ char *chunk = malloc(SOURCE_CHUNK);
	_cleanup_(decode_done) struct decode decode;
	struct slice text;
	ssize_t n;

	decode_init(&decode, encoding);
	n = chunk ? source_pread(fd, path, chunk, 0, reterr) : err_oom(reterr);
	if (n < 0)
		return (int)n;
	if (decode_push(&decode, chunk, (size_t)n, &text) < 0)
		return err_oom(reterr);
	return format->knows(text.at, text.n);
}

int source_look(const char *path, struct sniff *ret, struct err *reterr)
{
	struct stat st;
	_cleanup_fd_ int fd = file_open(path, &st, reterr);
	int r = fd < 0 ? fd : source_sniff(fd, path, ret, reterr);
	const struct source_format *format;

	if (r < 0)
		return r;
	format = source_find_sniffed(ret->format);
	r = format && format->open;
	if (r && format->knows)
		r = source_knows(format, fd, path, ret->encoding, reterr);
	if (r < 0)
		return r;
	return r ? 0 : source_refuse(path, ret->format, reterr);
}

/* --- reading --- */

static void source_done(struct source *source)
{
	if (source->reader)
		source->format->free(source->reader);
	decode_done(&source->decode);
	if (source->fd >= 0)
		(void)close(source->fd);
}

/* JSON is read elsewhere, where it is a book. */
static int source_refuse_json(const struct source *source, enum sniff_format sniffed)
{
	const struct source_format *looks = source_find_sniffed(sniffed);

	if (looks && looks->open)
		return err_set(source->reterr, -EBADMSG,
			"%s: is no book that `nudge export` wrote as JSON; it looks like %s: leave --format out",
			source->path, looks->title);
	return err_set(source->reterr, -EBADMSG, "%s: is no book that `nudge export` wrote as JSON",
		source->path);
}

static int source_choose(struct source *source, const struct sniff *sniff)
{
	const char *name = source->options->format;

	if (name) {
		source->format = source_find_named(name);
		if (!source->format)
			return source_check_format(name, source->reterr);
	} else {
		source->format = source_find_sniffed(sniff->format);
		if (!source->format && sniff->format == SNIFF_UNKNOWN)
			source->format = source_find_suffix(source->path);
	}
	if (!source->format)
		return source_refuse(source->path, sniff->format, source->reterr);
	return source->format->open ? 0 : source_refuse_json(source, sniff->format);
}

static int source_push(struct source *source, const char *bytes, size_t n)
{
	struct slice text;
	int r = decode_push(&source->decode, bytes, n, &text);

	if (r < 0)
		return err_oom(source->reterr);
	return text.n ? source->format->push(source->reader, text.at, text.n) : 0;
}

static int source_push_end(struct source *source)
{
	struct slice text;
	int r = decode_end(&source->decode, &text);

	if (r < 0)
		return err_oom(source->reterr);
	if (text.n)
		r = source->format->push(source->reader, text.at, text.n);
	return r ? r : source->format->end(source->reader);
}

static int source_push_all(struct source *source)
{
	_cleanup_free_ char *chunk = malloc(SOURCE_CHUNK);
	uint64_t at = 0;
	ssize_t n;
	int r = 0;

	if (!chunk)
		return err_oom(source->reterr);
	while (r == 0 &&
		(n = source_pread(source->fd, source->path, chunk, at, source->reterr)) != 0) {
		if (n < 0)
			return (int)n;
		at += (uint64_t)n;
		r = source_push(source, chunk, (size_t)n);
		if (source->options->progress)
			source->options->progress(source->options->userdata, at);
	}
	return r ? r : source_push_end(source);
}

int source_read(const char *path, const struct source_options *options,
	const struct record_handler *handler, struct source_found *ret, struct err *reterr)
{
	static const struct source_options none = { 0 };
	struct source_found found = { 0 };
	struct stat st;
	struct sniff sniff;
	_cleanup_(source_done) struct source source = { .path = path,
		.fd = file_open(options && options->place ? options->place : path, &st, reterr),
		.options = options ? options : &none,
		.reterr = reterr };
	int r = source.fd < 0 ? source.fd : source_sniff(source.fd, path, &sniff, reterr);

	if (r == 0)
		r = source_choose(&source, &sniff);
	if (r < 0)
		return r;
	decode_init(&source.decode, sniff.encoding);
	r = source.format->open(&source, handler);
	if (r == 0)
		r = source_push_all(&source);
	found.format = source.format->title;
	found.sniffed = source.format->sniffed;
	found.encoded = sniff.encoding;
	if (source.reader && source.format->describe)
		source.format->describe(source.reader, &found);
	if (r == 0)
		found.encoding = decode_name(&source.decode);
	if (ret)
		*ret = found;
	return r;
}
