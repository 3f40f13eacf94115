/* SPDX-License-Identifier: MIT */
#include "doctor/unit.h"

#include "test.h"

#define LOADED "LoadState=loaded\n"

/* What is found, where systemd was asked: its answer, whether a service has the database. */
struct row {
	const char *answer;
	bool running;
	enum finding_state state;
	const char *text, *remedy; /* of the user's service */
};

static void judge(const struct row *row, bool system,
	void (*judge_it)(struct finding *ret, const struct unit *unit, bool running),
	struct finding *ret)
{
	struct unit unit = { .manager = UNIT_ASKED, .system = system };

	unit_set_name(&unit, "nudged");
	unit_read(&unit, row->answer);
	judge_it(ret, &unit, row->running);
}

static void judge_rows(const struct row *rows, size_t n,
	void (*judge_it)(struct finding *ret, const struct unit *unit, bool running))
{
	for (size_t i = 0; i < n; i++) {
		_cleanup_finding_ struct finding finding = { 0 }, of_system = { 0 };

		TEST_ROW("%s, %d", rows[i].answer, rows[i].running);
		judge(&rows[i], false, judge_it, &finding);
		CHECK_INT(finding.state, rows[i].state);
		CHECK_TEXT(str_text(&finding.text), rows[i].text);
		CHECK_TEXT(str_text(&finding.remedy), rows[i].remedy);
		judge(&rows[i], true, judge_it, &of_system);
		CHECK_INT(of_system.state, rows[i].state);
		CHECK(!strstr(str_text(&of_system.remedy), "--user"));
	}
}

