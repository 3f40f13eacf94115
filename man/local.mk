# SPDX-License-Identifier: MIT
dist_man_MANS = man/nudge.1 man/nudged.8 man/nudged-send.8 man/nudged.conf.5
