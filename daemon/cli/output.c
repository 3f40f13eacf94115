/* SPDX-License-Identifier: MIT */
/*
 * output: what a verb has gathered, as it stands on a terminal or goes into a pipe.
 */
#include "cli/output.h"

#include "cli/cli.h"
#include "core/utf8.h"
#include "digest/wording.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_MARKS       CLI_BOLD CLI_FAINT CLI_ACCENT CLI_PLAIN CLI_GOOD CLI_BAD
#define OUTPUT_COLUMNS_MIN 40 /* narrower than that nothing can be set */

static size_t output_size(const char *variable, size_t of_terminal)
{
	uint64_t n = 0;

	return str_number(getenv(variable), 10000, &n) && n ? n : of_terminal;
}

struct output output_of_stdout(void)
{
	const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
	struct winsize size = { 0 };

	if (!isatty(STDOUT_FILENO))
		return (struct output){ 0 };
	(void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	return (struct output){
		.colour = str_empty(no_colour) && !str_equal(term, "dumb"),
		.columns = output_size("COLUMNS", size.ws_col),
		.rows = output_size("LINES", size.ws_row),
	};
}

/* What a private mark looks like on a terminal. */
static const char *output_looks(char mark)
{
	static const char *const looks[] = {
		[1] = "\033[1m",
		[2] = "\033[2m",
		[3] = "\033[36m",
		[4] = "\033[0m",
		[5] = "\033[32m",
		[6] = "\033[1;31m",
	};

	return looks[(unsigned char)mark];
}

/* A line under way. A word is what stands between single blanks; with the gap before it, it is
 * written when it has ended, on this line or the next. A mark between blanks belongs to the gap, and is
 * written wherever the line is broken. */
struct output_line {
	struct str *out;
	const struct output *output;
	struct str gap, word;
	size_t blanks; /* in the gap */
	size_t column; /* where the line is, without gap and word */
	size_t word_width;
	size_t hang;  /* where a broken line goes on: below its last column */
	bool written; /* something but blanks is on the line */
};

static void output_add_blanks(struct str *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_add_char(out, ' ');
}

/* What could not be held is missing: the whole fails. */
static void output_clear(struct output_line *line, struct str *part)
{
	line->out->failed |= part->failed;
	str_clear(part);
}

/* The marks of a gap whose blanks are not wanted. */
static void output_end_gap(struct output_line *line)
{
	for (size_t i = 0; i < line->gap.len; i++)
		if (line->gap.data[i] != ' ')
			str_add_char(line->out, line->gap.data[i]);
	output_clear(line, &line->gap);
	line->blanks = 0;
}

static void output_end_word(struct output_line *line)
{
	size_t limit = line->output->columns;

	if (!line->word_width) {
		str_add(&line->gap, str_text(&line->word));
		output_clear(line, &line->word);
		return;
	}
	if (limit && line->written && line->column + line->blanks + line->word_width > limit) {
		str_add_char(line->out, '\n');
		output_add_blanks(line->out, line->hang);
		output_end_gap(line);
		line->column = line->hang;
	} else {
		str_add(line->out, str_text(&line->gap));
		line->column += line->blanks;
		/* An indentation, or the gap before a column: not if that would leave no room. */
		if (line->blanks > 1 && line->column < limit / 2)
			line->hang = line->column;
	}
	/* Where nothing is broken, nothing has to be held together: what a program reads stays as it is. */
	if (limit)
		utf8_add_broken(line->out, str_text(&line->word), line->word.len);
	else
		str_add(line->out, str_text(&line->word));
	line->column += line->word_width;
	line->written = true;
	line->word_width = line->blanks = 0;
	output_clear(line, &line->gap);
	output_clear(line, &line->word);
}

static void output_add(struct output_line *line, char c)
{
	if (c == ' ') {
		output_end_word(line);
		str_add_char(&line->gap, c);
		line->blanks++;
	} else if (c == '\n') {
		output_end_word(line);
		output_end_gap(line);
		str_add_char(line->out, c);
		line->column = line->hang = 0;
		line->written = false;
	} else {
		str_add_char(&line->word, c);
	}
}

/* A piece between marks: its words are measured by their parts. */
static void output_add_piece(struct output_line *line, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, " \n"), before = line->word.len;

