# SPDX-License-Identifier: MIT
# fish completion of nudged: its options, and the file of a configuration.

complete -c nudged -f
complete -c nudged -s c -l config -r -F -d 'read this configuration'
complete -c nudged -l check-config -d 'check the configuration and end'
complete -c nudged -l once -d 'send what is due now and end'
complete -c nudged -l foreground -d 'stay in the foreground'
complete -c nudged -l now -x -d 'act as if it were then'
complete -c nudged -s h -l help -d 'tell how it is called'
complete -c nudged -s V -l version -d 'tell the version'
