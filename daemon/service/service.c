/* SPDX-License-Identifier: MIT */
/*
 * service: the loop of nudged.
 *
 * Whatever happens -- a timer, a command's change, a report of the sender -- leads to one look:
 * service_look() takes the slots that are due, moves the deliveries on and arms the timer for the
 * next thing. It may be called at any time and any number of times.
 */
#include "service/service-internal.h"

#include "agenda/retry.h"
#include "base/lock.h"
#include "book/hosted.h"
#include "book/keepsake.h"
#include "book/outbox.h"
#include "book/troubles.h"
#include "service/clockwatch.h"
#include "service/daily.h"
#include "service/journal.h"
#include "service/notify.h"
#include "service/password.h"
#include "service/status.h"
#include "service/watch.h"
#include "service/zonewatch.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sysexits.h>
#include <sys/epoll.h>
#include <unistd.h>

#define SERVICE_SETTLE_USEC   50000    /* a command writes in several steps: look after the last */
#define SERVICE_BUSY_USEC     100000   /* until a lock of another process is asked for again */
#define SERVICE_STATUS_USEC   1000000  /* between two status lines while mails are on their way */
#define SERVICE_TROUBLE_USEC  60000000 /* until the disk or the file is tried again */
#define SERVICE_FAREWELL_USEC 5000000  /* for the mails on their way, at the end */

static int service_look(struct service *service);

static void service_done(struct service *service)
{
	const int fds[] = { service->clock, service->zones };

	desk_free(service->desk);
	delivery_free(service->delivery);
	roster_done(&service->slots.roster);
	loop_free(service->loop);
	tenure_done(&service->tenure);
	witness_done(&service->witness);
	conf_free(service->conf);
	str_done(&service->reload_error);
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		if (fds[i] >= 0)
			(void)close(fds[i]);
}

static int service_load_conf(struct service *service, struct conf **ret)
{
	_cleanup_str_ struct str errors = STR_INIT;
	int r = conf_load(
		ret, service->options.config_path, clock_now(&service->options.clock), &errors);
	char *rest, *line;

	str_clear(&service->reload_error);
	if (r == 0)
		return 0;
	str_add_bytes(&service->reload_error, str_text(&errors), strcspn(str_text(&errors), "\n"));
	for (rest = errors.data; (line = strsep(&rest, "\n"));)
		if (*line)
			journal_tell(LOG_ERR, JOURNAL_CONFIGURATION, "%s", line);
	return r;
}

/* --- the database --- */

static int on_change(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;

	if (!watch_read(service->tenure.watch, service->conf->database))
		return 0;
	return loop_delay(service->again, SERVICE_SETTLE_USEC);
}

static int service_open_book(struct service *service, struct err *reterr)
{
	_cleanup_(delivery_freep) struct delivery_round *delivery = NULL;
	struct loop_source *source;
	/* Another one may be at work on what this one would make anew. */
	int r = keepsake_ask_service(service->options.config_path, service->conf->database, reterr);

	if (r == 0)
		r = tenure_take(&service->tenure, service->conf->database, reterr);

	if (r == 0)
		r = delivery_new(&delivery, service->tenure.store, service->conf,
			&service->options.clock, reterr);
	if (r < 0)
		return r;
	r = loop_add_fd(service->loop, &source, service->tenure.watch, EPOLLIN, on_change, service);
	if (r < 0)
		return err_set(reterr, r, "cannot watch the database: %s", strerror(-r));
	service->slots.roster.store = service->tenure.store;
	service->delivery = TAKE_PTR(delivery);
	/* Whoever starts it anew has perhaps mended something. */
	if (!service->options.once) {
		delivery_hurry(service->delivery);
		service_open_desk(service);
	}
	store_set_patience(service->tenure.store, SERVICE_PATIENCE_MS);
	return 0;
}

/* --- a look --- */

