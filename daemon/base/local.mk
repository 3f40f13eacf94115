# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/base/clock.c daemon/base/clock.h \
	daemon/base/control.c daemon/base/control.h \
	daemon/base/command.c daemon/base/command.h \
	daemon/base/fd.c daemon/base/fd.h \
	daemon/base/file.c daemon/base/file.h \
	daemon/base/lang.c daemon/base/lang.h \
	daemon/base/spool.c daemon/base/spool.h \
	daemon/base/retell.c daemon/base/retell-known.c daemon/base/retell.h \
	daemon/base/lock.c daemon/base/lock.h \
	daemon/base/mx.c daemon/base/mx.h \
	daemon/base/zonecache.c daemon/base/zonecache.h \
	daemon/base/zonefile.c daemon/base/zonefile.h
