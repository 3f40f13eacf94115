/* SPDX-License-Identifier: MIT */
/*
 * kin: those whom a record without a known key may be, however many share an address or a name.
 *
 * Each question reads a few rows of an index, though a thousand people had one address: the numbers are
 * bounded within it, and asked for from where the question before ended.
 */
#include "book/kin.h"

/* Of the contact c: what is shared. */
#define KIN_SIGN                                                                                   \
	" CASE WHEN ?3 IS NULL THEN EXISTS (SELECT 1 FROM occasion o WHERE o.contact=c.id"         \
	" AND o.kind='birthday' AND o.month_day=?4 AND (o.year=?5 OR o.year=0 OR ?5=0))"           \
	" ELSE EXISTS (SELECT 1 FROM contact_value v WHERE v.kind='email' AND v.folded=?3"         \
	" AND v.contact=c.id) END"

static int64_t kin_before(const struct kin_sign *sign)
{
	return sign->before ? sign->before : INT64_MAX;
}

static int kin_collect(struct store_rows *rows, struct kin *ret, struct err *reterr)
{
	int r;

	ret->n = 0;
	while ((r = store_next(rows, reterr)) == 1)
		if (ret->n < ARRAY_SIZE(ret->ids))
			ret->ids[ret->n++] = store_int(rows, 0);
	return r;
}

int kin_by_email(
	struct store *store, const struct kin_sign *sign, struct kin *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT DISTINCT v.contact FROM contact_value v CROSS JOIN contact c ON c.id=v.contact"
		" WHERE v.kind='email' AND v.folded=?2 AND v.contact<?3 AND c.book=?1"
		" ORDER BY v.contact LIMIT ?4",
		"itii", sign->book, sign->email, kin_before(sign), (int64_t)KIN_FEW + 1);

	return r < 0 ? r : kin_collect(&rows, ret, reterr);
}

int kin_by_name(struct store *store, const struct kin_sign *sign, int64_t after, struct kin *ret,
	struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT c.id FROM contact c WHERE c.book=?1 AND c.folded=?2 AND c.id>?6 AND c.id<?7"
		" AND" KIN_SIGN " ORDER BY c.id LIMIT ?8",
		"ittiiiii", sign->book, sign->name, sign->email, (int64_t)sign->month_day,
		(int64_t)sign->year, after, kin_before(sign), (int64_t)KIN_FEW);

	return r < 0 ? r : kin_collect(&rows, ret, reterr);
}

/* Of names that are borne by many only the first are looked at: no source tells them apart by these. */
int kin_by_former_name(
	struct store *store, const struct kin_sign *sign, struct kin *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT DISTINCT c.id FROM (SELECT * FROM (SELECT contact FROM alias"
		" WHERE book=?1 AND folded=?2 LIMIT ?8)"
		" UNION ALL SELECT * FROM (SELECT contact FROM contact_key WHERE book=?1"
		" AND key>='card:' || ?6 || ':' AND key<'card:' || ?6 || ';' LIMIT 4*?8)) AS k"
		" CROSS JOIN contact c ON c.id=k.contact WHERE c.book=?1 AND c.id<?7 AND" KIN_SIGN
		" ORDER BY c.id LIMIT ?8",
		"ittiitii", sign->book, sign->name, sign->email, (int64_t)sign->month_day,
		(int64_t)sign->year, sign->digest, kin_before(sign), (int64_t)KIN_FEW);

	return r < 0 ? r : kin_collect(&rows, ret, reterr);
}
