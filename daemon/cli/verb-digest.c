/* SPDX-License-Identifier: MIT */
/*
 * verb-digest: preview, test-send, send.
 */
#include "base/retell.h"
#include "book/books.h"
#include "book/outbox.h"
#include "cli/ask.h"
#include "cli/verbs.h"
#include "digest/slot.h"
#include "digest/wording.h"
#include "format/when.h"
#include "post/route.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#define PREVIEW_COLUMNS 72

static int digest_find(struct cli *cli, const struct conf_digest **ret)
{
	const char *name = cli->words.n ? cli->words.all[0] : NULL;

	if (cli->words.n > 1)
		return cli_usage(cli, "one digest at a time, please");
	*ret = cli_digest(cli, name);
	if (*ret)
		return 0;
	if (!cli->conf)
		return cli_load_conf(cli, true);
	if (name)
		return cli_complain(
			cli, CLI_REFUSED, "there is no digest \"%s\" in %s", name, cli->conf->path);
	return cli_complain(cli, CLI_REFUSED, "no digest in %s is for this book", cli->conf->path);
}

/* A random Message-ID: a test belongs to no slot. */
static int digest_random_id(const struct conf *conf, struct str *ret, struct err *reterr)
{
	const char *at = strchr(conf->smtp.from.address, '@');
	unsigned char bytes[12];

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		return err_set(reterr, -EIO, "no random numbers: %s", strerror(errno));
	str_add(ret, "<test.");
	for (size_t i = 0; i < sizeof(bytes); i++)
		str_addf(ret, "%02x", bytes[i]);
	str_addf(ret, "@%s>", at ? at + 1 : "localhost");
	return str_check(ret, reterr);
}

struct preview {
	bool text, html, eml;
	const char *on;
};

/* --on DATE: that day at noon, when no zone's clocks are changed. */
static int preview_instant(
	struct cli *cli, const struct conf_digest *digest, const char *on, int64_t *ret)
{
	int32_t day;

