/* SPDX-License-Identifier: MIT */
/*
 * fuzz-conf: a configuration of any bytes is loaded or refused with lines that say why, and what is
 * loaded is written so that it reads back. libconfig ends the program where it opens a folder: that
 * it never opens anything is found out here too.
 */
#include "fuzz.h"

#include "base/fd.h"
#include "conf/conf.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW INT64_C(1795000000)

/* libconfig 1.5 forgets the text that stands before a syntax error. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

/* Loads the bytes from memory; the path is the file's as long as it is open. */
static int fuzz_load(struct conf **ret, const void *bytes, size_t n, struct str *errors)
{
	_cleanup_fd_ int fd = memfd_create("conf", MFD_CLOEXEC);
	char path[64];

	FUZZ_ASSERT(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && fchmod(fd, 0600) == 0);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return conf_load(ret, path, NOW, errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(conf_freep) struct conf *conf = NULL, *back = NULL;
	_cleanup_str_ struct str errors = STR_INIT, written = STR_INIT, again = STR_INIT;

	if (fuzz_load(&conf, data, size, &errors) < 0) {
		FUZZ_ASSERT(!conf && errors.len && errors.data[errors.len - 1] == '\n');
		return 0;
	}
	FUZZ_ASSERT(errors.len == 0);
	conf_write(conf, &written);
	FUZZ_ASSERT(fuzz_load(&back, str_text(&written), written.len, &errors) == 0);
	conf_write(back, &again);
	FUZZ_ASSERT(str_equal(str_text(&written), str_text(&again)));
	return 0;
}
