# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/post/result.c daemon/post/result.h \
	daemon/post/frame.c daemon/post/frame.h \
	daemon/post/reply.c daemon/post/reply.h \
	daemon/post/mask.c daemon/post/mask.h \
	daemon/post/ehlo.c daemon/post/ehlo.h \
	daemon/post/body.c daemon/post/body.h \
	daemon/post/dialogue.c daemon/post/dialogue.h
libnudge_a_SOURCES += \
	daemon/post/courier.c daemon/post/courier.h \
	daemon/post/route.c daemon/post/route.h \
	daemon/post/cage.c daemon/post/cage-calls.c daemon/post/cage.h daemon/post/cage-internal.h \
	daemon/post/keeper.c daemon/post/keeper.h \
	daemon/post/secret.c daemon/post/secret.h \
	daemon/post/explain.c daemon/post/explain.h \
	daemon/post/link.c daemon/post/link.h \
	daemon/post/connection.c daemon/post/connection.h \
	daemon/post/queue.c daemon/post/queue.h \
	daemon/post/sender.c daemon/post/sender.h