/* Whether the clock is one to take slots by; where it is not, when to look again. */
static int service_weigh_clock(struct service *service, struct err *reterr)
{
	struct trust_sight sight;
	int64_t seconds;
	int r;

	clock_see(&service->options.clock, &sight);
	r = clockwatch_weigh(service->tenure.store, service->conf, &sight, &seconds, reterr);
	if (r < 0)
		return r;
	clockwatch_tell((enum clockwatch)r, service->doubts_clock);
	service->doubts_clock = r == CLOCKWATCH_WAITS;
	delivery_hold(service->delivery, service->doubts_clock);
	return service->doubts_clock ? loop_delay(service->wait, (uint64_t)(seconds + 1) * 1000000)
				     : 0;
}

static int service_next_time(struct service *service, int64_t *ret, struct err *reterr)
{
	int64_t now = clock_now(&service->options.clock), slot = INT64_MAX;
	int r = delivery_next_time(service->delivery, ret, reterr);

	if (r == 0 && !service->doubts_clock)
		r = slots_next(&service->slots, now, &slot, reterr);
	*ret = slot < *ret ? slot : *ret;
	return r;
}

static int service_arm(struct service *service, struct err *reterr)
{
	int64_t next;
	int r = service_next_time(service, &next, reterr);

	if (r < 0)
		return r;
	if (next == INT64_MAX || service->ending)
		return loop_unset_timer(service->timer);
	return loop_set_timer(service->timer, clock_system_usec(&service->options.clock, next));
}

/* The sender comes and goes: its descriptor is watched as long as it is the same one. */
static int on_sender(struct loop_source *source UNUSED, void *userdata)
{
	return service_look(userdata);
}

static int service_watch_sender(struct service *service)
{
	int fd = delivery_fd(service->delivery);

	if (fd != service->sender_fd) {
		loop_remove(service->sender);
		service->sender = NULL;
		service->sender_fd = fd;
		if (fd >= 0)
			return loop_add_fd(service->loop, &service->sender, fd,
				(uint32_t)delivery_events(service->delivery), on_sender, service);
	}
	/* The bits of poll and epoll are the same on Linux. */
	return fd < 0 ? 0
		      : loop_watch(service->sender, (uint32_t)delivery_events(service->delivery));
}

/* Many mails may be on their way, one look after the other: the line, for which all are counted, is written
 * once a second then, and when there is nothing left to do. */
static bool service_is_told(struct service *service)
{
	uint64_t now = clock_uptime_usec();

	if (delivery_on_the_way(service->delivery) &&
		now < service->told_at_usec + SERVICE_STATUS_USEC)
		return true;
	service->told_at_usec = now;
	return false;
}

static void service_notify(struct service *service)
{
	_cleanup_str_ struct str status = STR_INIT;

	service_write_status(service, &status);
	notify_status(str_text(&status));
}

/* A service before this one may have met it first. */
static int64_t service_trouble_since(const struct service *service)
{
	int64_t now = clock_now(&service->options.clock), since = service->witness.trouble_since;

	return since && since < now ? since : now;
}

static void service_note_trouble(struct service *service, const struct err *told)
{
	if (!str_equal(service->trouble.text, told->text))
		journal_tell(LOG_ERR, JOURNAL_DATABASE, "%s", told->text);
	service->trouble = *told;
	witness_set_trouble(&service->witness, service_trouble_since(service), told);
	service_notify(service);
}

/* Nothing is claimed that could not be recorded: the service stays, says so, and tries again. */
static int service_stumble(struct service *service, int error, const struct err *e)
{
	struct err told = *e;

	service->stumbled = true;
	slots_renew(&service->slots, service->conf);
	if (error != -EBUSY)
		patience_renew(&service->patience);
	else if (patience_lasts(&service->patience, clock_uptime_usec()))
		return loop_delay(service->again, SERVICE_BUSY_USEC);
	else
		patience_blame(service->conf->database, PATIENCE_SECONDS, &told);
	service_note_trouble(service, &told);
	if (service->options.once)
		return loop_end(service->loop, service_status_of(error));
	/* Another database, or one of a newer program: a fresh start opens it, and checks it as it would any. */
	if (error == -ESTALE)
		return loop_end(service->loop, EX_TEMPFAIL);
	return loop_delay(
		service->again, error == -EBUSY ? SERVICE_BUSY_USEC : SERVICE_TROUBLE_USEC);
}

