/* SPDX-License-Identifier: MIT */
/*
 * verb-status: status: the service, what comes next, and what hangs.
 */
#include "base/file.h"
#include "base/lock.h"
#include "base/retell.h"
#include "book/books.h"
#include "book/digests.h"
#include "book/hosted.h"
#include "book/outbox.h"
#include "book/troubles.h"
#include "book/witness.h"
#include "cli/ask.h"
#include "cli/output.h"
#include "cli/mails.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "conf/hosted.h"
#include "conf/location.h"
#include "digest/roster.h"
#include "digest/slot.h"
#include "digest/wording.h"
#include "doctor/doctor.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STATUS_ERRORS        20
#define STATUS_LABEL_COLUMNS 10

/* What status shows, read before anything is written. */
struct status {
	bool history;         /* asked for */
	bool running, silent; /* silent: it runs and answers nobody */
	/* Where the configuration cannot be read, but a service runs by an earlier reading: its own line. */
	struct str line;
	int misconfigured; /* the exit status for that, 0 where the file is merely gone */
	enum ask_way way;  /* where it does not run: what is done about it */
	struct str start;  /* the command for that */
	struct outbox_counts counts;
	int64_t next_try; /* 0: nothing waits for one */
	struct outbox_errors errors;
	struct troubles troubles;
	struct hosted_counts members;
	struct str wrong;              /* of them, a line each */
	struct finding disk;           /* what is wrong with it now */
	struct err found;              /* and with the database, "" where nothing is */
	struct control_packet service; /* words[1]: what is wrong with the running one */
};

static void status_done(struct status *status)
{
	str_done(&status->line);
	str_done(&status->start);
	finding_done(&status->disk);
	outbox_errors_done(&status->errors);
	troubles_done(&status->troubles);
	str_done(&status->wrong);
}

/* A larger database takes longer to be read than somebody waits: the day's copy and `nudge doctor` do that. */
#define STATUS_CHECK_BYTES (16 << 20)

static bool status_is_quick_to_check(const struct store *store)
{
	struct stat st;

	return stat(store_path(store), &st) == 0 && st.st_size <= STATUS_CHECK_BYTES;
}

/* What the service could not write down, because it cannot write, or what no reading has met yet. */
static void status_look_at_file(struct cli *cli, struct err *ret)
{
	_cleanup_free_ char *folder = file_folder_of(store_path(cli->store));
	_cleanup_witness_ struct witness witness = { 0 };

	if (!store_is_there(cli->store))
		return;
	if ((status_is_quick_to_check(cli->store) && store_check(cli->store, ret) < 0) ||
		witness_load(&witness, store_path(cli->store), ret) < 0 ||
		witness_compare(&witness, cli->store, ret) < 0)
		return;
	if (access(store_path(cli->store), W_OK) < 0 || (folder && access(folder, W_OK) < 0))
		(void)err_set(ret, -errno, "database %s cannot be written: %s",
			store_path(cli->store), strerror(errno));
	else
		ret->text[0] = '\0';
}

/* The service has met it too. */
static void status_tell_once(struct status *status)
{
	_cleanup_str_ struct str told = STR_INIT;

	retell(&told, status->service.words[1], err_translate);
	if (str_equal(str_text(&told), status->found.text))
		status->found.text[0] = '\0';
}

static int status_keep_wrong(void *userdata, const struct hosted *hosted)
{
	str_addf(userdata, "%s\n", hosted->error);
	return 0;
}

static int status_load(struct cli *cli, struct status *ret)
{
	_cleanup_free_ char *lock = lock_path_of(store_path(cli->store));
	int r;

	if (!lock)
		return err_oom(&cli->err);
	ret->running = lock_is_held(lock);
	r = ask_quietly(cli, "trouble", &ret->service);
	ret->silent = r == -EAGAIN;
	if (!ret->running)
		ret->way = ask_start_command(cli, &ret->start);
	if (r < 0 || !str_equal(ret->service.words[0], "0"))
		ret->service.words[1] = "";
	r = outbox_count(cli->store, &ret->counts, &cli->err);
	if (r == 0)
		r = outbox_next_time_after(
			cli->store, clock_now(&cli->clock), &ret->next_try, &cli->err);
	r = r < 0 ? r : 0;
	if (r == 0)
		r = outbox_list_errors(cli->store, STATUS_ERRORS, &ret->errors, &cli->err);
	if (r == 0)
		r = troubles_list(cli->store, &ret->troubles, &cli->err);
	if (r == 0)
		r = hosted_count(cli->store, &ret->members, &cli->err);
	if (r == 0 && ret->members.wrong)
		r = hosted_each_wrong(
			cli->store, STATUS_ERRORS, status_keep_wrong, &ret->wrong, &cli->err);
	if (r == 0)
		status_look_at_file(cli, &ret->found);
	status_tell_once(ret);
	doctor_look_disk(store_path(cli->store), &ret->disk);
	return r;
}

