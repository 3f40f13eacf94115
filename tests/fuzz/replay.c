/* SPDX-License-Identifier: MIT */
/*
 * replay: feeds every file of some folders to a fuzz entry and prints TAP, a point for each folder.
 * Without arguments the folder is the corpus of the program's own name.
 */
#include "fuzz.h"

#include "core/mem.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_MAX (1024 * 1024)

static inline void replay_closep(FILE **f)
{
	if (*f)
		(void)fclose(*f);
}

/* The entry gets a block of exactly the file's size, so that reading past its end is noticed. */
static bool replay_file(const char *path)
{
	_cleanup_(replay_closep) FILE *f = fopen(path, "rb");
	_cleanup_free_ uint8_t *data = NULL;
	struct stat st;
	size_t size;

	if (!f || fstat(fileno(f), &st) < 0 || st.st_size > FILE_MAX)
		return false;
	size = (size_t)st.st_size;
	data = malloc(size ? size : 1);
	if (!data || fread(data, 1, size, f) != size)
		return false;
	(void)LLVMFuzzerTestOneInput(data, size);
	return true;
}

static int replay_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* How many files the folder has; -1 where one of them, or the folder, could not be read. */
static int replay_folder(const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, replay_visible, alphasort), fed = 0;

	for (int i = 0; i < n; i++) {
		_cleanup_free_ char *path = NULL;

		if (asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0)
			abort();
		/* Printed before it is fed: the last line of a crash's log names the file. */
		printf("# %s\n", entries[i]->d_name);
		fed += replay_file(path);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return n == fed ? n : -1;
}

static bool replay_point(int number, const char *folder)
{
	int n = replay_folder(folder);

	printf("%s %d - %d files of %s\n", n > 0 ? "ok" : "not ok", number, n, folder);
	return n > 0;
}

int main(int argc, char **argv)
{
	const char *name = strstr(program_invocation_short_name, "fuzz-");
	_cleanup_free_ char *own = NULL;
	bool good = true;

	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%d\n", argc > 1 ? argc - 1 : 1);
	for (int i = 1; i < argc; i++)
		good &= replay_point(i, argv[i]);
	if (argc > 1)
		return !good;
	if (asprintf(&own, "fuzz/corpus/%s", name ? name + strlen("fuzz-") : "") < 0)
		abort();
	return !replay_point(1, test_data_path(own));
}
