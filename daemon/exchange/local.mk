# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/exchange/export.c daemon/exchange/export.h daemon/exchange/export-part.h \
	daemon/exchange/export-calendar.c daemon/exchange/export-record.c \
	daemon/exchange/import.c daemon/exchange/import.h \
	daemon/exchange/import-outcome.c daemon/exchange/import-outcome.h \
	daemon/exchange/doubles.c daemon/exchange/doubles.h \
	daemon/exchange/gather.c daemon/exchange/gather.h \
	daemon/exchange/events.c daemon/exchange/events.h \
	daemon/exchange/apply.c daemon/exchange/apply.h \
	daemon/exchange/dissent.c daemon/exchange/dissent.h \
	daemon/exchange/early.c daemon/exchange/early.h \
	daemon/exchange/aside.c daemon/exchange/aside.h \
	daemon/exchange/ours.c daemon/exchange/ours.h \
	daemon/exchange/copies.c daemon/exchange/copies.h \
	daemon/exchange/match.c daemon/exchange/match.h \
	daemon/exchange/origin.c daemon/exchange/origin.h \
	daemon/exchange/rejects.c daemon/exchange/rejects.h \
	daemon/exchange/restore.c daemon/exchange/restore.h \
	daemon/exchange/sweep.c daemon/exchange/sweep.h \
	daemon/exchange/source.c daemon/exchange/source.h \
	daemon/exchange/uid.c daemon/exchange/uid.h \
	daemon/exchange/verdict.c daemon/exchange/verdict.h