static int status_digest_times(
	struct cli *cli, const struct conf_digest *digest, struct str *next, struct str *last)
{
	struct digest_state state;
	int64_t due;
	int r = digests_load(cli->store, digest->name, &state, &cli->err);

	if (r == 0 && state.has_claim)
		mails_add_instant(last, digest->zone, state.last_slot);
	if (r == 0)
		r = slot_due(cli->store, digest, clock_now(&cli->clock), &due, &cli->err);
	if (r == 0)
		mails_add_instant(next, digest->zone, due);
	return r < 0 ? r : 0;
}

static void status_json_error(struct cli *cli, int64_t since, const char *text)
{
	_cleanup_str_ struct str when = STR_INIT;

	mails_add_instant(&when, cli->zone, since);
	json_object_begin(&cli->js);
	json_add_string(&cli->js, "since", str_text(&when));
	json_add_string(&cli->js, "text", text);
	json_object_end(&cli->js);
}

static int status_json_digest(struct cli *cli, const struct conf_digest *digest)
{
	_cleanup_str_ struct str next = STR_INIT, last = STR_INIT;
	struct json *js = &cli->js;
	int r = status_digest_times(cli, digest, &next, &last);

	json_object_begin(js);
	json_add_string(js, "name", digest->name);
	json_add_string(js, "next", next.len ? str_text(&next) : NULL);
	json_add_string(js, "last", last.len ? str_text(&last) : NULL);
	json_object_end(js);
	return r;
}

/* What a digest of the database means: 1, or 0 where it is paused, or cannot be used, which the service has
 * on record. */
static int status_read_hosted(struct cli *cli, const struct hosted *hosted, struct conf_digest *ret)
{
	_cleanup_str_ struct str errors = STR_INIT;

	return !hosted->paused &&
		hosted_settings_read(ret, hosted->name, hosted->book, hosted->settings,
			&cli->roster->zones, NULL, &errors) == 0;
}

static int status_json_hosted(void *userdata, const struct hosted *hosted)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };

	return status_read_hosted(userdata, hosted, &digest) ? status_json_digest(userdata, &digest)
							     : 0;
}

static int status_json_digests(struct cli *cli)
{
	struct json *js = &cli->js;
	int r = 0;

	json_key(js, "digests");
	json_array_begin(js);
	for (size_t i = 0; r == 0 && cli->conf && i < cli->conf->n_digests; i++)
		r = status_json_digest(cli, &cli->conf->digests[i]);
	if (r == 0)
		r = hosted_each(cli->store, cli->book, status_json_hosted, cli, &cli->err);
	json_array_end(js);
	return r;
}

/* The final dot is out. */
static void status_add_awaited(
	const struct cli *cli, const struct status *status, struct str *out, int64_t since)
{
	struct civil civil = zone_civil(cli->zone, since);

	str_addf(out,
		status->running
			? _(": waiting for the server's answer since %02d:%02d")
			: _(": the service ended before the server's answer, which it had waited for since %02d:%02d;"
			    " it settles this when it runs"),
		civil.second / 3600, civil.second / 60 % 60);
}

/* "morning, 24 November 2026 07:00, anna@example.org: in doubt: ..." */
static void status_error_text(const struct cli *cli, const struct status *status, struct str *out,
	const struct outbox_error *error)
{
	struct civil civil = zone_civil(cli->zone, error->slot);

	str_addf(out, "%s, ", error->digest);
	wording_add_plain_day(out, civil.day);
	str_addf(out, " %02d:%02d, %s: %s%s", civil.second / 3600, civil.second / 60 % 60,
		error->recipient, words_say("mail", error->state), *error->text ? ": " : "");
	retell(out, error->text, err_translate);
	if (error->awaited_since)
		status_add_awaited(cli, status, out, error->awaited_since);
	if (!*error->text)
		str_add_char(out, '.');
	if (error->held)
		str_addf(out,
			_(" It is held: look into the mailbox, then `nudge send %1$s --arrived` or, to have"
			  " it once more, `nudge send %1$s --again`."),
			error->digest);
}