		if (n) {
			str_add_bytes(&line->word, text, n);
			line->word_width += utf8_width(str_text(&line->word) + before);
		}
		text += n;
		if (*text)
			output_add(line, *text++);
	}
}

void output_render(struct str *out, const char *marked, const struct output *output)
{
	struct output wide = *output;
	struct output_line line = { .out = out, .output = &wide };

	if (wide.columns && wide.columns < OUTPUT_COLUMNS_MIN)
		wide.columns = OUTPUT_COLUMNS_MIN;
	while (*marked) {
		size_t n = strcspn(marked, OUTPUT_MARKS);
		_cleanup_free_ char *piece = str_ndup(marked, n);
		_cleanup_str_ struct str clean = STR_INIT;

		utf8_add_clean(&clean, piece);
		output_add_piece(&line, str_text(&clean));
		marked += n;
		if (*marked && output->colour)
			str_add(&line.word, output_looks(*marked));
		marked += *marked != '\0';
		out->failed |= clean.failed || !piece;
	}
	output_end_word(&line);
	output_end_gap(&line);
	out->failed |= line.word.failed || line.gap.failed;
	str_done(&line.word);
	str_done(&line.gap);
}

void output_add_padded(struct str *out, const char *text, size_t columns)
{
	size_t width = utf8_width(text);

	str_add(out, text);
	output_add_blanks(out, width < columns ? columns - width : 0);
}

void output_add_lines(struct str *out, const char *text, size_t columns)
{
	for (; *text; text++) {
		str_add_char(out, *text);
		if (*text == '\n')
			output_add_blanks(out, columns);
	}
}

void output_add_date(struct str *out, int32_t day)
{
	_cleanup_str_ struct str date = STR_INIT;

	wording_add_plain_day(&date, day);
	output_add_padded(out, str_text(&date), OUTPUT_DATE_COLUMNS);
	str_add(out, "  ");
	out->failed |= date.failed;
}

static int output_put(FILE *file, const struct str *text)
{
	return fwrite(str_text(text), 1, text->len, file) == text->len && fflush(file) == 0
		? 0
		: -errno;
}

static const char *output_pager(void)
{
	const char *pager = getenv("PAGER");

	/* A small system has none, which is no mistake of the person's. */
	return pager ? pager : "command -v less >/dev/null || exit 127; less";
}

/* By the shell, as everybody else does it: PAGER="less -i" is common. Who leaves the pager before the
 * end has read enough: no error. */
static int output_page(const struct str *text)
{
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	FILE *pager;

	(void)setenv("LESS", "FRX", 0);
	pager = popen(output_pager(), "w");
	if (!pager)
		return -errno;
	(void)output_put(pager, text);
	(void)signal(SIGPIPE, before);
	/* 127: there is no such program. */
	return WEXITSTATUS(pclose(pager)) == 127 ? -ENOENT : 0;
}

static size_t output_count_lines(const struct str *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += str_text(text)[i] == '\n';
	return n;
}

int output_write(const char *marked, const struct output *output)
{
	_cleanup_str_ struct str text = STR_INIT;

	output_render(&text, marked, output);
	if (str_check(&text, NULL) < 0)
		return -ENOMEM;
	if (output->rows && output_count_lines(&text) >= output->rows &&
		!str_empty(output_pager()) && output_page(&text) == 0)
		return 0;
	return output_put(stdout, &text);
}

int output_write_document(const char *text)
{
	_cleanup_str_ struct str clean = STR_INIT;

	utf8_add_clean(&clean, text);
	return str_check(&clean, NULL) < 0 ? -ENOMEM : output_put(stdout, &clean);
}
