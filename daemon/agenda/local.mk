# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/agenda/cadence-internal.h \
	daemon/agenda/cadence-parse.c \
	daemon/agenda/cadence.c daemon/agenda/cadence.h \
	daemon/agenda/coffee.c daemon/agenda/coffee.h \
	daemon/agenda/cover.c daemon/agenda/cover.h \
	daemon/agenda/duplicate.c daemon/agenda/duplicate.h \
	daemon/agenda/goal.c daemon/agenda/goal.h \
	daemon/agenda/introduction.c daemon/agenda/introduction.h \
	daemon/agenda/match.c daemon/agenda/match.h \
	daemon/agenda/match-find.c daemon/agenda/match-internal.h \
	daemon/agenda/occasion.c daemon/agenda/occasion.h \
	daemon/agenda/outreach.c daemon/agenda/outreach.h \
	daemon/agenda/overdue.c daemon/agenda/overdue.h \
	daemon/agenda/repeat.c daemon/agenda/repeat.h \
	daemon/agenda/retry.c daemon/agenda/retry.h \
	daemon/agenda/stem.c daemon/agenda/stem.h \
	daemon/agenda/stopword.c daemon/agenda/stopword.h \
	daemon/agenda/throttle.c daemon/agenda/throttle.h \
	daemon/agenda/touch.c daemon/agenda/touch.h \
	daemon/agenda/trust.c daemon/agenda/trust.h