static int status_json(struct cli *cli, const struct status *status)
{
	_cleanup_str_ struct str next = STR_INIT;
	struct json *js = &cli->js;
	int r;

	json_object_begin(js);
	json_add_bool(js, "running", status->running);
	json_add_bool(js, "timer", !status->running && status->way == ASK_TIMER);
	r = status_json_digests(cli);
	json_key(js, "outbox");
	json_object_begin(js);
	json_add_int(js, "queued", status->counts.queued);
	json_add_int(js, "attempting", status->counts.attempting);
	json_add_int(js, "in_doubt", status->counts.in_doubt);
	json_add_int(js, "sent", status->counts.sent);
	json_add_int(js, "refused", status->counts.refused);
	json_add_int(js, "withdrawn", status->counts.withdrawn);
	json_object_end(js);
	if (status->next_try)
		mails_add_instant(&next, cli->zone, status->next_try);
	json_add_string(js, "next_try", next.len ? str_text(&next) : NULL);
	json_add_int(js, "perhaps_twice", status->counts.twice);
	json_key(js, "errors");
	json_array_begin(js);
	if (status->silent)
		status_json_error(
			cli, clock_now(&cli->clock), "the service runs and does not answer");
	if (*status->service.words[1])
		status_json_error(cli, clock_now(&cli->clock), status->service.words[1]);
	else if (status->disk.state == FINDING_WRONG)
		status_json_error(cli, clock_now(&cli->clock), str_text(&status->disk.text));
	if (status->found.text[0])
		status_json_error(cli, clock_now(&cli->clock), status->found.text);
	for (size_t i = 0; i < status->troubles.n; i++)
		status_json_error(cli, status->troubles.all[i].since, status->troubles.all[i].text);
	for (const char *line = str_text(&status->wrong), *end; (end = strchr(line, '\n'));
		line = end + 1) {
		_cleanup_str_ struct str text = STR_INIT;

		str_add_bytes(&text, line, (size_t)(end - line));
		status_json_error(cli, clock_now(&cli->clock), str_text(&text));
	}
	for (size_t i = 0; i < status->errors.n; i++) {
		_cleanup_str_ struct str text = STR_INIT;

		status_error_text(cli, status, &text, &status->errors.all[i]);
		status_json_error(cli, status->errors.all[i].since, str_text(&text));
	}
	json_array_end(js);
	if (r >= 0 && status->history)
		r = mails_write_json(cli);
	json_object_end(js);
	return r < 0 ? cli_fail(cli, r) : 0;
}

static void status_add_label(struct cli *cli, const char *label)
{
	output_add_padded(&cli->out, label, STATUS_LABEL_COLUMNS);
}

static void status_print_line(struct cli *cli, const char *label, const char *text)
{
	status_add_label(cli, label);
	str_addf(&cli->out, "%s\n", text);
}

/* The service speaks English, to the database and to those who ask it. */
static void status_print_kept(struct cli *cli, const char *sentence)
{
	_cleanup_str_ struct str text = STR_INIT;

	retell(&text, sentence, err_translate);
	status_print_line(cli, _("Trouble"), str_text(&text));
}

static int status_print_digest(struct cli *cli, const struct conf_digest *digest)
{
	struct digest_state state;
	_cleanup_str_ struct str day = STR_INIT;
	struct civil civil;
	int64_t due;
	int r = digests_load(cli->store, digest->name, &state, &cli->err);

	if (r == 0)
		r = slot_due(cli->store, digest, clock_now(&cli->clock), &due, &cli->err);
	if (r < 0)
		return r;
	status_add_label(cli, _("Digest"));
	str_addf(&cli->out, CLI_BOLD "%s" CLI_PLAIN ": ", digest->name);
	if (r == SLOT_NEVER) {
		str_add(&cli->out, _("no further one\n"));
		return 0;
	}
	civil = zone_civil(digest->zone, due);
	wording_add_day(&day, civil.day, cli->today);
	str_addf(&cli->out, "%s %02d:%02d%s\n", str_text(&day), civil.second / 3600,
		civil.second / 60 % 60, state.has_claim ? "" : _(", the welcome"));
	return 0;
}

