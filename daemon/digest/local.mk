# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/digest/collect-internal.h daemon/digest/collect-match.c \
	daemon/digest/collect-occasion.c daemon/digest/collect-open.c \
	daemon/digest/collect-outreach.c daemon/digest/collect-people.c daemon/digest/collect.c \
	daemon/digest/collect.h daemon/digest/compose-call.c daemon/digest/compose-entry.c daemon/digest/compose-internal.h \
	daemon/digest/compose-link.c daemon/digest/compose-match.c \
	daemon/digest/compose-outreach.c daemon/digest/compose-subject.c \
	daemon/digest/compose-trouble.c \
	daemon/digest/compose-welcome.c daemon/digest/compose.c \
	daemon/digest/compose.h daemon/digest/document.c daemon/digest/document.h \
	daemon/digest/draft.c daemon/digest/draft.h daemon/digest/edition-calendar.c \
	daemon/digest/edition-internal.h daemon/digest/edition-news.c daemon/digest/edition.c daemon/digest/edition.h \
	daemon/digest/html_part.c daemon/digest/invitation.c daemon/digest/invitation.h daemon/digest/item.h \
	daemon/digest/roster.c daemon/digest/roster.h \
	daemon/digest/salutation.c daemon/digest/salutation.h daemon/digest/slot.c \
	daemon/digest/slot.h daemon/digest/suggest.c \
	daemon/digest/suggest.h daemon/digest/talk.c daemon/digest/talk.h \
	daemon/digest/text_part.c daemon/digest/wording-match.c \
	daemon/digest/wording-name.c \
	daemon/digest/wording.c daemon/digest/wording.h
