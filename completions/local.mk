# SPDX-License-Identifier: MIT
# Each where its shell looks by itself: below /usr/local as well as below /usr.
dist_bashcompletion_DATA = completions/bash/nudge
dist_zshcompletion_DATA = completions/zsh/_nudge
dist_fishcompletion_DATA = completions/fish/nudge.fish
