/* SPDX-License-Identifier: MIT */
/*
 * service-requests: what the command asks the running service for.
 */
#include "service/service-internal.h"

#include "base/control.h"
#include "base/lock.h"
#include "book/outbox.h"
#include "digest/slot.h"
#include "post/route.h"
#include "service/journal.h"
#include "service/status.h"

#include <errno.h>
#include <sysexits.h>

#define SERVICE_REQUEST_PATIENCE_MS 1000

const char *service_own_trouble(const struct service *service)
{
	if (service->trouble.text[0])
		return service->trouble.text;
	return service->reload_error.len ? str_text(&service->reload_error)
		: service->slots.failed  ? service->slots.wrong.text
					 : "";
}

/* Whoever asks is told of a lock that is not worth the journal yet. */
static const char *service_tell_trouble(void *userdata)
{
	struct service *service = userdata;
	unsigned seconds = patience_seconds(&service->patience, clock_uptime_usec());

	if (service->trouble.text[0] || !seconds)
		return service_own_trouble(service);
	patience_blame(service->conf->database, seconds, &service->answer);
	return service->answer.text;
}

void service_write_status(struct service *service, struct str *out)
{
	const char *trouble = service_own_trouble(service);

	if (!*trouble)
		trouble = service->doubts_clock ? "the clock is not believed yet"
						: delivery_trouble(service->delivery);
	status_write(out, &service->slots, &service->options.clock, trouble);
}

static const char *service_tell_status(void *userdata, struct str *line)
{
	struct service *service = userdata;

	service_write_status(service, line);
	return service->conf->database;
}

int service_status_of(int r)
{
	switch (r) {
	case -EBUSY:
		return EX_TEMPFAIL;
	case -EACCES:
	case -EPERM:
		return EX_NOPERM;
	case -EMEDIUMTYPE:
	case -ESTALE:
	case -EUCLEAN:
	case -ENODATA:
	case -ERANGE:
		return EX_DATAERR;
	case -EMLINK:
		return EX_CONFIG;
	default:
		return EX_IOERR;
	}
}

static int service_send(void *userdata, const char *name, int64_t *ret_message, struct str *ret_id,
	struct err *reterr)
{
	struct service *service = userdata;
	const struct conf_digest *digest = NULL;
	int r;

	/* Whoever cannot read the configuration means the one that is first there. */
	if (!*name && service->conf->n_digests)
		name = service->conf->digests[0].name;
	r = roster_find_anywhere(&service->slots.roster, service->conf, name, &digest, reterr);

	if (r < 0)
		return r == -EINVAL ? EX_CONFIG : service_status_of(r);
	if (!digest) {
		(void)err_set(reterr, -ENOENT,
			"the service knows no digest \"%s\"; was it reloaded since that was written?",
			name);
		return EX_CONFIG;
	}
	if (service->doubts_clock) {
		(void)err_set(reterr, -EAGAIN, "the service does not believe the clock yet");
		return EX_TEMPFAIL;
	}
	/* Somebody waits for the answer, and is not to hear of a command that writes at this moment. */
	store_set_patience(service->tenure.store, SERVICE_REQUEST_PATIENCE_MS);
	r = witness_look(&service->witness, service->tenure.store, reterr);
	if (r == 0)
		r = slot_send_now(service->tenure.store, service->conf, digest,
			clock_now(&service->options.clock), ret_message, ret_id, reterr);
	store_set_patience(service->tenure.store, SERVICE_PATIENCE_MS);
	if (r < 0)
		return r == -ESTALE ? EX_TEMPFAIL : service_status_of(r);
	delivery_unpause(service->delivery); /* if it gets through, the others follow */
	service->asked = true;
	return loop_delay(service->again, 0) < 0 ? EX_OSERR : 0;
}

static bool service_is_settled(void *userdata, int64_t message)
{
	struct service *service = userdata;
	int64_t untried;

	if (outbox_count_untried(service->tenure.store, message, &untried, NULL) < 0)
		return false;
	return !untried ||
		(*delivery_trouble(service->delivery) && !delivery_on_the_way(service->delivery));
}

/* Somebody else got through to the server. */
static void service_hurry(void *userdata)
{
	struct service *service = userdata;

	delivery_hurry(service->delivery);
	service->asked = true;
	(void)loop_delay(service->again, 0);
}

static int service_lend(void *userdata, bool trace, pid_t *ret_pid, int *ret_fd, struct err *reterr)
{
	struct service *service = userdata;
	_cleanup_route_ struct route route = { 0 };
	int r = route_make(&route, service->conf, reterr);

	if (r < 0)
		return r == -ENOENT ? EX_CONFIG : EX_OSERR;
	route.server.trace = trace;
	return courier_lend(&route.server, ret_pid, ret_fd, reterr) < 0 ? EX_OSERR : 0;
}

void service_open_desk(struct service *service)
{
	_cleanup_free_ char *path = control_path_of(service->conf->database);
	struct err e = { "" };

	service->clerk = (struct desk_clerk){ service_send, service_is_settled,
		service_tell_trouble, service_tell_status, service_hurry, service_lend, service };
	if (path && desk_new(&service->desk, service->loop, path, &service->clerk, &e) == 0)
		(void)lock_write_holder(service->tenure.lock, path);
	else
		journal_write(
			LOG_NOTICE, NULL, "`nudge send` will not reach this service: %s", e.text);
}
