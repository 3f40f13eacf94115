# SPDX-License-Identifier: MIT
TESTS += tests/integration/test-mime.py
EXTRA_DIST += tests/integration/test-mime.py
