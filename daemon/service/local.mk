# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/service/clockwatch.c daemon/service/clockwatch.h \
	daemon/service/daily.c daemon/service/daily.h \
	daemon/service/delivery-internal.h daemon/service/delivery-record.c \
	daemon/service/delivery.c daemon/service/delivery.h \
	daemon/service/desk.c daemon/service/desk.h \
	daemon/service/journal.c daemon/service/journal.h \
	daemon/service/loop.c daemon/service/loop.h \
	daemon/service/notify.c daemon/service/notify.h \
	daemon/service/password.c daemon/service/password.h \
	daemon/service/patience.c daemon/service/patience.h \
	daemon/service/service.c daemon/service/service.h daemon/service/service-internal.h \
	daemon/service/service-requests.c \
	daemon/service/slots.c daemon/service/slots.h \
	daemon/service/status.c daemon/service/status.h \
	daemon/service/tenure.c daemon/service/tenure.h \
	daemon/service/watch.c daemon/service/watch.h \
	daemon/service/zonewatch.c daemon/service/zonewatch.h
