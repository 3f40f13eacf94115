/* SPDX-License-Identifier: MIT */
/*
 * verb-doctor: doctor: what a digest needs on its way, what is wrong with it, and what mends it.
 */
#include "doctor/doctor.h"

#include "cli/mode.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "conf/location.h"
#include "core/utf8.h"

#define DOCTOR_TITLE_COLUMNS 17

struct doctor_view {
	struct cli *cli;
	unsigned n[FINDING_STATE_COUNT];
	/* Of the first in that state. */
	int status[FINDING_STATE_COUNT];
	const char *title[FINDING_STATE_COUNT];
};

static const char *doctor_word(enum finding_state state)
{
	switch (state) {
	case FINDING_WELL:
		/* TRANSLATORS: what a check found: all is well */
		return C_("finding", "well");
	case FINDING_UNCLEAR:
		return C_("finding", "unclear");
	default:
		return C_("finding", "wrong");
	}
}

static size_t doctor_word_columns(void)
{
	size_t widest = 0;

	for (enum finding_state i = FINDING_WELL; i < FINDING_STATE_COUNT; i++) {
		size_t width = utf8_width(doctor_word(i));

		widest = width > widest ? width : widest;
	}
	return widest + 2;
}

static void doctor_print(struct cli *cli, const struct doctor_report *report)
{
	static const char *const looks[] = { CLI_GOOD, CLI_BOLD, CLI_BAD };
	const struct finding *finding = report->finding;
	size_t word = doctor_word_columns(), left = DOCTOR_TITLE_COLUMNS + word;

	output_add_padded(&cli->out, report->title, DOCTOR_TITLE_COLUMNS);
	str_add(&cli->out, looks[finding->state]);
	output_add_padded(&cli->out, doctor_word(finding->state), word);
	str_add(&cli->out, CLI_PLAIN);
	output_add_lines(&cli->out, str_text(&finding->text), left);
	str_add_char(&cli->out, '\n');
	if (!finding->remedy.len)
		return;
	output_add_padded(&cli->out, "", left);
	str_addf(&cli->out, CLI_ACCENT "→ %s" CLI_PLAIN "\n", str_text(&finding->remedy));
}

static void doctor_write_json(struct cli *cli, const struct doctor_report *report)
{
	const struct finding *finding = report->finding;

	json_object_begin(&cli->js);
	json_add_string(&cli->js, "check", report->name);
	json_add_string(&cli->js, "state", finding_state_name(finding->state));
	json_add_string(&cli->js, "text", str_text(&finding->text));
	json_add_string(
		&cli->js, "remedy", finding->remedy.len ? str_text(&finding->remedy) : NULL);
	json_object_end(&cli->js);
}

static void doctor_report(void *userdata, const struct doctor_report *report)
{
	struct doctor_view *view = userdata;
	enum finding_state state = report->finding->state;

	if (!view->n[state]++) {
		view->status[state] = report->status;
		view->title[state] = report->title;
	}
	if (view->cli->json)
		doctor_write_json(view->cli, report);
	else
		doctor_print(view->cli, report);
}

/* What is wrong comes before what is merely unclear, which mostly hangs on it. */
static int doctor_conclude(const struct doctor_view *view)
{
	enum finding_state state = view->n[FINDING_WRONG] ? FINDING_WRONG : FINDING_UNCLEAR;
	struct cli *cli = view->cli;

	if (cli->json)
		return view->n[state] ? view->status[state] : 0;
	if (view->n[state])
		return cli_complain(cli, view->status[state], "not all is well; first see to: %s",
			view->title[state]);
	str_addf(&cli->out, "\n%s\n", _("All is well."));
	return 0;
}

int verb_doctor(struct cli *cli, int argc, char **argv)
{
	struct doctor_options options = { 0 };
	struct doctor_view view = { .cli = cli };
	_cleanup_free_ char *path = NULL;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	if (cli->words.n)
		return cli_usage(cli, "doctor looks at everything: it takes no names");
	path = conf_find(cli->config_path);
	if (!path)
		return cli_fail(cli, err_oom(&cli->err));
	options.config_path = path;
	options.system = location_is_system(path);
	options.clock = cli->clock;
	status = mode_enter(cli, path);
	if (status)
		return status;
	if (cli->json)
		json_array_begin(&cli->js);
	r = doctor_examine(&options, doctor_report, &view, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_end(&cli->js);
	return doctor_conclude(&view);
}
