/* SPDX-License-Identifier: MIT */
/* Every call of post/ into the system and into libcurl, and every allocation, fails once, or is interrupted
 * once: the first is told in a sentence, or settles the mail; the second changes nothing. */
#include "core/mem.h"
#include "core/str.h"
#include "post/courier.h"
#include "post/keeper.h"
#include "post/link.h"
#include "post/route.h"
#include "test.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SNAGS_MAX 500 /* of one row: more are an endless loop */

enum snag { SNAG_FAILS, SNAG_IS_INTERRUPTED };

static struct {
	enum snag what;
	unsigned left; /* calls until one fails, itself counted; 0: none does */
	bool struck;
} snag;

static bool snag_strikes(enum snag what, int errnum)
{
	if (what != snag.what || !snag.left || --snag.left)
		return false;
	snag.struck = true;
	errno = errnum;
	return true;
}

/* What the linker calls instead (--wrap), and what it would have called. */
#define SNAG(type, function, strikes, failed, parameters, ...)                                     \
	type __real_##function parameters;                                                         \
	type __wrap_##function parameters;                                                         \
	type __wrap_##function parameters                                                          \
	{                                                                                          \
		return (strikes) ? failed : __real_##function(__VA_ARGS__);                        \
	}                                                                                          \
	struct mem_semicolon

#define FAILS(errnum) snag_strikes(SNAG_FAILS, errnum)
#define INTERRUPTED   snag_strikes(SNAG_IS_INTERRUPTED, EINTR)

SNAG(void *, malloc, FAILS(ENOMEM), NULL, (size_t a), a);
SNAG(void *, calloc, FAILS(ENOMEM), NULL, (size_t a, size_t b), a, b);
SNAG(void *, realloc, FAILS(ENOMEM), NULL, (void *a, size_t b), a, b);
SNAG(void *, reallocarray, FAILS(ENOMEM), NULL, (void *a, size_t b, size_t c), a, b, c);
SNAG(int, pipe2, FAILS(EMFILE), -1, (int a[2], int b), a, b);
SNAG(int, socketpair, FAILS(EMFILE), -1, (int a, int b, int c, int d[2]), a, b, c, d);
SNAG(pid_t, fork, FAILS(EAGAIN), -1, (void), );
SNAG(int, fstat, FAILS(EIO), -1, (int a, struct stat *b), a, b);
SNAG(int, pidfd_open, FAILS(EMFILE), -1, (pid_t a, unsigned b), a, b);
SNAG(int, posix_spawn_file_actions_init, FAILS(0), ENOMEM, (posix_spawn_file_actions_t * a), a);
SNAG(int, posix_spawnattr_init, FAILS(0), ENOMEM, (posix_spawnattr_t * a), a);
SNAG(int, posix_spawn_file_actions_adddup2, FAILS(0), ENOMEM,
	(posix_spawn_file_actions_t * a, int b, int c), a, b, c);
SNAG(int, posix_spawn_file_actions_addclosefrom_np, FAILS(0), ENOMEM,
	(posix_spawn_file_actions_t * a, int b), a, b);
SNAG(ssize_t, read, FAILS(EIO) || INTERRUPTED, -1, (int a, void *b, size_t c), a, b, c);
SNAG(ssize_t, recv, FAILS(EIO) || INTERRUPTED, -1, (int a, void *b, size_t c, int d), a, b, c, d);
SNAG(ssize_t, send, FAILS(EPIPE) || INTERRUPTED, -1, (int a, const void *b, size_t c, int d), a, b,
	c, d);
SNAG(int, poll, INTERRUPTED, -1, (struct pollfd * a, nfds_t b, int c), a, b, c);
SNAG(pid_t, waitpid, INTERRUPTED, -1, (pid_t a, int *b, int c), a, b, c);
SNAG(CURL *, curl_easy_init, FAILS(0), NULL, (void), );
SNAG(CURLM *, curl_multi_init, FAILS(0), NULL, (void), );
SNAG(CURLMcode, curl_multi_add_handle, FAILS(0), CURLM_OUT_OF_MEMORY, (CURLM * a, CURL *b), a, b);

/* Both take a third argument of any kind, all of which are as wide as a pointer here. */
_Static_assert(sizeof(long) == sizeof(void *), "an option's value is handed on as a pointer");
#undef curl_easy_setopt
#undef curl_multi_setopt
CURLcode __real_curl_easy_setopt(CURL *easy, CURLoption option, ...);
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, void *value);
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, void *value)
{
	return FAILS(0) ? CURLE_UNKNOWN_OPTION : __real_curl_easy_setopt(easy, option, value);
}

CURLMcode __real_curl_multi_setopt(CURLM *multi, CURLMoption option, ...);
CURLMcode __wrap_curl_multi_setopt(CURLM *multi, CURLMoption option, void *value);
CURLMcode __wrap_curl_multi_setopt(CURLM *multi, CURLMoption option, void *value)
{
	return FAILS(0) ? CURLM_UNKNOWN_OPTION : __real_curl_multi_setopt(multi, option, value);
}

/* --- what is done --- */

static char path[240];

static int do_file(struct err *e)
{
	char secret[SECRET_MAX];

	return secret_read_file(secret, path, NULL, e);
}

static int do_command(struct err *e)
{
	char *const command[] = { (char[]){ "/bin/cat" }, path, NULL };
	char secret[SECRET_MAX];

	return secret_run_command(secret, command, 30, e);
}

