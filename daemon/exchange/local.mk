# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/exchange/import.c daemon/exchange/import.h \
	daemon/exchange/match.c daemon/exchange/match.h \
	daemon/exchange/source.c daemon/exchange/source.h
