# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/core/mem.h \
	daemon/core/err.c daemon/core/err.h \
	daemon/core/sha256.c daemon/core/sha256.h \
	daemon/core/str.c daemon/core/str.h \
	daemon/core/utf8.c daemon/core/utf8.h \
	daemon/core/numbers.c daemon/core/numbers.h \
	daemon/core/likeness.c daemon/core/likeness.h \
	daemon/core/day.c daemon/core/day.h \
	daemon/core/tzrule.c daemon/core/tzrule.h \
	daemon/core/zone.c daemon/core/zone.h
