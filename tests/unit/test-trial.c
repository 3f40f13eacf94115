/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "cli/trial.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct initial trial_initial = { .digest = "morning",
	.address = "anna@example.org",
	.url = "smtp://localhost:25",
	.user = "anna",
	.secret = INITIAL_PASSWORD_FILE };

/* Trials lie in a folder of the test's, and nothing of them stays. */
static void trial_is_gone(void)
{
	DIR *folder = opendir(test_folder());
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		CHECK(entry->d_name[0] == '.');
	if (CHECK(folder != NULL))
		(void)closedir(folder);
}

static void trial_of_a_text(void)
{
	static const struct {
		const char *cadence, *errors; /* a part of them; NULL: none */
	} rows[] = {
		{ "*-*-* 07:00", NULL },
		{ "Mon 99:00", "digests.cadence" },
		{ "*:0/1", "digests.cadence" },
	};

	(void)unsetenv("XDG_RUNTIME_DIR");
	(void)setenv("TMPDIR", test_folder(), 1);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str errors = STR_INIT;
		struct initial initial = trial_initial;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].cadence);
		initial.cadence = rows[i].cadence;
		CHECK_INT(trial_check(&initial, 1795000000, &errors, &e),
			rows[i].errors ? -EINVAL : 0);
		CHECK(strstr(str_text(&errors), rows[i].errors ? rows[i].errors : "") != NULL);
		CHECK(errors.len == 0 || rows[i].errors);
		trial_is_gone();
	}
}

/* Errors name the file, and so where it was. */
static void trial_has_a_parent(void)
{
	static const struct {
		const char *session, *temporary;
		const char *used;
	} rows[] = {
		{ "one", "two", "one" },
		{ "none", "two", "two" },
		{ NULL, "two", "two" },
		{ NULL, "none", "/tmp" },
		{ NULL, NULL, "/tmp" },
	};
	static const char *const variables[] = { "XDG_RUNTIME_DIR", "TMPDIR" };

	if (chdir(test_folder()) < 0 || mkdir("one", 0700) < 0 || mkdir("two", 0700) < 0)
		abort();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *used = file_join(test_folder(), rows[i].used);
		_cleanup_str_ struct str errors = STR_INIT;
		struct initial initial = trial_initial;
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		for (size_t k = 0; k < 2; k++) {
			const char *name = k ? rows[i].temporary : rows[i].session;
			_cleanup_free_ char *path = name ? file_join(test_folder(), name) : NULL;

			(void)(path ? setenv(variables[k], path, 1) : unsetenv(variables[k]));
		}
		initial.cadence = "never";
		CHECK_INT(trial_check(&initial, 1795000000, &errors, &e), -EINVAL);
		CHECK(used && str_starts(str_text(&errors), used));
	}
}

TEST_MAIN(TEST(trial_of_a_text), TEST(trial_has_a_parent))
