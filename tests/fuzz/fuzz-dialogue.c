/* SPDX-License-Identifier: MIT */
/*
 * fuzz-dialogue: a server that says anything. The first byte chooses what it offers, the second in
 * what pieces it speaks, the rest is what it says. No outcome may claim more than was sent.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "post/dialogue.h"

#include <string.h>

#define FUZZ_MAILS 8

struct fuzz_state {
	struct dialogue *dialogue;
	unsigned mails;
	bool released;  /* the mail under way has its dot released */
	bool dot_taken; /* and handed on */
};

static const struct dialogue_mail fuzz_mail = { "a@x", "b@y", ".x\n\r.\r\n.", 8 };

static void fuzz_check_result(const struct fuzz_state *state)
{
	const struct post_result *result = dialogue_result(state->dialogue);
	bool accepted = result->outcome == POST_SENT || result->outcome == POST_IN_DOUBT;

	FUZZ_ASSERT(result->outcome >= POST_SENT && result->outcome < POST_OUTCOME_COUNT);
	FUZZ_ASSERT(result->cause < POST_CAUSE_COUNT);
	FUZZ_ASSERT(!accepted || state->dot_taken);
	FUZZ_ASSERT(result->outcome != POST_SENT || result->code / 100 == 2);
	FUZZ_ASSERT(
		result->outcome != POST_REFUSED || result->code == 0 || result->code / 100 == 5);
	FUZZ_ASSERT(result->text[0] && utf8_valid(result->text, strlen(result->text)));
	FUZZ_ASSERT(!strpbrk(result->text, "\r\n"));
}

/* Takes all that is to be sent; before the release no line of it is a dot alone. */
static void fuzz_send(struct fuzz_state *state)
{
	const char *bytes;
	size_t n;

	while ((bytes = dialogue_output(state->dialogue, &n)) != NULL) {
		FUZZ_ASSERT(!dialogue_is_closed(state->dialogue));
		if (state->released && n >= 3 && memcmp(bytes + n - 3, ".\r\n", 3) == 0)
			state->dot_taken = true;
		dialogue_sent(state->dialogue, n);
	}
}

static void fuzz_turn(struct fuzz_state *state)
{
	enum dialogue_event event;

	fuzz_send(state);
	while ((event = dialogue_event(state->dialogue)) != DIALOGUE_NOTHING) {
		if (event == DIALOGUE_SETTLED) {
			fuzz_check_result(state);
			state->released = state->dot_taken = false;
		} else {
			FUZZ_ASSERT(!state->released);
			dialogue_release(state->dialogue);
			state->released = true;
			fuzz_send(state);
		}
	}
	if (!dialogue_is_idle(state->dialogue) || state->mails++ >= FUZZ_MAILS)
		return;
	FUZZ_ASSERT(dialogue_start(state->dialogue, &fuzz_mail, NULL) == 0);
	fuzz_send(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_state state = { .mails = 0 };
	struct ehlo_offer offer = { .size = true };
	size_t piece;

	if (size < 2)
		return 0;
	offer.pipelining = data[0] & 1;
	offer.size_max = data[0] & 2 ? 100 : 0;
	piece = (size_t)data[1] + 1;
	if (data[0] & 4)
		ehlo_read_line(&offer, (const char *)data, size);
	if (dialogue_new(&state.dialogue, &offer, NULL, NULL, NULL) < 0)
		return 0;
	fuzz_turn(&state);
	for (size_t at = 2; at < size; at += piece) {
		dialogue_input(state.dialogue, (const char *)data + at,
			size - at < piece ? size - at : piece);
		fuzz_turn(&state);
	}
	dialogue_break(state.dialogue, POST_CAUSE_BROKEN, "the end");
	fuzz_turn(&state);
	FUZZ_ASSERT(dialogue_is_closed(state.dialogue));
	dialogue_free(state.dialogue);
	return 0;
}
