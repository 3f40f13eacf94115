# SPDX-License-Identifier: MIT
systemduserunit_DATA = systemd/nudged.service
EXTRA_DIST += systemd/nudged.service.in
CLEANFILES += systemd/nudged.service

# The makefile knows where things are installed.
systemd/nudged.service: systemd/nudged.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed 's|[@]sbindir[@]|$(sbindir)|g' '$(srcdir)/systemd/nudged.service.in' >$@

AM_DISTCHECK_CONFIGURE_FLAGS = \
	--with-systemduserunitdir='$$dc_install_base/lib/systemd/user'
