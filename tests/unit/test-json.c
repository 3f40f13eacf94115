/* SPDX-License-Identifier: MIT */
#include "format/json.h"
#include "test.h"

#include <errno.h>

static void json_document(void)
{
	_cleanup_str_ struct str s = STR_INIT;
	struct json j = JSON_INIT(&s);

	json_array_begin(&j);
	json_object_begin(&j);
	json_add_string(&j, "name", "Anna");
	json_add_string(&j, "org", NULL);
	json_key(&j, "emails");
	json_array_begin(&j);
	json_array_end(&j);
	json_key(&j, "tags");
	json_array_begin(&j);
	json_string(&j, "a");
	json_int(&j, -7);
	json_bool(&j, true);
	json_null(&j);
	json_array_end(&j);
	json_object_end(&j);
	json_object_begin(&j);
	json_object_end(&j);
	json_object_begin(&j);
	json_add_int(&j, "n", INT64_MIN);
	json_add_bool(&j, "b", false);
	json_object_end(&j);
	json_array_end(&j);
	CHECK_TEXT(str_text(&s),
		"[\n"
		"  {\n"
		"    \"name\": \"Anna\",\n"
		"    \"org\": null,\n"
		"    \"emails\": [],\n"
		"    \"tags\": [\n"
		"      \"a\",\n"
		"      -7,\n"
		"      true,\n"
		"      null\n"
		"    ]\n"
		"  },\n"
		"  {},\n"
		"  {\n"
		"    \"n\": -9223372036854775808,\n"
		"    \"b\": false\n"
		"  }\n"
		"]\n");
}

static void json_empty_documents(void)
{
	_cleanup_str_ struct str s = STR_INIT;
	struct json j = JSON_INIT(&s);

	json_array_begin(&j);
	json_array_end(&j);
	json_object_begin(&j);
	json_object_end(&j);
	CHECK_TEXT(str_text(&s), "[]\n{}\n");
}

static void json_strings(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "\"\"" },
		{ "\"\\/", "\"\\\"\\\\/\"" },
		{ "a\nb\tc\rd", "\"a\\nb\\tc\\rd\"" },
		{ "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" },
		{ "Müller 🎂", "\"Müller 🎂\"" },
		{ "a\xff\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xe2\x80\xa8", "\"\\u2028\"" },
		{ NULL, "null" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		struct json j = JSON_INIT(&s);

		TEST_ROW("row %zu", i);
		json_string(&j, rows[i].in);
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

static void json_too_deep_fails(void)
{
	_cleanup_str_ struct str s = STR_INIT;
	struct json j = JSON_INIT(&s);

	for (int i = 0; i < JSON_DEPTH_MAX - 1; i++)
		json_array_begin(&j);
	CHECK_INT(str_check(&s, NULL), 0);
	for (int i = 0; i < 100; i++)
		json_array_begin(&j);
	CHECK_INT(str_check(&s, NULL), -ENOMEM);
}

/* What is deep enough stands on one line. */
static void json_flat(void)
{
	_cleanup_str_ struct str s = STR_INIT;
	struct json j = { .out = &s, .flat = 2 };

	json_array_begin(&j);
	for (int i = 0; i < 2; i++) {
		json_object_begin(&j);
		json_add_int(&j, "a", i);
		json_key(&j, "b");
		json_array_begin(&j);
		json_int(&j, 1);
		json_int(&j, 2);
		json_array_end(&j);
		json_object_end(&j);
	}
	json_array_end(&j);
	CHECK_TEXT(str_text(&s),
		"[\n"
		"  {\"a\": 0, \"b\": [1, 2]},\n"
		"  {\"a\": 1, \"b\": [1, 2]}\n"
		"]\n");
}

TEST_MAIN(TEST(json_flat), TEST(json_document), TEST(json_empty_documents), TEST(json_strings),
	TEST(json_too_deep_fails))
