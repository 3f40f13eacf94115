/* SPDX-License-Identifier: MIT */
/*
 * zonecache: time zones that many share, each read once.
 */
#include "base/zonecache.h"

#include "base/zonefile.h"
#include "core/str.h"

static void zonecache_drop(struct zonecache *cache, size_t place)
{
	free(cache->kept[place].name);
	zone_free(cache->kept[place].zone);
}

static size_t zonecache_make_room(struct zonecache *cache)
{
	size_t place = cache->oldest;

	if (cache->n < ZONECACHE_MAX)
		return cache->n++;
	zonecache_drop(cache, place);
	cache->oldest = (place + 1) % ZONECACHE_MAX;
	return place;
}

int zonecache_get(struct zonecache *cache, const char *name, struct zone **ret, struct err *reterr)
{
	_cleanup_free_ char *copy = NULL;
	struct zone *zone = NULL;
	size_t place;
	int r;

	for (size_t i = 0; i < cache->n; i++)
		if (str_equal(cache->kept[i].name, name)) {
			*ret = cache->kept[i].zone;
			return 0;
		}
	copy = str_dup(name);
	if (!copy)
		return err_oom(reterr);
	r = zonefile_load(&zone, name, reterr);
	if (r < 0)
		return r;
	place = zonecache_make_room(cache);
	cache->kept[place].name = TAKE_PTR(copy);
	cache->kept[place].zone = zone;
	cache->reads++;
	*ret = zone;
	return 0;
}

void zonecache_empty(struct zonecache *cache)
{
	while (cache->n)
		zonecache_drop(cache, --cache->n);
	cache->oldest = 0;
}
