/* SPDX-License-Identifier: MIT */
/*
 * journal: what the service says while it runs.
 */
#include "service/journal.h"

#include "core/str.h"
#include "format/mime.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#if HAVE_SYSTEMD
/* It would be the same line of this file for each message. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>
#endif

#define JOURNAL_FIELDS_MAX 9

const char *journal_message_id(enum journal_event event)
{
	static const char *const ids[JOURNAL_EVENT_COUNT] = {
		[JOURNAL_CONFIGURATION] = "6ce90326988047c1a07435f4be61f7e2",
		[JOURNAL_DATABASE] = "1d46837db2ad4d179006412409905b04",
		[JOURNAL_CLOCK] = "70ea657d8cc24a9299076b1b0b7190c1",
		[JOURNAL_BACKUP] = "2d2594a9c6b345fa82bddf1f1955f7dc",
		[JOURNAL_SERVER] = "6315149fc0de4e9ba46a233ae796b759",
		[JOURNAL_LOGIN] = "167cca2ab6124acfb601eff294b77924",
		[JOURNAL_REFUSED] = "6f50ccd6b3384ec1af0b4595b3359788",
		[JOURNAL_HELD] = "24774c371d12425c86f3d8ee6c8276e6",
		[JOURNAL_CAGE] = "a98f6cefd0fe436bb635372cb92a20b3",
	};

	return ids[event];
}

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
	journal_add(entry, "MESSAGE_ID", journal_message_id(fields->event));
	journal_add(entry, "NUDGED_DIGEST", fields->digest);
	journal_add(entry, "NUDGED_SLOT", slot.data);
	journal_add(entry, "NUDGED_MESSAGE_ID", fields->message_id);
	journal_add(entry, "NUDGED_DOMAIN", at ? at + 1 : NULL);
	journal_add(entry, "NUDGED_STATE", fields->state);
}

#if HAVE_SYSTEMD

static bool journal_send(const struct journal_entry *entry)
{
	struct iovec iov[JOURNAL_FIELDS_MAX];

	for (size_t i = 0; i < entry->n; i++)
		iov[i] = (struct iovec){ entry->fields[i].data, entry->fields[i].len };
	return sd_journal_sendv(iov, (int)entry->n) >= 0;
}

#else

static bool journal_send(const struct journal_entry *entry UNUSED)
{
	return false;
}

#endif

void journal_write(int priority, const struct journal_fields *fields, const char *format, ...)
{
	_cleanup_(journal_entry_done) struct journal_entry entry = { 0 };
	_cleanup_str_ struct str said = STR_INIT, text = STR_INIT, level = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&said, format, args);
	va_end(args);
	mime_address_hide(&text, str_text(&said), fields ? fields->recipient : NULL);
	str_addf(&level, "%d", priority);
	journal_add(&entry, "MESSAGE", str_text(&text));
	journal_add(&entry, "PRIORITY", str_text(&level));
	journal_add(&entry, "SYSLOG_IDENTIFIER", "nudged");
	if (fields)
		journal_add_fields(&entry, fields);
	if (!journal_is_there() || !journal_send(&entry))
		journal_write_stderr(priority, str_text(&text));
}
