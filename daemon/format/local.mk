# SPDX-License-Identifier: MIT
libnudge_core_a_SOURCES += \
	daemon/format/reader.h \
	daemon/format/record.c daemon/format/record.h \
	daemon/format/block.h \
	daemon/format/charset.c daemon/format/charset.h \
	daemon/format/qp.c daemon/format/qp.h \
	daemon/format/base64.c daemon/format/base64.h \
	daemon/format/decode.c daemon/format/decode.h \
	daemon/format/sniff.c daemon/format/sniff.h \
	daemon/format/contentline.c daemon/format/contentline.h \
	daemon/format/contentline-reader.c daemon/format/contentline-internal.h \
	daemon/format/value.c daemon/format/value.h \
	daemon/format/card.c daemon/format/card.h \
	daemon/format/card-known.c \
	daemon/format/card-own.c \
	daemon/format/card-value.c \
	daemon/format/own.c daemon/format/own.h \
	daemon/format/shellword.c daemon/format/shellword.h \
	daemon/format/card-group.c daemon/format/card-part.h \
	daemon/format/vcard.c daemon/format/vcard.h \
	daemon/format/ldif.c daemon/format/ldif.h \
	daemon/format/ldif-entry.c daemon/format/ldif-part.h \
	daemon/format/yearly.c daemon/format/yearly.h \
	daemon/format/ical.c daemon/format/ical.h \
	daemon/format/ical-event.c daemon/format/ical-own.c daemon/format/ical-rule.c daemon/format/ical-part.h \
	daemon/format/csv.c daemon/format/csv.h \
	daemon/format/table.c daemon/format/table.h daemon/format/table-part.h \
	daemon/format/table-date.h daemon/format/table-row-part.h daemon/format/table-linkedin.h \
	daemon/format/table-word.c daemon/format/table-word.h daemon/format/table-cell.c daemon/format/table-column.c \
	daemon/format/table-date.c daemon/format/table-row.c \
	daemon/format/table-finish.c daemon/format/table-map.c daemon/format/table-map.h \
	daemon/format/table-linkedin.c daemon/format/table-keep.c daemon/format/table-keep.h \
	daemon/format/word.c daemon/format/word.h \
	daemon/format/address.c \
	daemon/format/mime.c daemon/format/mime.h \
	daemon/format/when.c daemon/format/when.h \
	daemon/format/rhythm.c daemon/format/rhythm.h \
	daemon/format/link.c daemon/format/link.h \
	daemon/format/bidi.c daemon/format/bidi.h \
	daemon/format/html.c daemon/format/html.h \
	daemon/format/text.c daemon/format/text.h \
	daemon/format/json.c daemon/format/json.h \
	daemon/format/json_reader.c daemon/format/json_reader.h \
	daemon/format/line_writer.c daemon/format/line_writer.h \
	daemon/format/vcard_writer.c daemon/format/vcard_writer.h \
	daemon/format/vcard_writer-name.c daemon/format/vcard_writer-same.c \
	daemon/format/ical_writer.c daemon/format/ical_writer.h \
	daemon/format/csv_writer.c daemon/format/csv_writer.h \
	daemon/format/csv_writer-kept.c daemon/format/csv_writer-part.h
