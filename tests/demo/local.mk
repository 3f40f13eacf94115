# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/demo/demo.py tests/demo/address-book.vcf tests/demo/story.py tests/demo/picture.py

demo: all
	@$(PYTHON) -B '$(srcdir)/tests/demo/demo.py' . demo
.PHONY: demo

# Draws the pictures of doc/ anew, into the sources; takes chromium.
picture: all
	@$(PYTHON) -B '$(srcdir)/tests/demo/picture.py' . '$(srcdir)'
.PHONY: picture

clean-demo:
	rm -rf demo
.PHONY: clean-demo
