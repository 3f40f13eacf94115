#!/bin/bash
# SPDX-License-Identifier: MIT
# certs.sh FOLDER: a certificate authority for tests and servers' certificates in PEM, each NAME.pem
# with NAME.key: good (for localhost and 127.0.0.1), expired, other (for another host), stranger (by
# an authority that nobody trusts). ca.pem is what clients trust.
set -eu
mkdir -p "$1"
cd "$1"

key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null ||
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

authority() { # NAME
	key "$1"
	openssl req -x509 -new -key "$1.key" -out "$1.pem" -days 3650 -subj "/CN=nudged tests: $1" \
		-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
}

# openssl x509 knows no way to set a date in the past, openssl ca does.
certificate() { # NAME AUTHORITY NAMES BEGIN END
	key "$1"
	openssl req -new -key "$1.key" -out "$1.csr" -subj "/CN=$1"
	mkdir issued
	: >issued/index.txt
	cat >issued/ca.conf <<-END
		[ca]
		default_ca = one
		[one]
		database = issued/index.txt
		rand_serial = yes
		unique_subject = no
		new_certs_dir = issued
		default_md = sha256
		policy = any
		x509_extensions = server
		[any]
		commonName = supplied
		[server]
		subjectAltName = $3
		extendedKeyUsage = serverAuth
	END
	openssl ca -batch -config issued/ca.conf -cert "$2.pem" -keyfile "$2.key" -in "$1.csr" -out "$1.pem" \
		-notext -startdate "$4" -enddate "$5" 2>/dev/null
	rm -r "$1.csr" issued
}

mine=DNS:localhost,IP:127.0.0.1,DNS:mail.example.test
authority ca
authority strangers
certificate good ca "$mine" 20200101000000Z 20991231235959Z
certificate expired ca "$mine" 20200101000000Z 20210101000000Z
certificate other ca DNS:other.example.test 20200101000000Z 20991231235959Z
certificate stranger strangers "$mine" 20200101000000Z 20991231235959Z
