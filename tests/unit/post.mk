# SPDX-License-Identifier: MIT
check_PROGRAMS += \
	tests/unit/test-route \
	tests/unit/test-result \
	tests/unit/test-frame \
	tests/unit/test-reply \
	tests/unit/test-mask \
	tests/unit/test-ehlo \
	tests/unit/test-body \
	tests/unit/test-dialogue \
	tests/unit/test-secret \
	tests/unit/test-cage \
	tests/unit/test-keeper \
	tests/unit/test-explain \
	tests/unit/test-courier \
	tests/unit/test-snags

snagged_calls = malloc calloc realloc reallocarray pipe2 socketpair fork fstat pidfd_open \
	posix_spawn_file_actions_init posix_spawnattr_init posix_spawn_file_actions_adddup2 \
	posix_spawn_file_actions_addclosefrom_np read recv send poll waitpid curl_easy_init \
	curl_multi_init curl_multi_add_handle curl_easy_setopt curl_multi_setopt
tests_unit_test_snags_LDFLAGS = $(AM_LDFLAGS) $(snagged_calls:%=-Wl,--wrap=%)
