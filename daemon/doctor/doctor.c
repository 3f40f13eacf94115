/* SPDX-License-Identifier: MIT */
/*
 * doctor: looks at all that a digest needs on its way.
 */
#include "doctor/doctor.h"

#include "book/keepsake.h"
#include "conf/location.h"
#include "doctor/doctor-internal.h"

#include <sysexits.h>

enum doctor_check {
	DOCTOR_CONFIGURATION,
	DOCTOR_PERMISSIONS,
	DOCTOR_SPACE,
	DOCTOR_DATABASE,
	DOCTOR_CLOCK,
	DOCTOR_SERVICE,
	DOCTOR_START,
	DOCTOR_LINGERING,
	DOCTOR_SERVER,
	DOCTOR_TLS,
	DOCTOR_LOGIN,
	DOCTOR_MAILS,
	DOCTOR_CHECK_COUNT,
};

#define DOCTOR_REFUSED 1 /* as the command has it: it is there, and does not do what it should */

struct doctor_row {
	const char *name, *title;
	unsigned needs; /* a bit of each check that must be well before */
	int status;
	bool user_alone; /* there is no such thing but for the unit of a user's own */
	void (*look)(struct doctor *doctor, struct finding *ret);
};

#define NEEDS(check) (1U << DOCTOR_##check)

/* From what everything stands on to what lies far away: the first that is wrong is the one to mend first. */
static const struct doctor_row doctor_rows[DOCTOR_CHECK_COUNT] = {
	[DOCTOR_CONFIGURATION] = { "configuration", ERR_TEXT("Configuration"), 0, EX_CONFIG, false,
		doctor_look_configuration },
	[DOCTOR_PERMISSIONS] = { "permissions", ERR_TEXT("Permissions"), NEEDS(CONFIGURATION),
		EX_NOPERM, false, doctor_look_permissions },
	[DOCTOR_SPACE] = { "space", ERR_TEXT("Disk"), NEEDS(CONFIGURATION), EX_IOERR, false,
		doctor_look_space },
	[DOCTOR_DATABASE] = { "database", ERR_TEXT("Database"),
		NEEDS(CONFIGURATION) | NEEDS(PERMISSIONS), EX_DATAERR, false,
		doctor_look_database },
	[DOCTOR_CLOCK] = { "clock", ERR_TEXT("Clock"), 0, EX_TEMPFAIL, false, doctor_look_clock },
	[DOCTOR_SERVICE] = { "service", ERR_TEXT("Service"), 0, DOCTOR_REFUSED, false,
		doctor_look_service },
	[DOCTOR_START] = { "start", ERR_TEXT("Start"), 0, DOCTOR_REFUSED, false,
		doctor_look_start },
	[DOCTOR_LINGERING] = { "lingering", ERR_TEXT("Logged out"), 0, DOCTOR_REFUSED, true,
		doctor_look_lingering },
	[DOCTOR_SERVER] = { "server", ERR_TEXT("Mail server"), NEEDS(CONFIGURATION), EX_UNAVAILABLE,
		false, doctor_look_server },
	[DOCTOR_TLS] = { "tls", ERR_TEXT("Encryption"), NEEDS(CONFIGURATION) | NEEDS(SERVER),
		EX_UNAVAILABLE, false, doctor_look_tls },
	[DOCTOR_LOGIN] = { "login", ERR_TEXT("Login"),
		NEEDS(CONFIGURATION) | NEEDS(SERVER) | NEEDS(TLS), EX_NOPERM, false,
		doctor_look_login },
	[DOCTOR_MAILS] = { "mails", ERR_TEXT("Mails"), NEEDS(CONFIGURATION) | NEEDS(DATABASE),
		DOCTOR_REFUSED, false, doctor_look_mails },
};

static void doctor_done(struct doctor *doctor)
{
	store_close(doctor->store);
	conf_free(doctor->conf);
	unit_done(&doctor->unit);
	server_done(&doctor->server);
}

int doctor_check_absence(const struct doctor *doctor, struct err *reterr)
{
	return keepsake_ask_service(doctor->options->config_path, doctor->conf->database, reterr);
}

/* The first that stands in the way of this one; NULL where none does. */
static const struct doctor_row *doctor_obstacle(unsigned needs, unsigned well)
{
	for (size_t i = 0; i < DOCTOR_CHECK_COUNT; i++)
		if ((needs & ~well) >> i & 1)
			return &doctor_rows[i];
	return NULL;
}

static void doctor_look(
	struct doctor *doctor, const struct doctor_row *row, unsigned well, struct finding *finding)
{
	const struct doctor_row *obstacle = doctor_obstacle(row->needs, well);

	if (obstacle)
		finding_unclear(finding, "first see to: %s", err_translate(obstacle->title));
	else
		row->look(doctor, finding);
}

int doctor_examine(const struct doctor_options *options,
	void (*report)(void *userdata, const struct doctor_report *report), void *userdata,
	struct err *reterr)
{
	_cleanup_(doctor_done) struct doctor doctor = { .options = options };
	_cleanup_free_ char *unit = location_unit(options->config_path);
	unsigned well = 0;
	int r = 0;

	if (!unit)
		return err_oom(reterr);
	doctor.unit.system = options->system;
	unit_set_name(&doctor.unit, unit);
	if (location_has_unit(options->config_path))
		doctor_ask_unit(&doctor);
	else
		doctor_do_without_unit(&doctor);
	for (size_t i = 0; r == 0 && i < DOCTOR_CHECK_COUNT; i++) {
		const struct doctor_row *row = &doctor_rows[i];
		_cleanup_finding_ struct finding finding = { .state = FINDING_UNCLEAR };

		if (row->user_alone && (doctor.unit.system || doctor.unit.manager == UNIT_NONE))
			continue;
		doctor_look(&doctor, row, well, &finding);
		well |= finding.state == FINDING_WELL ? 1U << i : 0;
		r = str_check(&finding.text, reterr);
		if (r == 0)
			r = str_check(&finding.remedy, reterr);
		if (r == 0)
			report(userdata,
				&(struct doctor_report){ row->name, err_translate(row->title),
					row->status, &finding });
	}
	return r;
}
