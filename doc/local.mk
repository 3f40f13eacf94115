# SPDX-License-Identifier: MIT
EXTRA_DIST += doc/ARCHITECTURE.md doc/SCALING.md doc/PERFORMANCE.md doc/SECURITY.md doc/TESTING.md doc/digest.png

# For people.
EXTRA_DIST += README.de.md \
	doc/GETTING-STARTED.md doc/IMPORTING.md doc/MAIL-PROVIDERS.md doc/HOSTING.md doc/PRIVACY.md \
	doc/NEWCOMER.md \
	doc/digest-dark.png doc/digest.de.png doc/digest-dark.de.png \
	doc/sample/contacts.vcf doc/sample/google.csv doc/sample/outlook.csv doc/sample/thunderbird.ldif \
	doc/sample/birthdays.ics doc/sample/members.csv \
	doc/sample/linkedin/Connections.csv doc/sample/linkedin/Invitations.csv \
	doc/sample/linkedin/Recommendations_Received.csv doc/sample/linkedin/messages.csv
