# SPDX-License-Identifier: MIT
# An example, not a configuration: where to copy it stands at its beginning.
pkgdata_DATA = nudged.conf.sample
nudged.conf.sample: etc/nudged.conf
	$(AM_V_GEN)cp $(srcdir)/etc/nudged.conf $@
EXTRA_DIST += etc/nudged.conf
CLEANFILES += nudged.conf.sample