/* What a burst of mails or a large digest took is not kept until the next one, which may be days away. */
static void service_rest(struct service *service)
{
	if (delivery_on_the_way(service->delivery))
		return;
	store_rest(service->tenure.store);
	(void)malloc_trim(0);
}

/* Digests that are due, of which the timer brings the next ones at once. */
static bool service_has_more(struct service *service)
{
	int64_t next, now = clock_now(&service->options.clock);

	return slots_next(&service->slots, now, &next, NULL) == 0 && next <= now;
}

static int service_maybe_end(struct service *service)
{
	int64_t next;
	struct err e;
	int r;

	if (delivery_on_the_way(service->delivery))
		return 0;
	if (service->ending)
		return loop_end(service->loop, 0);
	if (!service->options.once)
		return 0;
	if (service->doubts_clock)
		return loop_end(service->loop, EX_TEMPFAIL);
	if (service_has_more(service))
		return 0;
	if (service->slots.failed)
		return loop_end(service->loop, service_status_of(service->slots.failed));
	/* What is held for the person waits for no further try. */
	r = outbox_next_time(service->tenure.store, &next, &e);
	if (r == 0)
		r = password_look(service->tenure.store, service->conf,
			clock_now(&service->options.clock), &e);
	else
		r = EX_TEMPFAIL;
	return loop_end(service->loop, r);
}

/* What is due by them may be another instant. */
static int service_renew_zones(struct service *service, struct err *reterr)
{
	int r = hosted_look_again(service->tenure.store, reterr);

	if (r < 0)
		return r;
	zonewatch_renew(service->zones, service->conf);
	zonecache_empty(&service->slots.roster.zones);
	slots_renew(&service->slots, service->conf);
	service->zones_changed = false;
	return 0;
}

/* All that needs the database, from the slots to the timer. */
static int service_work(struct service *service, struct err *reterr)
{
	int r = store_check_place(service->tenure.store, reterr);

	if (r == 0)
		r = lock_check_place(service->tenure.lock, reterr);
	if (r == 0)
		r = witness_look(&service->witness, service->tenure.store, reterr);
	if (r == 0 && !service->recovered)
		r = delivery_recover(service->delivery, reterr);
	service->recovered = service->recovered || r == 0;
	if (r == 0 && service->zones_changed)
		r = service_renew_zones(service, reterr);
	if (r == 0)
		r = service_weigh_clock(service, reterr);
	/* Before the digests that waited for its end: they tell of it. */
	if (r == 0 && service->witness.trouble_since)
		r = troubles_set_past(service->tenure.store, service_trouble_since(service),
			clock_now(&service->options.clock), service->witness.trouble.text, reterr);
	if (r == 0 && !service->ending && !service->doubts_clock)
		r = slots_take(&service->slots, clock_now(&service->options.clock), reterr);
	if (r == 0)
		r = delivery_work(service->delivery, reterr);
	if (r == 0)
		r = witness_look(&service->witness, service->tenure.store, reterr);
	return r < 0 ? r : service_arm(service, reterr);
}

/* On a disk that is full or read-only from the start. */
static int service_wait_for_book(struct service *service, int error, const struct err *e)
{
	if (service->options.once || !tenure_is_worth_waiting(error)) {
		journal_tell(LOG_ERR, JOURNAL_DATABASE, "%s", e->text);
		return loop_end(service->loop, service_status_of(error));
	}
	service_note_trouble(service, e);
	return loop_delay(service->again, SERVICE_TROUBLE_USEC);
}

/* A file that went or was emptied amid a look is not damaged. */
static int service_find_cause(const struct service *service, int error, struct err *ret)
{
	struct err e;
	int r = store_check_place(service->tenure.store, &e);

	if (r < 0)
		*ret = e;
	return r < 0 ? r : error;
}