static void the_service_by_what_systemd_says(void)
{
	static const struct row rows[] = {
		{ LOADED "ActiveState=active\nUnitFileState=enabled\n", true, FINDING_WELL,
			"running", "" },
		/* However it was started. */
		{ "LoadState=not-found\nActiveState=inactive\n", true, FINDING_WELL, "running",
			"" },
		{ "", true, FINDING_WELL, "running", "" },
		{ LOADED "ActiveState=inactive\nUnitFileState=enabled\n", false, FINDING_WRONG,
			"not running", "systemctl --user start nudged" },
		{ LOADED "ActiveState=inactive\nUnitFileState=static\n", false, FINDING_WRONG,
			"not running", "systemctl --user start nudged" },
		{ LOADED "ActiveState=inactive\nUnitFileState=disabled\n", false, FINDING_WRONG,
			"not running", "systemctl --user enable --now nudged" },
		{ LOADED "ActiveState=deactivating\nUnitFileState=\n", false, FINDING_WRONG,
			"not running", "systemctl --user enable --now nudged" },
		{ LOADED "ActiveState=active\nUnitFileState=enabled\n", false, FINDING_WRONG,
			"nudged.service runs, but not on this database",
			"systemctl --user restart nudged" },
		{ LOADED "ActiveState=failed\nExecMainStatus=74\n", false, FINDING_WRONG,
			"it ended with status 74",
			"journalctl --user -u nudged -n 20; systemctl --user reset-failed nudged && "
			"systemctl --user restart nudged" },
		{ LOADED "ActiveState=activating\nExecMainCode=1\nExecMainStatus=243\n", false,
			FINDING_WRONG,
			"systemd could not hand over its credential (243/CREDENTIALS): it is damaged, or was "
			"encrypted on another machine or by another name",
			"journalctl --user -u nudged -n 20; systemctl --user restart nudged" },
		{ LOADED "ActiveState=failed\nExecMainCode=1\nExecMainStatus=203\n", false,
			FINDING_WRONG, "its program cannot be run (203/EXEC)",
			"journalctl --user -u nudged -n 20; systemctl --user reset-failed nudged && "
			"systemctl --user restart nudged" },
		/* Whoever restarted it, it ended well each time. */
		{ LOADED
			"ActiveState=failed\nExecMainCode=1\nExecMainStatus=0\nResult=start-limit-hit\n",
			false, FINDING_WRONG,
			"it was started so often that systemd refused to do it once more",
			"journalctl --user -u nudged -n 20; systemctl --user reset-failed nudged && "
			"systemctl --user restart nudged" },
		/* A signal's number is no status. */
		{ LOADED "ActiveState=failed\nExecMainCode=2\nExecMainStatus=9\n", false,
			FINDING_WRONG, "it was ended by SIGKILL",
			"journalctl --user -u nudged -n 20; systemctl --user reset-failed nudged && "
			"systemctl --user restart nudged" },
		{ LOADED "ActiveState=activating\nExecMainCode=3\nExecMainStatus=6\n", false,
			FINDING_WRONG, "it was ended by SIGABRT",
			"journalctl --user -u nudged -n 20; systemctl --user restart nudged" },
		{ LOADED "ActiveState=failed\nExecMainCode=2\nExecMainStatus=77\n", false,
			FINDING_WRONG, "it was ended by signal 77",
			"journalctl --user -u nudged -n 20; systemctl --user reset-failed nudged && "
			"systemctl --user restart nudged" },
		{ LOADED "ActiveState=failed\nExecMainCode=1\nExecMainStatus=77\n", false,
			FINDING_WRONG, "it ended with status 77",
			"journalctl --user -u nudged -n 20; systemctl --user restart nudged" },
		/* It is started again and again. */
		{ LOADED "ActiveState=activating\nExecMainStatus=65\n", false, FINDING_WRONG,
			"it ended with status 65",
			"journalctl --user -u nudged -n 20; systemctl --user restart nudged" },
		{ "ExecMainStatus=78\n" LOADED "ActiveState=failed", false, FINDING_WRONG,
			"it ended because its configuration is wrong",
			"journalctl --user -u nudged -n 20; systemctl --user restart nudged" },
		{ "LoadState=masked\nActiveState=inactive\nUnitFileState=masked\n", false,
			FINDING_WRONG, "not running; nudged.service is masked",
			"systemctl --user unmask nudged && systemctl --user enable --now nudged" },
		{ "LoadState=not-found\nActiveState=inactive\n", false, FINDING_WRONG,
			"not running; systemd knows no nudged.service",
			"Install nudged with its unit (`make install`), then run: systemctl --user "
			"daemon-reload && systemctl --user enable --now nudged" },
		/* Or it comes by the hour. */
		{ LOADED "ActiveState=inactive\nUnitFileState=disabled\n\n" LOADED
			 "ActiveState=active\nUnitFileState=enabled\n",
			false, FINDING_WELL, "nudged-once.timer runs it in time", "" },
		{ LOADED "ActiveState=inactive\nUnitFileState=disabled\n\n" LOADED
			 "ActiveState=inactive\nUnitFileState=enabled\n",
			false, FINDING_WRONG, "not running",
			"systemctl --user enable --now nudged" },
	};

	judge_rows(rows, ARRAY_SIZE(rows), unit_judge_service);
}

static void its_start_by_what_systemd_says(void)
{
	static const struct row rows[] = {
		{ LOADED "UnitFileState=disabled\n", true, FINDING_WRONG,
			"it does not start when you log in", "systemctl --user enable nudged" },
		{ LOADED "UnitFileState=\n", true, FINDING_WRONG,
			"it does not start when you log in", "systemctl --user enable nudged" },
		{ LOADED "UnitFileState=disabled\n\nActiveState=active\nUnitFileState=disabled\n",
			false, FINDING_WRONG, "it does not start when you log in",
			"systemctl --user enable nudged-once.timer" },
		/* That is the service's own trouble. */
		{ "LoadState=masked\nUnitFileState=masked\n", false, FINDING_UNCLEAR,
			"there is no unit that could start", "" },
		{ "", true, FINDING_UNCLEAR, "there is no unit that could start", "" },
		{ LOADED "UnitFileState=disabled\n\nUnitFileState=enabled\n", false, FINDING_WELL,
			"by nudged-once.timer", "" },
	};
	static const char *const good[] = { "enabled", "alias", "static", "generated",
		"enabled-runtime" };

	judge_rows(rows, ARRAY_SIZE(rows), unit_judge_start);
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		_cleanup_finding_ struct finding finding = { 0 }, of_system = { 0 };
		char answer[80] = LOADED "UnitFileState=";
		const struct row row = { .answer = strcat(answer, good[i]) };

		TEST_ROW("%s", good[i]);
		judge(&row, false, unit_judge_start, &finding);
		judge(&row, true, unit_judge_start, &of_system);
		CHECK_TEXT(str_text(&finding.text), "when you log in");
		CHECK_TEXT(str_text(&of_system.text), "with the machine");
		CHECK(finding.state == FINDING_WELL && of_system.state == FINDING_WELL);
	}
}

