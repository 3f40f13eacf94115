/* SPDX-License-Identifier: MIT */
/*
 * mx: who takes the mail of a domain, by the DNS (RFC 5321 section 5.1).
 */
#include "base/mx.h"

#include "core/str.h"

#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

#define MX_ANSWER_SIZE 4096
#define MX_SECONDS     2 /* for each name server */

/* A message, and how far it was read. */
struct mx_reader {
	const unsigned char *begin, *at, *end;
};

static bool mx_skip(struct mx_reader *reader, size_t n)
{
	if ((size_t)(reader->end - reader->at) < n)
		return false;
	reader->at += n;
	return true;
}

static bool mx_read_number(struct mx_reader *reader, unsigned *ret)
{
	const unsigned char *at = reader->at;

	if (!mx_skip(reader, 2))
		return false;
	*ret = (unsigned)at[0] << 8 | at[1];
	return true;
}

static bool mx_skip_name(struct mx_reader *reader)
{
	int n = dn_skipname(reader->at, reader->end);

	return n >= 0 && mx_skip(reader, (size_t)n);
}

/* One answer; what is no MX record is passed over. */
static bool mx_read_answer(struct mx_reader *reader, unsigned *best, char *ret)
{
	char host[MX_HOST_SIZE];
	unsigned type, class, size, preference;
	struct mx_reader record;

	if (!mx_skip_name(reader) || !mx_read_number(reader, &type) ||
		!mx_read_number(reader, &class) || !mx_skip(reader, 4) ||
		!mx_read_number(reader, &size))
		return false;
	record = *reader;
	if (!mx_skip(reader, size))
		return false;
	if (type != ns_t_mx || class != ns_c_in)
		return true;
	if (!mx_read_number(&record, &preference) ||
		dn_expand(record.begin, record.end, record.at, host, sizeof(host)) < 0)
		return false;
	if (*host && preference < *best) {
		*best = preference;
		for (size_t i = 0; i <= strlen(host); i++)
			ret[i] = str_lower(host[i]);
	}
	return true;
}

bool mx_parse(const unsigned char *answer, size_t n, char ret[MX_HOST_SIZE])
{
	struct mx_reader reader = { answer, answer, answer + n };
	unsigned questions, answers, best = 0x10000;

	if (!mx_skip(&reader, 4) || !mx_read_number(&reader, &questions) ||
		!mx_read_number(&reader, &answers) || !mx_skip(&reader, NS_HFIXEDSZ - 8))
		return false;
	for (unsigned i = 0; i < questions; i++)
		if (!mx_skip_name(&reader) || !mx_skip(&reader, 4))
			return false;
	for (unsigned i = 0; i < answers; i++)
		if (!mx_read_answer(&reader, &best, ret))
			break; /* a part of them may be enough */
	return best <= 0xffff;
}

static bool mx_is_reserved(const char *domain)
{
	static const char *const names[] = { "test", "invalid", "localhost", "local", "example",
		"example.com", "example.net", "example.org" };
	size_t n = strlen(domain);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		size_t m = strlen(names[i]);

		if (n >= m && str_casecmp(domain + n - m, names[i]) == 0 &&
			(n == m || domain[n - m - 1] == '.'))
			return true;
	}
	return !strchr(domain, '.');
}

bool mx_look_up(const char *domain, char ret[MX_HOST_SIZE])
{
	unsigned char answer[MX_ANSWER_SIZE];
	int n;

	/* The variants that take a state of one's own are in no other C library than glibc. */
	if (mx_is_reserved(domain) || res_init() < 0)
		return false;
	_res.retrans = MX_SECONDS;
	_res.retry = 1;
	n = res_query(domain, ns_c_in, ns_t_mx, answer, sizeof(answer));
	/* Of an answer that did not fit its whole length is told. */
	n = n > (int)sizeof(answer) ? (int)sizeof(answer) : n;
	return n > 0 && mx_parse(answer, (size_t)n, ret);
}
