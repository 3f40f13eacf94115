/* SPDX-License-Identifier: MIT */
/*
 * look-unit: what systemd says of the service and the clock, asked by its own programs.
 */
#include "base/command.h"
#include "base/control.h"
#include "base/lock.h"
#include "book/digests.h"
#include "book/hosted.h"
#include "conf/invoke.h"
#include "conf/location.h"
#include "digest/slot.h"
#include "doctor/doctor-internal.h"
#include "doctor/timekeeping.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define LOOK_SECONDS     30
#define LOOK_ANSWER_MSEC 5000

/* A folder that systemd makes where it is at work: sd_booted(3). */
#define LOOK_SYSTEMD "/run/systemd/system"
/* And a file that it makes in a container. */
#define LOOK_CONTAINER "/run/systemd/container"

/* Who does not answer because another init is at work here, or none, is not to blame. */
static void look_blame(struct unit *unit, const char *complaint)
{
	unit->manager = access(LOOK_SYSTEMD, F_OK) == 0 ? UNIT_UNREACHABLE : UNIT_ABSENT;
	str_add(&unit->complaint, complaint);
}

void doctor_ask_unit(struct doctor *doctor)
{
	static char program[] = "systemctl", user[] = "--user", show[] = "show",
		    timer[] = UNIT_TIMER;
	static char what[] =
		"--property=LoadState,ActiveState,UnitFileState,ExecMainCode,ExecMainStatus,Result";
	char *const of_user[] = { program, user, show, what, doctor->unit.name, timer, NULL };
	char *const of_system[] = { program, show, what, doctor->unit.name, timer, NULL };
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;
	struct err e = { "" };
	int r = command_run(
		doctor->unit.system ? of_system : of_user, LOOK_SECONDS, &out, &complaint, &e);

	if (r == 0)
		unit_read(&doctor->unit, str_text(&out));
	else
		look_blame(&doctor->unit, r < 0 ? e.text : str_text(&complaint));
}

void doctor_do_without_unit(struct doctor *doctor)
{
	doctor->unit.manager = UNIT_NONE;
	invoke_add_program(&doctor->unit.program, doctor->unit.system, "--foreground",
		doctor->options->config_path);
}

/* The configuration cannot be read: a service that has read it before goes on. */
static void look_at_earlier_service(struct doctor *doctor, struct finding *ret)
{
	_cleanup_free_ char *socket = location_find_socket(doctor->options->config_path);
	struct control_packet reply;

	if (socket && control_is_silent(socket, LOOK_ANSWER_MSEC)) {
		unit_judge_silent(ret, &doctor->unit, 0);
	} else if (socket &&
		control_ask(socket, "trouble", "", LOOK_ANSWER_MSEC, &reply, NULL) == 0) {
		doctor->running = true;
		finding_well(ret, "running, by the configuration that it has read before");
	} else {
		finding_unclear(ret, "first see to: %s", err_translate("Configuration"));
	}
}

void doctor_look_service(struct doctor *doctor, struct finding *ret)
{
	_cleanup_free_ char *lock = NULL, *socket = NULL;
	int held;

	if (!doctor->conf) {
		look_at_earlier_service(doctor, ret);
		return;
	}
	doctor->unit.lends = doctor->conf->smtp.password_credential != NULL;
	lock = lock_path_of(doctor->conf->database);
	socket = lock_socket_of(doctor->conf->database);
	held = lock ? lock_ask(lock) : -ENOMEM;
	/* Its folder may have gone, and the lock with it. */
	if (held == 0 && location_is_served(doctor->options->config_path, doctor->conf->database))
		held = 1;
	doctor->running = held == 1;
	if (held < 0)
		finding_unclear(ret, "whether it runs cannot be told: %s: %s",
			lock ? lock : doctor->conf->database, strerror(-held));
	else if (socket && control_is_silent(socket, LOOK_ANSWER_MSEC))
		unit_judge_silent(ret, &doctor->unit, lock_holder(lock));
	else
		unit_judge_service(ret, &doctor->unit, doctor->running);
}

void doctor_look_start(struct doctor *doctor, struct finding *ret)
{
	unit_judge_start(ret, &doctor->unit, doctor->running);
}

void doctor_look_lingering(struct doctor *doctor, struct finding *ret)
{
	static char program[] = "loginctl", show[] = "show-user", what[] = "--property=Linger";
	const struct passwd *entry = getpwuid(geteuid());
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT, user = STR_INIT;
	int r;

	str_addf(&user, "%u", (unsigned)geteuid());
	r = str_check(&user, NULL);
	if (r == 0)
		r = command_run((char *const[]){ program, show, what, user.data, NULL },
			LOOK_SECONDS, &out, &complaint, NULL);
	unit_judge_lingering(ret, &doctor->unit, entry ? entry->pw_name : str_text(&user),
		r == 0 ? str_text(&out) : NULL);
}

/* --- the clock --- */

/* One digest that does not believe it is enough: the clock is one for all. */
static void look_for_distrust(struct doctor *doctor, struct timekeeping *time)
{
	for (size_t i = 0; time->trust == TRUST_GOOD && i < doctor->conf->n_digests; i++) {
		const struct conf_digest *digest = &doctor->conf->digests[i];
		struct digest_state state;

		if (slot_trust(doctor->store, digest, time->now, &time->trust, NULL) < 0 ||
			time->trust == TRUST_GOOD ||
			digests_load(doctor->store, digest->name, &state, NULL) < 0)
			continue;
		time->digest = digest->name;
		time->last = state.last_claimed_at;
	}
	/* Of those in the database the last claim of all speaks, as it does to the service. */
	if (time->trust == TRUST_GOOD && hosted_last_claim(doctor->store, &time->last, NULL) == 1)
		time->trust = trust_judge(time->now, time->last, time->last);
}

void doctor_look_clock(struct doctor *doctor, struct finding *ret)
{
	static char program[] = "timedatectl", show[] = "show";
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;
	struct timekeeping time = { .now = clock_now(&doctor->options->clock) };

	if (command_run((char *const[]){ program, show, NULL }, LOOK_SECONDS, &out, &complaint,
		    NULL) == 0)
		time.answer = str_text(&out);
	time.container = access(LOOK_CONTAINER, F_OK) == 0;
	if (doctor->store)
		look_for_distrust(doctor, &time);
	timekeeping_judge(ret, &time);
}
