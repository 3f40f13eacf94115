# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/base/fd.h \
	daemon/base/file.c daemon/base/file.h \
	daemon/base/zonefile.c daemon/base/zonefile.h
