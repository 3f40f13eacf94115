/* SPDX-License-Identifier: MIT */
/*
 * question: asking at the terminal, and taking the answer.
 */
#include "cli/question.h"

#include "base/fd.h"
#include "base/lang.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "core/utf8.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

static sigset_t question_signals(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGQUIT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	return set;
}

void question_hold_signals(void)
{
	sigset_t set = question_signals();

	(void)sigprocmask(SIG_BLOCK, &set, NULL);
}

void question_release_signals(void)
{
	sigset_t set = question_signals();

	(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void question_say(const char *format, ...)
{
	_cleanup_str_ struct str marked = STR_INIT, text = STR_INIT;
	struct output output = output_of_stdout();
	va_list args;

	va_start(args, format);
	str_addv(&marked, format, args);
	va_end(args);
	output_render(&text, str_text(&marked), &output);
	(void)fputs(str_text(&text), stdout);
	(void)fflush(stdout);
}

/* Waits for input, or a signal, which is taken then. Whether there is input. */
static bool question_wait(int signals)
{
	struct pollfd fds[] = { { signals, POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };
	struct signalfd_siginfo info;
	int r;

	do
		r = poll(fds, ARRAY_SIZE(fds), -1);
	while (r < 0 && errno == EINTR);
	if (r < 0 || fds[0].revents) {
		(void)!read(signals, &info, sizeof(info));
		return false;
	}
	return true;
}

/* One byte at a time: what follows the line may be somebody else's to read. */
static int question_read_line(struct str *line, struct err *reterr)
{
	sigset_t set = question_signals();
	_cleanup_fd_ int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	bool too_long = false;
	char c = '\0';

	if (signals < 0)
		return err_set(reterr, -errno, "cannot wait: %s", strerror(errno));
	while (c != '\n') {
		if (!question_wait(signals) || read(STDIN_FILENO, &c, 1) <= 0)
			return QUESTION_ENDED;
		too_long |= line->len >= QUESTION_ANSWER_MAX && c != '\n';
		if (!too_long && c != '\n')
			str_add_char(line, c);
	}
	if (line->len && line->data[line->len - 1] == '\r')
		line->data[--line->len] = '\0';
	if (too_long)
		return err_set(
			reterr, -EINVAL, "that is too long: %d bytes at most", QUESTION_ANSWER_MAX);
	return str_check(line, reterr);
}

/* The blank behind it is no end of a line, which loses its blanks. */
static void question_prompt(const char *label, const char *proposal, const char *end)
{
	question_say(CLI_BOLD "%s" CLI_PLAIN "%s%s%s%s", label, proposal ? " [" : "",
		proposal ? proposal : "", proposal ? "]" : "", end);
	(void)fputc(' ', stdout);
	(void)fflush(stdout);
}

int question_ask(char **ret, const char *label, const char *proposal, struct err *reterr)
{
	_cleanup_str_ struct str line = STR_INIT;
	int r;

	question_prompt(label, proposal, ":");
	r = question_read_line(&line, reterr);
	if (r)
		return r;
	if (memchr(str_text(&line), '\0', line.len) || !utf8_valid(str_text(&line), line.len))
		return err_set(reterr, -EINVAL, "this is no UTF-8; is the terminal set to it?");
	if (line.data)
		utf8_tidy(line.data, false);
	*ret = str_dup(*str_text(&line) || !proposal ? str_text(&line) : proposal);
	return *ret ? 0 : err_oom(reterr);
}

int question_ask_secret(char **ret, const char *label, struct err *reterr)
{
	struct str line = STR_INIT;
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	int r;

	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	/* Before it is asked for; what was typed ahead is meant, and not thrown away. */
	if (terminal)
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet);
	question_prompt(label, NULL, ":");
	r = question_read_line(&line, reterr);
	if (terminal)
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
	question_say("\n");
	if (r == 0 && memchr(str_text(&line), '\0', line.len))
		r = err_set(reterr, -EINVAL, "a NUL byte is in it");
	if (r == 0) {
		*ret = str_dup(str_text(&line));
		r = *ret ? 0 : err_oom(reterr);
	}
	if (line.data)
		explicit_bzero(line.data, line.size);
	str_done(&line);
	return r;
}

int question_confirm(const char *label, bool proposal)
{
	for (;;) {
		_cleanup_str_ struct str line = STR_INIT;
		struct err e;
		int r;

		/* TRANSLATORS: the large letter is what Enter means; y, Y, j and J are taken for a yes */
		question_say(
			CLI_BOLD "%s" CLI_PLAIN " [%s] ", label, proposal ? _("Y/n") : _("y/N"));
		r = question_read_line(&line, &e);
		if (r == QUESTION_ENDED || (r < 0 && r != -EINVAL))
			return QUESTION_ENDED;
		if (r == 0 && !line.len)
			return proposal;
		if (r == 0 && strchr("yYjJ", line.data[0]))
			return 1;
		if (r == 0 && strchr("nN", line.data[0]))
			return 0;
		question_say(_("y or n, please.\n"));
	}
}

void question_wipe(char **secret)
{
	if (*secret)
		explicit_bzero(*secret, strlen(*secret));
	free(*secret);
	*secret = NULL;
}
