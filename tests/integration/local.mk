# SPDX-License-Identifier: MIT
integration_tests = \
	tests/integration/test-layers.py \
	tests/integration/test-style.py \
	tests/integration/test-version.py \
	tests/integration/test-purity.sh \
	tests/integration/test-unit.sh \
	tests/integration/test-cadence.py \
	tests/integration/test-catalogue.py \
	tests/integration/test-german.py \
	tests/integration/test-export.py \
	tests/integration/test-completion.py \
	tests/integration/test-pages.py \
	tests/integration/test-merge.py \
	tests/integration/test-mime.py \
	tests/integration/test-looks.py \
	tests/integration/test-docs.py \
	tests/integration/test-judges.py \
	tests/integration/test-post.py \
	tests/integration/test-nudge.py \
	tests/integration/test-init.py \
	tests/integration/test-nudged.py \
	tests/integration/test-tables.py \
	tests/integration/test-backup.py \
	tests/integration/test-faults.py \
	tests/integration/test-kill.py \
	tests/integration/test-memory.py \
	tests/integration/test-names.py \
	tests/integration/test-security.py \
	tests/integration/test-time.py \
	tests/integration/test-idle.py \
	tests/integration/test-plans.py \
	tests/integration/test-test-send.py \
	tests/integration/test-disk.py \
	tests/integration/test-doctor.py \
	tests/integration/test-load.py \
	tests/integration/test-members.py \
	tests/integration/test-shards.py \
	tests/integration/test-relay.py \
	tests/integration/test-systemd.py \
	tests/integration/test-init-systemd.py \
	tests/integration/test-postfix.py

TESTS += $(integration_tests)
EXTRA_DIST += $(integration_tests)
EXTRA_DIST += tests/lib/browser.py tests/lib/box.py tests/lib/dialogue.py tests/lib/markdown.py tests/lib/png.py

clean-looks:
	rm -rf tests/looks
.PHONY: clean-looks
