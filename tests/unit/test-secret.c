/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/str.h"
#include "post/secret.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *secret_write(const char *name, const char *bytes, size_t n, mode_t mode)
{
	static char path[200];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
	(void)unlink(path); /* one that only root may write to stands in the way of others */
	file = fopen(path, "w");
	if (!file)
		return "";
	(void)fwrite(bytes, 1, n, file);
	(void)fclose(file);
	(void)chmod(path, mode);
	return path;
}

static const struct {
	const char *bytes;
	size_t n;
	const char *secret; /* NULL: refused */
} contents[] = {
	{ "secret\n", 7, "secret" },
	{ "secret", 6, "secret" },
	{ "secret\r\n", 8, "secret" },
	{ " se cret \n", 10, " se cret " },
	{ "secret\nlogin: anna\n", 19, "secret" },
	{ "p\xc3\xa4ss\n", 6, "p\xc3\xa4ss" },
	{ "", 0, NULL },
	{ "\n", 1, NULL },
	{ "\r\n", 2, NULL },
	{ "\nsecret\n", 8, NULL },
	{ "sec\0ret\n", 8, NULL },
	{ "secret\n\0\0", 9, "secret" },
};

static bool secret_is_wiped_after(const char *secret, size_t from)
{
	for (size_t i = from; i < SECRET_MAX; i++)
		if (secret[i])
			return false;
	return true;
}

static void secret_of_files(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(contents); i++) {
		const char *path = secret_write("password", contents[i].bytes, contents[i].n, 0600);
		char secret[SECRET_MAX];
		struct err e = { "" };
		int r;

		memset(secret, 'x', sizeof(secret));
		r = secret_read_file(secret, path, NULL, &e);
		TEST_ROW("row %zu", i);
		CHECK_INT(r, contents[i].secret ? 0 : -EINVAL);
		if (contents[i].secret)
			CHECK_TEXT(secret, contents[i].secret);
		CHECK(secret_is_wiped_after(secret, contents[i].secret ? strlen(secret) : 0));
		CHECK(!strstr(e.text, "sec"));
	}
}

static void secret_of_commands(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(contents); i++) {
		const char *path = secret_write("password", contents[i].bytes, contents[i].n, 0600);
		char cat[] = "cat", file[200], *command[] = { cat, file, NULL };
		char secret[SECRET_MAX];
		struct err e = { "" };

		(void)snprintf(file, sizeof(file), "%s", path);
		memset(secret, 'x', sizeof(secret));
		TEST_ROW("row %zu", i);
		CHECK_INT(secret_run_command(secret, command, 10, &e),
			contents[i].secret ? 0 : -EINVAL);
		if (contents[i].secret)
			CHECK_TEXT(secret, contents[i].secret);
		CHECK(secret_is_wiped_after(secret, contents[i].secret ? strlen(secret) : 0));
	}
}

static void secret_lengths(void)
{
	static const struct {
		size_t n;
		int expected;
	} rows[] = { { SECRET_MAX - 2, 0 }, { SECRET_MAX - 1, 0 }, { SECRET_MAX, -EINVAL },
		{ SECRET_MAX + 1, -EINVAL }, { 10 * SECRET_MAX, -EINVAL } };
	char *bytes = malloc(10 * SECRET_MAX);
	char secret[SECRET_MAX];

	memset(bytes, 'x', 10 * SECRET_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char cat[] = "cat", file[200], *command[] = { cat, file, NULL };

		(void)snprintf(
			file, sizeof(file), "%s", secret_write("long", bytes, rows[i].n, 0600));
		TEST_ROW("%zu bytes", rows[i].n);
		CHECK_INT(secret_read_file(secret, file, NULL, NULL), rows[i].expected);
		CHECK_INT(secret_run_command(secret, command, 10, NULL), rows[i].expected);
	}
	free(bytes);
}

