/* SPDX-License-Identifier: MIT */
/*
 * post-tool: a service in small, for tests: hands mails to nudged-send by a courier and prints what
 * comes of them, one line an event.
 *
 *	ready N | settled N OUTCOME CAUSE CODE TEXT | trace LINE | warning TEXT |
 *	error TEXT
 *
 * Posts --count mails, numbered from 1, and ends when all are settled. With --stdin it takes lines
 * `post N`, `probe N`, `confirm N` and `quit` besides, and goes on until `quit` or the input's end.
 */
#include "core/str.h"
#include "post-names.h"
#include "post/courier.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TOOL_COMMAND_MAX 16

struct tool {
	struct courier_server server;
	struct courier *courier;
	const char *from;
	const char *to;
	struct str body;
	uint64_t count;
	bool hold;   /* confirm by command alone */
	bool input;  /* take commands */
	bool failed; /* something was not sent */
	char *password[TOOL_COMMAND_MAX];
	char *token[TOOL_COMMAND_MAX];
	struct str line; /* of input */
};

static void tool_print_error(const struct err *e)
{
	printf("error %s\n", e->text);
}

static void tool_on_ready(void *userdata, uint64_t mail)
{
	struct tool *tool = userdata;
	struct err e;

	printf("ready %ju\n", (uintmax_t)mail);
	if (!tool->hold && courier_confirm(tool->courier, mail, &e) < 0)
		tool_print_error(&e);
}

static void tool_on_settled(void *userdata, uint64_t mail, const struct post_result *result)
{
	struct tool *tool = userdata;

	tool->failed = tool->failed || result->outcome != POST_SENT;
	printf("settled %ju %s %s %d %s\n", (uintmax_t)mail, post_outcome_name(result->outcome),
		post_cause_name(result->cause), result->code, result->text);
}

static void tool_on_trace(void *userdata UNUSED, const char *line)
{
	printf("trace %s\n", line);
}

static void tool_on_warning(void *userdata UNUSED, const char *text)
{
	printf("warning %s\n", text);
}

static void tool_post(struct tool *tool, uint64_t mail)
{
	struct err e;

	if (courier_post(tool->courier, mail, tool->from, tool->to, tool->body.data, tool->body.len,
		    &e) < 0) {
		tool->failed = true;
		tool_print_error(&e);
	}
}

static void tool_probe(struct tool *tool, uint64_t number)
{
	struct err e;

	if (courier_probe(tool->courier, number, &e) < 0)
		tool_print_error(&e);
}

/* One line of input; false at `quit`. */
static bool tool_obey(struct tool *tool, const char *line)
{
	uint64_t mail = 0;
	struct err e;

	if (str_equal(line, "quit"))
		return false;
	if (str_starts(line, "post ") && str_number(line + 5, UINT64_MAX, &mail))
		tool_post(tool, mail);
	else if (str_starts(line, "probe ") && str_number(line + 6, UINT64_MAX, &mail))
		tool_probe(tool, mail);
	else if (!str_starts(line, "confirm ") || !str_number(line + 8, UINT64_MAX, &mail))
		printf("error unknown command %s\n", line);
	else if (courier_confirm(tool->courier, mail, &e) < 0)
		tool_print_error(&e);
	return true;
}

static bool tool_read(struct tool *tool)
{
	char c;
	ssize_t n = read(STDIN_FILENO, &c, 1);
	bool go_on;

	if (n <= 0)
		return false;
	if (c != '\n') {
		str_add_char(&tool->line, c);
		return true;
	}
	go_on = tool_obey(tool, str_text(&tool->line));
	str_clear(&tool->line);
	return go_on;
}

static int tool_loop(struct tool *tool)
{
	struct err e;

	while (tool->input || courier_pending(tool->courier) > 0) {
		struct pollfd fds[2] = {
			{ .fd = courier_fd(tool->courier),
				.events = courier_events(tool->courier) },
			{ .fd = tool->input ? STDIN_FILENO : -1, .events = POLLIN },
		};

		(void)fflush(stdout);
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return 1;
		if (fds[0].revents && courier_dispatch(tool->courier, &e) < 0)
			tool_print_error(&e);
		if (fds[1].revents && !tool_read(tool))
			return 0;
	}
	return tool->failed;
}