/* Before anything is read: what is committed meanwhile is then seen as one more change. */
static void service_note_changes(struct service *service)
{
	int64_t version = store_data_version(service->tenure.store);

	if (version != service->data_version || !version)
		slots_renew(&service->slots, service->conf);
	service->data_version = version;
}

static int service_look(struct service *service)
{
	struct err e = { "" };
	int read, r, watched;

	if (!service->delivery) {
		r = service_open_book(service, &e);
		if (r < 0)
			return service_wait_for_book(service, r, &e);
	}
	service_note_changes(service);
	/* First and in any case, or the sender's descriptor would wake the loop at once again. */
	read = delivery_read(service->delivery, &e);
	r = read < 0 ? read : service_work(service, &e);
	watched = service_watch_sender(service);
	if (watched < 0)
		return watched;
	if (r < 0)
		return service_stumble(service, service_find_cause(service, r, &e), &e);
	if (service->trouble.text[0])
		journal_write(LOG_NOTICE, NULL, "the database can be used again");
	service->stumbled = service->asked = false;
	service->trouble.text[0] = '\0';
	witness_set_trouble(&service->witness, 0, &service->trouble);
	patience_renew(&service->patience);
	/* After all digests: they are not to wait for a large copy. */
	if (!service->doubts_clock && !service->ending && !service_has_more(service))
		daily_back_up(service->tenure.store, clock_now(&service->options.clock),
			&service->backup_day);
	if (!service_is_told(service))
		service_notify(service);
	if (service->desk)
		desk_look(service->desk);
	service_rest(service);
	return service_maybe_end(service);
}

/* --- events --- */

static int on_timer(struct loop_source *source UNUSED, void *userdata)
{
	return service_look(userdata);
}

/* Somebody has set the clock: what waited for an instant may be due, or far away. */
static int on_clock(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;

	clockwatch_read(service->clock);
	slots_renew(&service->slots, service->conf);
	/* Where the database is busy, the next start does it. */
	if (service->delivery)
		(void)outbox_hasten(service->tenure.store,
			clock_now(&service->options.clock) + RETRY_LONGEST_SECONDS, NULL);
	return service_look(service);
}

/* Soon after a change: looks if another process has committed; while it still writes, later. */
static int on_again(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;
	int64_t version = service->delivery ? store_data_version(service->tenure.store) : 0;

	return !service->delivery || service->asked || service->stumbled ||
			service->zones_changed || version != service->data_version ||
			store_check_place(service->tenure.store, NULL) < 0
		? service_look(service)
		: 0;
}

static int on_zones(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;

	if (!zonewatch_read(service->zones, service->conf))
		return 0;
	service->zones_changed = true;
	return loop_delay(service->again, SERVICE_SETTLE_USEC);
}

static int on_farewell(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;

	return loop_end(service->loop, 0);
}

static int on_terminate(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;

	service->ending = true;
	notify_stopping();
	if (service->delivery)
		delivery_close(service->delivery);
	if (!service->delivery || !delivery_on_the_way(service->delivery))
		return loop_end(service->loop, 0);
	return loop_delay(service->farewell, SERVICE_FAREWELL_USEC);
}

/* Everything is read and checked before anything is swapped. */
static void service_reload(struct service *service)
{
	_cleanup_(conf_freep) struct conf *conf = NULL;

	if (service_load_conf(service, &conf) < 0) {
		journal_write(LOG_ERR, NULL,
			"the configuration was not reloaded; the old one stays in force");
		return;
	}
	if (!str_equal(conf->database, service->conf->database)) {
		str_addf(&service->reload_error, "`database` was changed: that needs a restart");
		journal_tell(
			LOG_ERR, JOURNAL_CONFIGURATION, "%s", str_text(&service->reload_error));
		return;
	}
	if (service->delivery)
		delivery_reconfigure(service->delivery, conf);
	conf_free(service->conf);
	service->conf = TAKE_PTR(conf);
	slots_renew(&service->slots, service->conf);
	zonewatch_follow(service->zones, service->conf);
	journal_write(LOG_INFO, NULL, "configuration reloaded");
}

