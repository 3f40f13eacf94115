/* SPDX-License-Identifier: MIT */
/*
 * source: the configuration's files, joined to the one text that libconfig reads.
 */
#include "conf/source.h"

#include "base/fd.h"
#include "base/file.h"
#include "conf/location.h"
#include "conf/scan.h"
#include "format/shellword.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* Root who took the file for their own would take it away from whom it serves. */
static int source_refuse_owner(const char *path, uid_t owner, struct err *reterr)
{
	const struct passwd *entry = geteuid() == 0 ? getpwuid(owner) : NULL;
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, path, SHELLWORD_SINGLE);
	if (quoted.failed)
		return err_oom(reterr);
	if (entry)
		return err_set(reterr, -EPERM,
			"%s: the file belongs to another user, and commands in it are run: "
			"`runuser -u %s -- nudge` works as that user",
			path, entry->pw_name);
	return err_set(reterr, -EPERM,
		"%s: the file belongs to another user (%u), and commands in it are run: "
		"`chown %u '%s'` mends it",
		path, (unsigned)owner, (unsigned)geteuid(), str_text(&quoted));
}

static int source_check_status(const char *path, const struct stat *status, struct err *reterr)
{
	bool others = status->st_mode & S_IWOTH;
	bool group = (status->st_mode & S_IWGRP) && status->st_gid != 0;
	_cleanup_str_ struct str quoted = STR_INIT;

	if (status->st_uid != geteuid() && status->st_uid != 0)
		return source_refuse_owner(path, status->st_uid, reterr);
	if (!others && !group)
		return 0;
	shellword_add(&quoted, path, SHELLWORD_SINGLE);
	if (quoted.failed)
		return err_oom(reterr);
	return err_set(reterr, -EPERM,
		"%s: others may write this file, and commands in it are run: "
		"`chmod go-w '%s'` mends it",
		path, str_text(&quoted));
}

static int source_fetch(struct source *s, const char *path, struct str *ret, struct err *reterr)
{
	struct stat status;
	_cleanup_fd_ int fd = file_open(path, &status, reterr);
	int r;

	if (fd < 0)
		return fd;
	r = source_check_status(path, &status, reterr);
	if (r < 0)
		return r;
	if (s->n_files == SOURCE_FILES_MAX)
		return err_set(reterr, -EMFILE, "%s: more than %d files are included", path,
			SOURCE_FILES_MAX);
	s->n_files++;
	r = file_read_open(fd, path, SOURCE_SIZE_MAX - s->size, ret, reterr);
	if (r == -EFBIG)
		return err_set(reterr, r, "%s: the configuration is larger than %d bytes", path,
			SOURCE_SIZE_MAX);
	s->size += ret->len;
	return r;
}

/* From here on the text's lines come from `file`, beginning with `file_line`. */
static int source_begin_part(
	struct source *s, const char *file, unsigned file_line, struct err *reterr)
{
	struct source_part *parts = reallocarray(s->parts, s->n_parts + 1, sizeof(*parts));

	if (!parts)
		return err_oom(reterr);
	s->parts = parts;
	parts[s->n_parts] = (struct source_part){
		.file = str_dup(file),
		.text_line = s->n_lines + 1,
		.file_line = file_line,
	};
	return parts[s->n_parts].file ? (s->n_parts++, 0) : err_oom(reterr);
}

static int source_add_text(struct source *s, struct scan *scan, const char *path, unsigned depth,
	const struct str *bytes, struct err *reterr);

static int source_include(struct source *s, struct scan *scan, const char *path, unsigned line,
	const char *name, unsigned depth, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(path), *inner = NULL;
	_cleanup_str_ struct str bytes = STR_INIT;
	int r;

	if (depth == SOURCE_DEPTH_MAX)
		return err_set(reterr, -EINVAL,
			"%s:%u: @include more than %d deep: does a file include itself?", path,
			line, SOURCE_DEPTH_MAX);
	inner = folder ? file_join(strchr(path, '/') ? folder : "", name) : NULL;
	if (!inner)
		return err_oom(reterr);
	r = source_fetch(s, inner, &bytes, reterr);
	if (r < 0)
		return err_prefix(
			reterr, r == -ENOMEM ? r : -EINVAL, "%s:%u: @include", path, line);
	r = source_add_text(s, scan, inner, depth + 1, &bytes, reterr);
	return r < 0 ? r : source_begin_part(s, path, line + 1, reterr);
}

