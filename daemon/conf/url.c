/* SPDX-License-Identifier: MIT */
/*
 * url: the mail server's address.
 */
#include "conf/url.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#define URL_HOST_MAX 253 /* RFC 1035 section 2.3.4, without the root's dot */

static const struct {
	const char *prefix;
	int port;
	bool implicit_tls;
} url_schemes[] = {
	{ "smtp://", 587, false },
	{ "smtps://", 465, true },
};

void url_done(struct url *url)
{
	free(url->host);
	*url = (struct url){ 0 };
}

static const char *url_parse_scheme(struct url *url, const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(url_schemes); i++) {
		if (!str_starts(text, url_schemes[i].prefix))
			continue;
		url->port = url_schemes[i].port;
		url->implicit_tls = url_schemes[i].implicit_tls;
		return text + strlen(url_schemes[i].prefix);
	}
	return NULL;
}

static bool url_is_ipv6(const char *host)
{
	struct in6_addr address;

	return inet_pton(AF_INET6, host, &address) == 1;
}

/* Letters, digits, hyphens and dots; underscores, because some name their machines so. */
static bool url_is_name(const char *host)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-._";
	size_t n = strlen(host);

	return n > 0 && n <= URL_HOST_MAX && strspn(host, allowed) == n && host[0] != '-' &&
		host[0] != '.' && !strstr(host, "..");
}

/* Reads the host, returns what follows it, or NULL. */
static const char *url_parse_host(struct url *url, const char *text, struct err *reterr)
{
	bool bracketed = *text == '[';
	size_t n = strcspn(text += bracketed, bracketed ? "]" : ":");

	url->host = str_ndup(text, n);
	if (!url->host) {
		(void)err_oom(reterr);
		return NULL;
	}
	if (bracketed ? text[n] == ']' && url_is_ipv6(url->host) : url_is_name(url->host))
		return text + n + bracketed;
	(void)err_set(reterr, -EINVAL,
		"the server's name is missing or has characters that no name has (an IPv6 address "
		"stands in brackets, letters beyond ASCII are written as xn--)");
	return NULL;
}

static int url_parse_port(struct url *url, const char *text, struct err *reterr)
{
	uint64_t port;

	if (!*text)
		return 0;
	if (*text != ':' || !str_number(text + 1, 65535, &port) || port == 0)
		return err_set(reterr, -EINVAL,
			"after the server's name only \":\" and a port from 1 to 65535 may stand");
	url->port = (int)port;
	return 0;
}

int url_parse(struct url *ret, const char *text, struct err *reterr)
{
	_cleanup_(url_done) struct url url = { 0 };
	const char *rest = url_parse_scheme(&url, text);
	int r;

	if (!rest)
		return err_set(reterr, -EINVAL, "this is no server's address");
	if (strchr(rest, '@'))
		return err_set(reterr, -EINVAL,
			"a user does not stand here: write `user` and, for the password, "
			"`password_file`, `password_credential` or `password_command`");
	if (strpbrk(rest, "/?#"))
		return err_set(reterr, -EINVAL, "nothing may follow the server's name and port");
	rest = url_parse_host(&url, rest, reterr);
	if (!rest)
		return url.host ? -EINVAL : -ENOMEM;
	r = url_parse_port(&url, rest, reterr);
	if (r < 0)
		return r;
	*ret = url;
	url.host = NULL;
	return 0;
}

char *url_format(const struct url *url)
{
	_cleanup_str_ struct str text = STR_INIT;
	bool ipv6 = strchr(url->host, ':');

	str_addf(&text, "%s%s%s%s:%d", url_schemes[url->implicit_tls].prefix, ipv6 ? "[" : "",
		url->host, ipv6 ? "]" : "", url->port);
	return str_take(&text);
}

bool url_is_loopback(const struct url *url)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, url->host, &four) == 1)
		return (ntohl(four.s_addr) >> 24) == 127;
	if (inet_pton(AF_INET6, url->host, &six) == 1)
		return IN6_IS_ADDR_LOOPBACK(&six);
	return str_casecmp(url->host, "localhost") == 0;
}
