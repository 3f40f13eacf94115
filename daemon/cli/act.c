/* SPDX-License-Identifier: MIT */
/*
 * act: what a person says of an item, by its handle.
 */
#include "cli/act.h"

#include "digest/wording.h"

#include <errno.h>

/* One line about what was done, or an element of the JSON array. */
void act_tell(struct act *act, char letter, int64_t number, const char *what, const char *state)
{
	struct cli *cli = act->cli;
	_cleanup_str_ struct str handle = STR_INIT;

	str_addf(&handle, "%c%lld", letter, (long long)number);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "handle", str_text(&handle));
		json_add_string(&cli->js, "verb", act->verb);
		json_add_string(&cli->js, "title", what);
		json_add_string(&cli->js, "state", state);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out, CLI_ACCENT "%s" CLI_PLAIN "  %s: %s\n", str_text(&handle), what,
			state);
	}
}

void act_tell_until(struct act *act, char letter, int64_t number, const char *what)
{
	_cleanup_str_ struct str date = STR_INIT;
	struct date day = day_date(act->day);
	char text[DAY_TEXT_SIZE];

	wording_add_date(&date, act->day);
	act_tell(act, letter, number, what,
		act->cli->json ? day_format(&day, text) : str_text(&date));
}

int act_on(struct act *act, enum act_verb verb, const char *handle)
{
	static const struct act_kind *const kinds[] = { &act_occasion, &act_follow_up, &act_touch,
		&act_thanks, &act_coffee, &act_help, &act_introduction, &act_outreach, &act_forum };
	int64_t number;
	char letter;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (cli_handle(handle, &letter, &number) && letter == kinds[i]->letter)
			return kinds[i]->run(act, verb, number);
	return err_set(&act->cli->err, -ENOENT,
		"there is no item \"%s\"; handles look like b7 or f12", handle);
}