/* "pass mail" as its words; enough for tests. */
static char *const *tool_split(char *text, char *words[TOOL_COMMAND_MAX])
{
	size_t n = 0;

	for (char *at = strtok(text, " "); at && n < TOOL_COMMAND_MAX - 1; at = strtok(NULL, " "))
		words[n++] = at;
	words[n] = NULL;
	return words;
}

static unsigned tool_number(const char *text)
{
	uint64_t n = 0;

	if (!str_number(text, 1000000, &n))
		fprintf(stderr, "post-tool: %s is no number\n", text);
	return (unsigned)n;
}

static bool tool_read_body(struct tool *tool, const char *path)
{
	FILE *file = fopen(path, "rb");
	char buffer[4096];
	size_t n;

	if (!file)
		return false;
	str_clear(&tool->body);
	while ((n = fread(buffer, 1, sizeof(buffer), file)) > 0)
		str_add_bytes(&tool->body, buffer, n);
	(void)fclose(file);
	return true;
}

static bool tool_set(struct tool *tool, int option, char *value)
{
	struct courier_server *server = &tool->server;

	switch (option) {
	case 'p':
		server->program = value;
		return true;
	case 'u':
		server->url = value;
		return true;
	case 't':
		server->tls = value;
		return true;
	case 'a':
		server->ca_file = value;
		return true;
	case 'U':
		server->user = value;
		return true;
	case 'f':
		server->password_file = value;
		return true;
	case 'c':
		server->password_command = tool_split(value, tool->password);
		return true;
	case 'k':
		server->token_command = tool_split(value, tool->token);
		return true;
	case 'n':
		server->connections = tool_number(value);
		return true;
	case 'i':
		server->idle_seconds = tool_number(value);
		return true;
	case 's':
		server->timeout_seconds = tool_number(value);
		return true;
	case 'v':
		server->trace = true;
		return true;
	case 'F':
		tool->from = value;
		return true;
	case 'T':
		tool->to = value;
		return true;
	case 'b':
		return tool_read_body(tool, value);
	case 'N':
		tool->count = tool_number(value);
		return true;
	case 'h':
		tool->hold = true;
		return true;
	case 'I':
		tool->input = true;
		return true;
	default:
		return false;
	}
}

static bool tool_parse(struct tool *tool, int argc, char **argv)
{
	static const struct option options[] = {
		{ "program", 1, NULL, 'p' },
		{ "url", 1, NULL, 'u' },
		{ "tls", 1, NULL, 't' },
		{ "ca-file", 1, NULL, 'a' },
		{ "user", 1, NULL, 'U' },
		{ "password-file", 1, NULL, 'f' },
		{ "password-command", 1, NULL, 'c' },
		{ "token-command", 1, NULL, 'k' },
		{ "connections", 1, NULL, 'n' },
		{ "idle", 1, NULL, 'i' },
		{ "timeout", 1, NULL, 's' },
		{ "trace", 0, NULL, 'v' },
		{ "from", 1, NULL, 'F' },
		{ "to", 1, NULL, 'T' },
		{ "body", 1, NULL, 'b' },
		{ "count", 1, NULL, 'N' },
		{ "hold", 0, NULL, 'h' },
		{ "stdin", 0, NULL, 'I' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (!tool_set(tool, option, optarg))
			return false;
	return optind == argc && tool->server.program && tool->server.url;
}

int main(int argc, char **argv)
{
	const struct courier_handler handler_of = { tool_on_ready, tool_on_settled, tool_on_trace,
		tool_on_warning, NULL };
	struct courier_handler handler = handler_of;
	struct tool tool = {
		.server = { .tls = "none", .connections = 1, .idle_seconds = 60 },
		.from = "anna@example.test",
		.to = "ben@example.test",
		.count = 1,
	};
	struct err e;
	int status = 2;

	str_add(&tool.body,
		"Subject: hello\r\n\r\nA line.\r\n.A line with a dot.\r\n.\r\nThe end.\r\n");
	handler.userdata = &tool;
	if (!tool_parse(&tool, argc, argv)) {
		fprintf(stderr, "post-tool: wrong options\n");
	} else if (courier_new(&tool.courier, &tool.server, &handler, &e) < 0) {
		tool_print_error(&e);
	} else {
		for (uint64_t mail = 1; mail <= tool.count; mail++)
			tool_post(&tool, mail);
		status = tool_loop(&tool);
	}
	courier_free(tool.courier);
	str_done(&tool.body);
	str_done(&tool.line);
	return status;
}
