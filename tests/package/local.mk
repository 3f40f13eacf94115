# SPDX-License-Identifier: MIT
# What somebody gets who does not build here: the tarball, the Debian package, the container. `make check-package`
# makes each and tries it in clean roots of Debian, which takes root and some minutes, whatever the compiler.
package_tests = tests/package/test-dist.py tests/package/test-debian.py tests/package/test-container.py \
	tests/package/test-release.py
EXTRA_DIST += $(package_tests) tests/lib/debian.py tests/lib/tarball.py Containerfile .dockerignore

check-package: dist
	$(MAKE) check check_PROGRAMS= check_LIBRARIES= check_DATA= TESTS='$(package_tests)'

clean-package:
	rm -rf tests/package/base.tar*
.PHONY: check-package clean-package
