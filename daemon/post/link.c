/* SPDX-License-Identifier: MIT */
/*
 * link: a connection to the mail server, opened by libcurl: name, TCP, TLS, greeting and login.
 */
#include "post/link.h"

#include "base/clock.h"
#include "post/explain.h"
#include "post/reply.h"

#include <curl/curl.h>
#include <errno.h>
#include <malloc.h>
#include <string.h>

/* libcurl would tell the server this machine's name. An address literal is what RFC 5321 section
 * 4.1.4 wants of a client without a public one; this is its URL form. */
#define LINK_EHLO_NAME "%5B127.0.0.1%5D"

struct link {
	const struct link_settings *settings;
	/* A multi handle for each: libcurl closes what it takes for dead among the connections of
	 * one multi handle, and counts those among them that it handed over to us. */
	CURLM *multi;
	CURL *easy;
	enum link_state state;
	struct post_result failure;
	int fd;

	struct pollfd fds[LINK_POLL_MAX];
	size_t n_fds;
	int64_t due_msec; /* libcurl's timer; -1: none */

	struct reply_reader reader;
	unsigned reply_lines; /* of the reply that is being read */
	struct explain_facts facts;
	struct ehlo_offer offer;
	bool secret_follows; /* AUTH was sent: until it is answered, what we send is secret */
	char error[CURL_ERROR_SIZE];
};

/* --- the process --- */

static void link_wipe_free(void *p)
{
	if (p)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

static void *link_wipe_realloc(void *old, size_t size)
{
	size_t n = old ? malloc_usable_size(old) : 0;
	void *p = malloc(size ? size : 1);

	if (!p)
		return NULL;
	if (old)
		memcpy(p, old, n < size ? n : size);
	link_wipe_free(old);
	return p;
}

int link_global_init(struct err *reterr)
{
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, link_wipe_free, link_wipe_realloc,
		    strdup, calloc) != CURLE_OK)
		return err_set(reterr, -EIO, "libcurl could not be started");
	return 0;
}

/* --- what libcurl tells while it connects --- */

/* A whole line of a reply: the offer, the login's success, and the last words for an error. What is
 * no reply ends the attempt at once: libcurl would wait for one until the timeout. */
static void link_take_line(struct link *link, const char *line, size_t n, bool *ret_strange)
{
	struct reply reply;
	struct err e;
	size_t used = 0;
	int r;

	/* While connecting only EHLO is answered by 250; each one's offer holds until the next. */
	if (n > 3 && memcmp(line, "250", 3) == 0) {
		if (link->reply_lines == 0)
			link->offer = (struct ehlo_offer){ .size_max = 0 };
		else
			ehlo_read_line(&link->offer, line, n);
	}
	link->reply_lines++;
	r = reply_read(&link->reader, line, n, &used, &reply, &e);
	if (r == 0)
		return;
	link->reply_lines = 0;
	if (r < 0) {
		*ret_strange = true;
		explain_stranger(&link->failure, link->settings->url, e.text);
		return;
	}
	link->facts.replies++;
	link->facts.logged_in = link->facts.logged_in || reply.code == 235;
	link->facts.reply = reply;
}

static size_t link_on_header(char *line, size_t size, size_t n, void *userdata)
{
	bool strange = false;

	link_take_line(userdata, line, size * n, &strange);
	return strange ? 0 : size * n;
}

static int link_on_socket(
	CURL *easy UNUSED, curl_socket_t fd, int what, void *userdata, void *socket_data UNUSED)
{
	struct link *link = userdata;
	size_t i = 0;

	while (i < link->n_fds && link->fds[i].fd != fd)
		i++;
	if (what == CURL_POLL_REMOVE) {
		if (i < link->n_fds)
			link->fds[i] = link->fds[--link->n_fds];
		return 0;
	}
	if (i == LINK_POLL_MAX)
		return -1;
	if (i == link->n_fds)
		link->n_fds++;
	link->fds[i] = (struct pollfd){ .fd = fd,
		.events = (short)((what & CURL_POLL_IN ? POLLIN : 0) |
			(what & CURL_POLL_OUT ? POLLOUT : 0)) };
	return 0;
}

static int link_on_timer(CURLM *multi UNUSED, long msec, void *userdata)
{
	struct link *link = userdata;

	link->due_msec = msec < 0 ? -1 : clock_monotonic_msec() + msec;
	return 0;
}