static void without_systemd_that_is_said(void)
{
	static const struct {
		enum unit_manager manager;
		bool running;
		enum finding_state service, start;
	} rows[] = {
		{ UNIT_ABSENT, true, FINDING_WELL, FINDING_WELL },
		{ UNIT_ABSENT, false, FINDING_UNCLEAR, FINDING_UNCLEAR },
		{ UNIT_UNREACHABLE, true, FINDING_WELL, FINDING_UNCLEAR },
		{ UNIT_UNREACHABLE, false, FINDING_WRONG, FINDING_UNCLEAR },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding service = { 0 }, start = { 0 };
		_cleanup_(unit_done) struct unit unit = { .manager = rows[i].manager };

		TEST_ROW("%zu", i);
		str_add(&unit.complaint, "no bus");
		unit_judge_service(&service, &unit, rows[i].running);
		unit_judge_start(&start, &unit, rows[i].running);
		CHECK_INT(service.state, rows[i].service);
		CHECK_INT(start.state, rows[i].start);
		CHECK(strstr(str_text(&start.text), "systemd") != NULL);
		CHECK((rows[i].manager == UNIT_UNREACHABLE) ==
			(strstr(str_text(&start.text), "no bus") != NULL));
		CHECK((rows[i].service == FINDING_WELL) == !service.remedy.len);
	}
}

