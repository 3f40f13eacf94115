/* SPDX-License-Identifier: MIT */
/*
 * slots: those of all digests of a configuration.
 */
#include "service/slots.h"

#include "digest/slot.h"
#include "service/journal.h"

static int slots_take_one(struct store *store, const struct conf *conf,
	const struct conf_digest *digest, int64_t now, struct err *reterr)
{
	struct slot_outcome outcome;
	int r = slot_take(store, conf, digest, now, &outcome, reterr);

	if (r == 0 && outcome.claimed)
		journal_write(LOG_INFO,
			&(struct journal_fields){ .digest = digest->name, .slot = outcome.slot },
			outcome.written ? "digest %s: written" : "digest %s: nothing to tell",
			digest->name);
	return r;
}

int slots_take(struct store *store, const struct conf *conf, int64_t now, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < conf->n_digests; i++) {
		int64_t due;

		r = slot_due(store, &conf->digests[i], now, &due, reterr);
		if (r == 0 && due <= now)
			r = slots_take_one(store, conf, &conf->digests[i], now, reterr);
	}
	return r < 0 ? r : 0;
}

int slots_next(
	struct store *store, const struct conf *conf, int64_t now, int64_t *ret, struct err *reterr)
{
	*ret = INT64_MAX;
	for (size_t i = 0; i < conf->n_digests; i++) {
		int64_t due;
		int r = slot_due(store, &conf->digests[i], now, &due, reterr);

		if (r < 0)
			return r;
		if (r == 0 && due < *ret)
			*ret = due;
	}
	return 0;
}
