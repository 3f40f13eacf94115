/* SPDX-License-Identifier: MIT */
/*
 * schema: the tables, and how an older database becomes one of today.
 *
 * Days are day numbers, instants seconds since 1970; no date is computed in SQL. Names that a person
 * chose are unique where they are looked up by. AUTOINCREMENT: numbers that people may have noted
 * are never given to another.
 */
#include "book/schema.h"

#include "book/backups.h"
#include "book/store-internal.h"

#include <errno.h>
#include <sqlite3.h>

static const char schema_1[] =
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"INSERT INTO meta VALUES ('identity', lower(hex(randomblob(8))));"

	"CREATE TABLE book (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
	" owner TEXT, city TEXT, intro TEXT) STRICT;"
	"CREATE TABLE offer (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" text TEXT NOT NULL, PRIMARY KEY (book, text)) STRICT, WITHOUT ROWID;"
	/* Handles: a counter a book and letter; a number once given is never given again. */
	"CREATE TABLE counter (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" letter TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (book, letter)) STRICT, WITHOUT ROWID;"

	"CREATE TABLE contact (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" name TEXT NOT NULL, folded TEXT NOT NULL, org TEXT, title TEXT, city TEXT, language TEXT,"
	" salutation TEXT, note TEXT, every TEXT, met_day INTEGER, met_place TEXT,"
	" source TEXT NOT NULL, entered_day INTEGER NOT NULL) STRICT;"
	"CREATE INDEX contact_folded ON contact (book, folded);"
	/* Who set a field, where it was not the contact's own source. */
	"CREATE TABLE field_source (contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" field TEXT NOT NULL, source TEXT NOT NULL, set_day INTEGER NOT NULL,"
	" PRIMARY KEY (contact, field)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE contact_value (contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" kind TEXT NOT NULL, place INTEGER NOT NULL, text TEXT NOT NULL, label TEXT,"
	" folded TEXT NOT NULL, source TEXT NOT NULL, entered_day INTEGER NOT NULL,"
	" PRIMARY KEY (contact, kind, place)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX contact_value_folded ON contact_value (kind, folded);"
	/* What a source calls a contact: "uid:...", so that it is known again at the next import. The first
	 * source (a file's name) of a contact owns it: others fill in what is empty, or two would take
	 * turns. */
	"CREATE TABLE contact_key (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" key TEXT NOT NULL, contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" source TEXT NOT NULL, owns INTEGER NOT NULL, PRIMARY KEY (book, key)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX contact_key_contact ON contact_key (contact);"
	/* Salted hashes of the keys of those who were removed: an import does not bring them back. */
	"CREATE TABLE forgotten (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" hash BLOB NOT NULL, PRIMARY KEY (book, hash)) STRICT, WITHOUT ROWID;"
	"CREATE VIRTUAL TABLE search USING fts5 (text, prefix='2 3', tokenize='unicode61 remove_diacritics 0');"

	/* Clustered by month and day: what falls on some days is read without touching the others. */
	"CREATE TABLE occasion (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" month_day INTEGER NOT NULL, number INTEGER NOT NULL,"
	" contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" kind TEXT NOT NULL, name TEXT, year INTEGER NOT NULL, source TEXT NOT NULL,"
	" entered_day INTEGER NOT NULL, PRIMARY KEY (book, month_day, number)) STRICT, WITHOUT ROWID;"
	"CREATE UNIQUE INDEX occasion_number ON occasion (book, number);"
	"CREATE INDEX occasion_contact ON occasion (contact);"
	/* What a person said about one year's occurrence: done or put back to another day. */
	"CREATE TABLE occurrence (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" number INTEGER NOT NULL, year INTEGER NOT NULL, done_day INTEGER, until_day INTEGER,"
	" PRIMARY KEY (book, number, year)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX occurrence_until ON occurrence (book, until_day) WHERE until_day IS NOT NULL;"

	"CREATE TABLE follow_up (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" number INTEGER NOT NULL, contact INTEGER REFERENCES contact ON DELETE CASCADE,"
	" what TEXT NOT NULL, due_day INTEGER NOT NULL, due_minute INTEGER, entered_day INTEGER NOT NULL,"
	" done_day INTEGER, answer TEXT, PRIMARY KEY (book, number)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX follow_up_open ON follow_up (book, due_day) WHERE done_day IS NULL;"
	"CREATE INDEX follow_up_contact ON follow_up (contact);"

	"CREATE TABLE touch (id INTEGER PRIMARY KEY,"
	" contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" day INTEGER NOT NULL, kind TEXT NOT NULL, note TEXT) STRICT;"
	"CREATE INDEX touch_contact ON touch (contact, day);"

	"CREATE TABLE digest (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
	" cadence TEXT NOT NULL, timezone TEXT NOT NULL, since INTEGER NOT NULL) STRICT;"
	"CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" digest INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE, slot INTEGER NOT NULL,"
	" message_id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL, subject TEXT NOT NULL, body BLOB,"
	" composed_at INTEGER NOT NULL) STRICT;"
	"CREATE TABLE claim (digest INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE,"
	" slot INTEGER NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER NOT NULL,"
	" floor_day INTEGER NOT NULL, claimed_at INTEGER NOT NULL,"
	" message INTEGER REFERENCES message ON DELETE SET NULL, delivered INTEGER NOT NULL,"
	" PRIMARY KEY (digest, slot)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX claim_undelivered ON claim (digest, from_day) WHERE NOT delivered;"
	"CREATE INDEX claim_message ON claim (message);"
	/* What a digest has told, by the letters of book/digests.h, and on which day last. */
	"CREATE TABLE told (digest INTEGER NOT NULL REFERENCES digest ON DELETE CASCADE,"
	" kind TEXT NOT NULL, number INTEGER NOT NULL, mark INTEGER NOT NULL, day INTEGER NOT NULL,"
	" message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,"
	" PRIMARY KEY (digest, kind, number, mark)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX told_message ON told (message);"
	/* Whom a message speaks of, so that it can be erased with them. The columns stand in the key's
	 * order: SQLite 3.40's quick_check takes others for damage in a strict table without rowid. */
	"CREATE TABLE mention (contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,"
	" PRIMARY KEY (contact, message)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX mention_message ON mention (message);"
	"CREATE TABLE delivery (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, recipient TEXT NOT NULL,"
	" state TEXT NOT NULL CHECK (state IN"
	" ('queued', 'attempting', 'in doubt', 'sent', 'refused', 'withdrawn')),"
	" attempts INTEGER NOT NULL, doubts INTEGER NOT NULL, failing_since INTEGER,"
	" next_try INTEGER NOT NULL, changed_at INTEGER NOT NULL, error TEXT,"
	" UNIQUE (message, recipient)) STRICT;"
	"CREATE INDEX delivery_waiting ON delivery (next_try) WHERE state IN ('queued', 'in doubt');"
	"CREATE INDEX delivery_recipient ON delivery (recipient);"
	"CREATE INDEX delivery_state ON delivery (state);"
	/* What is wrong now, shown where the person looks. */
	"CREATE TABLE trouble (kind TEXT PRIMARY KEY, since INTEGER NOT NULL, text TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"

	"INSERT INTO book (name) VALUES ('main');";

