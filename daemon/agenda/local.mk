# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/agenda/cadence-internal.h \
	daemon/agenda/cadence-parse.c \
	daemon/agenda/cadence.c daemon/agenda/cadence.h
