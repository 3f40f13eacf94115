/* SPDX-License-Identifier: MIT */
/*
 * send-mails: the sender alone: mails of 8 KiB through nudged-send, by a courier that confirms each at once.
 *
 * usage: send-mails NUDGED-SEND SMTP-URL MAILS CONNECTIONS
 * Prints mails a second and the sender's microseconds of processor a mail.
 */
#include "core/str.h"
#include "post/courier.h"

#include <poll.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#define MAIL_SIZE 8192
#define AHEAD     2 /* mails a connection at the sender, as the service has them */

struct bench {
	struct courier *courier;
	struct str body;
	uint64_t posted, settled, mails;
	bool failed;
};

static void bench_fail(struct bench *bench, const char *what)
{
	bench->failed = true;
	(void)fprintf(stderr, "send-mails: %s\n", what);
}

static void bench_post(struct bench *bench)
{
	struct err e;

	if (courier_post(bench->courier, ++bench->posted, "nudged@example.org", "rcpt@example.org",
		    bench->body.data, bench->body.len, &e) < 0)
		bench_fail(bench, e.text);
}

static void bench_on_ready(void *userdata, uint64_t mail)
{
	struct bench *bench = userdata;
	struct err e;

	if (courier_confirm(bench->courier, mail, &e) < 0)
		bench_fail(bench, e.text);
}

static void bench_on_settled(void *userdata, uint64_t mail UNUSED, const struct post_result *result)
{
	struct bench *bench = userdata;

	bench->settled++;
	if (result->outcome != POST_SENT)
		bench_fail(bench, result->text);
}

static void bench_fill(struct str *body)
{
	str_add(body,
		"From: nudged <nudged@example.org>\r\nTo: rcpt@example.org\r\n"
		"Subject: Birthdays\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n\r\n");
	while (body->len < MAIL_SIZE)
		str_add(body,
			"* 22 Nov. Anna M=C3=BCller turns 42, +49 173 50982352, W=C3=BCrzburg\r\n");
}

static void bench_run(struct bench *bench, unsigned connections)
{
	struct err e;

	while (!bench->failed && bench->settled < bench->mails) {
		struct pollfd fd = { .events = POLLIN };

		while (!bench->failed && bench->posted < bench->mails &&
			bench->posted - bench->settled < connections * AHEAD)
			bench_post(bench);
		fd.fd = courier_fd(bench->courier);
		fd.events = courier_events(bench->courier);
		(void)poll(&fd, 1, -1);
		if (courier_dispatch(bench->courier, &e) < 0)
			bench_fail(bench, e.text);
	}
}

static double bench_seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	const struct courier_handler handler = {
		.userdata = &bench, .ready = bench_on_ready, .settled = bench_on_settled
	};
	struct courier_server server = { .tls = "none", .idle_seconds = 30 };
	struct rusage usage;
	double begun, seconds;
	struct err e;

	if (argc != 5)
		return 64;
	server.program = argv[1];
	server.url = argv[2];
	bench.mails = (uint64_t)atoll(argv[3]);
	server.connections = (unsigned)atoi(argv[4]);
	bench_fill(&bench.body);
	if (courier_new(&bench.courier, &server, &handler, &e) < 0) {
		bench_fail(&bench, e.text);
		return 1;
	}
	begun = bench_seconds();
	bench_run(&bench, server.connections);
	seconds = bench_seconds() - begun;
	courier_free(bench.courier);
	str_done(&bench.body);
	(void)getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.0f %.1f\n", (double)bench.mails / seconds,
		((double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
			(double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)) /
			(double)bench.mails);
	return bench.failed;
}