	*ret = clock_now(&cli->clock);
	if (!on)
		return 0;
	if (when_day(on, cli->today, WHEN_COMING, &day, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	*ret = zone_instant(digest->zone, (struct civil){ day, 12 * 3600 }, NULL);
	return 0;
}

/* Whether a mail would be made of it; where not, that is said: 1, 0 or negative. */
static int preview_is_sent(
	struct cli *cli, const struct edition *edition, const struct conf_digest *digest)
{
	_cleanup_str_ struct str date = STR_INIT;
	int32_t until;
	int r = books_pause(cli->store, digest->book, &until, &cli->err);

	if (r < 0)
		return r;
	if (r > 0 && edition->agenda.today < until) {
		wording_add_date(&date, until);
		(void)cli_complain(cli, 0,
			"no mail would go out: there is a holiday until %s; else it would say:",
			str_text(&date));
		return 0;
	}
	if (edition->is_welcome || digest->send_empty || agenda_has_content(&edition->agenda))
		return 1;
	(void)cli_complain(cli, 0, "no mail would go out: there is nothing new to tell");
	return 0;
}

/* The subject and both parts, as they would be sent. */
static int preview_write_json(struct cli *cli, const struct document *document, bool sent)
{
	_cleanup_str_ struct str text = STR_INIT, html = STR_INIT;
	int r = document_write_text(document, PREVIEW_COLUMNS, &text, &cli->err);

	if (r == 0)
		r = document_write_html(document, &html, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	json_object_begin(&cli->js);
	json_add_bool(&cli->js, "sent", sent);
	json_add_string(&cli->js, "subject", document->subject);
	json_add_string(&cli->js, "text", str_text(&text));
	json_add_string(&cli->js, "html", str_text(&html));
	json_object_end(&cli->js);
	return 0;
}

static int preview_write(struct cli *cli, const struct edition *edition,
	const struct preview *preview, const struct conf_digest *digest, int64_t now)
{
	_cleanup_str_ struct str bytes = STR_INIT, id = STR_INIT;
	int r = preview_is_sent(cli, edition, digest);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		return preview_write_json(cli, &edition->document, r > 0);
	if (preview->html) {
		r = document_write_html(&edition->document, &bytes, &cli->err);
	} else if (preview->eml) {
		r = digest_random_id(cli->conf, &id, &cli->err);
		if (r == 0)
			r = edition_write_message(
				edition, cli->conf, digest, str_text(&id), now, &bytes, &cli->err);
	} else {
		str_addf(&cli->out, CLI_BOLD "%s" CLI_PLAIN "\n\n", edition->document.subject);
		r = document_write_text(&edition->document, PREVIEW_COLUMNS, &cli->out, &cli->err);
	}
	if (r < 0)
		return cli_fail(cli, r);
	/* Bytes of a message go out as they are: CR and all. */
	if (fwrite(str_text(&bytes), 1, bytes.len, stdout) != bytes.len)
		return cli_complain(cli, EX_IOERR, "cannot write the output: %s", strerror(errno));
	return 0;
}

int verb_preview(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("text", CLI_FLAG, struct preview, text),
		CLI_OPTION("html", CLI_FLAG, struct preview, html),
		CLI_OPTION("eml", CLI_FLAG, struct preview, eml),
		CLI_OPTION("on", CLI_TEXT, struct preview, on),
	};
	_cleanup_edition_ struct edition edition = { 0 };
	const struct conf_digest *digest = NULL;
	struct preview preview = { 0 };
	int64_t now;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &preview), r;

	if (status || cli->help)
		return status;
	status = cli_look(cli);
	if (status == 0)
		status = digest_find(cli, &digest);
	if (status == 0)
		status = preview_instant(cli, digest, preview.on, &now);
	if (status)
		return status;
	r = slot_preview(
		&edition, cli->store, cli->conf, digest, now, preview.on != NULL, &cli->err);
	return r < 0 ? cli_fail(cli, r) : preview_write(cli, &edition, &preview, digest, now);
}

struct test_send {
	const char *to;
	bool verbose;
	struct cli *cli;
	struct courier *courier;
	size_t open;
	int status;
	bool accepted;                 /* one of them */
	const char *const *recipients; /* by the number of the mail */
};

static void test_json(struct test_send *test, const char *to, const struct post_result *result)
{
	static const char *const outcomes[] = {
		[POST_SENT] = "sent",
		[POST_DEFERRED] = "deferred",
		[POST_REFUSED] = "refused",
		[POST_SERVER] = "failed",
		[POST_IN_DOUBT] = "in doubt",
	};
	struct json *js = &test->cli->js;

	if (!test->cli->json)
		return;
	json_object_begin(js);
	json_add_string(js, "to", to);
	json_add_string(js, "outcome", outcomes[result->outcome]);
	json_add_string(js, "text", result->text);
	json_object_end(js);
}

static void test_ready(void *userdata, uint64_t mail)
{
	struct test_send *test = userdata;

	/* Nothing is recorded for a test: the dot may go. */
	(void)courier_confirm(test->courier, mail, &test->cli->err);
}

/* The service, its sender and the database speak English. */
static const char *digest_retell(struct str *out, const char *text)
{
	retell(out, text, err_translate);
	return out->failed ? text : str_text(out);
}

static int test_status(const struct post_result *result)
{
	if (result->outcome == POST_DEFERRED)
		return EX_TEMPFAIL;
	return post_cause_is_login(result->cause) ? EX_NOPERM : EX_UNAVAILABLE;
}

static void test_settled(void *userdata, uint64_t mail, const struct post_result *result)
{
	struct test_send *test = userdata;
	const char *advice = post_cause_advice(result->cause), *to = test->recipients[mail];
	_cleanup_str_ struct str words = STR_INIT;
	int status = test_status(result);

	test->open--;
	test_json(test, to, result);
	if (result->outcome == POST_SENT) {
		test->accepted = true;
		if (!test->cli->json)
			str_addf(&test->cli->out,
				_("The mail server took the test mail for %s. Look into the mailbox.\n"),
				to);
		return;
	}
	/* What is wrong with one mail counts more than what may pass with another. */
	if (!test->status || test->status == EX_TEMPFAIL)
		test->status = status;
	if (result->outcome == POST_IN_DOUBT) {
		(void)cli_complain(test->cli, status,
			"the test mail for %s was perhaps taken, look into the mailbox: %s", to,
			digest_retell(&words, result->text));
		return;
	}
	(void)cli_complain(test->cli, status, "the test mail for %s was not sent: %s", to,
		digest_retell(&words, result->text));
	if (status == EX_TEMPFAIL)
		advice = N_("This may pass by itself: run `nudge test-send` again in a while.");
	if (*advice)
		(void)fprintf(stderr, "       %s\n", err_translate(advice));
}

static void test_trace(void *userdata, const char *line)
{
	(void)userdata;
	(void)fprintf(stderr, "%s\n", line);
}

static int test_wait(struct test_send *test)
{
	int r = 0;

	while (r == 0 && test->open) {
		struct pollfd p = { courier_fd(test->courier), courier_events(test->courier), 0 };

		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			return err_set(&test->cli->err, -errno, "cannot wait: %s", strerror(errno));
		r = courier_dispatch(test->courier, &test->cli->err);
	}
	return r;
}

static int test_start(
	const struct test_send *test, const struct courier_handler *handler, struct courier **ret)
{
	_cleanup_route_ struct route route = { 0 };
	struct cli *cli = test->cli;
	int r = route_make(&route, cli->conf, &cli->err);

	route.server.trace = test->verbose;
	if (r == 0)
		r = courier_new(ret, &route.server, handler, &cli->err);
	return r < 0 ? cli_fail(cli, r) : 0;
}

static int test_refuse_idle(const struct cli *cli)
{
	_cleanup_str_ struct str command = STR_INIT;

	switch (ask_start_command(cli, &command)) {
	case ASK_TIMER:
		return cli_complain(cli, EX_NOPERM,
			"the password is a credential, which a running service alone has; for this, `%s`, and stop it "
			"afterwards: nudged-once.timer goes on",
			str_text(&command));
	case ASK_PROGRAM:
		return cli_complain(cli, EX_NOPERM,
			"the password is a credential, which systemd gives to its services alone, and it knows none "
			"for this configuration; password_file does without");
	default:
		return cli_complain(cli, EX_NOPERM,
			"the password is a credential, which the service alone has; start it with `%s`",
			str_text(&command));
	}
}

/* systemd gives credentials to the service alone: it lends a sender that has the password. */
static int test_borrow(
	const struct test_send *test, const struct courier_handler *handler, struct courier **ret)
{
	struct cli *cli = test->cli;
	struct control_packet reply;
	int status;

	if (!ask_is_possible(cli))
		return test_refuse_idle(cli);
	status = ask_service(cli, "sender", test->verbose ? "trace" : "", ASK_MSEC, &reply);
	if (status)
		return status;
	if (reply.fd < 0)
		return cli_complain(cli, EX_PROTOCOL, "the service lent no sender");
	return courier_adopt(ret, reply.fd, handler, &cli->err) < 0 ? cli_fail(cli, -ENOMEM) : 0;
}

static int test_send_all(
	struct test_send *test, const struct conf *conf, const struct str *bytes, size_t n)
{
	const struct courier_handler handler = { test_ready, test_settled,
		test->verbose ? test_trace : NULL, NULL, test };
	_cleanup_(courier_freep) struct courier *courier = NULL;
	struct err *e = &test->cli->err;
	bool borrows = conf->smtp.password_credential && !getenv("CREDENTIALS_DIRECTORY");
	int status = borrows ? test_borrow(test, &handler, &courier)
			     : test_start(test, &handler, &courier);
	int r = 0;

