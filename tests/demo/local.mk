# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/demo/demo.py tests/demo/address-book.vcf

demo: all
	@$(PYTHON) -B '$(srcdir)/tests/demo/demo.py' . demo
.PHONY: demo

clean-demo:
	rm -rf demo
.PHONY: clean-demo
