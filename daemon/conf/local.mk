# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/conf/conf.c daemon/conf/conf.h daemon/conf/conf-internal.h daemon/conf/digest.c \
	daemon/conf/hosted.c daemon/conf/hosted.h daemon/conf/write.c \
	daemon/conf/option.c daemon/conf/option.h daemon/conf/group.c \
	daemon/conf/setting.c daemon/conf/setting.h \
	daemon/conf/setting-list.c daemon/conf/setting-internal.h \
	daemon/conf/report.c daemon/conf/report.h \
	daemon/conf/source.c daemon/conf/source.h \
	daemon/conf/scan.c daemon/conf/scan.h \
	daemon/conf/url.c daemon/conf/url.h \
	daemon/conf/location.c daemon/conf/location.h \
	daemon/conf/invoke.c daemon/conf/invoke.h \
	daemon/conf/provider.c daemon/conf/provider.h \
	daemon/conf/initial.c daemon/conf/initial.h