	if (status)
		return status;
	test->courier = courier;
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = courier_post(courier, i, conf->smtp.from.address, test->recipients[i],
			bytes->data, bytes->len, e);
		test->open += r == 0;
	}
	if (r == 0 && test->cli->json)
		json_array_begin(&test->cli->js);
	if (r == 0)
		r = test_wait(test);
	if (r == 0 && test->cli->json)
		json_array_end(&test->cli->js);
	if (r < 0)
		str_clear(&test->cli->out);
	/* What waits in the outbox for that server need not wait any longer. */
	if (r == 0 && test->accepted)
		ask_hurry(test->cli);
	return r < 0 ? cli_fail(test->cli, r) : test->status;
}

/* The digest as it would be, its subject marked, to the digest's recipients or to one address. */
static int test_compose(struct cli *cli, const struct conf_digest *digest, struct str *bytes)
{
	_cleanup_edition_ struct edition edition = { 0 };
	_cleanup_str_ struct str id = STR_INIT, subject = STR_INIT;
	int64_t now = clock_now(&cli->clock);
	int r = edition_prepare(
		&edition, cli->store, cli->conf->path, digest, NULL, now, &cli->err);

	if (r == 0)
		r = digest_random_id(cli->conf, &id, &cli->err);
	if (r < 0)
		return r;
	str_addf(&subject, "[Test] %s", edition.document.subject);
	free(edition.document.subject);
	edition.document.subject = str_take(&subject);
	if (!edition.document.subject)
		return err_oom(&cli->err);
	return edition_write_message(
		&edition, cli->conf, digest, str_text(&id), now, bytes, &cli->err);
}