static int on_reload(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;

	notify_reloading();
	service_reload(service);
	notify_ready();
	return service_look(service);
}

/* A ping says that the loop turns and that the database answers, be it with an error: what cannot be
 * written on a full disk no restart mends. */
static int on_alive(struct loop_source *source UNUSED, void *userdata)
{
	struct service *service = userdata;
	uint64_t usec = notify_watchdog_usec();

	if (!usec)
		return 0;
	if (service->delivery)
		(void)store_data_version(service->tenure.store);
	notify_alive();
	return loop_delay(service->alive, usec / 2);
}

/* --- the start --- */

static int service_add_sources(struct service *service)
{
	const struct {
		struct loop_source **ret;
		clockid_t clock;
		loop_callback on;
	} timers[] = {
		{ &service->timer, CLOCK_REALTIME, on_timer },
		{ &service->wait, CLOCK_BOOTTIME, on_timer },
		{ &service->again, CLOCK_BOOTTIME, on_again },
		{ &service->farewell, CLOCK_BOOTTIME, on_farewell },
		{ &service->alive, CLOCK_BOOTTIME, on_alive },
	};
	const struct {
		int fd;
		loop_callback on;
	} fds[] = { { service->clock, on_clock }, { service->zones, on_zones } };
	static const struct {
		int number;
		loop_callback on;
	} signals[] = { { SIGTERM, on_terminate }, { SIGINT, on_terminate },
		{ SIGHUP, on_reload } };
	struct loop_source *source;
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(timers); i++)
		r = loop_add_timer(
			service->loop, timers[i].ret, timers[i].clock, timers[i].on, service);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(fds); i++)
		r = loop_add_fd(service->loop, &source, fds[i].fd, EPOLLIN, fds[i].on, service);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(signals); i++)
		r = loop_add_signal(service->loop, signals[i].number, signals[i].on, service);
	return r;
}

/* All that needs no disk. */
static int service_open(struct service *service, struct err *reterr)
{
	int r = witness_load(&service->witness, service->conf->database, reterr);

	if (r < 0)
		return r;
	service->clock = clockwatch_open(reterr);
	if (service->clock < 0)
		return service->clock;
	service->zones = zonewatch_open(service->conf, reterr);
	if (service->zones < 0)
		return service->zones;
	slots_renew(&service->slots, service->conf);
	r = loop_new(&service->loop);
	if (r == 0)
		r = service_add_sources(service);
	return r < 0 ? err_set(reterr, r, "cannot set up the event loop: %s", strerror(-r)) : 0;
}

int service_run(const struct service_options *options)
{
	_cleanup_(service_done) struct service service = { .options = *options,
		.tenure = TENURE_INIT,
		.clock = -1,
		.zones = -1,
		.sender_fd = -1 };
	struct err e = { "" };
	int r;

	/* Whoever has started it may send a signal at once: it waits for the loop. */
	loop_block_signals((const int[]){ SIGTERM, SIGINT, SIGHUP }, 3);
	r = service_load_conf(&service, &service.conf);
	if (r < 0)
		return r == -EACCES || r == -EPERM ? EX_NOPERM : EX_CONFIG;
	r = service_open(&service, &e);
	if (r == 0)
		r = service_open_book(&service, &e);
	/* Beside a service, which sends what is due, there is nothing wrong. */
	if (r == -EBUSY && options->once)
		journal_write(LOG_NOTICE, NULL, "%s", e.text);
	else if (r < 0 && (options->once || !tenure_is_worth_waiting(r)))
		journal_tell(LOG_ERR, JOURNAL_DATABASE, "%s", e.text);
	if (r < 0 && (options->once || !tenure_is_worth_waiting(r)))
		return service_status_of(r);
	notify_ready();
	r = on_alive(NULL, &service);
	if (r == 0)
		r = service_look(&service);
	if (r == 0)
		r = loop_run(service.loop);
	if (r < 0)
		journal_write(LOG_ERR, NULL, "the event loop failed: %s", strerror(-r));
	return r < 0 ? EX_OSERR : r;
}