/* Follow-ups that repeat, occasions that are not mentioned any more, keeping in touch, the ledger,
 * coffees, suggestions, requests to somebody new, forums, and what the command has changed last. first_day is
 * where months are counted from: the 31st does not drift. */
static const char schema_2[] =
	"ALTER TABLE follow_up ADD COLUMN first_day INTEGER;"
	"ALTER TABLE follow_up ADD COLUMN repeat_months INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE follow_up ADD COLUMN repeat_days INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE follow_up ADD COLUMN repeat_after_done INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE occasion ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;"
	/* Whom the contact was introduced to. */
	"ALTER TABLE touch ADD COLUMN other INTEGER REFERENCES contact ON DELETE SET NULL;"
	"CREATE INDEX touch_other ON touch (other) WHERE other IS NOT NULL;"
	"CREATE TABLE undo (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE, changed_at INTEGER NOT NULL,"
	" what TEXT NOT NULL, changes BLOB NOT NULL) STRICT;"
	"CREATE INDEX undo_book ON undo (book, id);"
	/* Keeping in touch. due_day NULL: nothing is due for that contact, whose handle stays. */
	"ALTER TABLE contact ADD COLUMN touch_from INTEGER;"
	"ALTER TABLE book ADD COLUMN paused_until INTEGER;"
	"CREATE TABLE tag_every (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" folded TEXT NOT NULL, tag TEXT NOT NULL, every TEXT NOT NULL,"
	" PRIMARY KEY (book, folded)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE keeping (contact INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE, number INTEGER NOT NULL,"
	" due_day INTEGER, span_days INTEGER NOT NULL, until_day INTEGER,"
	" UNIQUE (book, number)) STRICT;"
	"CREATE INDEX keeping_due ON keeping (book, due_day) WHERE due_day IS NOT NULL;"
	/* What was given, received, asked for and offered, and the thanks that wait. */
	"CREATE TABLE ledger (id INTEGER PRIMARY KEY,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE, kind TEXT NOT NULL,"
	" what TEXT NOT NULL, day INTEGER NOT NULL, entered_day INTEGER NOT NULL) STRICT;"
	"CREATE INDEX ledger_contact ON ledger (contact, day);"
	"CREATE INDEX ledger_book ON ledger (book, kind, entered_day);"
	"CREATE TABLE thanks (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" number INTEGER NOT NULL, contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" what TEXT NOT NULL, day INTEGER NOT NULL, done_day INTEGER,"
	" PRIMARY KEY (book, number)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX thanks_waiting ON thanks (book, day) WHERE done_day IS NULL;"
	"CREATE INDEX thanks_contact ON thanks (contact);"
	"CREATE TABLE coffee (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" number INTEGER NOT NULL, contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" stage TEXT NOT NULL, stage_day INTEGER NOT NULL, day INTEGER, minute INTEGER, place TEXT,"
	" outcome INTEGER NOT NULL DEFAULT 0, open INTEGER NOT NULL DEFAULT 1, until_day INTEGER,"
	" PRIMARY KEY (book, number)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX coffee_open ON coffee (book, number) WHERE open;"
	"CREATE INDEX coffee_contact ON coffee (contact, number);"
	/* Two who should meet (i), or one whom the owner could help (h: offerer NULL). told_day: when the
	 * first digest told it; NULL: none has, or it was put back to next_day. */
	"CREATE TABLE suggestion (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" letter TEXT NOT NULL, number INTEGER NOT NULL,"
	" seeker INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" offerer INTEGER REFERENCES contact ON DELETE CASCADE, stage TEXT NOT NULL,"
	" stage_day INTEGER NOT NULL, told_day INTEGER, next_day INTEGER NOT NULL,"
	" seeks TEXT, offers TEXT, because TEXT, entered_day INTEGER NOT NULL,"
	" PRIMARY KEY (book, letter, number)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX suggestion_seeker ON suggestion (seeker);"
	"CREATE INDEX suggestion_offerer ON suggestion (offerer);"
	/* Who seeks or offers something, or once did: the others need not be looked at. */
	"CREATE TABLE wanting (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" PRIMARY KEY (book, contact)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX wanting_contact ON wanting (contact);"
	"INSERT INTO wanting SELECT DISTINCT c.book, c.id FROM contact c JOIN contact_value v ON v.contact=c.id"
	" WHERE v.kind IN ('offers', 'seeks');"
	"CREATE TRIGGER wanting_added AFTER INSERT ON contact_value WHEN NEW.kind IN ('offers', 'seeks')"
	" BEGIN INSERT OR IGNORE INTO wanting SELECT book, id FROM contact WHERE id=NEW.contact; END;"
	"CREATE TRIGGER wanting_moved AFTER UPDATE OF contact ON contact_value"
	" WHEN NEW.kind IN ('offers', 'seeks')"
	" BEGIN INSERT OR IGNORE INTO wanting SELECT book, id FROM contact WHERE id=NEW.contact; END;"
	/* What is taken back may come before whom it belongs to. */
	"CREATE TRIGGER wanting_again AFTER INSERT ON contact WHEN EXISTS (SELECT 1 FROM contact_value"
	" WHERE contact=NEW.id AND kind IN ('offers', 'seeks'))"
	" BEGIN INSERT OR IGNORE INTO wanting VALUES (NEW.book, NEW.id); END;"
	/* Somebody new has a name and no contact; taking back their being accepted must leave the request. Messages
	 * that named them are to be erased with them. */
	"ALTER TABLE contact ADD COLUMN busy_inbox TEXT;"
	"CREATE TABLE outreach (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE, number INTEGER NOT NULL,"
	" contact INTEGER REFERENCES contact, name TEXT, folded TEXT, link TEXT,"
	" stage TEXT NOT NULL, stage_day INTEGER NOT NULL, entered_day INTEGER NOT NULL,"
	" open INTEGER NOT NULL DEFAULT 1, event_day INTEGER, busy INTEGER NOT NULL DEFAULT 0,"
	" until_day INTEGER, UNIQUE (book, number)) STRICT;"
	"CREATE INDEX outreach_open ON outreach (book, number) WHERE open;"
	"CREATE INDEX outreach_contact ON outreach (contact, number);"
	"CREATE INDEX outreach_stage ON outreach (stage, stage_day);"
	"CREATE TABLE outreach_answer (outreach INTEGER NOT NULL REFERENCES outreach ON DELETE CASCADE,"
	" question TEXT NOT NULL, text TEXT NOT NULL, day INTEGER NOT NULL,"
	" PRIMARY KEY (outreach, question)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE outreach_mention (outreach INTEGER NOT NULL REFERENCES outreach ON DELETE CASCADE,"
	" message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,"
	" PRIMARY KEY (outreach, message)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX outreach_mention_message ON outreach_mention (message);"
	"CREATE INDEX message_digest ON message (digest, id);"
	"CREATE INDEX message_kept ON message (composed_at) WHERE body IS NOT NULL;"
	"CREATE TABLE forum (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" number INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, url TEXT, topics TEXT,"
	" count INTEGER NOT NULL, period TEXT NOT NULL, dropped INTEGER NOT NULL DEFAULT 0,"
	" PRIMARY KEY (book, number)) STRICT, WITHOUT ROWID;"
	"CREATE UNIQUE INDEX forum_folded ON forum (book, folded);"
	"CREATE TABLE reply (id INTEGER PRIMARY KEY,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE, forum INTEGER NOT NULL,"
	" day INTEGER NOT NULL, count INTEGER NOT NULL,"
	" contact INTEGER REFERENCES contact, note TEXT) STRICT;"
	"CREATE INDEX reply_forum ON reply (book, forum, day);"
	"CREATE INDEX reply_contact ON reply (contact);"
	/* The forum through which somebody wrote: its number. */
	"ALTER TABLE contact ADD COLUMN via INTEGER;"
	"CREATE INDEX contact_via ON contact (book, via) WHERE via IS NOT NULL;"
	/* Merged contacts: what they were numbered and called, and their handles, find the one they are now.
	 * `alone`: nothing but that name would tell an import who it was. A row of the contact's own number
	 * only keeps that. */
	"ALTER TABLE contact_key ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE alias (id INTEGER PRIMARY KEY,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" name TEXT NOT NULL, folded TEXT NOT NULL, source TEXT NOT NULL, entered_day INTEGER NOT NULL,"
	" alone INTEGER NOT NULL, merged_day INTEGER NOT NULL) STRICT;"
	"CREATE INDEX alias_folded ON alias (book, folded);"
	"CREATE INDEX alias_contact ON alias (contact);"
	"CREATE TABLE handle_alias (book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,"
	" letter TEXT NOT NULL, number INTEGER NOT NULL, now INTEGER NOT NULL,"
	" contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" PRIMARY KEY (book, letter, number)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX handle_alias_contact ON handle_alias (contact);"
	/* Two who look like one and are not; the lower number first. */
	"CREATE TABLE differ (one INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" other INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX differ_other ON differ (other);";

