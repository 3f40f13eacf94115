/* SPDX-License-Identifier: MIT */
/*
 * frame: the messages between the service and its sender process, on a stream socket.
 *
 * A frame is a fixed number of numbers and texts, both by its type. On the wire, little-endian:
 * u32 size of what follows, u8 type, u64 per number, and u32 size, bytes and a NUL per text. Both
 * ends are of one installation, so there is no version; both still check every bound.
 */
#ifndef NUDGE_POST_FRAME_H
#define NUDGE_POST_FRAME_H

#include "core/str.h"

#define FRAME_BODY_MAX ((size_t)32 * 1024 * 1024) /* bytes of a mail */
#define FRAME_NUMBERS  4
#define FRAME_TEXTS    7

enum frame_type {
	/* to the sender */
	FRAME_SERVER = 1, /* what the other end of the connection is; the first frame, and once */
	FRAME_MAIL,
	FRAME_CONFIRM, /* send the dot */
	/* from the sender */
	FRAME_READY, /* all but the dot is sent */
	FRAME_SETTLED,
	FRAME_TRACE,
	FRAME_IDLE,    /* nothing to do for long: may be ended */
	FRAME_WARNING, /* something that the person should know; mails go on */
	/* to the sender: connect and log in, and no more; it is settled as a mail is */
	FRAME_PROBE,
	FRAME_TYPE_COUNT,
};

/* Indices into struct frame's number[] and text[]. */
enum {
	SERVER_CONNECTIONS = 0,
	SERVER_IDLE_SECONDS,
	SERVER_TIMEOUT_SECONDS,
	SERVER_TRACE,
	SERVER_NUMBERS,

	SERVER_URL = 0,
	SERVER_TLS,
	SERVER_CA_FILE,
	SERVER_USER,
	SERVER_PASSWORD_FILE,
	SERVER_PASSWORD_COMMAND, /* arguments, each with its NUL */
	SERVER_TOKEN_COMMAND,    /* likewise */
	SERVER_TEXTS,

	MAIL_NUMBER = 0, /* of mail, confirm, probe, ready and settled */
	SETTLED_OUTCOME,
	SETTLED_CAUSE,
	SETTLED_CODE,
	SETTLED_NUMBERS,

	MAIL_FROM = 0,
	MAIL_TO,
	MAIL_BODY,
	MAIL_TEXTS,

	SETTLED_TEXT = 0,
	TRACE_LINE = 0,
	WARNING_TEXT = 0,
};

struct frame_text {
	const char *data; /* a NUL follows; NULL is written as "" and never read */
	size_t size;
};

struct frame {
	enum frame_type type;
	uint64_t number[FRAME_NUMBERS];
	struct frame_text text[FRAME_TEXTS];
};

/* A text for a frame; NULL is "". */
struct frame_text frame_text(const char *text);

/* Adds the frame's bytes. -EMSGSIZE: over the type's limit; `out` is as it was. */
int frame_write(struct str *out, const struct frame *frame, struct err *reterr);

/* Takes the first frame of bytes[0..n); its texts point into them. Returns 1 with a frame, 0 where
 * it is not complete yet, -EBADMSG where these bytes are no frame. */
int frame_read(
	const void *bytes, size_t n, struct frame *ret, size_t *ret_used, struct err *reterr);

/* Arguments in one text of a frame, each with its NUL. NULL words are none. */
int frame_add_words(struct str *out, char *const *words, struct err *reterr);
/* The way back: an array of pointers into `text`, ended by NULL, that the caller frees; NULL where there are
 * none. */
int frame_split_words(char *text, size_t size, char ***ret, struct err *reterr);

#endif
