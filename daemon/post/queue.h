/* SPDX-License-Identifier: MIT */
/*
 * queue: mails in the sender that wait for a connection, in the order they came.
 */
#ifndef NUDGE_POST_QUEUE_H
#define NUDGE_POST_QUEUE_H

#include "post/dialogue.h"
#include "post/frame.h"

struct queue_mail {
	struct queue_mail *next;
	uint64_t number;
	bool retried;              /* it met a connection that had gone stale */
	bool ready;                /* it waits for its dot */
	bool probe;                /* no mail: it has come to its end once there is a connection */
	struct dialogue_mail mail; /* points into the bytes that follow */
	char bytes[];
};

struct queue {
	struct queue_mail *first; /* NULL: empty */
	struct queue_mail **last;
};

/* A copy of a FRAME_MAIL or FRAME_PROBE in one piece; free() ends it. */
int queue_mail_new(struct queue_mail **ret, const struct frame *frame, struct err *reterr);

void queue_init(struct queue *queue); /* it must stay where it is */
void queue_add(struct queue *queue, struct queue_mail *mail);
void queue_put_back(struct queue *queue, struct queue_mail *mail); /* as the first */
struct queue_mail *queue_take(struct queue *queue);                /* NULL where none is left */

#endif