/* Who says what. Until then all that an import brought was from "vcard"; where all of a contact's keys are of one
 * source, it was that one. Of others it stays, until a source says it again. */
static const char schema_3[] =
	/* A source that says what another (or none that is known) has said before: "email:" and the like with the
	 * folded text, a field's name, "b" and an occasion's number. What its source says no more is theirs then. */
	"CREATE TABLE also_source (contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,"
	" what TEXT NOT NULL, source TEXT NOT NULL,"
	" PRIMARY KEY (contact, what, source)) STRICT, WITHOUT ROWID;"
	"ALTER TABLE touch ADD COLUMN source TEXT NOT NULL DEFAULT 'hand';"
	"ALTER TABLE ledger ADD COLUMN source TEXT NOT NULL DEFAULT 'hand';"
	"ALTER TABLE thanks ADD COLUMN source TEXT NOT NULL DEFAULT 'hand';"
	"ALTER TABLE outreach ADD COLUMN source TEXT NOT NULL DEFAULT 'hand';"
	"UPDATE touch SET source='LinkedIn' WHERE kind='wrote' AND note IN ('LinkedIn', 'LinkedIn invitation');"
	"UPDATE touch SET source='LinkedIn' WHERE kind='received' AND note='LinkedIn recommendation';"
	"UPDATE ledger SET source='LinkedIn' WHERE kind='received' AND what='LinkedIn recommendation';"
	"UPDATE thanks SET source='LinkedIn' WHERE what='LinkedIn recommendation';"
	"CREATE TEMP TABLE only_source AS SELECT contact, min(source) AS source FROM contact_key"
	" GROUP BY contact HAVING count(DISTINCT source)=1;"
	"CREATE UNIQUE INDEX temp.only_source_contact ON only_source (contact);"
	"UPDATE contact SET source=o.source FROM only_source o WHERE contact.source='vcard' AND o.contact=id;"
	"UPDATE field_source SET source=o.source FROM only_source o"
	" WHERE field_source.source='vcard' AND o.contact=field_source.contact;"
	"UPDATE contact_value SET source=o.source FROM only_source o"
	" WHERE contact_value.source='vcard' AND o.contact=contact_value.contact;"
	"UPDATE occasion SET source=o.source FROM only_source o"
	" WHERE occasion.source='vcard' AND o.contact=occasion.contact;"
	"UPDATE alias SET source=o.source FROM only_source o WHERE alias.source='vcard' AND o.contact=alias.contact;"
	"DROP TABLE only_source;";

