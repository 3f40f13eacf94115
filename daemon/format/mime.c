/* SPDX-License-Identifier: MIT */
/*
 * mime: a message by RFC 5322 and RFC 2045 to 2047.
 */
#include "format/mime.h"

#include "core/day.h"
#include "core/utf8.h"
#include "format/qp.h"
#include "format/word.h"

#include <stdio.h>
#include <string.h>

#define MIME_BOUNDARY_SIZE 32

/* Text for a header: valid UTF-8, a space for each control character. */
static void mime_clean_line(struct str *out, const char *text)
{
	uint32_t c;

	while (text && *text) {
		size_t n = utf8_decode(text, strnlen(text, 4), &c);

		if (n == 0)
			utf8_add(out, 0xfffd);
		else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
			str_add_char(out, ' ');
		else
			str_add_bytes(out, text, n);
		text += n ? n : 1;
	}
}

/* Text for a body: CR LF and CR are line ends too, other control characters but tab a space. */
static void mime_clean_text(struct str *out, const char *text)
{
	const char *p = text, *run = text;
	uint32_t c;

	while (*p) {
		size_t n = 1;

		if ((unsigned char)*p < ' ' || (unsigned char)*p >= 0x7f) {
			n = utf8_decode(p, strnlen(p, 4), &c);
			if (n == 0 || (c < 0x20 && c != '\t' && c != '\n') ||
				(c >= 0x7f && c < 0xa0)) {
				str_add_bytes(out, run, (size_t)(p - run));
				run = p + (n ? n : 1);
				if (n == 0)
					utf8_add(out, 0xfffd);
				else if (c != '\r')
					str_add_char(out, ' ');
				else if (p[1] != '\n')
					str_add_char(out, '\n');
			}
		}
		p += n ? n : 1;
	}
	str_add_bytes(out, run, (size_t)(p - run));
	if (out->len && out->data[out->len - 1] != '\n')
		str_add_char(out, '\n');
}

void mime_add_quoted_printable(struct str *out, const char *text, size_t n)
{
	qp_add_encoded(out, text, n);
}

void mime_add_header(struct str *out, const char *name, const char *text)
{
	_cleanup_str_ struct str clean = STR_INIT;
	struct fold fold;

	mime_clean_line(&clean, text);
	fold_begin(&fold, out, name);
	fold_add_text(&fold, str_text(&clean));
	fold_end(&fold);
	out->failed |= clean.failed;
}

/* A structured field: its tokens are ours, but nothing may end the line. */
static void mime_add_structured(struct str *out, const char *name, const char *value)
{
	_cleanup_str_ struct str clean = STR_INIT;
	struct fold fold;
	char *token, *rest;

	mime_clean_line(&clean, value);
	for (size_t i = 0; i < clean.len; i++)
		if ((unsigned char)clean.data[i] >= 0x7f)
			clean.data[i] = '?';
	fold_begin(&fold, out, name);
	rest = clean.data;
	while ((token = strsep(&rest, " ")))
		if (*token)
			fold_add(&fold, token, strlen(token));
	fold_end(&fold);
	out->failed |= clean.failed;
}

/* How a display name is written: RFC 5322 section 3.2.5. */
enum mime_phrase { MIME_ATOMS, MIME_QUOTED, MIME_ENCODED };

static enum mime_phrase mime_phrase_kind(const char *name)
{
	static const char atext[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "!#$%&'*+-/=?^_`{|}~ ";
	size_t n = strlen(name);

	if (n > FOLD_MAX / 2 || strstr(name, "=?"))
		return MIME_ENCODED;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)name[i] >= 0x7f)
			return MIME_ENCODED;
	if (strspn(name, atext) < n || strstr(name, "  "))
		return MIME_QUOTED;
	return MIME_ATOMS;
}

static void mime_add_phrase(struct fold *fold, const char *name)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	switch (mime_phrase_kind(name)) {
	case MIME_ATOMS:
		fold_add_text(fold, name);
		break;
	case MIME_QUOTED:
		str_add_char(&quoted, '"');
		for (; *name; name++) {
			if (*name == '"' || *name == '\\')
				str_add_char(&quoted, '\\');
			str_add_char(&quoted, *name);
		}
		str_add_char(&quoted, '"');
		fold_add(fold, str_text(&quoted), quoted.len);
		fold->out->failed |= quoted.failed;
		break;
	case MIME_ENCODED:
		fold_add_encoded(fold, name, strlen(name));
		break;
	}
}

/* An address that no parser has seen might hold anything: what could end it or the line goes. */
static void mime_add_angle(struct str *out, const char *address)
{
	str_add_char(out, '<');
	for (; *address; address++)
		if (*address > ' ' && *address < 0x7f && !strchr("<>,;\"()\\", *address))
			str_add_char(out, *address);
	str_add_char(out, '>');
}

static void mime_add_mailbox(
	struct fold *fold, const struct mime_address *address, const char *separator)
{
	_cleanup_str_ struct str clean = STR_INIT, angle = STR_INIT;
	const char *name;

	mime_clean_line(&clean, address->name);
	while (clean.len && clean.data[clean.len - 1] == ' ')
		clean.data[--clean.len] = '\0';
	name = str_text(&clean) + strspn(str_text(&clean), " ");
	mime_add_angle(&angle, address->address);
	str_add(&angle, separator);
	if (*name) {
		mime_add_phrase(fold, name);
		fold_add(fold, str_text(&angle), angle.len);
	} else if (angle.len > 2 + strlen(separator)) {
		/* Without a name the address needs no angle brackets. */
		angle.data[angle.len - strlen(separator) - 1] = '\0';
		str_add_bytes(&clean, angle.data + 1, strlen(angle.data + 1));
		str_add(&clean, separator);
		fold_add(fold, str_text(&clean), clean.len);
	}
	fold->out->failed |= clean.failed || angle.failed;
}

