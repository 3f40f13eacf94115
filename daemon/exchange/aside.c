/* SPDX-License-Identifier: MIT */
/*
 * aside: what readers said beside the people of their files.
 */
#include "exchange/aside.h"

#include "base/lang.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

static void asides_free(char **all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(all[i]);
	free(all);
}

void asides_done(struct asides *asides)
{
	for (size_t i = 0; i < asides->n_skipped; i++)
		free(asides->skipped[i].why);
	free(asides->skipped);
	asides_free(asides->columns, asides->n_columns);
	free(asides->advice);
	asides_free(asides->skills, asides->n_skills);
	for (size_t i = 0; i < asides->n_kept; i++)
		free(asides->kept[i].file);
	free(asides->kept);
	*asides = (struct asides){ 0 };
}

static int asides_append(char ***all, size_t *n, const char *text, struct err *reterr)
{
	char **more = reallocarray(*all, *n + 1, sizeof(*more));

	if (!more)
		return err_oom(reterr);
	*all = more;
	more[*n] = str_dup(text);
	return more[(*n)++] ? 0 : err_oom(reterr);
}

static int asides_skip(struct asides *asides, const char *why, struct err *reterr)
{
	struct aside_count *more;

	for (size_t i = 0; i < asides->n_skipped; i++)
		if (str_equal(asides->skipped[i].why, why)) {
			asides->skipped[i].n++;
			return 0;
		}
	more = reallocarray(asides->skipped, asides->n_skipped + 1, sizeof(*more));
	if (!more)
		return err_oom(reterr);
	asides->skipped = more;
	more[asides->n_skipped] = (struct aside_count){ str_dup(why), 1 };
	return more[asides->n_skipped++].why ? 0 : err_oom(reterr);
}

int asides_add(struct asides *asides, enum record_aside kind, const char *text, struct err *reterr)
{
	if (kind == RECORD_SKIPPED)
		return asides_skip(asides, text, reterr);
	if (kind == RECORD_COLUMNS)
		return asides_append(&asides->columns, &asides->n_columns, text, reterr);
	if (kind == RECORD_ADVICE) {
		if (!asides->advice)
			asides->advice = str_dup(text);
		return asides->advice ? 0 : err_oom(reterr);
	}
	return asides_append(&asides->skills, &asides->n_skills, text, reterr);
}

static const struct {
	const char *word, *plural;
} asides_topics[RECORD_TOPICS] = {
	[RECORD_EMAIL] = { "email", NC_("topic", "e-mail addresses") },
	[RECORD_PHONE] = { "phone", NC_("topic", "telephone numbers") },
	[RECORD_LINK] = { "link", NC_("topic", "links") },
	[RECORD_TAG] = { "tag", NC_("topic", "tags") },
	[RECORD_EXTRA] = { "extra", NC_("topic", "properties without a field") },
	[RECORD_ON_BIRTHDAY] = { "birthday", NC_("topic", "birthdays") },
	[RECORD_ON_DAYS] = { "occasions", NC_("topic", "other days") },
	[RECORD_ON_ORG] = { "org", NC_("topic", "organisations") },
	[RECORD_ON_TITLE] = { "title", NC_("topic", "titles") },
	[RECORD_ON_CITY] = { "city", NC_("topic", "cities") },
	[RECORD_ON_NOTE] = { "note", NC_("topic", "notes") },
};

const char *aside_topic(unsigned topic)
{
	return asides_topics[topic].word;
}

int asides_keep(struct asides *asides, const char *file, const int64_t people[RECORD_TOPICS],
	struct err *reterr)
{
	for (unsigned i = 0; i < RECORD_TOPICS; i++) {
		struct aside_kept *more;

		if (!people[i] || !asides_topics[i].word)
			continue;
		more = reallocarray(asides->kept, asides->n_kept + 1, sizeof(*more));
		if (!more)
			return err_oom(reterr);
		asides->kept = more;
		more[asides->n_kept] = (struct aside_kept){ str_dup(file), i, people[i] };
		if (!more[asides->n_kept++].file)
			return err_oom(reterr);
	}
	return 0;
}

static void asides_tell_kept(const struct aside_kept *kept, struct str *out)
{
	const char *plural = asides_topics[kept->topic].plural;

	str_addf(out,
		/* TRANSLATORS: a file, "e-mail addresses", how many people */
		_("%1$s has no %2$s any more; those of %3$lld people were kept, in case it is"
		  " only a part of the address book"),
		kept->file, lang_in_context(plural, strchr(plural, '\004') + 1),
		(long long)kept->people);
	str_add_char(out, '\n');
}

static bool asides_is_offered(const char *skill, char *const *offers, size_t n)
{
	_cleanup_str_ struct str a = STR_INIT;

	utf8_add_folded(&a, skill);
	for (size_t i = 0; i < n; i++) {
		_cleanup_str_ struct str b = STR_INIT;

		utf8_add_folded(&b, offers[i]);
		if (str_equal(str_text(&a), str_text(&b)))
			return true;
	}
	return false;
}

void asides_tell(const struct asides *asides, char *const *offers, size_t n, struct str *out)
{
	_cleanup_str_ struct str skills = STR_INIT;
	const char *first = NULL;

	for (size_t i = 0; i < asides->n_columns; i++)
		str_addf(out, "%s\n", asides->columns[i]);
	for (size_t i = 0; i < asides->n_kept; i++)
		asides_tell_kept(&asides->kept[i], out);
	for (size_t i = 0; i < asides->n_skills; i++) {
		const char *skill = asides->skills[i];

		if (asides_is_offered(skill, offers, n))
			continue;
		str_add_separator(&skills, ", ");
		str_add(&skills, skill);
		first = first ? first : skill;
	}
	if (first)
		str_addf(out,
			/* TRANSLATORS: skills, and the first of them */
			_("LinkedIn knows you for: %1$s.\nWhat of it would you offer? nudge me"
			  " --offers \"%2$s\" adds it; nothing was stored.\n"),
			str_text(&skills), first);
	out->failed |= skills.failed;
}