/* What is changed while an import works on a copy. */
static const char schema_4[] =
	"CREATE TABLE meanwhile (id INTEGER PRIMARY KEY AUTOINCREMENT, changes BLOB NOT NULL) STRICT;";

/* Digests that are not in nudged.conf. Nothing is to be done for one before `due`, and then perhaps nothing:
 * 0 after any change. Of those that are due at once `turn` says who goes first. */
static const char schema_5[] =
	"CREATE TABLE hosted (digest INTEGER PRIMARY KEY REFERENCES digest ON DELETE CASCADE,"
	" book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE, settings TEXT NOT NULL,"
	" holds INTEGER NOT NULL, paused INTEGER NOT NULL DEFAULT 0,"
	" due INTEGER NOT NULL DEFAULT 0, turn INTEGER NOT NULL DEFAULT 0, error TEXT) STRICT;"
	"CREATE INDEX hosted_due ON hosted (due, turn, digest) WHERE NOT paused;"
	"CREATE INDEX hosted_book ON hosted (book);"
	"CREATE INDEX hosted_error ON hosted (digest) WHERE error IS NOT NULL;"
	/* However a holiday changes, also by taking back. */
	"CREATE TRIGGER hosted_holiday AFTER UPDATE OF paused_until ON book"
	" BEGIN UPDATE hosted SET due=0 WHERE book=NEW.id; END;";

