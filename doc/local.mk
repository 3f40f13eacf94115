# SPDX-License-Identifier: MIT
EXTRA_DIST += doc/ARCHITECTURE.md doc/PERFORMANCE.md doc/SECURITY.md doc/TESTING.md doc/digest.png