static int do_command_that_stays(struct err *e)
{
	char *const command[] = { (char[]){ "/bin/sh" }, (char[]){ "-c" },
		(char[]){ "echo x; exec >&-; exit 0" }, NULL };
	char secret[SECRET_MAX];

	return secret_run_command(secret, command, 30, e);
}

static int do_keeper(struct err *e)
{
	const struct keeper_source source = { .file = path, .seconds = 30 };
	char secret[SECRET_MAX];
	int fd = -1, r = keeper_start(&fd, &source, e);

	if (r < 0)
		return r;
	r = keeper_ask(fd, secret, e);
	(void)close(fd);
	while (wait(NULL) < 0 && errno == EINTR)
		;
	return r;
}

static int do_link(struct err *e)
{
	const struct link_settings settings = { .url = "smtp://127.0.0.1:1",
		.tls = "required",
		.ca_file = path,
		.user = "me",
		.timeout_seconds = 1,
		.trace = (void (*)(void *, const char *))abort };
	_cleanup_(link_freep) struct link *link = NULL;

	return link_new(&link, &settings, "secret", e);
}

static int do_route(struct err *e)
{
	static char credential[] = "smtp";
	struct conf conf = { .smtp = { .password_credential = credential } };
	_cleanup_route_ struct route route = { 0 };

	return route_make(&route, &conf, e);
}

/* --- a sender that ends at once --- */

static char *const words[] = { (char[]){ "echo" }, (char[]){ "x" }, NULL };

static const struct courier_server server = { .program = "/bin/true",
	.url = "smtp://localhost:25",
	.tls = "none",
	.password_command = words,
	.connections = 1 };

static void on_settled(void *userdata, uint64_t mail UNUSED, const struct post_result *result)
{
	int *settled = userdata;

	CHECK_INT(result->outcome, POST_SERVER);
	CHECK(strlen(result->text) > 0);
	++*settled;
}

static int wait_for_end(struct courier *courier, struct err *e)
{
	int r = 0;

	while (r == 0 && courier_pending(courier)) {
		struct pollfd fd = { courier_fd(courier), POLLIN, 0 };

		(void)poll(&fd, 1, 1000);
		r = courier_dispatch(courier, e);
	}
	return r;
}

static int do_courier(struct err *e)
{
	int settled = 0;
	const struct courier_handler handler = { .settled = on_settled, .userdata = &settled };
	_cleanup_(courier_freep) struct courier *courier = NULL;
	int r = courier_new(&courier, &server, &handler, e);

	if (r == 0)
		r = courier_post(courier, 1, "a@x", "b@y", "hello\r\n", 7, e);
	if (r < 0)
		return r;
	r = wait_for_end(courier, e);
	CHECK_INT(settled, 1);
	return r;
}

static int do_lend(struct err *e)
{
	static const struct courier_handler nobody = { 0 };
	_cleanup_(courier_freep) struct courier *courier = NULL;
	struct courier_server patient = server;
	pid_t pid = 0;
	int fd = -1, r;

	patient.program = "/usr/bin/yes"; /* one that stays */
	r = courier_lend(&patient, &pid, &fd, e);
	if (r < 0)
		return r;
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return courier_adopt(&courier, fd, &nobody, e);
}

static const struct {
	const char *name;
	int (*act)(struct err *e);
} rows[] = { { "a password file", do_file }, { "a password command", do_command },
	{ "a command that closes first", do_command_that_stays }, { "the keeper", do_keeper },
	{ "a link", do_link }, { "a route", do_route }, { "the courier", do_courier },
	{ "a lent sender", do_lend } };

static void prepare(void)
{
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/password", test_folder());
	file = fopen(path, "w");
	if (!CHECK(file != NULL))
		return;
	(void)fputs("secret\n", file);
	(void)fclose(file);
	(void)chmod(path, 0600);
	(void)setenv("CREDENTIALS_DIRECTORY", test_folder(), 1);
	CHECK_INT(link_global_init(NULL), 0);
}

/* Returns whether something was struck. */
static bool act(size_t row, enum snag what, unsigned n, int *ret, struct err *e)
{
	*e = (struct err){ "" };
	snag.what = what;
	snag.struck = false;
	snag.left = n;
	*ret = rows[row].act(e);
	snag.left = 0;
	return snag.struck;
}

static void what_fails_is_told(void)
{
	prepare();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned n = 0, quiet = 0;
		struct err e;
		int r;

		/* A process that was forked has calls of its own, which count from there. */
		while (n < SNAGS_MAX &&
			(act(i, SNAG_FAILS, ++n, &r, &e) || r < 0 || ++quiet < 20)) {
			TEST_ROW("%s, call %u", rows[i].name, n);
			CHECK(r <= 0);
			CHECK((r < 0) == (e.text[0] != '\0'));
		}
		CHECK(n > 20 && n < SNAGS_MAX);
	}
}

static void what_is_interrupted_goes_on(void)
{
	prepare();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e;
		int r = 0;

		for (unsigned n = 1; n < 20; n++) {
			(void)act(i, SNAG_IS_INTERRUPTED, n, &r, &e);
			TEST_ROW("%s, call %u", rows[i].name, n);
			CHECK_INT(r, 0);
			CHECK_TEXT(e.text, "");
		}
	}
}

TEST_MAIN(TEST(what_fails_is_told), TEST(what_is_interrupted_goes_on))
