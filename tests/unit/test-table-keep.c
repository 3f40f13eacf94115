/* SPDX-License-Identifier: MIT */
#include "format/table-keep.h"
#include "test.h"

#include <string.h>

static void table_keep_both_ways(void)
{
	static const struct {
		const char *column, *text, *line;
	} rows[] = {
		{ "Spouse", "Otto", "X-SPOUSE;X-COLUMN=Spouse:Otto" },
		{ "Schuhgröße", "42", "X-SCHUHGROESSE;X-COLUMN=Schuhgröße:42" },
		{ "Custom 1", "a, b; c\\\nd", "X-CUSTOM-1;X-COLUMN=Custom 1:a\\, b\\; c\\\\\\nd" },
		{ "Size: EU, UK", "9", "X-SIZE-EU-UK;X-COLUMN=\"Size: EU, UK\":9" },
		{ "5\" or 6^", "x", "X-5-OR-6;X-COLUMN=5^' or 6^^:x" },
		/* Names that have no letters a property may have. */
		{ "Возраст", "30", "X-COLUMN;X-COLUMN=Возраст:30" },
		{ "年齢", "30", "X-COLUMN;X-COLUMN=年齢:30" },
		{ "=cmd", "=1+2", "X-CMD;X-COLUMN==cmd:=1+2" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str property = STR_INIT, line = STR_INIT, column = STR_INIT,
					 text = STR_INIT;

		TEST_ROW("%s", rows[i].column);
		table_keep_add_property(&property, rows[i].column);
		table_keep_add(&line, str_text(&property), rows[i].column, rows[i].text);
		CHECK_TEXT(str_text(&line), rows[i].line);
		CHECK(table_keep_read(rows[i].line, &column, &text));
		CHECK_TEXT(str_text(&column), rows[i].column);
		CHECK_TEXT(str_text(&text), rows[i].text);
	}
}

/* Lines that no cell comes back as. */
static void table_keep_reads_no_others(void)
{
	static const char *const lines[] = {
		"",
		"X-SPOUSE:Otto",
		"X-SPOUSE;X-COLUMN=:Otto",
		"X-SPOUSE;X-COLUMN=Spouse:",
		"X-OTHER;X-COLUMN=Spouse:Otto",
		"X-SPOUSE;X-COLUMN=Spouse;TYPE=home:Otto",
		"item1.X-SPOUSE;X-COLUMN=Spouse:Otto",
		"x-spouse;X-COLUMN=Spouse:Otto",
		"X-SPOUSE;X-COLUMN=\"Spouse\":Otto",
		"X-SPOUSE;X-COLUMN=Spouse: Otto",
		"X-SPOUSE;X-COLUMN=Spouse:a,b",
		/* A column that has a field, and a cell that is nobody's. */
		"X-EMAIL;X-COLUMN=Email:a@b.c",
		"X-NUDGED-UID;X-COLUMN=Nudged UID:u",
		"X-PRIORITY;X-COLUMN=Priority:Normal",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		_cleanup_str_ struct str column = STR_INIT, text = STR_INIT;

		TEST_ROW("%s", lines[i]);
		CHECK(!table_keep_read(lines[i], &column, &text));
		CHECK(!column.len && !text.len);
	}
}

static void table_keep_leaves_out_long_names(void)
{
	char column[TABLE_KEEP_MAX + 2];
	_cleanup_str_ struct str line = STR_INIT;

	memset(column, 'a', sizeof(column));
	column[TABLE_KEEP_MAX] = '\0';
	table_keep_add(&line, "X-A", column, "1");
	CHECK(strstr(str_text(&line), ";X-COLUMN=aaa") != NULL);
	str_clear(&line);
	column[TABLE_KEEP_MAX] = 'a';
	column[TABLE_KEEP_MAX + 1] = '\0';
	table_keep_add(&line, "X-A", column, "1");
	CHECK_TEXT(str_text(&line), "X-A:1");
	str_clear(&line);
	table_keep_add(&line, "TITLE", NULL, "a\tb");
	CHECK_TEXT(str_text(&line), "TITLE:a b");
}

TEST_MAIN(TEST(table_keep_both_ways), TEST(table_keep_reads_no_others),
	TEST(table_keep_leaves_out_long_names))
