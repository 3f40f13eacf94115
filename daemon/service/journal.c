/* SPDX-License-Identifier: MIT */
/*
 * journal: what the service says while it runs.
 */
#include "service/journal.h"

#include "core/str.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#define JOURNAL_FIELDS_MAX 8

/* systemd tells the device and inode of the journal's socket; the variable is inherited by programs
 * whose stderr goes elsewhere. */
static bool journal_is_there(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	_cleanup_str_ struct str own = STR_INIT;
	struct stat st;

	if (str_empty(stream) || fstat(STDERR_FILENO, &st) < 0)
		return false;
	str_addf(&own, "%llu:%llu", (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
	return str_equal(str_text(&own), stream);
}

static void journal_write_stderr(int priority, const char *text)
{
	if (isatty(STDERR_FILENO))
		(void)fprintf(stderr, "nudged: %s\n", text);
	else
		(void)fprintf(stderr, "<%d>%s\n", priority, text);
}

struct journal_entry {
	struct str fields[JOURNAL_FIELDS_MAX];
	size_t n;
};

static void journal_entry_done(struct journal_entry *entry)
{
	for (size_t i = 0; i < entry->n; i++)
		str_done(&entry->fields[i]);
}

static void journal_add(struct journal_entry *entry, const char *name, const char *value)
{
	if (value && entry->n < JOURNAL_FIELDS_MAX)
		str_addf(&entry->fields[entry->n++], "%s=%s", name, value);
}

static void journal_add_fields(struct journal_entry *entry, const struct journal_fields *fields)
{
	const char *at = fields->recipient ? strrchr(fields->recipient, '@') : NULL;
	_cleanup_str_ struct str slot = STR_INIT;

	if (fields->slot)
		str_addf(&slot, "%lld", (long long)fields->slot);
	journal_add(entry, "NUDGED_DIGEST", fields->digest);
	journal_add(entry, "NUDGED_SLOT", slot.data);
	journal_add(entry, "NUDGED_MESSAGE_ID", fields->message_id);
	journal_add(entry, "NUDGED_DOMAIN", at ? at + 1 : NULL);
	journal_add(entry, "NUDGED_STATE", fields->state);
}

void journal_write(int priority, const struct journal_fields *fields, const char *format, ...)
{
	_cleanup_(journal_entry_done) struct journal_entry entry = { 0 };
	struct iovec iov[JOURNAL_FIELDS_MAX];
	_cleanup_str_ struct str text = STR_INIT, level = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	if (!journal_is_there()) {
		journal_write_stderr(priority, str_text(&text));
		return;
	}
	str_addf(&level, "%d", priority);
	journal_add(&entry, "MESSAGE", str_text(&text));
	journal_add(&entry, "PRIORITY", str_text(&level));
	journal_add(&entry, "SYSLOG_IDENTIFIER", "nudged");
	if (fields)
		journal_add_fields(&entry, fields);
	for (size_t i = 0; i < entry.n; i++)
		iov[i] = (struct iovec){ entry.fields[i].data, entry.fields[i].len };
	if (sd_journal_sendv(iov, (int)entry.n) < 0)
		journal_write_stderr(priority, str_text(&text));
}