static void mime_add_addresses(
	struct str *out, const char *field, const struct mime_address *addresses, size_t n)
{
	struct fold fold;

	fold_begin(&fold, out, field);
	for (size_t i = 0; i < n; i++)
		mime_add_mailbox(&fold, &addresses[i], i + 1 < n ? "," : "");
	fold_end(&fold);
}

/* RFC 5322 section 3.3, with its English names whatever the language. */
static void mime_add_date(struct str *out, int64_t instant, int32_t offset)
{
	static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	const int64_t day_seconds = 86400;
	int32_t minutes = offset / 60;
	int64_t local = instant + minutes * 60, day = local / day_seconds,
		second = local % day_seconds;
	struct date d;

	if (second < 0) {
		second += day_seconds;
		day--;
	}
	day = day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : day;
	d = day_date((int32_t)day);
	str_addf(out, "Date: %s, %d %s %04d %02d:%02d:%02d %c%02d%02d\r\n",
		days[day_weekday((int32_t)day) - MONDAY], d.day, months[d.month - 1], d.year,
		(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60),
		minutes < 0 ? '-' : '+', abs(minutes) / 60 % 100, abs(minutes) % 60);
}

static uint64_t mime_hash(uint64_t hash, const char *text)
{
	for (; text && *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3U; /* FNV-1a */
	return hash;
}

/* "=_" cannot occur in quoted-printable (RFC 2045 section 6.7), the rest keeps nested and quoted
 * messages apart. */
static void mime_make_boundary(
	char boundary[MIME_BOUNDARY_SIZE], const char *kind, const char *text, const char *html)
{
	uint64_t hash = mime_hash(mime_hash(0xcbf29ce484222325U, text), html);

	(void)snprintf(boundary, MIME_BOUNDARY_SIZE, "=_%s%016llx", kind, (unsigned long long)hash);
}

static void mime_add_encoded(struct str *out, const char *text)
{
	_cleanup_str_ struct str clean = STR_INIT;

	str_add(out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	mime_clean_text(&clean, text);
	qp_add_encoded(out, str_text(&clean), clean.len);
	out->failed |= clean.failed;
}

static void mime_add_part(struct str *out, const char *type, const char *language, const char *text)
{
	str_addf(out, "Content-Type: text/%s; charset=utf-8\r\n", type);
	if (language)
		mime_add_structured(out, "Content-Language", language);
	mime_add_encoded(out, text);
}

static void mime_add_alternatives(struct str *out, const struct mime_message *m)
{
	char boundary[MIME_BOUNDARY_SIZE];

	mime_make_boundary(boundary, "", m->text, m->html);
	str_addf(out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n--%s\r\n",
		boundary, boundary);
	mime_add_part(out, "plain", m->language, m->text);
	/* The line end before a boundary belongs to it (RFC 2046 section 5.1.1). */
	str_addf(out, "\r\n--%s\r\n", boundary);
	mime_add_part(out, "html", m->language, m->html);
	str_addf(out, "\r\n--%s--\r\n", boundary);
}

static void mime_add_body(struct str *out, const struct mime_message *m)
{
	if (m->html)
		mime_add_alternatives(out, m);
	else
		mime_add_part(out, "plain", m->language, m->text);
}

static void mime_add_attachment(struct str *out, const struct mime_attachment *attachment)
{
	_cleanup_str_ struct str type = STR_INIT, disposition = STR_INIT;

	str_addf(&type, "%s; charset=utf-8; name=\"%s\"", attachment->type, attachment->name);
	str_addf(&disposition, "attachment; filename=\"%s\"", attachment->name);
	mime_add_structured(out, "Content-Type", str_text(&type));
	mime_add_structured(out, "Content-Disposition", str_text(&disposition));
	mime_add_encoded(out, attachment->text);
	out->failed |= type.failed || disposition.failed;
}

static void mime_add_mixed(struct str *out, const struct mime_message *m)
{
	char boundary[MIME_BOUNDARY_SIZE];

	mime_make_boundary(boundary, "mixed_", m->text, m->html);
	str_addf(out, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", boundary,
		boundary);
	mime_add_body(out, m);
	for (size_t i = 0; i < m->n_attachments; i++) {
		str_addf(out, "\r\n--%s\r\n", boundary);
		mime_add_attachment(out, &m->attachments[i]);
	}
	str_addf(out, "\r\n--%s--\r\n", boundary);
}

int mime_write(struct str *out, const struct mime_message *message, struct err *reterr)
{
	mime_add_date(out, message->date, message->offset);
	mime_add_addresses(out, "From", message->from, 1);
	mime_add_addresses(out, "To", message->to, message->n_to);
	mime_add_header(out, "Subject", message->subject);
	mime_add_structured(out, "Message-ID", message->message_id);
	for (size_t i = 0; i < message->n_headers; i++)
		mime_add_structured(out, message->headers[i].name, message->headers[i].value);
	str_add(out, "MIME-Version: 1.0\r\n");
	if (message->n_attachments)
		mime_add_mixed(out, message);
	else
		mime_add_body(out, message);
	return str_check(out, reterr);
}