static int status_print_hosted(void *userdata, const struct hosted *hosted)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };

	return status_read_hosted(userdata, hosted, &digest)
		? status_print_digest(userdata, &digest)
		: 0;
}

/* How many others there are, of other books. */
static void status_print_members(struct cli *cli, const struct hosted_counts *counts)
{
	if (!counts->all)
		return;
	status_add_label(cli, _("Members"));
	str_addf(&cli->out,
		ngettext("%lld digest in the database", "%lld digests in the database",
			(unsigned long)counts->all),
		(long long)counts->all);
	if (counts->paused)
		str_addf(&cli->out, _(", %lld paused"), (long long)counts->paused);
	str_add_char(&cli->out, '\n');
}

static int status_print_pause(struct cli *cli)
{
	_cleanup_str_ struct str date = STR_INIT;
	int32_t until;
	int r = books_pause(
		cli->store, cli->book_name ? cli->book_name : "main", &until, &cli->err);

	if (r <= 0 || until <= cli->today)
		return r < 0 ? r : 0;
	wording_add_date(&date, until);
	status_add_label(cli, _("Holiday"));
	cli_hint(cli, _("until %s; to end it: nudge resume\n"), str_text(&date));
	return 0;
}

/* What a doctor can help with: not a mail that was refused for good, perhaps weeks ago. */
static bool status_is_in_trouble(const struct status *status)
{
	return status->silent || *status->service.words[1] || status->disk.state == FINDING_WRONG ||
		status->found.text[0] || status->troubles.n > 0;
}

static void status_print_troubles(struct cli *cli, const struct status *status)
{
	if (*status->service.words[1])
		status_print_kept(cli, status->service.words[1]);
	else if (status->disk.state == FINDING_WRONG)
		status_print_line(cli, _("Trouble"), str_text(&status->disk.text));
	if (status->found.text[0])
		status_print_line(cli, _("Trouble"), status->found.text);
	for (size_t i = 0; i < status->troubles.n; i++)
		status_print_kept(cli, status->troubles.all[i].text);
	for (const char *line = str_text(&status->wrong), *end; (end = strchr(line, '\n'));
		line = end + 1) {
		_cleanup_str_ struct str text = STR_INIT;

		str_add_bytes(&text, line, (size_t)(end - line));
		status_print_kept(cli, str_text(&text));
	}
	for (size_t i = 0; i < status->errors.n; i++) {
		status_add_label(cli, _("Trouble"));
		status_error_text(cli, status, &cli->out, &status->errors.all[i]);
		str_add_char(&cli->out, '\n');
	}
}

/* What is shown is what works for who asks: a credential comes from systemd alone. */
static void status_print_idle(struct cli *cli, const struct status *status)
{
	_cleanup_str_ struct str once = STR_INIT;
	bool lacks = cli->conf && cli->conf->smtp.password_credential;
	bool system = ask_once_command(cli, &once);

	if (status->way == ASK_TIMER)
		str_add(&cli->out,
			_("not resident: nudged-once.timer sends what is due, every quarter of an hour\n"));
	else if (status->way == ASK_INIT)
		str_add(&cli->out, _("not running\n"));
	else if (status->way == ASK_PROGRAM && lacks && location_has_unit(cli->conf->path))
		str_add(&cli->out,
			_("not running; systemd is not here, which would give it password_credential\n"));
	else if (status->way == ASK_PROGRAM && lacks)
		str_add(&cli->out,
			_("not running; no unit of systemd reads this configuration, and only that would give it"
			  " password_credential\n"));
	else if (lacks || (system && status->way == ASK_UNIT))
		str_addf(&cli->out, _("not running; start it with `%s`\n"),
			str_text(&status->start));
	else
		str_addf(&cli->out,
			_("not running; start it with `%s`, or send what is due with `%s`\n"),
			str_text(&status->start), str_text(&once));
	cli->out.failed |= once.failed | status->start.failed;
}

static void status_print_service(struct cli *cli, const struct status *status)
{
	status_add_label(cli, _("Service"));
	if (status->silent)
		str_add(&cli->out, _("running, but it does not answer\n"));
	else if (status->line.len)
		str_add(&cli->out, _("running, by the configuration that it has read before\n"));
	else if (status->running)
		str_add(&cli->out, _("running\n"));
	else
		status_print_idle(cli, status);
}

