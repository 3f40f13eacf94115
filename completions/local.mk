# SPDX-License-Identifier: MIT
# Each where its shell looks by itself: below /usr/local as well as below /usr.
dist_bashcompletion_DATA = completions/bash/nudge completions/bash/nudged
dist_zshcompletion_DATA = completions/zsh/_nudge completions/zsh/_nudged
dist_fishcompletion_DATA = completions/fish/nudge.fish completions/fish/nudged.fish
