/* SPDX-License-Identifier: MIT */
/*
 * source: the configuration's files, joined to the one text that libconfig reads.
 *
 * @include is resolved here: the name is relative to the folder of the file that it stands in, and
 * must be a regular file. libconfig itself opens nothing (1.5 ends the program over a folder).
 */
#ifndef NUDGE_CONF_SOURCE_H
#define NUDGE_CONF_SOURCE_H

#include "core/err.h"
#include "core/str.h"

#define SOURCE_SIZE_MAX  (1024 * 1024) /* bytes of all files */
#define SOURCE_DEPTH_MAX 8             /* files within files */
#define SOURCE_FILES_MAX 64

struct source_part {
	char *file;
	unsigned text_line, file_line; /* where it begins in the joined text and in its file */
};

struct source {
	struct str text;
	struct source_part *parts;
	size_t n_parts;
	size_t n_files, size;
	unsigned n_lines; /* of the text, so far */
};

/* -EPERM: somebody else may write one of the files; it holds commands that are run. -EINVAL: an
 * include or the text is wrong. Others: the first file cannot be read. The sentence has its place,
 * "FILE:LINE: " or "FILE: ", in front of it. */
int source_load(struct source *source, const char *path, struct err *reterr);
void source_done(struct source *source);

/* The file and line that a line of the joined text came from; "" before source_load(). */
const char *source_place(const struct source *source, unsigned text_line, unsigned *ret_line);

#endif