/* --- the trace --- */

/* What of libcurl's remarks helps a person: where it connected, and the certificate. */
static bool link_is_remark(const char *text)
{
	static const char *const prefixes[] = { "Trying ", "Connected to ", "SSL connection using ",
		"subject: ", "issuer: ", "expire date: ", "SSL certificate ",
		"Server certificate:" };

	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (str_starts(text, prefixes[i]))
			return true;
	return false;
}

/* Takes the secret out of a line that is sent: the argument of AUTH after the mechanism's name, and
 * everything until AUTH is answered. */
static void link_mask(struct link *link, char *text)
{
	char *argument;

	if (str_starts(text, "AUTH ")) {
		argument = strchr(text + 5, ' ');
		if (argument)
			(void)strcpy(argument, " ***");
		link->secret_follows = true;
	} else if (link->secret_follows) {
		(void)strcpy(text, "***");
	}
}

static int link_on_debug(
	CURL *easy UNUSED, curl_infotype type, char *data, size_t n, void *userdata)
{
	struct link *link = userdata;
	char line[512] = "* ", *text = line + 2;

	/* Room for the mask after the shortest of lines is kept by reply_clean()'s limit. */
	while (type == CURLINFO_TEXT && n > 0 && *data == ' ') {
		data++;
		n--;
	}
	while (n > 0 && (data[n - 1] == '\n' || data[n - 1] == '\r'))
		n--;
	reply_clean(text, sizeof(line) - 8, data, n);
	if (type == CURLINFO_HEADER_IN) {
		line[0] = '<';
		link->secret_follows = link->secret_follows && str_starts(text, "334");
		/* A challenge can hold what we sent, encoded. */
		if (str_starts(text, "334"))
			(void)strcpy(text, "334 ***");
	} else if (type == CURLINFO_HEADER_OUT) {
		line[0] = '>';
		link_mask(link, text);
	} else if (type != CURLINFO_TEXT || !link_is_remark(text)) {
		return 0;
	}
	link->settings->trace(link->settings->userdata, line);
	return 0;
}

/* --- opening --- */

static bool link_has_user(const struct link *link)
{
	return !str_empty(link->settings->user);
}

/* The URL with the name for EHLO as its path, where none is given. */
static int link_build_url(const struct link_settings *settings, struct str *url)
{
	const char *host = strstr(settings->url, "://"), *path;

	path = host ? strchr(host + 3, '/') : NULL;
	str_add(url, settings->url);
	if (!path)
		str_add_char(url, '/');
	if (!path || path[1] == '\0')
		str_add(url, LINK_EHLO_NAME);
	return str_check(url, NULL);
}

static CURLcode link_set_tls(struct link *link)
{
	const struct link_settings *settings = link->settings;
	bool opportunistic = str_equal(settings->tls, "opportunistic");
	long use = opportunistic                   ? CURLUSESSL_TRY
		: str_equal(settings->tls, "none") ? CURLUSESSL_NONE
						   : CURLUSESSL_ALL;
	CURLcode c;

	c = curl_easy_setopt(link->easy, CURLOPT_USE_SSL, use);
	/* Who takes plain text as well gains nothing from a certificate that must be right. */
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_SSL_VERIFYPEER, opportunistic ? 0L : 1L);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_SSL_VERIFYHOST, opportunistic ? 0L : 2L);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (c == CURLE_OK && !str_empty(settings->ca_file)) {
		c = curl_easy_setopt(link->easy, CURLOPT_CAINFO, settings->ca_file);
		c = c ? c : curl_easy_setopt(link->easy, CURLOPT_CAPATH, NULL);
	}
	return c;
}

/* libcurl takes the strongest mechanism that is offered and no other when that fails: so it may
 * choose only among those for which what we have is enough, and not want a Kerberos ticket. */
static CURLcode link_set_login(struct link *link, const char *secret)
{
	static const char for_password[] = "AUTH=PLAIN;AUTH=LOGIN;AUTH=CRAM-MD5;AUTH=DIGEST-MD5;"
					   "AUTH=NTLM;AUTH=SCRAM-SHA-1;AUTH=SCRAM-SHA-256";
	static const char for_token[] = "AUTH=OAUTHBEARER;AUTH=XOAUTH2";
	CURLcode c;

	if (!link_has_user(link))
		return CURLE_OK;
	c = curl_easy_setopt(link->easy, CURLOPT_USERNAME, link->settings->user);
	if (c == CURLE_OK)
		c = curl_easy_setopt(link->easy, CURLOPT_LOGIN_OPTIONS,
			link->settings->token ? for_token : for_password);
	if (c == CURLE_OK && secret)
		c = curl_easy_setopt(link->easy,
			link->settings->token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret);
	return c;
}

