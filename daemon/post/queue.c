/* SPDX-License-Identifier: MIT */
/*
 * queue: mails in the sender that wait for a connection, in the order they came.
 */
#include "post/queue.h"

#include <string.h>

int queue_mail_new(struct queue_mail **ret, const struct frame *frame, struct err *reterr)
{
	size_t from = frame->text[MAIL_FROM].size + 1, to = frame->text[MAIL_TO].size + 1;
	size_t body = frame->text[MAIL_BODY].size;
	struct queue_mail *mail = malloc(sizeof(*mail) + from + to + body);

	if (!mail)
		return err_oom(reterr);
	*mail = (struct queue_mail){ .number = frame->number[MAIL_NUMBER] };
	if (frame->type == FRAME_PROBE) {
		mail->probe = true;
		*ret = mail;
		return 0;
	}
	mail->mail = (struct dialogue_mail){
		.from = memcpy(mail->bytes, frame->text[MAIL_FROM].data, from),
		.to = memcpy(mail->bytes + from, frame->text[MAIL_TO].data, to),
		.body = memcpy(mail->bytes + from + to, frame->text[MAIL_BODY].data, body),
		.size = body,
	};
	*ret = mail;
	return 0;
}

void queue_init(struct queue *queue)
{
	queue->first = NULL;
	queue->last = &queue->first;
}

void queue_add(struct queue *queue, struct queue_mail *mail)
{
	mail->next = NULL;
	*queue->last = mail;
	queue->last = &mail->next;
}

void queue_put_back(struct queue *queue, struct queue_mail *mail)
{
	mail->next = queue->first;
	queue->first = mail;
	if (!mail->next)
		queue->last = &mail->next;
}

struct queue_mail *queue_take(struct queue *queue)
{
	struct queue_mail *mail = queue->first;

	if (!mail)
		return NULL;
	queue->first = mail->next;
	if (!queue->first)
		queue->last = &queue->first;
	return mail;
}
