# SPDX-License-Identifier: MIT
dist_man_MANS = man/nudge.1 man/nudged.8 man/nudged-send.8 man/nudged.conf.5
# Automake knows no pages in other languages.
deman1dir = $(mandir)/de/man1
deman5dir = $(mandir)/de/man5
dist_deman1_DATA = man/de/nudge.1
dist_deman5_DATA = man/de/nudged.conf.5
