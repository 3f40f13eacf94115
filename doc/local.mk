# SPDX-License-Identifier: MIT
EXTRA_DIST += doc/ARCHITECTURE.md doc/digest.png