static void status_print_book(struct cli *cli)
{
	if (store_is_there(cli->store))
		return;
	/* TRANSLATORS: not of paper: what is kept about one's network */
	status_add_label(cli, _("Book"));
	str_addf(&cli->out, _("none yet; the first `nudge add` or `nudge import` makes %s\n"),
		store_path(cli->store));
}

static int status_print(struct cli *cli, const struct status *status)
{
	const struct outbox_counts *c = &status->counts;
	int64_t waiting = c->queued + c->attempting;
	int r = 0;

	status_print_service(cli, status);
	status_print_book(cli);
	r = status_print_pause(cli);
	if (status->line.len)
		status_print_line(cli, _("It says"), str_text(&status->line));
	else if (!cli->conf)
		status_print_line(cli, _("Digest"),
			_("none: there is no configuration yet; `nudge init` makes it"));
	for (size_t i = 0; r == 0 && cli->conf && i < cli->conf->n_digests; i++)
		r = status_print_digest(cli, &cli->conf->digests[i]);
	if (r == 0)
		r = hosted_each(cli->store, cli->book, status_print_hosted, cli, &cli->err);
	status_print_members(cli, &status->members);
	status_add_label(cli, _("Mails"));
	str_addf(&cli->out, _("%lld sent"), (long long)c->sent);
	if (c->twice)
		str_addf(&cli->out,
			_(" (%lld of them twice, perhaps: the server's first answer was lost)"),
			(long long)c->twice);
	if (waiting)
		str_addf(&cli->out,
			ngettext(", %lld waiting", ", %lld waiting", (unsigned long)waiting),
			(long long)waiting);
	if (c->in_doubt)
		str_addf(&cli->out, _(", %lld in doubt"), (long long)c->in_doubt);
	if (c->refused)
		str_addf(&cli->out, _(", %lld refused"), (long long)c->refused);
	if (c->withdrawn)
		str_addf(&cli->out, _(", %lld withdrawn"), (long long)c->withdrawn);
	if (status->next_try) {
		str_add(&cli->out, "; ");
		mails_add_next_try(&cli->out, cli, status->next_try);
	}
	str_add_char(&cli->out, '\n');
	status_print_troubles(cli, status);
	if (status_is_in_trouble(status))
		status_print_line(cli, _("Advice"), _("what mends it, `nudge doctor` finds out"));
	if (r >= 0 && status->history)
		r = mails_print(cli);
	return r < 0 ? cli_fail(cli, r) : 0;
}

/* The reader of a broken one has complained. Of those that are not there the system's is named to all. */
static void status_miss_file(const struct cli *cli)
{
	_cleanup_free_ char *path = conf_find(cli->config_path);
	_cleanup_free_ char *own = location_own_configuration();

	if (path && own)
		(void)cli_complain(
			cli, 0, "%s: there is no such file", location_is_system(path) ? path : own);
}

/* A file that is broken by now does not make a service mute that has read it before. */
static int status_open(struct cli *cli, struct status *status)
{
	int unread = cli_load_conf(cli, false);

	if (unread && unread != EX_CONFIG)
		return unread;
	if (!cli->conf && ask_learn(cli, &status->line)) {
		status->misconfigured = unread;
		if (!unread)
			status_miss_file(cli);
	} else if (unread)
		return unread;
	cli->hurries = true;
	return cli_look(cli);
}

/* Where the book cannot be read at all, its service may know since when, and whose doing it is. */
static void status_tell_service(struct cli *cli)
{
	struct control_packet reply;

	if (!cli->json && ask_quietly(cli, "trouble", &reply) == 0 && *reply.words[1])
		status_print_kept(cli, reply.words[1]);
}

int verb_status(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = { CLI_OPTION(
		"history", CLI_FLAG, struct status, history) };
	_cleanup_(status_done) struct status state = { 0 };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &state), r;

	if (status || cli->help)
		return status;
	status = status_open(cli, &state);
	if (status == EX_TEMPFAIL)
		status_tell_service(cli);
	if (status)
		return status;
	r = status_load(cli, &state);
	if (r < 0)
		return cli_fail(cli, r);
	status = cli->json ? status_json(cli, &state) : status_print(cli, &state);
	return status ? status : state.misconfigured;
}
