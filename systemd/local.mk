# SPDX-License-Identifier: MIT
# The units, for the system and for a user's own manager; the system's user and folders; what
# `journalctl -x` tells. The makefile knows where things are installed.
units = systemd/nudged.service systemd/nudged@.service systemd/nudged-once.service
user_units = systemd/user/nudged.service systemd/user/nudged-once.service
sysusersdir = $(prefix)/lib/sysusers.d
tmpfilesdir = $(prefix)/lib/tmpfiles.d
catalogdir = $(prefix)/lib/systemd/catalog

EXTRA_DIST += systemd/hardening.in systemd/nudged.service.in systemd/nudged-once.service.in \
	systemd/nudged-user.service.in systemd/nudged-once-user.service.in systemd/nudged-once.timer \
	systemd/nudged.sysusers.in systemd/nudged.tmpfiles.in systemd/nudged.catalog \
	systemd/nudged.de.catalog

if SYSTEMD
systemdsystemunit_DATA = $(units) systemd/nudged-once.timer
systemduserunit_DATA = $(user_units) systemd/nudged-once.timer
sysusers_DATA = systemd/sysusers.d/nudged.conf
tmpfiles_DATA = systemd/tmpfiles.d/nudged.conf
catalog_DATA = systemd/nudged.catalog systemd/nudged.de.catalog
CLEANFILES += $(units) $(user_units) $(sysusers_DATA) $(tmpfiles_DATA)
endif

unit_values = -e '/^@hardening@$$/{r $(srcdir)/systemd/hardening.in' -e 'd}' \
	-e 's|@sbindir[@]|$(sbindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
	-e 's|@localstatedir[@]|$(localstatedir)|g' -e 's|@reload_type[@]|$(reload_type)|g' \
	-e '$(if $(filter notify-reload,$(reload_type)),/^ExecReload=/d;/own kill/d)'
write_unit = $(AM_V_GEN)$(MKDIR_P) $(@D) && sed $(unit_values)

systemd/nudged.service: systemd/nudged.service.in systemd/hardening.in Makefile
	$(write_unit) -e "s|@what[@]|The system's service: one configuration, and a user of its own.|" \
		-e '/^@alone@$$/d' -e 's|@of[@]||; s|@instance[@]|nudged|; s|@state[@]|nudged|; s|@socket[@]|~|; s|@credential[@]|nudged|' \
		'$(srcdir)/systemd/nudged.service.in' >$@
systemd/nudged@.service: systemd/nudged.service.in systemd/hardening.in Makefile
	$(write_unit) -e 's|@what[@]|One of several: nudged@anna reads anna.conf, and keeps a book of its own.|' \
		-e 's|^@alone@$$|# They are of one user: of all books it sees its own.\nTemporaryFileSystem=%S/nudged:ro\nBindPaths=%S/nudged/%i|' \
		-e 's|@of[@]|, %i|; s|@instance[@]|%i|; s|@state[@]|nudged/%i|; s|@socket[@]|%i|; s|@credential[@]|nudged-%i|' \
		'$(srcdir)/systemd/nudged.service.in' >$@
systemd/nudged-once.service: systemd/nudged-once.service.in systemd/hardening.in Makefile
	$(write_unit) '$(srcdir)/systemd/nudged-once.service.in' >$@
systemd/user/nudged.service: systemd/nudged-user.service.in Makefile
	$(write_unit) '$(srcdir)/systemd/nudged-user.service.in' >$@
systemd/user/nudged-once.service: systemd/nudged-once-user.service.in Makefile
	$(write_unit) '$(srcdir)/systemd/nudged-once-user.service.in' >$@
systemd/sysusers.d/nudged.conf: systemd/nudged.sysusers.in Makefile
	$(write_unit) '$(srcdir)/systemd/nudged.sysusers.in' >$@
systemd/tmpfiles.d/nudged.conf: systemd/nudged.tmpfiles.in Makefile
	$(write_unit) '$(srcdir)/systemd/nudged.tmpfiles.in' >$@

# What a package does by its own hooks. Not where the files go into somebody's staging folder, and not
# without a running systemd or the right to.
install-data-hook:
	@if [ -z '$(DESTDIR)' ] && [ -d /run/systemd/system ] && [ "$$(id -u)" = 0 ] && \
		[ -f '$(sysusersdir)/nudged.conf' ]; then \
		systemd-sysusers nudged.conf; \
		systemd-tmpfiles --create nudged.conf; \
		journalctl --update-catalog; \
		systemctl daemon-reload; \
	fi

# And the way back, while the units and their program are still there. What the service knows stays.
# (Automake, which makes these targets, would take them for its own rules were they spelled out.)
when_removed = uninstall-binPROGRAMS uninstall-sbinPROGRAMS uninstall-libexecPROGRAMS \
	uninstall-systemdsystemunitDATA
if SYSTEMD
$(when_removed): retire
endif
.PHONY: retire
retire:
	@if [ -z '$(DESTDIR)' ] && [ -d /run/systemd/system ] && [ "$$(id -u)" = 0 ] && \
		[ -f '$(systemdsystemunitdir)/nudged.service' ]; then \
		echo 'nudged is stopped.'; \
		systemctl --quiet disable nudged.service nudged@.service nudged-once.timer; \
		systemctl stop nudged-once.timer nudged-once.service nudged.service 'nudged@*.service'; \
		systemctl reset-failed 'nudged*.service'; \
		for manager in /run/user/*/systemd/private; do \
			runtime=$${manager%/systemd/private}; \
			user=$$(id -nu "$${runtime##*/}" 2>/dev/null) || continue; \
			own="runuser -u $$user -- env XDG_RUNTIME_DIR=$$runtime systemctl --user"; \
			$$own --quiet is-active nudged.service nudged-once.timer || continue; \
			$$own stop nudged-once.timer nudged-once.service nudged.service; \
			echo "So is what $$user runs for themselves; once installed again it is up to them:" \
				"systemctl --user start nudged"; \
		done; \
	fi

uninstall-hook:
	@rmdir '$(DESTDIR)$(datadir)/nudged' 2>/dev/null || :
	@if [ -z '$(DESTDIR)' ] && [ -d /run/systemd/system ] && [ "$$(id -u)" = 0 ]; then \
		journalctl --update-catalog; \
		systemctl daemon-reload; \
	fi
	@echo 'What is yours stays: configurations in $(sysconfdir)/nudged, passwords in /etc/credstore*,'
	@echo 'books in $(localstatedir)/lib/nudged, and the user nudged, whose they are.'

AM_DISTCHECK_CONFIGURE_FLAGS = \
	--with-systemdsystemunitdir='$$dc_install_base/lib/systemd/system' \
	--with-systemduserunitdir='$$dc_install_base/lib/systemd/user'
