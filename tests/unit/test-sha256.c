/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/sha256.h"
#include "test.h"

#include <string.h>

static const char *sha256_hex(const void *bytes, size_t n)
{
	static char text[2 * SHA256_SIZE + 1];
	uint8_t hash[SHA256_SIZE];

	sha256(bytes, n, hash);
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		text[2 * i] = "0123456789abcdef"[hash[i] >> 4];
		text[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
	}
	return text;
}

/* The examples that accompany FIPS 180-4. */
static void sha256_of_the_standard(void)
{
	static const struct {
		const char *text, *hash;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		CHECK_TEXT(sha256_hex(rows[i].text, strlen(rows[i].text)), rows[i].hash);
}

static void sha256_of_a_million(void)
{
	_cleanup_free_ char *bytes = malloc(1000000);

	memset(bytes, 'a', 1000000);
	CHECK_TEXT(sha256_hex(bytes, 1000000),
		"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void sha256_fill(uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)(i * 7 + 3);
}

/* Where padding begins a block of its own, and where it does not: values of another program. */
static void sha256_around_the_block(void)
{
	static const struct {
		size_t n;
		const char *hash;
	} rows[] = {
		{ 1, "084fed08b978af4d7d196a7446a86b58009e636b611db16211b65a9aadff29c5" },
		{ 55, "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b" },
		{ 56, "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27" },
		{ 63, "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055" },
		{ 64, "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241" },
		{ 65, "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e" },
		{ 119, "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e" },
		{ 120, "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5" },
		{ 127, "a8d23e75d936f303d248888d9b165ee543f4cbafcad3c9dd2a79bd84faa11d07" },
		{ 128, "d2742f1f4ac6bb7ca2b239ee18402ba8b3f9f8e652d2a72973c2b9ba11c08cf6" },
	};
	uint8_t bytes[200];

	sha256_fill(bytes, sizeof(bytes));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%zu bytes", rows[i].n);
		CHECK_TEXT(sha256_hex(bytes, rows[i].n), rows[i].hash);
	}
}

/* The hash of all hashes of 0 to 200 bytes. */
static void sha256_of_every_length(void)
{
	uint8_t bytes[200], hashes[201 * SHA256_SIZE];

	sha256_fill(bytes, sizeof(bytes));
	for (size_t n = 0; n <= 200; n++)
		sha256(bytes, n, hashes + n * SHA256_SIZE);
	CHECK_TEXT(sha256_hex(hashes, sizeof(hashes)),
		"3275febb4612d86d586eb9f11cd21e648a9fc7d95e0f6b8d362786e28c9c5b79");
}

TEST_MAIN(TEST(sha256_of_the_standard), TEST(sha256_of_a_million), TEST(sha256_around_the_block),
	TEST(sha256_of_every_length))