static CURLcode link_set_callbacks(struct link *link)
{
	CURLcode c;

	c = curl_easy_setopt(link->easy, CURLOPT_HEADERFUNCTION, link_on_header);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_HEADERDATA, link);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_ERRORBUFFER, link->error);
	if (c == CURLE_OK && link->settings->trace) {
		c = curl_easy_setopt(link->easy, CURLOPT_VERBOSE, 1L);
		c = c ? c : curl_easy_setopt(link->easy, CURLOPT_DEBUGFUNCTION, link_on_debug);
		c = c ? c : curl_easy_setopt(link->easy, CURLOPT_DEBUGDATA, link);
	}
	return c;
}

static CURLcode link_set_options(struct link *link, const char *url, const char *secret)
{
	unsigned seconds = link->settings->timeout_seconds;
	CURLcode c;

	c = curl_easy_setopt(link->easy, CURLOPT_URL, url);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_CONNECT_ONLY, 1L);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_NOSIGNAL, 1L);
	c = c ? c : curl_easy_setopt(link->easy, CURLOPT_PROXY, ""); /* or all_proxy is obeyed */
	c = c ? c
	      : curl_easy_setopt(link->easy, CURLOPT_CONNECTTIMEOUT,
			seconds ? (long)seconds : (long)LINK_TIMEOUT_SECONDS);
	c = c ? c : link_set_tls(link);
	c = c ? c : link_set_login(link, secret);
	c = c ? c : link_set_callbacks(link);
	return c;
}

static CURLMcode link_set_multi(struct link *link)
{
	CURLMcode m;

	m = curl_multi_setopt(link->multi, CURLMOPT_SOCKETFUNCTION, link_on_socket);
	m = m ? m : curl_multi_setopt(link->multi, CURLMOPT_SOCKETDATA, link);
	m = m ? m : curl_multi_setopt(link->multi, CURLMOPT_TIMERFUNCTION, link_on_timer);
	m = m ? m : curl_multi_setopt(link->multi, CURLMOPT_TIMERDATA, link);
	return m ? m : curl_multi_add_handle(link->multi, link->easy);
}

int link_new(struct link **ret, const struct link_settings *settings, const char *secret,
	struct err *reterr)
{
	_cleanup_(link_freep) struct link *link = calloc(1, sizeof(*link));
	_cleanup_str_ struct str url = STR_INIT;
	CURLcode c;

	if (!link)
		return err_oom(reterr);
	link->settings = settings;
	link->fd = -1;
	link->due_msec = -1;
	link->multi = curl_multi_init();
	link->easy = curl_easy_init();
	if (!link->multi || !link->easy || link_build_url(settings, &url) < 0)
		return err_oom(reterr);
	c = link_set_options(link, str_text(&url), secret);
	if (c != CURLE_OK)
		return err_set(reterr, -EINVAL, "libcurl does not take an option: %s",
			curl_easy_strerror(c));
	if (link_set_multi(link) != CURLM_OK)
		return err_oom(reterr);
	*ret = TAKE_PTR(link);
	return 0;
}

/* Out of its multi handle first: that closes the connection at once, where libcurl would else say
 * QUIT by itself and wait for the answer. */
void link_free(struct link *link)
{
	if (!link)
		return;
	if (link->multi && link->easy)
		(void)curl_multi_remove_handle(link->multi, link->easy);
	if (link->easy)
		curl_easy_cleanup(link->easy);
	if (link->multi)
		(void)curl_multi_cleanup(link->multi);
	free(link);
}

