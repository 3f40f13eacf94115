# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/doctor/disk.c daemon/doctor/disk.h \
	daemon/doctor/finding.c daemon/doctor/finding.h \
	daemon/doctor/outcome.c daemon/doctor/outcome.h \
	daemon/doctor/server.c daemon/doctor/server.h \
	daemon/doctor/timekeeping.c daemon/doctor/timekeeping.h \
	daemon/doctor/unit.c daemon/doctor/unit.h
libnudge_a_SOURCES += \
	daemon/doctor/doctor.c daemon/doctor/doctor.h daemon/doctor/doctor-internal.h \
	daemon/doctor/look-disk.c daemon/doctor/look-files.c daemon/doctor/look-mails.c daemon/doctor/look-server.c \
	daemon/doctor/look-unit.c