/* The beginnings of words are found as fast without lists of their own, which were the most of the index; and how
 * many words somebody has is of use where hits are ranked. What is smaller is erased sooner. */
static const char schema_6[] =
	"CREATE VIRTUAL TABLE search_anew USING fts5 (text, columnsize=0,"
	" tokenize='unicode61 remove_diacritics 0');"
	"INSERT INTO search_anew (rowid, text) SELECT rowid, text FROM search;"
	"DROP TABLE search;"
	"ALTER TABLE search_anew RENAME TO search;";

/* However its settings change, also by taking back. */
static const char schema_7[] =
	"CREATE TRIGGER hosted_changed AFTER UPDATE OF settings, holds, paused ON hosted"
	" BEGIN UPDATE hosted SET due=0, error=NULL WHERE digest=NEW.digest; END;";

static const char *const schema_migrations[] = { schema_1, schema_2, schema_3, schema_4, schema_5,
	schema_6, schema_7 };

int schema_version(void)
{
	return (int)ARRAY_SIZE(schema_migrations);
}

int schema_check_version(const char *path, int64_t version, struct err *reterr)
{
	if (version >= 0 && version <= schema_version())
		return 0;
	return err_set(reterr, -ESTALE,
		"database %s was written by a newer nudged (version %lld of its tables; this program knows"
		" %d): install that version; it was left untouched",
		path, (long long)version, schema_version());
}

