# SPDX-License-Identifier: MIT
# fish completion of nudge: `nudge complete` knows what the word at the cursor may become.

function __nudge_complete
    set -l words (commandline -opc)
    # What is quoted and not closed cannot be unescaped.
    set -l typed (commandline -ct)
    set -l word (string unescape -- $typed; or string replace -r '^["\']' '' -- $typed)
    set -l answer (nudge complete fish $words[2..-1] "$word" 2>/dev/null)
    if test "$answer[1]" = files
        __fish_complete_path "$word"
    else
        printf '%s\n' $answer[2..-1]
    end
end

complete -c nudge -f -a '(__nudge_complete)'
