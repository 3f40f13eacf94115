/* SPDX-License-Identifier: MIT */
#include "service/zonewatch.h"

#include "base/fd.h"
#include "base/file.h"
#include "core/zone.h"
#include "network.h"
#include "tzif.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct tzif one_east = { .version = '2', .footer = "<+01>-1", .offsets = { 3600 } };
static const struct tzif two_east = { .version = '2', .footer = "<+02>-2", .offsets = { 7200 } };

static void path_of(struct str *out, const char *name)
{
	str_clear(out);
	str_addf(out, "%s/zones/%s", test_folder(), name);
}

/* As a package's manager does it: a new file in the place of the old one. */
static void put_zone(const char *name, const void *bytes, size_t n)
{
	_cleanup_str_ struct str path = STR_INIT, fresh = STR_INIT;
	FILE *f;

	path_of(&path, name);
	path_of(&fresh, name);
	str_add(&fresh, ".dpkg-new");
	f = fopen(str_text(&fresh), "wb");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0 ||
		rename(str_text(&fresh), str_text(&path)) < 0)
		abort();
}

static void put_tzif(const char *name, const struct tzif *tzif)
{
	unsigned char bytes[TZIF_SIZE];

	put_zone(name, bytes, tzif_write(tzif, bytes));
}

static void make_zones(struct network *n, const char *digests)
{
	static const char *const folders[] = { "", "Europe", "US" };
	_cleanup_str_ struct str path = STR_INIT, target = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		path_of(&path, folders[i]);
		(void)mkdir(str_text(&path), 0700);
	}
	path_of(&path, "");
	CHECK_INT(setenv("TZDIR", str_text(&path), 1), 0);
	put_tzif("Europe/Berlin", &one_east);
	put_tzif("Europe/Rome", &one_east);
	path_of(&path, "US/Capital");
	path_of(&target, "Europe/Rome");
	(void)unlink(str_text(&path));
	CHECK_INT(symlink(str_text(&target), str_text(&path)), 0);
	network_open(n);
	network_configure(n, digests);
}

#define BERLIN  "{ name = \"a\"; timezone = \"Europe/Berlin\"; }"
#define CAPITAL "{ name = \"b\"; timezone = \"US/Capital\"; }"

static void a_zone_in_use_concerns(void)
{
	static const struct {
		const char *digests, *changed;
		int concerns;
	} rows[] = {
		{ BERLIN, "Europe/Berlin", 1 },
		{ BERLIN, "Europe/Rome", 0 },
		{ BERLIN, "zone.tab", 0 },
		{ CAPITAL, "Europe/Rome", 1 }, /* a link to it */
		{ CAPITAL, "Europe/Berlin", 0 },
		{ BERLIN "," CAPITAL, "Europe/Rome", 1 },
		{ BERLIN "," CAPITAL, "Europe/Berlin", 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_fd_ int fd = -1;

		TEST_ROW("row %zu", i);
		make_zones(&n, rows[i].digests);
		fd = zonewatch_open(n.conf, NULL);
		if (!CHECK(fd >= 0))
			continue;
		CHECK_INT(zonewatch_read(fd, n.conf), 0);
		put_tzif(rows[i].changed, &two_east);
		CHECK_INT(zonewatch_read(fd, n.conf), rows[i].concerns);
		CHECK_INT(zonewatch_read(fd, n.conf), 0); /* read once */
	}
}

static void other_zones_are_followed(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_fd_ int fd = -1;

	make_zones(&n, CAPITAL);
	fd = zonewatch_open(n.conf, NULL);
	network_configure(&n, BERLIN);
	zonewatch_follow(fd, n.conf);
	put_tzif("Europe/Berlin", &two_east);
	CHECK_INT(zonewatch_read(fd, n.conf), 1);
}

static void zones_are_read_again_all_or_none(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str errors = STR_INIT;

	make_zones(&n, BERLIN "," CAPITAL);
	CHECK_INT(zone_offset(n.conf->digests[0].zone, 0), 3600);
	put_tzif("Europe/Berlin", &two_east);
	CHECK_INT(conf_reload_zones(n.conf, &errors), 0);
	CHECK_INT(zone_offset(n.conf->digests[0].zone, 0), 7200);
	CHECK_INT(zone_offset(n.conf->digests[1].zone, 0), 3600);
	CHECK_TEXT(n.conf->digests[0].timezone, "Europe/Berlin");
	CHECK_INT(errors.len, 0);
	put_tzif("Europe/Berlin", &one_east);
	put_zone("Europe/Rome", "TZ", 2);
	CHECK(conf_reload_zones(n.conf, &errors) < 0);
	CHECK(strstr(str_text(&errors), "digest b: ") != NULL);
	CHECK_INT(zone_offset(n.conf->digests[0].zone, 0), 7200);
}

TEST_MAIN(TEST(a_zone_in_use_concerns), TEST(other_zones_are_followed),
	TEST(zones_are_read_again_all_or_none))
