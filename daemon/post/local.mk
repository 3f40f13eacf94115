# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/post/result.c daemon/post/result.h \
	daemon/post/frame.c daemon/post/frame.h
libnudge_a_SOURCES += \
	daemon/post/courier.c daemon/post/courier.h