int verb_test_send(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("to", CLI_TEXT, struct test_send, to),
		{ .name = "verbose",
			.type = CLI_FLAG,
			.offset = offsetof(struct test_send, verbose),
			.letter = 'v' },
	};
	_cleanup_str_ struct str bytes = STR_INIT;
	struct test_send test = { .cli = cli };
	const struct conf_digest *digest = NULL;
	struct conf_digest to_one;
	struct mime_address address = { 0 };
	_cleanup_free_ const char **recipients = NULL;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &test), r;

	if (status || cli->help)
		return status;
	status = cli_look(cli);
	if (status == 0)
		status = digest_find(cli, &digest);
	if (status)
		return status;
	to_one = *digest;
	if (test.to) {
		if (mime_address_parse(&address, test.to, &cli->err) < 0)
			return cli_usage(cli, "--to: %s", cli->err.text);
		to_one.to = &address;
		to_one.n_to = 1;
	}
	recipients = calloc(to_one.n_to, sizeof(*recipients));
	r = recipients ? test_compose(cli, &to_one, &bytes) : err_oom(&cli->err);
	for (size_t i = 0; recipients && i < to_one.n_to; i++)
		recipients[i] = to_one.to[i].address;
	test.recipients = recipients;
	status = r < 0 ? cli_fail(cli, r) : test_send_all(&test, cli->conf, &bytes, to_one.n_to);
	mime_address_done(&address);
	return status;
}

static int send_tell(const struct cli *cli, const struct outbox_error *delivery)
{
	_cleanup_str_ struct str words = STR_INIT;
	const char *text = digest_retell(&words, delivery->text);

	if (str_equal(delivery->state, "sent"))
		return 0;
	if (str_equal(delivery->state, "refused"))
		return cli_complain(cli, EX_UNAVAILABLE, "the digest for %s was refused: %s",
			delivery->recipient, text);
	if (str_equal(delivery->state, "in doubt"))
		return cli_complain(cli, EX_TEMPFAIL,
			"the digest for %s was perhaps taken, look into the mailbox: %s",
			delivery->recipient, text);
	if (str_equal(delivery->state, "withdrawn"))
		return cli_complain(cli, CLI_REFUSED,
			"the digest for %s was not sent: a newer one was made meanwhile and takes its place",
			delivery->recipient);
	return cli_complain(cli, EX_TEMPFAIL, "the digest for %s waits for its next try%s%s",
		delivery->recipient, *text ? ": " : "", text);
}

