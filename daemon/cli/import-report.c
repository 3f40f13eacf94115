/* SPDX-License-Identifier: MIT */
/*
 * import-report: what an import found, as it is said to a person.
 */
#include "cli/import-report.h"

#include "base/lang.h"

#include <string.h>

#define REPORT_SOURCES_MAX 20
#define REPORT_GROUPS_MAX  20
#define REPORT_LINES_MAX   3 /* of a group */
#define REPORT_LEFT_MAX    10

static const char *import_report_separator(char separator)
{
	static const struct {
		char separator;
		const char *name;
	} rows[] = { { ',', "," }, { ';', ";" }, { '\t', N_("tab") }, { '|', "|" } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].separator == separator)
			return rows[i].name;
	return NULL;
}

void import_report_add_sources(struct str *out, const struct import_report *report)
{
	for (size_t i = 0; i < report->n_sources && i < REPORT_SOURCES_MAX; i++) {
		const struct import_source *source = &report->sources[i];
		const char *separator = import_report_separator(source->found.separator);

		str_addf(out, "%s: %s", source->file, source->found.format);
		if (source->found.encoding)
			str_addf(out, ", %s", _(source->found.encoding));
		if (separator)
			str_addf(out, _(", separator %s"), _(separator));
		str_add_char(out, '\n');
	}
	if (report->n_sources > REPORT_SOURCES_MAX)
		str_addf(
			out, _("... and %zu more files\n"), report->n_sources - REPORT_SOURCES_MAX);
}

/* How many were left for that reason; 0 where one before was. */
static size_t import_report_count_left(const struct gather *gather, size_t first)
{
	size_t n = 0;

	for (size_t i = 0; i < gather->n_left; i++) {
		if (!str_equal(gather->left[i].why, gather->left[first].why))
			continue;
		if (i < first)
			return 0;
		n++;
	}
	return n;
}

/* "left alone: 9 files, each is a folder: a, b, c": LinkedIn's export has two dozen of one kind. */
static void import_report_add_alike(
	struct str *out, const struct gather *gather, size_t first, size_t n)
{
	_cleanup_str_ struct str names = STR_INIT;
	size_t named = 0;

	for (size_t i = first; i < gather->n_left && named < REPORT_LEFT_MAX; i++) {
		const char *path = gather->left[i].path, *slash = strrchr(path, '/');

		if (!str_equal(gather->left[i].why, gather->left[first].why))
			continue;
		str_add_separator(&names, ", ");
		str_add(&names, slash ? slash + 1 : path);
		named++;
	}
	if (n > named)
		str_addf(&names, _(" and %zu more"), n - named);
	/* TRANSLATORS: how many files, why they are left ("is a folder"), their names */
	str_addf(out, _("left alone: %1$zu files, each %2$s: %3$s\n"), n, gather->left[first].why,
		str_text(&names));
	out->failed |= names.failed;
}

void import_report_add_left(struct str *out, const struct gather *gather)
{
	size_t lines = 0, others = 0;

	for (size_t i = 0; i < gather->n_left; i++) {
		size_t n = import_report_count_left(gather, i);

		if (!n)
			continue;
		if (lines++ >= REPORT_LEFT_MAX)
			others += n;
		else if (n == 1)
			str_addf(out, _("left alone: %1$s %2$s\n"), gather->left[i].path,
				gather->left[i].why);
		else
			import_report_add_alike(out, gather, i, n);
	}
	if (others)
		str_addf(out, _("... and %zu more\n"), others);
}

struct report_group {
	const char *file, *reason;
	uint64_t lines[REPORT_LINES_MAX];
	size_t n;
};

static void import_report_add_group(struct str *out, const struct report_group *group)
{
	str_addf(out, "%s:", group->file);
	for (size_t i = 0; i < group->n && i < REPORT_LINES_MAX; i++)
		str_addf(out, "%s%llu", i ? ", " : "", (unsigned long long)group->lines[i]);
	if (group->n > REPORT_LINES_MAX)
		str_addf(out, _(" and %zu more"), group->n - REPORT_LINES_MAX);
	str_addf(out, ": %s\n", group->reason);
}

/* The reject's group, a new one where there is room; NULL: there is none. */
static struct report_group *import_report_group(
	struct report_group *groups, size_t *n, const struct import_reject *reject)
{
	for (size_t i = 0; i < *n; i++)
		if (str_equal(groups[i].reason, reject->reason) &&
			str_equal(groups[i].file, reject->file))
			return &groups[i];
	if (*n == REPORT_GROUPS_MAX)
		return NULL;
	groups[*n] = (struct report_group){ .file = reject->file, .reason = reject->reason };
	return &groups[(*n)++];
}

void import_report_add_rejects(struct str *out, const struct import_report *report)
{
	struct report_group groups[REPORT_GROUPS_MAX], *group;
	size_t n = 0, others = 0;

	for (size_t i = 0; i < report->n_rejects; i++) {
		group = import_report_group(groups, &n, &report->rejects[i]);
		if (group && group->n < REPORT_LINES_MAX)
			group->lines[group->n] = report->rejects[i].line;
		if (group)
			group->n++;
		else
			others++;
	}
	for (size_t i = 0; i < n; i++)
		import_report_add_group(out, &groups[i]);
	others += (size_t)report->unlisted;
	if (others)
		str_addf(out, _("... and %zu more, for these or other reasons\n"), others);
}

void import_report_json_sources(struct json *js, const struct import_report *report)
{
	json_key(js, "sources");
	json_array_begin(js);
	for (size_t i = 0; i < report->n_sources; i++) {
		const struct source_found *found = &report->sources[i].found;
		const char separator[] = { found->separator, '\0' };

		json_object_begin(js);
		json_add_string(js, "file", report->sources[i].file);
		json_add_string(js, "format", found->format);
		json_add_string(js, "encoding", found->encoding);
		json_add_string(js, "separator", *separator ? separator : NULL);
		json_object_end(js);
	}
	json_array_end(js);
}

void import_report_json_kept(struct json *js, const struct import_report *report)
{
	json_key(js, "kept");
	json_array_begin(js);
	for (size_t i = 0; i < report->asides.n_kept; i++) {
		const struct aside_kept *kept = &report->asides.kept[i];

		json_object_begin(js);
		json_add_string(js, "file", kept->file);
		json_add_string(js, "what", aside_topic(kept->topic));
		json_add_int(js, "people", kept->people);
		json_object_end(js);
	}
	json_array_end(js);
}

void import_report_json_left(struct json *js, const struct gather *gather)
{
	json_key(js, "left_alone");
	json_array_begin(js);
	for (size_t i = 0; i < gather->n_left; i++) {
		json_object_begin(js);
		json_add_string(js, "file", gather->left[i].path);
		json_add_string(js, "reason", gather->left[i].why);
		json_object_end(js);
	}
	json_array_end(js);
}

void import_report_json_rejects(struct json *js, const struct import_report *report)
{
	json_key(js, "rejects");
	json_array_begin(js);
	for (size_t i = 0; i < report->n_rejects; i++) {
		json_object_begin(js);
		json_add_string(js, "file", report->rejects[i].file);
		json_add_int(js, "line", (int64_t)report->rejects[i].line);
		json_add_string(js, "reason", report->rejects[i].reason);
		json_object_end(js);
	}
	json_array_end(js);
}
