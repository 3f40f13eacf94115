# SPDX-License-Identifier: MIT
# A language is one file here, which configure finds. The catalogues lie in locale/ of the build tree as they
# will where they are installed, so that the programs speak every language before that.
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

# What marks a text: by name alone, or as the format that so many arguments stand before.
XGETTEXT_OPTIONS = --from-code=UTF-8 --add-comments=TRANSLATORS --package-name=$(PACKAGE) \
	--add-location=file --sort-by-file \
	--keyword=_ --keyword=N_ --keyword=ngettext:1,2 --keyword=C_:1c,2 --keyword=NC_:1c,2 \
	--keyword=ERR_TEXT --keyword=err_translate \
	--keyword=err_set:3 --flag=err_set:3:c-format \
	--keyword=err_prefix:3 --flag=err_prefix:3:c-format \
	--keyword=FAIL:3 --flag=FAIL:3:c-format \
	--keyword=setting_refuse:3 --flag=setting_refuse:3:c-format \
	--keyword=report_add:4 --flag=report_add:4:c-format \
	--keyword=option_complain:5 --flag=option_complain:5:c-format \
	--keyword=post_result_set:5 --flag=post_result_set:5:c-format \
	--keyword=finding_well:2 --flag=finding_well:2:c-format \
	--keyword=finding_unclear:2 --flag=finding_unclear:2:c-format \
	--keyword=finding_wrong:2 --flag=finding_wrong:2:c-format \
	--keyword=finding_remedy:2 --flag=finding_remedy:2:c-format \
	--keyword=json_bad:2 \
	--keyword=archive_bad:2 --flag=archive_bad:2:c-format \
	--keyword=explain_set:4 \
	--keyword=cli_complain:3 --flag=cli_complain:3:c-format \
	--keyword=cli_usage:2 --flag=cli_usage:2:c-format

# Brings the catalogues up to the sources: for those who have changed a text. Those with a variant
# ("@") hold what differs from their language alone, so that nothing is translated twice: the
# readers' LANGUAGE names the language behind the variant.
update-po:
	cd '$(srcdir)' && $(XGETTEXT) $(XGETTEXT_OPTIONS) -o '$(abs_builddir)'/$(PACKAGE).pot \
		$$(find daemon -name '*.c' | LC_ALL=C sort)
	for language in $(po_languages); do \
		$(MSGMERGE) --quiet --add-location=file -o $(PACKAGE).po \
			'$(srcdir)'/po/$$language.po $(PACKAGE).pot && \
		case $$language in \
		*@*) $(MSGATTRIB) --translated --no-fuzzy --no-obsolete -o $(PACKAGE).po $(PACKAGE).po ;; \
		esac && sed -e '/^"POT-Creation-Date:/d' -e '/^"Report-Msgid-Bugs-To:/d' $(PACKAGE).po \
			>'$(srcdir)'/po/$$language.po || exit 1; \
	done
	rm -f $(PACKAGE).po
CLEANFILES += $(PACKAGE).pot
.PHONY: update-po
