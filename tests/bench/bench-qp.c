/* SPDX-License-Identifier: MIT */
/*
 * bench-qp: our quoted-printable beside libcurl's, of German text.
 *
 * libcurl encodes while it sends: it mails the text to a server of ours that swallows everything, once
 * encoded by us and handed over as it is, once encoded by curl_mime. Processor of this process alone.
 */
#include "core/str.h"
#include "format/qp.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TEXT_BYTES (16U << 20)
#define ROUNDS     7
#define WANTED     3.0

static const char line[] = "* 22.11. Anna Müller wird 42 - Tel. +49 173 50982352, Würzburg\n";

static double seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void say(int fd, const char *text)
{
	if (write(fd, text, strlen(text)) < 0)
		_exit(1);
}

/* One mail: takes what comes, without a look at it but for the end. */
static void swallow(int fd)
{
	static char buffer[1 << 18];
	char tail[5] = "";
	ssize_t n;

	say(fd, "354 go on\r\n");
	while ((n = read(fd, buffer, sizeof(buffer))) > 0) {
		if (n >= 5)
			memcpy(tail, buffer + n - 5, 5);
		else {
			memmove(tail, tail + n, 5 - (size_t)n);
			memcpy(tail + 5 - n, buffer, (size_t)n);
		}
		if (memcmp(tail, "\r\n.\r\n", 5) == 0)
			break;
	}
	say(fd, "250 taken\r\n");
}

static void converse(int fd)
{
	char command[1024];
	ssize_t n;

	say(fd, "220 sink\r\n");
	while ((n = read(fd, command, sizeof(command))) > 0)
		if (strncmp(command, "DATA", 4) == 0)
			swallow(fd);
		else
			say(fd, "250 ok\r\n");
	close(fd);
}

static pid_t serve(int *ret_port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0), connection;
	pid_t pid;

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, 8) < 0 ||
		getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		abort();
	*ret_port = ntohs(at.sin_port);
	pid = fork();
	if (pid == 0)
		while ((connection = accept(fd, NULL, NULL)) >= 0)
			converse(connection);
	close(fd);
	return pid;
}

struct source {
	const char *text;
	size_t n, at;
};

static size_t give(char *to, size_t size, size_t n, void *userdata)
{
	struct source *source = userdata;
	size_t part = size * n;

	if (part > source->n - source->at)
		part = source->n - source->at;
	memcpy(to, source->text + source->at, part);
	source->at += part;
	return part;
}

/* Seconds of processor for one mail; encoded by curl_mime where `encoder` is not NULL. */
static double mail(const char *url, const struct str *text, const char *encoder)
{
	CURL *curl = curl_easy_init();
	struct curl_slist *to = curl_slist_append(NULL, "<ben@example.org>");
	struct source source = { text->data, text->len, 0 };
	curl_mime *mime = curl_mime_init(curl);
	double begun;

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<anna@example.org>");
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	if (encoder) {
		curl_mimepart *part = curl_mime_addpart(mime);

		curl_mime_data(part, text->data, text->len);
		curl_mime_type(part, "text/plain; charset=UTF-8");
		curl_mime_encoder(part, encoder);
		curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
	} else {
		curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
		curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
		curl_easy_setopt(curl, CURLOPT_READDATA, &source);
	}
	begun = seconds();
	if (curl_easy_perform(curl) != CURLE_OK)
		abort();
	begun = seconds() - begun;
	curl_easy_cleanup(curl);
	curl_mime_free(mime);
	curl_slist_free_all(to);
	return begun;
}

static double encode(struct str *out, const struct str *text)
{
	double begun = seconds();

	str_clear(out);
	qp_add_encoded(out, text->data, text->len);
	return seconds() - begun;
}

static double least(double a, double b)
{
	return a < b ? a : b;
}

int main(void)
{
	_cleanup_str_ struct str text = STR_INIT, network = STR_INIT, encoded = STR_INIT,
				 url = STR_INIT;
	double ours = 1e9, sent = 1e9, theirs = 1e9, plain = 1e9, ratio;
	int port;
	pid_t server = serve(&port);

	while (text.len < TEXT_BYTES) {
		str_add(&text, line);
		str_add_bytes(&network, line, strlen(line) - 1);
		str_add(&network, "\r\n");
	}
	str_addf(&url, "smtp://127.0.0.1:%d/example.org", port);
	curl_global_init(CURL_GLOBAL_ALL);
	for (int i = 0; i < ROUNDS; i++) {
		ours = least(ours, encode(&encoded, &text));
		sent = least(sent, mail(str_text(&url), &encoded, NULL));
		theirs = least(theirs, mail(str_text(&url), &network, "quoted-printable"));
		plain = least(plain, mail(str_text(&url), &network, "8bit"));
	}
	(void)kill(server, SIGTERM);
	(void)waitpid(server, NULL, 0);
	ratio = (theirs - plain) / ours;
	printf("quoted-printable of %u MiB: ours %.0f ms (%.0f MB/s); curl_mime's %.0f ms more than 8bit:"
	       " %.1fx\n",
		TEXT_BYTES >> 20, ours * 1e3, (double)text.len / ours / 1e6, (theirs - plain) * 1e3,
		ratio);
	printf("encoded and sent: %.0f ms; by curl_mime %.0f ms: %.1fx\n", (ours + sent) * 1e3,
		theirs * 1e3, theirs / (ours + sent));
	return ratio >= WANTED ? 0 : 1;
}
