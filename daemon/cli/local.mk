# SPDX-License-Identifier: MIT
libnudge_a_SOURCES += \
	daemon/cli/act-coffee.c daemon/cli/act-followup.c daemon/cli/act-forum.c \
	daemon/cli/act-introduction.c daemon/cli/act-occasion.c daemon/cli/act-outreach.c \
	daemon/cli/act-thanks.c daemon/cli/act-touch.c daemon/cli/act.c daemon/cli/act.h \
	daemon/cli/answers.c daemon/cli/answers.h \
	daemon/cli/arguments.c daemon/cli/arguments.h daemon/cli/ask.c daemon/cli/ask.h \
	daemon/cli/change.c daemon/cli/change.h daemon/cli/cli.c daemon/cli/cli.h \
	daemon/cli/complete.c daemon/cli/complete.h daemon/cli/complete-table.c daemon/cli/complete-table.h \
	daemon/cli/editor.c daemon/cli/editor.h daemon/cli/fallback.c daemon/cli/fallback.h \
	daemon/cli/import-report.c daemon/cli/import-report.h \
	daemon/cli/letter.c daemon/cli/letter.h daemon/cli/listing.c daemon/cli/listing.h \
	daemon/cli/output.c daemon/cli/output.h \
	daemon/cli/person.c daemon/cli/person.h daemon/cli/pick.c daemon/cli/pick.h \
	daemon/cli/place.c daemon/cli/place.h daemon/cli/question.c daemon/cli/question.h \
	daemon/cli/trial.c daemon/cli/trial.h daemon/cli/starter.c daemon/cli/starter.h \
	daemon/cli/progress.c daemon/cli/progress.h \
	daemon/cli/request.c daemon/cli/request.h daemon/cli/sheet.c daemon/cli/sheet.h \
	daemon/cli/show.c daemon/cli/show.h \
	daemon/cli/naming.c daemon/cli/naming.h \
	daemon/cli/guess.c daemon/cli/guess.h \
	daemon/cli/telling.c daemon/cli/telling.h \
	daemon/cli/mails.c daemon/cli/mails.h daemon/cli/mode.c daemon/cli/mode.h \
	daemon/cli/verb-act.c daemon/cli/verb-agenda.c daemon/cli/verb-backup.c daemon/cli/verb-book.c \
	daemon/cli/verb-coffee.c daemon/cli/verb-complete.c daemon/cli/verb-contact.c daemon/cli/verb-digest.c \
	daemon/cli/handover.c daemon/cli/handover.h daemon/cli/init-internal.h daemon/cli/init-service.c \
	daemon/cli/verb-export.c daemon/cli/verb-forum.c daemon/cli/verb-history.c daemon/cli/verb-hosted.c \
	daemon/cli/verb-import.c daemon/cli/verb-init.c \
	daemon/cli/verb-introduce.c daemon/cli/verb-ledger.c daemon/cli/verb-merge.c \
	daemon/cli/verb-doctor.c daemon/cli/verb-outreach.c daemon/cli/verb-service.c daemon/cli/verb-status.c \
	daemon/cli/verbs.c daemon/cli/verbs.h \
	daemon/cli/words.c daemon/cli/words.h