static void send_json(struct cli *cli, const struct outbox_error *delivery)
{
	json_object_begin(&cli->js);
	json_add_string(&cli->js, "to", delivery->recipient);
	json_add_string(&cli->js, "outcome", delivery->state);
	json_add_string(&cli->js, "text", delivery->text);
	json_object_end(&cli->js);
}

/* How it went with each recipient is in the database by now. */
static int send_report(struct cli *cli, const char *message_id)
{
	_cleanup_outbox_errors_ struct outbox_errors deliveries = { 0 };
	int status = 0, r = outbox_list_message(cli->store, message_id, &deliveries, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < deliveries.n; i++) {
		const struct outbox_error *delivery = &deliveries.all[i];
		int one = send_tell(cli, delivery);

		status = status && status != EX_TEMPFAIL ? status : one ? one : status;
		if (cli->json)
			send_json(cli, delivery);
		else if (!one)
			str_addf(&cli->out, _("Sent to %s.\n"), delivery->recipient);
	}
	if (cli->json)
		json_array_end(&cli->js);
	return status;
}

struct send {
	bool arrived, again;
};

/* Of several digests it is to be said which one is meant, as for what is sent anew. */
static int send_check_one(struct cli *cli, const struct send *send)
{
	_cleanup_free_ char *first = NULL, *last = NULL;
	int r = outbox_find_holding(cli->store, &first, &last, &cli->err);

	if (r <= 0)
		return r < 0 ? cli_fail(cli, r) : 0;
	if (str_equal(first, last))
		return 0;
	return cli_usage(cli,
		"mails of several digests are held; which one is meant? For example: nudge send %s %s",
		first, send->arrived ? "--arrived" : "--again");
}

/* What nobody but the person can know of: whether a mail that is held is in the mailbox. */
static int send_settle(struct cli *cli, const struct send *send)
{
	const char *digest = cli->words.n ? cli->words.all[0] : NULL;
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(cli->store, &transaction, &cli->err), n = 0;

	if (r == 0)
		r = n = outbox_settle_held(
			cli->store, digest, send->arrived, clock_now(&cli->clock), &cli->err);
	if (r >= 0)
		r = store_commit(&transaction, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (n == 0)
		return cli_complain(cli, CLI_REFUSED, "no mail is held in doubt");
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_int(&cli->js, send->arrived ? "arrived" : "again", n);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out,
			send->arrived ? ngettext("%d mail has arrived, then.\n",
						"%d mails have arrived, then.\n", (unsigned long)n)
				      : ngettext("%d mail is sent once more.\n",
						"%d mails are sent once more.\n", (unsigned long)n),
			n);
	}
	return 0;
}

/* The service may know what to send though the file, as it stands now, does not say it. */
static int send_open(struct cli *cli)
{
	_cleanup_str_ struct str line = STR_INIT;
	int status = cli_load_conf(cli, true);

	if (status && (status != EX_CONFIG || !ask_learn(cli, &line)))
		return status;
	return cli_look(cli);
}

int verb_send(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("arrived", CLI_FLAG, struct send, arrived),
		CLI_OPTION("again", CLI_FLAG, struct send, again),
	};
	const struct conf_digest *digest = NULL;
	struct control_packet reply;
	struct send send = { 0 };
	bool settles;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &send);

	if (status || cli->help)
		return status;
	if (send.arrived && send.again)
		return cli_usage(cli, "--arrived and --again exclude each other");
	settles = send.arrived || send.again;
	status = settles ? cli_open(cli) : send_open(cli);
	if (status == 0 && cli->conf && (cli->words.n || !settles))
		status = digest_find(cli, &digest);
	if (status == 0 && settles && !cli->words.n)
		status = send_check_one(cli, &send);
	if (status == 0 && settles)
		return send_settle(cli, &send);
	if (status == 0)
		status = ask_service(cli, "send",
			digest                 ? digest->name
				: cli->words.n ? cli->words.all[0]
					       : "",
			ASK_SEND_MSEC, &reply);
	return status ? status : send_report(cli, reply.words[1]);
}
