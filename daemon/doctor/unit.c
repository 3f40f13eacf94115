/* SPDX-License-Identifier: MIT */
/*
 * unit: what systemd knows of the service, and what to make of it.
 */
#include "doctor/unit.h"

#include "format/shellword.h"

#include <stdio.h>
#include <string.h>

void unit_set_name(struct unit *unit, const char *name)
{
	_cleanup_str_ struct str word = STR_INIT;

	shellword_add(&word, name, SHELLWORD_PLAIN);
	(void)snprintf(unit->name, sizeof(unit->name), "%s", name);
	(void)snprintf(unit->word, sizeof(unit->word), "%s", str_text(&word));
}

void unit_done(struct unit *unit)
{
	str_done(&unit->complaint);
	str_done(&unit->program);
}

void unit_value(const char *text, const char *name, char *ret, size_t size)
{
	size_t n = strlen(name), length = 0;

	while (*text && *text != '\n' && (strncmp(text, name, n) != 0 || text[n] != '=')) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	if (*text && *text != '\n') {
		text += n + 1;
		length = strcspn(text, "\n");
		length = length < size ? length : size - 1;
	}
	memcpy(ret, text, length);
	ret[length] = '\0';
}

void unit_read(struct unit *unit, const char *text)
{
	const char *timer = strstr(text, "\n\n");
	char status[8], result[24];
	uint64_t number = 0;

	unit_value(text, "LoadState", unit->load, sizeof(unit->load));
	unit_value(text, "ActiveState", unit->active, sizeof(unit->active));
	unit_value(text, "UnitFileState", unit->file, sizeof(unit->file));
	unit_value(text, "ExecMainStatus", status, sizeof(status));
	unit->status = str_number(status, 255, &number) ? (int)number : 0;
	unit_value(text, "Result", result, sizeof(result));
	unit->limited = str_equal(result, "start-limit-hit");
	unit_value(text, "ExecMainCode", status, sizeof(status));
	unit->killed = str_equal(status, "2") ||
		str_equal(status, "3"); /* CLD_KILLED, CLD_DUMPED */
	/* It is that of the first, not of one of several. */
	timer = timer && !strchr(unit->name, '@') ? timer + 2 : "";
	unit_value(timer, "ActiveState", unit->timer_active, sizeof(unit->timer_active));
	unit_value(timer, "UnitFileState", unit->timer_file, sizeof(unit->timer_file));
}

const char *unit_systemctl(const struct unit *unit)
{
	return unit->system ? "systemctl" : "systemctl --user";
}

/* --- the service --- */

static bool unit_is_any(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(word, words[i]))
			return true;
	return false;
}

static bool unit_is_enabled(const char *file)
{
	/* static: something else pulls it in; the last two were made for this boot by somebody. */
	static const char *const words[] = { "enabled", "alias", "static", "generated",
		"enabled-runtime", "transient" };

	return unit_is_any(file, words, ARRAY_SIZE(words));
}

static void unit_judge_missing(struct finding *ret, const struct unit *unit)
{
	finding_wrong(ret, "not running; systemd knows no %s.service", unit->name);
	finding_remedy(ret,
		"Install nudged with its unit (`make install`), then run: %1$s daemon-reload && %1$s enable --now %2$s",
		unit_systemctl(unit), unit->word);
}

static void unit_judge_masked(struct finding *ret, const struct unit *unit)
{
	finding_wrong(ret, "not running; %s.service is masked", unit->name);
	finding_command(ret, "%1$s unmask %2$s && %1$s enable --now %2$s", unit_systemctl(unit),
		unit->word);
}

/* Whoever was started again and again has reached the limit, which refuses a further start. Of some statuses the
 * unit says that there is no use in that. */
static bool unit_is_exhausted(const struct unit *unit)
{
	static const int final[] = { 64, 65, 77, 78 };

	for (size_t i = 0; i < ARRAY_SIZE(final); i++)
		if (!unit->killed && unit->status == final[i])
			return false;
	return str_equal(unit->active, "failed");
}

