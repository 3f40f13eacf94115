/* SPDX-License-Identifier: MIT */
/*
 * place: where a first configuration and its password go, and who reads them there.
 */
#include "cli/place.h"

#include "base/file.h"
#include "base/spool.h"
#include "conf/conf.h"
#include "conf/location.h"
#include "conf/source.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* systemd looks for credentials without a path there. */
#define PLACE_CREDENTIALS "/etc/credstore"

void place_done(struct place *place)
{
	free(place->config);
	free(place->secret);
	free(place->unit);
	*place = (struct place){ 0 };
}

static bool place_exists(const char *path)
{
	return path && access(path, F_OK) == 0;
}

/* Whoever is asked for here has none yet, mostly: where one would be looked for first. */
static char *place_find_config(const char *path)
{
	const char *variable = getenv("NUDGED_CONFIG");
	_cleanup_free_ char *own = NULL;

	if (path || !str_empty(variable))
		return file_absolute(path ? path : variable);
	own = location_own_configuration();
	if (geteuid() == 0 && !place_exists(own) && getpwnam(LOCATION_SYSTEM_USER))
		return str_dup(LOCATION_SYSTEM_CONFIGURATION);
	return TAKE_PTR(own);
}

/* As LoadCredential= of the unit names it: "nudged.smtp-password", "nudged-anna.smtp-password". */
static char *place_credential(const char *unit)
{
	struct str path = STR_INIT;

	str_addf(&path, "%s/%s.%s", PLACE_CREDENTIALS, unit, PLACE_CREDENTIAL);
	for (char *at = path.data; at && *at; at++)
		if (*at == '@')
			*at = '-';
	return str_take(&path);
}

static int place_find_system(struct place *place, struct err *reterr)
{
	_cleanup_free_ char *unit = location_unit(place->config);

	place->secret = unit ? place_credential(unit) : NULL;
	if (!place->secret)
		return err_oom(reterr);
	if (location_has_unit(place->config))
		place->unit = TAKE_PTR(unit);
	return 0;
}

static int place_find_own(struct place *place, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(place->config);
	_cleanup_free_ char *own = location_own_configuration();

	if (!folder || !own)
		return err_oom(reterr);
	place->secret = file_join(folder, PLACE_PASSWORD_FILE);
	/* The unit is told of no other. */
	place->unit = str_equal(own, place->config) ? str_dup("nudged") : NULL;
	return place->secret ? 0 : err_oom(reterr);
}

int place_find(struct place *ret, const char *path, struct err *reterr)
{
	_cleanup_place_ struct place place = { .config = place_find_config(path) };
	int r;

	if (!place.config)
		return err_oom(reterr);
	place.system = location_is_system(place.config);
	r = place.system ? place_find_system(&place, reterr) : place_find_own(&place, reterr);
	if (r < 0)
		return r;
	*ret = place;
	place = (struct place){ 0 };
	return 0;
}

static int place_write(
	const char *path, const char *text, const struct passwd *reader, struct err *reterr)
{
	_cleanup_spool_ struct spool spool = SPOOL_INIT;
	int r = spool_open(&spool, path, reterr);

	if (r == 0)
		r = spool_write(&spool, text, strlen(text), reterr);
	/* The service's user reads it, and may not change it: commands in it are run. */
	if (r == 0 && reader &&
		(fchown(spool.fd, 0, reader->pw_gid) < 0 || fchmod(spool.fd, 0640) < 0))
		return file_error(path, errno, reterr);
	return r < 0 ? r : spool_commit(&spool, reterr);
}

static int place_make_folder(const char *path, mode_t mode, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(path);
	bool made = folder && !place_exists(folder);
	int r = folder ? file_make_folder(folder, mode, reterr) : err_oom(reterr);

	/* The command's umask is that of a book. */
	if (r == 0 && made && chmod(folder, mode) < 0)
		return file_error(folder, errno, reterr);
	return r < 0 ? r : file_check_folder(folder, reterr);
}

int place_write_secret(const struct place *place, const char *secret, struct err *reterr)
{
	int r = place_make_folder(place->secret, 0700, reterr);

	return r < 0 ? r : place_write(place->secret, secret, NULL, reterr);
}

static int place_keep_old(
	const struct place *place, const struct passwd *reader, struct err *reterr)
{
	_cleanup_str_ struct str text = STR_INIT, old = STR_INIT;
	int r = file_read(place->config, SOURCE_SIZE_MAX, &text, reterr);

	if (r == -ENOENT)
		return 0;
	str_addf(&old, "%s.old", place->config);
	if (r == 0)
		r = str_check(&old, reterr);
	return r < 0 ? r : place_write(str_text(&old), str_text(&text), reader, reterr);
}

int place_write_config(const struct place *place, const char *text, struct err *reterr)
{
	const struct passwd *reader = place->system ? getpwnam(LOCATION_SYSTEM_USER) : NULL;
	/* Every instance's configuration lies in the system's folder. */
	int r = place_make_folder(place->config, place->system ? 0755 : 0700, reterr);

	if (r == 0)
		r = place_keep_old(place, reader, reterr);
	return r < 0 ? r : place_write(place->config, text, reader, reterr);
}