static int source_check_end(const struct scan *scan, const char *path, struct err *reterr)
{
	static const char *const what[] = {
		[SCAN_STRING] = ERR_TEXT("the text that begins here has no closing quote"),
		[SCAN_COMMENT] = ERR_TEXT("the comment that begins here has no end, */"),
	};

	if (scan->state == SCAN_CODE)
		return 0;
	return err_set(reterr, -EINVAL, "%s:%u: %s", path, scan->open_line,
		err_translate(what[scan->state]));
}

static int source_add_line(struct source *s, struct scan *scan, const char *path, unsigned line,
	unsigned depth, const char *bytes, size_t n, struct err *reterr)
{
	_cleanup_free_ char *name = NULL;
	int r = scan_line(scan, line, bytes, n, &s->text, &name, reterr);

	if (r < 0)
		return err_prefix(reterr, r, "%s:%u", path, line);
	if (r == SCAN_INCLUDE)
		return source_include(s, scan, path, line, name, depth, reterr);
	if (n == 0 || bytes[n - 1] != '\n')
		str_add_char(&s->text, '\n');
	s->n_lines++;
	return 0;
}

static int source_add_text(struct source *s, struct scan *scan, const char *path, unsigned depth,
	const struct str *bytes, struct err *reterr)
{
	const char *at = str_text(bytes), *end = at + bytes->len, *next;
	int r = source_begin_part(s, path, 1, reterr);

	if (bytes->len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3; /* the mark that some editors begin UTF-8 with */
	for (unsigned line = 1; r == 0 && at < end; line++, at = next) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));

		next = feed ? feed + 1 : end;
		r = source_add_line(s, scan, path, line, depth, at, (size_t)(next - at), reterr);
	}
	return r < 0 ? r : source_check_end(scan, path, reterr);
}

/* The system's file is looked for where a user has none: most who miss it want their own. */
static int source_complain_missing(const char *path, struct err *reterr)
{
	_cleanup_free_ char *own = location_own_configuration();
	_cleanup_str_ struct str word = STR_INIT;

	shellword_add(&word, path, SHELLWORD_PLAIN);
	if (!own || word.failed)
		return err_oom(reterr);
	/* The service's own user has none, and cannot make one. */
	if (location_is_service_user())
		return err_set(reterr, -ENOENT,
			"%s: there is no such file; as root, `nudge -c %s init` asks a few questions and makes "
			"it; to write it by hand, copy %s",
			path, str_text(&word), PACKAGE_DATADIR "/nudged/nudged.conf.sample");
	if (!str_equal(path, LOCATION_SYSTEM_CONFIGURATION) && !str_equal(path, own))
		return err_set(reterr, -ENOENT,
			"%s: there is no such file; `nudge -c %s init` makes it, or name another with "
			"--config",
			path, str_text(&word));
	return err_set(reterr, -ENOENT,
		"%s: there is no such file, nor is there one of your own, %s: `nudge init` asks a few "
		"questions and makes it; to write it by hand, copy nudged.conf.sample, which lies in %s when "
		"installed",
		LOCATION_SYSTEM_CONFIGURATION, own, PACKAGE_DATADIR "/nudged");
}

int source_load(struct source *source, const char *path, struct err *reterr)
{
	_cleanup_str_ struct str bytes = STR_INIT;
	struct scan scan = { 0 };
	int r;

	r = source_fetch(source, path, &bytes, reterr);
	if (r == -ENOENT)
		return source_complain_missing(path, reterr);
	if (r < 0)
		return r;
	r = source_add_text(source, &scan, path, 1, &bytes, reterr);
	return r < 0 ? r : str_check(&source->text, reterr);
}

void source_done(struct source *source)
{
	for (size_t i = 0; i < source->n_parts; i++)
		free(source->parts[i].file);
	free(source->parts);
	str_done(&source->text);
	*source = (struct source){ 0 };
}

const char *source_place(const struct source *source, unsigned text_line, unsigned *ret_line)
{
	size_t i = source->n_parts;

	*ret_line = text_line;
	if (i == 0)
		return "";
	while (--i > 0 && source->parts[i].text_line > text_line)
		;
	/* What libconfig misses at the very end is missed in the last line that there is. */
	if (text_line > source->n_lines && source->n_lines >= source->parts[i].text_line)
		text_line = source->n_lines;
	*ret_line = source->parts[i].file_line;
	if (text_line > source->parts[i].text_line)
		*ret_line += text_line - source->parts[i].text_line;
	return source->parts[i].file;
}
