# SPDX-License-Identifier: MIT
# A language is one file here. The catalogues lie in locale/ of the build tree as they will where
# they are installed, so that the programs speak every language before that.
po_languages = de de@formal
po_files = $(po_languages:%=po/%.po)
mo_files = $(po_languages:%=locale/%/LC_MESSAGES/$(PACKAGE).mo)
EXTRA_DIST += $(po_files)
CLEANFILES += $(mo_files)

$(mo_files): locale/%/LC_MESSAGES/$(PACKAGE).mo: $(srcdir)/po/%.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) --check-format -o $@ '$<'

all-local: $(mo_files)

install-data-local: $(mo_files)
	for language in $(po_languages); do \
		$(MKDIR_P) '$(DESTDIR)$(localedir)'/$$language/LC_MESSAGES && \
		$(INSTALL_DATA) locale/$$language/LC_MESSAGES/$(PACKAGE).mo \
			'$(DESTDIR)$(localedir)'/$$language/LC_MESSAGES/ || exit 1; \
	done

uninstall-local:
	for language in $(po_languages); do \
		rm -f '$(DESTDIR)$(localedir)'/$$language/LC_MESSAGES/$(PACKAGE).mo; \
	done

XGETTEXT_OPTIONS = --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
	--add-comments=TRANSLATORS --package-name=$(PACKAGE)

# Brings the catalogues up to the sources: for those who have changed a text.
update-po:
	cd '$(srcdir)' && $(XGETTEXT) $(XGETTEXT_OPTIONS) -o '$(abs_builddir)'/$(PACKAGE).pot \
		$$(find daemon -name '*.c' | LC_ALL=C sort)
	for language in $(po_languages); do \
		$(MSGMERGE) --quiet --update --backup=none '$(srcdir)'/po/$$language.po $(PACKAGE).pot || exit 1; \
	done
CLEANFILES += $(PACKAGE).pot
.PHONY: update-po