/* It must not be told what helps the usual one. */
static void a_configuration_that_no_unit_reads(void)
{
	static const struct {
		bool running, lends;
		enum finding_state service, start;
		const char *remedy;
	} rows[] = {
		{ true, false, FINDING_WELL, FINDING_WELL, "" },
		{ true, true, FINDING_WELL, FINDING_WELL, "" },
		{ false, false, FINDING_UNCLEAR, FINDING_UNCLEAR, "--foreground: nudged -f x" },
		{ false, true, FINDING_WRONG, FINDING_UNCLEAR, "smtp.password_file" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding service = { 0 }, start = { 0 };
		_cleanup_(unit_done) struct unit unit = { .manager = UNIT_NONE,
			.lends = rows[i].lends };

		TEST_ROW("%zu", i);
		str_add(&unit.program, "nudged -f x");
		unit_judge_service(&service, &unit, rows[i].running);
		unit_judge_start(&start, &unit, rows[i].running);
		CHECK_INT(service.state, rows[i].service);
		CHECK_INT(start.state, rows[i].start);
		CHECK(strstr(str_text(&service.remedy), rows[i].remedy) != NULL);
		CHECK(!strstr(str_text(&service.remedy), "systemctl"));
		CHECK_TEXT(str_text(&start.remedy), "");
	}
}

static void lingering_by_what_systemd_says(void)
{
	static const struct {
		enum unit_manager manager;
		const char *answer;
		enum finding_state state;
	} rows[] = {
		{ UNIT_ASKED, "Linger=yes\n", FINDING_WELL },
		{ UNIT_ASKED, "Linger=no\n", FINDING_WRONG },
		{ UNIT_ASKED, "", FINDING_WRONG },
		/* Neither logged in nor lingering. */
		{ UNIT_ASKED, NULL, FINDING_WRONG },
		{ UNIT_UNREACHABLE, "Linger=yes\n", FINDING_WELL },
		{ UNIT_ABSENT, NULL, FINDING_WELL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		const struct unit unit = { .manager = rows[i].manager };

		TEST_ROW("%zu", i);
		unit_judge_lingering(&finding, &unit, "anna", rows[i].answer);
		CHECK_INT(finding.state, rows[i].state);
		CHECK_TEXT(str_text(&finding.remedy),
			rows[i].state == FINDING_WRONG
				? "loginctl enable-linger; where that is denied, as root: loginctl enable-linger anna"
				: "");
	}
}

static void values_are_those_of_their_name(void)
{
	static const struct {
		const char *text, *name, *value;
	} rows[] = {
		{ "A=1\nB=2\n", "A", "1" },
		{ "A=1\nB=2\n", "B", "2" },
		{ "A=1\nB=2", "B", "2" },
		{ "A=1\nB=2\n", "C", "" },
		{ "AB=1\nB=2\n", "B", "2" },
		{ "NTPSynchronized=yes\nNTP=no\n", "NTP", "no" },
		{ "A=\nB=2\n", "A", "" },
		{ "A\nA=x=y\n", "A", "x=y" },
		/* That is another's. */
		{ "B=1\n\nA=1", "A", "" },
		{ "\nA=1", "A", "" },
		{ "", "A", "" },
		{ "A=a long value\n", "A", "a long" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char value[7];

		TEST_ROW("%zu", i);
		unit_value(rows[i].text, rows[i].name, value, sizeof(value));
		CHECK_TEXT(value, rows[i].value);
	}
}

/* What is said of one of several is of that one, and the timer is another's. */
static void one_of_several_is_named(void)
{
	_cleanup_finding_ struct finding finding = { 0 };
	struct unit unit = { .manager = UNIT_ASKED, .system = true };

	unit_set_name(&unit, "nudged@anna");
	unit_read(&unit,
		LOADED "ActiveState=inactive\nUnitFileState=disabled\n\nActiveState=active\n");
	unit_judge_service(&finding, &unit, false);
	CHECK_TEXT(str_text(&finding.remedy), "systemctl enable --now nudged@anna");
	/* As systemd-escape has it, and as a shell needs it. */
	unit_set_name(&unit, "nudged@a\\x20b");
	unit_judge_service(&finding, &unit, false);
	CHECK_TEXT(str_text(&finding.remedy), "systemctl enable --now nudged@a\\\\x20b");
}

static void one_that_hangs_is_started_again(void)
{
	_cleanup_finding_ struct finding finding = { 0 };
	struct unit unit = { .manager = UNIT_ASKED };

	unit_set_name(&unit, "nudged");
	unit_read(&unit, LOADED "ActiveState=active\nUnitFileState=enabled\n");
	unit_judge_silent(&finding, &unit, 4711);
	CHECK_INT(finding.state, FINDING_WRONG);
	CHECK_TEXT(str_text(&finding.text), "it runs (process 4711) and does not answer");
	CHECK_TEXT(str_text(&finding.remedy), "systemctl --user restart nudged");
	/* What somebody started by hand no unit ends. */
	unit.manager = UNIT_ABSENT;
	unit_judge_silent(&finding, &unit, 4711);
	CHECK(strstr(str_text(&finding.remedy), "kill -KILL 4711") != NULL);
}

TEST_MAIN(TEST(one_that_hangs_is_started_again), TEST(one_of_several_is_named),
	TEST(the_service_by_what_systemd_says), TEST(its_start_by_what_systemd_says),
	TEST(without_systemd_that_is_said), TEST(a_configuration_that_no_unit_reads),
	TEST(lingering_by_what_systemd_says), TEST(values_are_those_of_their_name))
