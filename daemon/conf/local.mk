# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/conf/source.c daemon/conf/source.h \
	daemon/conf/scan.c daemon/conf/scan.h