static void link_fail(struct link *link, CURLcode code)
{
	struct explain_facts *facts = &link->facts;
	curl_off_t usec = 0;

	link->state = LINK_FAILED;
	if (link->failure.outcome)
		return;
	facts->url = link->settings->url;
	facts->user = link->settings->user;
	facts->ca_file = link->settings->ca_file;
	facts->seconds = link->settings->timeout_seconds ? link->settings->timeout_seconds
							 : LINK_TIMEOUT_SECONDS;
	facts->error = link->error;
	facts->offer = link->offer;
	(void)curl_easy_getinfo(link->easy, CURLINFO_OS_ERRNO, &facts->os_errno);
	(void)curl_easy_getinfo(link->easy, CURLINFO_SSL_VERIFYRESULT, &facts->verify);
	if (curl_easy_getinfo(link->easy, CURLINFO_CONNECT_TIME_T, &usec) == CURLE_OK)
		facts->connected = usec > 0;
	explain_failure(&link->failure, (int)code, facts);
}

/* Connected, as libcurl sees it; but where the server offers no login it goes on without one. */
static void link_finish(struct link *link)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (link_has_user(link) && !link->facts.logged_in) {
		link_fail(link, CURLE_LOGIN_DENIED);
		return;
	}
	if (curl_easy_getinfo(link->easy, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK ||
		fd == CURL_SOCKET_BAD) {
		link_fail(link, CURLE_GOT_NOTHING);
		return;
	}
	/* Its copies are wiped as they are given back. */
	(void)curl_easy_setopt(link->easy, CURLOPT_PASSWORD, NULL);
	(void)curl_easy_setopt(link->easy, CURLOPT_XOAUTH2_BEARER, NULL);
	link->fd = fd;
	link->state = LINK_OPEN;
}

void link_dispatch(struct link *link, const struct pollfd *fds, size_t n)
{
	CURLMsg *message;
	int running, left;

	for (size_t i = 0; i < n; i++) {
		int what = (fds[i].revents & (POLLIN | POLLHUP) ? CURL_CSELECT_IN : 0) |
			(fds[i].revents & POLLOUT ? CURL_CSELECT_OUT : 0) |
			(fds[i].revents & (POLLERR | POLLNVAL) ? CURL_CSELECT_ERR : 0);

		if (what)
			(void)curl_multi_socket_action(link->multi, fds[i].fd, what, &running);
	}
	if (link->due_msec >= 0 && clock_monotonic_msec() >= link->due_msec) {
		link->due_msec = -1;
		(void)curl_multi_socket_action(link->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
	while (link->state == LINK_OPENING &&
		(message = curl_multi_info_read(link->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		if (message->data.result == CURLE_OK)
			link_finish(link);
		else
			link_fail(link, message->data.result);
	}
}

size_t link_poll(const struct link *link, struct pollfd fds[LINK_POLL_MAX], int *ret_msec)
{
	int64_t left = link->due_msec - clock_monotonic_msec();

	memcpy(fds, link->fds, link->n_fds * sizeof(fds[0]));
	*ret_msec = link->due_msec < 0 ? -1 : left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
	return link->n_fds;
}

enum link_state link_state(const struct link *link)
{
	return link->state;
}

const struct post_result *link_failure(const struct link *link)
{
	return &link->failure;
}

const struct ehlo_offer *link_offer(const struct link *link)
{
	return &link->offer;
}

int link_fd(const struct link *link)
{
	return link->fd;
}

/* --- bytes --- */

static ssize_t link_moved(struct link *link, CURLcode code, size_t n, struct err *reterr)
{
	if (code == CURLE_AGAIN)
		return 0;
	if (code == CURLE_OK && n > 0)
		return (ssize_t)n;
	if (code == CURLE_OK || code == CURLE_GOT_NOTHING)
		return err_set(reterr, -EPIPE, "the server hung up");
	return err_set(reterr, -EIO, "%s", link->error[0] ? link->error : curl_easy_strerror(code));
}

ssize_t link_send(struct link *link, const char *bytes, size_t n, struct err *reterr)
{
	size_t moved = 0;
	CURLcode code;

	link->error[0] = '\0';
	code = curl_easy_send(link->easy, bytes, n, &moved);
	return link_moved(link, code, moved, reterr);
}

bool link_is_plain(const struct link *link)
{
	return str_equal(link->settings->tls, "none") && str_starts(link->settings->url, "smtp:");
}

ssize_t link_receive(struct link *link, char *buffer, size_t size, struct err *reterr)
{
	size_t moved = 0;
	CURLcode code;

	link->error[0] = '\0';
	code = curl_easy_recv(link->easy, buffer, size, &moved);
	return link_moved(link, code, moved, reterr);
}