/* What systemd fails to do before the program begins: "Process exit codes" of systemd.exec(5). */
static const char *unit_obstacle(int status)
{
	static const struct {
		int status;
		const char *words;
	} obstacles[] = {
		{ 203, ERR_TEXT("its program cannot be run (203/EXEC)") },
		{ 217, ERR_TEXT("its user does not exist (217/USER)") },
		{ 226, ERR_TEXT("systemd could not close it in (226/NAMESPACE)") },
		{ 238, ERR_TEXT("its folder in /var/lib could not be made (238/STATE_DIRECTORY)") },
		{ 243,
			ERR_TEXT(
				"systemd could not hand over its credential (243/CREDENTIALS): it is damaged, or was "
				"encrypted on another machine or by another name") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(obstacles); i++)
		if (obstacles[i].status == status)
			return obstacles[i].words;
	return NULL;
}

/* What its last words were stands in the journal, and mostly the other checks find it too. */
static void unit_judge_failed(struct finding *ret, const struct unit *unit)
{
	const char *signal = unit->killed ? sigabbrev_np(unit->status) : NULL;
	const char *obstacle = unit_obstacle(unit->status);

	if (signal)
		finding_wrong(ret, "it was ended by SIG%s", signal);
	else if (unit->killed)
		finding_wrong(ret, "it was ended by signal %d", unit->status);
	else if (unit->status == 78)
		finding_wrong(ret, "it ended because its configuration is wrong");
	else if (obstacle)
		finding_wrong(ret, "%s", err_translate(obstacle));
	else if (unit->limited && unit->status == 0)
		finding_wrong(
			ret, "it was started so often that systemd refused to do it once more");
	else
		finding_wrong(ret, "it ended with status %d", unit->status);
	if (unit_is_exhausted(unit))
		finding_command(ret,
			"journalctl %1$s-u %3$s -n 20; %2$s reset-failed %3$s && %2$s restart %3$s",
			unit->system ? "" : "--user ", unit_systemctl(unit), unit->word);
	else
		finding_command(ret, "journalctl %1$s-u %3$s -n 20; %2$s restart %3$s",
			unit->system ? "" : "--user ", unit_systemctl(unit), unit->word);
}

static void unit_judge_idle(struct finding *ret, const struct unit *unit)
{
	finding_wrong(ret, "not running");
	if (unit_is_enabled(unit->file))
		finding_command(ret, "%s start %s", unit_systemctl(unit), unit->word);
	else
		finding_command(ret, "%s enable --now %s", unit_systemctl(unit), unit->word);
}

static void unit_judge_elsewhere(struct finding *ret, const struct unit *unit)
{
	finding_wrong(ret, "%s.service runs, but not on this database", unit->name);
	finding_command(ret, "%s restart %s", unit_systemctl(unit), unit->word);
}

static void unit_judge_stray(struct finding *ret, const struct unit *unit)
{
	if (unit->lends) {
		finding_wrong(ret,
			"not running; no unit of systemd reads this configuration, and only that would give it password_credential");
		finding_remedy(ret, "Name smtp.password_file in its place.");
		return;
	}
	finding_unclear(ret,
		"not running, and no unit of systemd reads this configuration: whether something runs `nudged --once` in time "
		"cannot be told");
	finding_remedy(ret,
		"Start it, or let cron run the same every quarter of an hour with --once in place of --foreground: %s",
		str_text(&unit->program));
}

static void unit_judge_unasked(struct finding *ret, const struct unit *unit)
{
	if (unit->manager == UNIT_UNREACHABLE) {
		finding_wrong(ret, "not running; systemd could not be asked: %s",
			str_text(&unit->complaint));
		if (unit->system)
			finding_command(ret, "systemctl status %s", unit->word);
		else
			finding_remedy(ret,
				"Log in as yourself, without su or sudo, then run: systemctl --user status nudged");
		return;
	}
	finding_unclear(ret,
		"not running, and systemd is not here: whether something runs `nudged --once` in time cannot be told");
	finding_remedy(ret,
		"Start nudged, by your init or a container's, or let cron run `nudged --once` every quarter of an hour.");
}

void unit_judge_silent(struct finding *ret, const struct unit *unit, int process)
{
	finding_wrong(ret, "it runs (process %d) and does not answer", process);
	if (unit->manager == UNIT_ASKED && str_equal(unit->active, "active"))
		finding_command(ret, "%s restart %s", unit_systemctl(unit), unit->word);
	else
		finding_remedy(ret,
			"End it, and start nudged again; no mail is lost by that: kill -KILL %d",
			process);
}

void unit_judge_service(struct finding *ret, const struct unit *unit, bool running)
{
	if (running)
		finding_well(ret, "running");
	else if (unit->manager == UNIT_NONE)
		unit_judge_stray(ret, unit);
	else if (unit->manager != UNIT_ASKED)
		unit_judge_unasked(ret, unit);
	else if (str_equal(unit->timer_active, "active"))
		finding_well(ret, "%s runs it in time", UNIT_TIMER);
	else if (str_equal(unit->load, "masked"))
		unit_judge_masked(ret, unit);
	else if (!str_equal(unit->load, "loaded"))
		unit_judge_missing(ret, unit);
	else if (str_equal(unit->active, "active") || str_equal(unit->active, "reloading"))
		unit_judge_elsewhere(ret, unit);
	else if (str_equal(unit->active, "failed") || str_equal(unit->active, "activating"))
		unit_judge_failed(ret, unit);
	else
		unit_judge_idle(ret, unit);
}

/* --- its start --- */

void unit_judge_start(struct finding *ret, const struct unit *unit, bool running)
{
	if (unit->manager == UNIT_ABSENT && running)
		finding_well(ret, "systemd is not here; something else has started it");
	else if (unit->manager == UNIT_ABSENT)
		finding_unclear(ret, "systemd is not here, which would start it");
	else if (unit->manager == UNIT_NONE && running)
		finding_well(ret,
			"no unit of systemd reads this configuration; something else has started it");
	else if (unit->manager == UNIT_UNREACHABLE)
		finding_unclear(ret, "systemd could not be asked: %s", str_text(&unit->complaint));
	else if (unit_is_enabled(unit->timer_file))
		finding_well(ret, "by %s", UNIT_TIMER);
	else if (!str_equal(unit->load, "loaded"))
		finding_unclear(ret, "there is no unit that could start");
	else if (unit_is_enabled(unit->file) && unit->system)
		finding_well(ret, "with the machine");
	else if (unit_is_enabled(unit->file))
		finding_well(ret, "when you log in");
	else {
		if (unit->system)
			finding_wrong(ret, "it does not start with the machine");
		else
			finding_wrong(ret, "it does not start when you log in");
		finding_command(ret, "%s enable %s", unit_systemctl(unit),
			str_equal(unit->timer_active, "active") ? UNIT_TIMER : unit->word);
	}
}

/* Of their own sessions most can say so; where the machine has no polkit, only root. */
void unit_judge_lingering(
	struct finding *ret, const struct unit *unit, const char *user, const char *answer)
{
	char word[8] = "";

	if (unit->manager == UNIT_ABSENT) {
		finding_well(ret, "systemd is not here, which would end it");
		return;
	}
	if (answer)
		unit_value(answer, "Linger", word, sizeof(word));
	if (str_equal(word, "yes")) {
		finding_well(ret, "it goes on");
		return;
	}
	finding_wrong(ret, "it ends with your last session, and a digest then waits for the next");
	finding_remedy(ret,
		"loginctl enable-linger; where that is denied, as root: loginctl enable-linger %s",
		user);
}
