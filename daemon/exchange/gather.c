/* SPDX-License-Identifier: MIT */
/*
 * gather: which files an import takes, where folders are named too.
 */
#include "exchange/gather.h"

#include "base/file.h"
#include "exchange/source.h"
#include "format/shellword.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

static void gather_closedirp(DIR **dir)
{
	if (*dir)
		(void)closedir(*dir);
}

struct gather_names {
	char **all;
	size_t n;
};

static void gather_names_done(struct gather_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->all[i]);
	free(names->all);
}

void gather_done(struct gather *gather)
{
	for (size_t i = 0; i < gather->n; i++) {
		free(gather->paths[i]);
		free(gather->places[i]);
	}
	for (size_t i = 0; i < gather->n_left; i++) {
		free(gather->left[i].path);
		free(gather->left[i].why);
	}
	free(gather->paths);
	free(gather->places);
	free(gather->sizes);
	free(gather->left);
	*gather = (struct gather){ 0 };
}

static int gather_take(struct gather *gather, const char *path, uint64_t size, struct err *reterr)
{
	char **paths = reallocarray(gather->paths, gather->n + 1, sizeof(*paths)), **places;
	uint64_t *sizes;

	if (!paths)
		return err_oom(reterr);
	gather->paths = paths;
	places = reallocarray(gather->places, gather->n + 1, sizeof(*places));
	if (!places)
		return err_oom(reterr);
	gather->places = places;
	sizes = reallocarray(gather->sizes, gather->n + 1, sizeof(*sizes));
	if (!sizes)
		return err_oom(reterr);
	gather->sizes = sizes;
	places[gather->n] = NULL;
	paths[gather->n] = str_dup(path);
	if (!paths[gather->n])
		return err_oom(reterr);
	sizes[gather->n++] = size;
	return 0;
}

/* The sentence "PATH: why" is split again. */
static int gather_leave(
	struct gather *gather, const char *path, const struct err *why, struct err *reterr)
{
	struct gather_left *left = reallocarray(gather->left, gather->n_left + 1, sizeof(*left));
	size_t n = strlen(path);
	bool has_path = str_starts(why->text, path) && str_starts(why->text + n, ": ");

	if (!left)
		return err_oom(reterr);
	gather->left = left;
	left += gather->n_left++;
	*left = (struct gather_left){ str_dup(path),
		str_dup(has_path ? why->text + n + 2 : why->text) };
	return left->path && left->why ? 0 : err_oom(reterr);
}

static int gather_compare(const void *a, const void *b)
{
	const char *one = *(char *const *)a, *other = *(char *const *)b;
	static const char first[] = "Connections.csv";
	int before = (str_casecmp(other, first) == 0) - (str_casecmp(one, first) == 0);

	return before ? before : strcmp(one, other);
}

static int gather_list(const char *path, DIR *dir, struct gather_names *ret, struct err *reterr)
{
	const struct dirent *entry;

	while (errno = 0, (entry = readdir(dir))) {
		char **all;

		if (str_equal(entry->d_name, ".") || str_equal(entry->d_name, ".."))
			continue;
		if (ret->n == GATHER_FOLDER_MAX)
			return err_set(reterr, -EBADMSG,
				"%s: has more than %d files; is it the folder that is meant?", path,
				GATHER_FOLDER_MAX);
		all = reallocarray(ret->all, ret->n + 1, sizeof(*all));
		if (!all)
			return err_oom(reterr);
		ret->all = all;
		all[ret->n] = str_dup(entry->d_name);
		if (!all[ret->n])
			return err_oom(reterr);
		ret->n++;
	}
	if (errno)
		return file_error(path, errno, reterr);
	if (ret->n)
		qsort(ret->all, ret->n, sizeof(*ret->all), gather_compare);
	return 0;
}

/* An entry that cannot be read, or is no address book, was not asked for: it is left, and named. */
static int gather_entry(
	struct gather *gather, const char *folder, const char *name, struct err *reterr)
{
	_cleanup_free_ char *path = file_join(folder, name);
	struct sniff sniff = { 0 };
	struct stat st;
	struct err why = { "" };
	int r;

	if (!path)
		return err_oom(reterr);
	if (stat(path, &st) < 0)
		r = errno == ENOENT ? err_set(&why, -ENOENT, "is a link to nowhere")
				    : err_set(&why, -errno, "%s", strerror(errno));
	else if (S_ISDIR(st.st_mode))
		r = err_set(&why, -EISDIR, "is a folder");
	else
		r = source_look(path, &sniff, &why);
	if (r == -EBADMSG && sniff.format == SNIFF_CSV)
		r = err_set(&why, r,
			"is a table of no program that is known here; name the file itself to have its columns guessed");
	else if (r == -EBADMSG && sniff.format <= SNIFF_JSON && sniff.format != SNIFF_EMPTY)
		r = err_set(&why, r, "is no address book that is known here");
	if (r == -ENOMEM)
		return err_oom(reterr);
	return r < 0 ? gather_leave(gather, path, &why, reterr)
		     : gather_take(gather, path, (uint64_t)st.st_size, reterr);
}

/* An export may lie two folders deep, as Google's does. */
static int gather_refuse(
	const struct gather *gather, size_t first_left, const char *path, struct err *reterr)
{
	for (size_t i = first_left; i < gather->n_left; i++) {
		_cleanup_str_ struct str quoted = STR_INIT;
		struct stat st;

		shellword_add(&quoted, gather->left[i].path, SHELLWORD_DOUBLE);
		if (quoted.failed)
			return err_oom(reterr);
		if (stat(gather->left[i].path, &st) == 0 && S_ISDIR(st.st_mode))
			return err_set(reterr, -EBADMSG,
				"%1$s: no file in this folder is an address book that is known here; folders inside are not"
				" looked into, name one: nudge import \"%2$s\"",
				path, str_text(&quoted));
	}
	return err_set(reterr, -EBADMSG,
		"%s: no file in this folder is an address book that is known here", path);
}

static int gather_folder(struct gather *gather, const char *path, struct err *reterr)
{
	_cleanup_(gather_closedirp) DIR *dir = opendir(path);
	_cleanup_(gather_names_done) struct gather_names names = { 0 };
	size_t before = gather->n, left = gather->n_left;
	int r = dir ? gather_list(path, dir, &names, reterr) : file_error(path, errno, reterr);

	gather->folder = true;
	for (size_t i = 0; r == 0 && i < names.n; i++)
		r = gather_entry(gather, path, names.all[i], reterr);
	if (r < 0 || gather->n > before)
		return r;
	if (!names.n)
		return err_set(reterr, -EBADMSG, "%s: the folder is empty", path);
	return gather_refuse(gather, left, path, reterr);
}

int gather_add(struct gather *gather, const char *path, struct err *reterr)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return file_error(path, errno, reterr);
	if (S_ISDIR(st.st_mode))
		return gather_folder(gather, path, reterr);
	return gather_take(gather, path, (uint64_t)st.st_size, reterr);
}