static void secret_modes_and_credentials(void)
{
	static const struct {
		mode_t mode;
		const char *below; /* added to the folder's path */
		int expected;
	} rows[] = {
		{ 0600, NULL, 0 },
		{ 0400, NULL, 0 },
		{ 0640, NULL, -EINVAL },
		{ 0604, NULL, -EINVAL },
		{ 0620, NULL, -EINVAL },
		{ 0644, "", 0 },
		{ 0644, "x", -EINVAL },
		{ 0644, "/..", -EINVAL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *path = secret_write("it's", "secret\n", 7, rows[i].mode);
		char credentials[300], secret[SECRET_MAX];
		struct err e = { "" };

		(void)snprintf(credentials, sizeof(credentials), "%s%s", test_folder(),
			rows[i].below ? rows[i].below : "");
		TEST_ROW("row %zu", i);
		CHECK_INT(secret_read_file(secret, path, rows[i].below ? credentials : NULL, &e),
			rows[i].expected);
		CHECK((rows[i].expected < 0) ==
			(strstr(e.text, "`chmod 600 '") && strstr(e.text, "/it'\\''s'` mends")));
		CHECK_INT(secret_check_file(path, rows[i].below ? credentials : NULL, &e),
			rows[i].expected);
	}
}

static void secret_files_that_are_none(void)
{
	char secret[SECRET_MAX], path[300];

	(void)snprintf(path, sizeof(path), "%s/fifo", test_folder());
	CHECK_INT(mkfifo(path, 0600), 0);
	CHECK_INT(secret_read_file(secret, path, NULL, NULL), -EINVAL);
	CHECK_INT(secret_read_file(secret, test_folder(), NULL, NULL), -EINVAL);
	CHECK_INT(secret_read_file(secret, "/dev/zero", NULL, NULL), -EINVAL);
	CHECK_INT(secret_read_file(secret, "/nowhere", NULL, NULL), -ENOENT);
}

static void secret_commands_that_fail(void)
{
	static const struct {
		const char *script;
		int expected;
		const char *words;
	} rows[] = {
		{ "echo secret; exit 1", -EIO, "status 1" },
		{ "echo secret >&2; exit 2", -EIO, "status 2" },
		{ "echo locked; echo '+ say secret' >&2; exit 3", -EIO, "status 3" },
		{ "set -x; x=secret; exit 4", -EIO, "status 4" },
		{ "exec /nowhere/secret", -EIO, "could not be run" },
		{ "kill -9 $$", -EIO, "signal 9" },
		{ "sleep 100", -ETIMEDOUT, "within 1 seconds" },
		{ "echo secret; sleep 100", -ETIMEDOUT, "within 1 seconds" },
		{ "exec >&- 2>&-; sleep 100", -ETIMEDOUT, "within 1 seconds" },
		{ "read x; echo \"[$x]\"; exit 0", 0, "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char sh[] = "/bin/sh", c[] = "-c", script[100],
		     *command[] = { sh, c, script, NULL };
		char secret[SECRET_MAX];
		struct err e = { "" };

		(void)snprintf(script, sizeof(script), "%s", rows[i].script);
		TEST_ROW("%s", script);
		CHECK_INT(secret_run_command(
				  secret, command, rows[i].expected == -ETIMEDOUT ? 1 : 30, &e),
			rows[i].expected);
		CHECK(strstr(e.text, rows[i].words) != NULL);
		CHECK(!strstr(e.text, "secret"));
		if (rows[i].expected < 0)
			CHECK(secret_is_wiped_after(secret, 0));
		else
			CHECK_TEXT(secret, "[]");
	}
}

/* No shell: an argument is one, whatever it holds. */
static void secret_commands_have_no_shell(void)
{
	char echo[] = "echo", argument[] = "$HOME; `x` * \"", *command[] = { echo, argument, NULL };
	char secret[SECRET_MAX];

	CHECK_INT(secret_run_command(secret, command, 10, NULL), 0);
	CHECK_TEXT(secret, argument);
}

/* Where it has to lie for the unit as it is installed. */
static void a_credential_that_is_missing(void)
{
	static const struct {
		const char *folder, *name, *sentence;
	} rows[] = {
		{ "/run/credentials/nudged.service", "smtp-password",
			"/etc/credstore/nudged.smtp-password, when" },
		{ "/run/credentials/nudged@anna.service", "smtp-password",
			"/etc/credstore/nudged-anna.smtp-password, when" },
		{ "/run/credentials/nudged-once.service", "smtp-password",
			"/etc/credstore/nudged.smtp-password, when" },
		{ "/run/credentials/nudged@anna.service", "smtp-password-encrypted",
			"/etc/credstore.encrypted/nudged-anna.smtp-password-encrypted, when" },
		{ "/run/credentials/nudged-once.service", "smtp-password-encrypted",
			"/etc/credstore.encrypted/nudged.smtp-password-encrypted, when" },
		{ "/run/credentials/nudged.service", "mine",
			"its unit needs LoadCredential=mine:FILE" },
		{ "/run/user/7/credentials/nudged.service", "smtp-password",
			"its unit needs LoadCredential=smtp-password:FILE" },
		{ "/none", "smtp-password", "its unit needs LoadCredential=smtp-password:FILE" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char path[100], secret[SECRET_MAX];
		struct err e = { "" };

		TEST_ROW("%s", rows[i].folder);
		(void)snprintf(path, sizeof(path), "%s/%s", rows[i].folder, rows[i].name);
		CHECK_INT(secret_read_file(secret, path, rows[i].folder, &e), -ENOENT);
		CHECK(strstr(e.text, rows[i].sentence));
	}
}

TEST_MAIN(TEST(a_credential_that_is_missing), TEST(secret_of_files), TEST(secret_of_commands),
	TEST(secret_lengths), TEST(secret_modes_and_credentials), TEST(secret_files_that_are_none),
	TEST(secret_commands_that_fail), TEST(secret_commands_have_no_shell))
