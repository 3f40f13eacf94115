/* SPDX-License-Identifier: MIT */
/*
 * nudge: the command with which a person fills and reads their book.
 */
#include "base/fd.h"
#include "cli/cli.h"

#include <sys/stat.h>

int main(int argc, char **argv)
{
	fd_fill_standard();
	/* What is kept about people is nobody else's, whatever was inherited. */
	(void)umask(0077);
	return cli_main(argc, argv);
}