/* A pragma takes no bound value. */
static int schema_stamp(struct store *store, int version, struct err *reterr)
{
	char *sql = sqlite3_mprintf(
		"PRAGMA application_id=%d; PRAGMA user_version=%d", STORE_APPLICATION_ID, version);
	int r = 0;

	if (!sql)
		return err_oom(reterr);
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		r = store_fail(store, reterr);
	sqlite3_free(sql);
	return r;
}

static int schema_step(struct store *store, int64_t from, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int64_t now = 0;
	int r;

	r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = store_ask(store, &now, reterr, "PRAGMA user_version", "");
	if (r < 0)
		return r;
	if (now != from) /* another process was quicker */
		return 0;
	if (sqlite3_exec(store->db, schema_migrations[from], NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(store, reterr);
	r = schema_stamp(store, (int)from + 1, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

int schema_migrate(struct store *store, struct err *reterr)
{
	int64_t version = 0, application = 0;
	bool saved = false;
	int r;

	for (;;) {
		r = store_ask(store, &version, reterr, "PRAGMA user_version", "");
		if (r >= 0)
			r = store_ask(store, &application, reterr, "PRAGMA application_id", "");
		if (r < 0)
			return r;
		if (application != STORE_APPLICATION_ID && (application != 0 || version != 0))
			return err_set(reterr, -EMEDIUMTYPE, "%s is not a database of nudged",
				store->path);
		if (version == schema_version())
			return 0;
		if (application == STORE_APPLICATION_ID && version == 0)
			return err_set(reterr, -EUCLEAN,
				"database %s: its tables are gone; restore a backup", store->path);
		r = schema_check_version(store->path, version, reterr);
		if (r == 0 && version > 0 && !saved)
			r = backups_write_version(store, (int)version, reterr);
		saved = true; /* a new one has nothing to save on its way */
		if (r == 0)
			r = schema_step(store, version, reterr);
		if (r < 0)
			return r;
	}
}

int schema_require(struct store *store, struct err *reterr)
{
	int64_t version = 0;
	int r = store_ask(store, &version, reterr, "PRAGMA user_version", "");

	if (r < 0 || version == schema_version())
		return r < 0 ? r : 0;
	return err_set(reterr, -ESTALE, "database %s is of another version of its tables (%lld)",
		store->path, (long long)version);
}
