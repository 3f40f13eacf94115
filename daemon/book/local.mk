# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/book/ahead.c daemon/book/ahead.h \
	daemon/book/archive.c daemon/book/archive.h daemon/book/archive-internal.h \
	daemon/book/archive-read.c daemon/book/archive-table.c \
	daemon/book/aliases.c daemon/book/aliases.h \
	daemon/book/books.c daemon/book/books.h \
	daemon/book/candidates.c daemon/book/candidates.h \
	daemon/book/coffees.c daemon/book/coffees.h \
	daemon/book/contacts.c daemon/book/contacts.h \
	daemon/book/digests.c daemon/book/digests.h \
	daemon/book/duplicates.c daemon/book/duplicates.h \
	daemon/book/followups.c daemon/book/followups.h \
	daemon/book/forums.c daemon/book/forums.h \
	daemon/book/history.c daemon/book/history.h \
	daemon/book/hosted.c daemon/book/hosted.h \
	daemon/book/keeping.c daemon/book/keeping.h \
	daemon/book/holder.c daemon/book/holder.h \
	daemon/book/keepsake.c daemon/book/keepsake.h \
	daemon/book/keys.c daemon/book/keys.h \
	daemon/book/kin.c daemon/book/kin.h \
	daemon/book/meanwhile.c daemon/book/meanwhile.h \
	daemon/book/nearby.c daemon/book/nearby.h \
	daemon/book/known.c daemon/book/known.h \
	daemon/book/ledger.c daemon/book/ledger.h daemon/book/thanks.c \
	daemon/book/merge.c daemon/book/merge.h daemon/book/merge-internal.h daemon/book/merge-occasion.c \
	daemon/book/newcomers.c daemon/book/newcomers.h \
	daemon/book/occasions.c daemon/book/occasions.h \
	daemon/book/outbox.c daemon/book/outbox.h \
	daemon/book/outreaches.c daemon/book/outreaches.h \
	daemon/book/schema.c daemon/book/schema.h \
	daemon/book/sources.c daemon/book/sources.h \
	daemon/book/stage.c daemon/book/stage.h \
	daemon/book/suggestions.c daemon/book/suggestions.h \
	daemon/book/tags.c daemon/book/tags.h daemon/book/touches.c daemon/book/touches.h \
	daemon/book/troubles.c daemon/book/troubles.h \
	daemon/book/search.c daemon/book/search.h \
	daemon/book/backups.c daemon/book/backups.h \
	daemon/book/mailed.c daemon/book/mailed.h \
	daemon/book/sights.c daemon/book/sights.h \
	daemon/book/store.c daemon/book/store.h daemon/book/store-internal.h \
	daemon/book/statement.c daemon/book/statement.h \
	daemon/book/undo.c daemon/book/undo.h \
	daemon/book/wants.c daemon/book/wants.h \
	daemon/book/witness.c daemon/book/witness.h
