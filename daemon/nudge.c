/* SPDX-License-Identifier: MIT */
/*
 * nudge: the command with which a person fills and reads their book.
 */
#include "cli/cli.h"

int main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
