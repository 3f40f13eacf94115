/* SPDX-License-Identifier: MIT */
/*
 * nudged: the service that sends the digests.
 */
#include "base/fd.h"
#include "base/lang.h"
#include "conf/conf.h"
#include "conf/location.h"
#include "service/service.h"

#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sysexits.h>

static const char usage[] =
	"Usage: nudged [-c FILE] [--check-config] [--once] [--foreground] [--now TIME]\n"
	"Sends the digests of nudged.conf when they are due.\n\n"
	"  -c, --config FILE  read this configuration\n"
	"  --check-config     check it and end\n"
	"  --once             send what is due now, one attempt each, and end (for cron and timers)\n"
	"  --foreground       stay in the foreground; it always does, for those who ask\n"
	"  --now TIME         act as if it were then: 2026-11-28T07:00:00+01:00\n"
	"  -h, --help  -V, --version\n";

struct arguments {
	const char *config, *now;
	bool check, once, ended;
};

enum { OPTION_CHECK = 256, OPTION_ONCE, OPTION_FOREGROUND, OPTION_NOW };

static int take_option(struct arguments *arguments, int option)
{
	switch (option) {
	case 'c':
		arguments->config = optarg;
		return 0;
	case OPTION_CHECK:
		arguments->check = true;
		return 0;
	case OPTION_ONCE:
		arguments->once = true;
		return 0;
	case OPTION_FOREGROUND:
		return 0;
	case OPTION_NOW:
		arguments->now = optarg;
		return 0;
	case 'h':
		arguments->ended = fputs(usage, stdout) != EOF;
		return 0;
	case 'V':
		arguments->ended = puts("nudged " PACKAGE_VERSION) != EOF;
		return 0;
	default:
		return EX_USAGE;
	}
}

static int parse(struct arguments *arguments, int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check-config", no_argument, NULL, OPTION_CHECK },
		{ "once", no_argument, NULL, OPTION_ONCE },
		{ "foreground", no_argument, NULL, OPTION_FOREGROUND },
		{ "now", required_argument, NULL, OPTION_NOW },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c, status = 0;

	while (status == 0 && !arguments->ended &&
		(c = getopt_long(argc, argv, "c:hV", options, NULL)) != -1)
		status = take_option(arguments, c);
	if (status == 0 && optind < argc) {
		(void)fprintf(stderr, "nudged: \"%s\" is not understood\n", argv[optind]);
		status = EX_USAGE;
	}
	return status;
}

static int check(const char *path, int64_t now)
{
	_cleanup_(conf_freep) struct conf *conf = NULL;
	_cleanup_str_ struct str errors = STR_INIT;

	if (conf_load(&conf, path, now, &errors) == 0) {
		(void)printf("%s is good.\n", path);
		return 0;
	}
	(void)fputs(str_text(&errors), stderr);
	return EX_CONFIG;
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct service_options options = { 0 };
	_cleanup_free_ char *path = NULL;
	struct err e;
	int status;

	fd_fill_standard();
	status = parse(&arguments, argc, argv);
	if (status || arguments.ended) {
		if (status)
			(void)fputs("See `nudged --help`.\n", stderr);
		return status;
	}
	/* Whatever was inherited: what this process makes is its user's alone. */
	(void)umask(0077);
	lang_init();
	if (arguments.now && clock_pretend(&options.clock, arguments.now, &e) < 0) {
		(void)fprintf(stderr, "nudged: --now: %s\n", e.text);
		return EX_USAGE;
	}
	path = conf_find(arguments.config);
	if (!path)
		return EX_OSERR;
	if (arguments.check)
		return check(path, clock_now(&options.clock));
	if (location_is_twin(path)) {
		(void)fputs(
			"nudged: nudged.conf is read by nudged.service, and would be sent twice by "
			"nudged@nudged: give it another name\n",
			stderr);
		return EX_CONFIG;
	}
	options.config_path = path;
	options.once = arguments.once;
	return service_run(&options);
}
