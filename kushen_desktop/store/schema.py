"""The first schema, as SQL: tables, partial indices for the list, triggers for the monthly sums."""

_SYNCED = "rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, state INTEGER NOT NULL DEFAULT 0"

TABLES = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    f"CREATE TABLE account({_SYNCED}, name TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL,"
    " institution TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '', statement_day INTEGER,"
    " due_day INTEGER, closed INTEGER NOT NULL DEFAULT 0, aliases TEXT NOT NULL DEFAULT '[]',"
    " known_balance INTEGER, known_day INTEGER, note TEXT NOT NULL DEFAULT '') STRICT",
    f"CREATE TABLE category({_SYNCED}, name TEXT NOT NULL DEFAULT '', seed TEXT NOT NULL DEFAULT '',"
    " parent INTEGER, flow TEXT NOT NULL, color INTEGER NOT NULL, position INTEGER NOT NULL) STRICT",
    f"CREATE TABLE payee({_SYNCED}, name TEXT NOT NULL, folded TEXT NOT NULL, category INTEGER) STRICT",
    f"CREATE TABLE tag({_SYNCED}, name TEXT NOT NULL, folded TEXT NOT NULL) STRICT",
    f"CREATE TABLE tx({_SYNCED}, day INTEGER NOT NULL, sec INTEGER, payee INTEGER, status INTEGER NOT NULL,"
    " text TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', refunds INTEGER,"
    " review TEXT NOT NULL DEFAULT '', account INTEGER, other INTEGER, category INTEGER,"
    " amount INTEGER NOT NULL DEFAULT 0, shape INTEGER NOT NULL DEFAULT 0) STRICT",
    "CREATE TABLE posting(rid INTEGER PRIMARY KEY, tx INTEGER NOT NULL, day INTEGER NOT NULL,"
    " live INTEGER NOT NULL DEFAULT 1, account INTEGER NOT NULL, amount INTEGER NOT NULL,"
    " category INTEGER, role INTEGER NOT NULL DEFAULT 0, memo TEXT NOT NULL DEFAULT '') STRICT",
    "CREATE TABLE tx_tag(tx INTEGER NOT NULL, tag INTEGER NOT NULL, PRIMARY KEY(tx, tag))"
    " STRICT, WITHOUT ROWID",
    f"CREATE TABLE batch({_SYNCED}, file TEXT NOT NULL, sha256 BLOB NOT NULL, importer TEXT NOT NULL,"
    " format TEXT NOT NULL, rows INTEGER NOT NULL, at INTEGER NOT NULL, stated TEXT NOT NULL) STRICT",
    "CREATE TABLE raw(batch INTEGER NOT NULL, chunk INTEGER NOT NULL, body BLOB NOT NULL,"
    " PRIMARY KEY(batch, chunk)) STRICT",
    # Append-only: a line seen again with another status is one more row, of the later batch.
    "CREATE TABLE evidence(batch INTEGER NOT NULL, row INTEGER NOT NULL, tx INTEGER NOT NULL,"
    " status TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY(batch, row)) STRICT, WITHOUT ROWID",
    f"CREATE TABLE rate({_SYNCED}, day INTEGER NOT NULL, base TEXT NOT NULL, quote TEXT NOT NULL,"
    " rate TEXT NOT NULL, source TEXT NOT NULL) STRICT",
    f"CREATE TABLE setting({_SYNCED}, name TEXT NOT NULL, value TEXT NOT NULL) STRICT",
    f"CREATE TABLE profile({_SYNCED}, name TEXT NOT NULL, header TEXT NOT NULL, map TEXT NOT NULL) STRICT",
    f"CREATE TABLE attachment({_SYNCED}, tx INTEGER NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL,"
    " size INTEGER NOT NULL, sha256 BLOB NOT NULL) STRICT",
    "CREATE TABLE blob(sha256 BLOB NOT NULL, chunk INTEGER NOT NULL, body BLOB NOT NULL,"
    " PRIMARY KEY(sha256, chunk)) STRICT",
    # The log. device and ctr name a change set on every device; root is the set whose effect it repeats.
    "CREATE TABLE change(seq INTEGER PRIMARY KEY, device BLOB NOT NULL, ctr INTEGER NOT NULL,"
    " hlc INTEGER NOT NULL, schema INTEGER NOT NULL, title TEXT NOT NULL, params TEXT NOT NULL,"
    " at INTEGER NOT NULL, rows INTEGER NOT NULL, root INTEGER NOT NULL, undoes INTEGER,"
    " undone INTEGER NOT NULL DEFAULT 0) STRICT",
    "CREATE TABLE segment(change INTEGER NOT NULL, ord INTEGER NOT NULL, body BLOB NOT NULL,"
    " PRIMARY KEY(change, ord)) STRICT",
    "CREATE TABLE stamp(tab INTEGER NOT NULL, row INTEGER NOT NULL, field TEXT NOT NULL,"
    " change INTEGER NOT NULL, PRIMARY KEY(tab, row, field)) STRICT, WITHOUT ROWID",
    "CREATE TABLE born(change INTEGER NOT NULL, tab INTEGER NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, PRIMARY KEY(tab, first)) STRICT, WITHOUT ROWID",
    # Derived: kept by the triggers below and, for bulk inserts, by one grouped sum.
    "CREATE TABLE account_month(account INTEGER NOT NULL, month INTEGER NOT NULL, total INTEGER NOT NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY(account, month)) STRICT, WITHOUT ROWID",
    "CREATE TABLE category_month(month INTEGER NOT NULL, account INTEGER NOT NULL, category INTEGER NOT NULL,"
    " incoming INTEGER NOT NULL, outgoing INTEGER NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY(month, account, category)) STRICT, WITHOUT ROWID",
    "CREATE TABLE tx_month(month INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT",
    "CREATE VIRTUAL TABLE search USING fts5(grams, content='', contentless_delete=1,"
    " tokenize='unicode61 remove_diacritics 2')",
)

INDICES = (
    "CREATE INDEX tx_day ON tx(day, sec) WHERE state=0",
    "CREATE INDEX tx_payee ON tx(payee, day, amount, account) WHERE state=0",
    "CREATE INDEX tx_account ON tx(account, day, sec) WHERE state=0",
    "CREATE INDEX tx_other ON tx(other, day, sec) WHERE state=0 AND other IS NOT NULL",
    "CREATE INDEX tx_category ON tx(category, day) WHERE state=0",
    "CREATE INDEX tx_shape ON tx(shape, day) WHERE state=0 AND shape IN (1, 2, 3)",
    "CREATE INDEX tx_review ON tx(day) WHERE state=0 AND review<>''",
    "CREATE INDEX posting_tx ON posting(tx)",
    "CREATE INDEX posting_category ON posting(category, day, account, amount, tx)"
    " WHERE live=1 AND role IN (0, 4)",
    "CREATE INDEX tx_tag_tag ON tx_tag(tag, tx)",
    "CREATE INDEX evidence_tx ON evidence(tx)",
    "CREATE INDEX evidence_ref ON evidence(ref) WHERE ref<>''",
    "CREATE INDEX batch_sha ON batch(sha256)",
    "CREATE INDEX rate_day ON rate(base, quote, day)",
    "CREATE INDEX attachment_tx ON attachment(tx)",
    "CREATE INDEX change_root ON change(root)",
)


# Held money (role 3) is still in the account; a refund (role 4) lowers what was spent.
_INCOMING = "CASE {row}role WHEN 0 THEN max({row}amount, 0) ELSE 0 END"
_OUTGOING = "CASE {row}role WHEN 0 THEN min({row}amount, 0) ELSE {row}amount END"


def _sums(row: str, sign: str) -> str:
    """Return the statements that add (sign '') or take away (sign '-') one posting in the sums."""
    prefix = f"{row}."
    return (
        f"INSERT INTO account_month SELECT {row}.account, {row}.day/100, {sign}{row}.amount, {sign}1"
        f" WHERE {row}.role<>3 ON CONFLICT DO UPDATE SET total=total+excluded.total, n=n+excluded.n;"
        " INSERT INTO category_month"
        f" SELECT {row}.day/100, {row}.account, coalesce({row}.category, 0),"
        f" {sign}({_INCOMING.format(row=prefix)}), {sign}({_OUTGOING.format(row=prefix)}), {sign}1"
        f" WHERE {row}.role IN (0, 4) ON CONFLICT DO UPDATE SET incoming=incoming+excluded.incoming,"
        " outgoing=outgoing+excluded.outgoing, n=n+excluded.n;"
    )


def _count(row: str, sign: str) -> str:
    return f"INSERT INTO tx_month VALUES({row}.day/100, {sign}1) ON CONFLICT DO UPDATE SET n=n+excluded.n;"


# Dropped while a bulk insert runs, which adds its own grouped sums instead (an import is 1.6 times as fast).
INSERT_TRIGGERS = {
    "posting_added": f"AFTER INSERT ON posting WHEN new.live=1 BEGIN {_sums('new', '')} END",
    "tx_added": f"AFTER INSERT ON tx WHEN new.state=0 BEGIN {_count('new', '')} END",
}
OTHER_TRIGGERS = {
    "posting_removed": f"AFTER DELETE ON posting WHEN old.live=1 BEGIN {_sums('old', '-')} END",
    "posting_left": "AFTER UPDATE OF live, day, account, amount, category, role ON posting WHEN old.live=1"
    f" BEGIN {_sums('old', '-')} END",
    "posting_came": "AFTER UPDATE OF live, day, account, amount, category, role ON posting WHEN new.live=1"
    f" BEGIN {_sums('new', '')} END",
    "tx_left": f"AFTER UPDATE OF state, day ON tx WHEN old.state=0 BEGIN {_count('old', '-')} END",
    "tx_came": f"AFTER UPDATE OF state, day ON tx WHEN new.state=0 BEGIN {_count('new', '')} END",
}
TRIGGERS = tuple(f"CREATE TRIGGER {name} {body}" for name, body in (INSERT_TRIGGERS | OTHER_TRIGGERS).items())

# The grouped sums of a bulk insert: every posting or transaction behind the given rid.
BULK_SUMS = (
    "INSERT INTO account_month SELECT account, day/100, sum(amount), count(*) FROM posting"
    " WHERE rid>:posting AND live=1 AND role<>3 GROUP BY 1, 2"
    " ON CONFLICT DO UPDATE SET total=total+excluded.total, n=n+excluded.n",
    "INSERT INTO category_month SELECT day/100, account, coalesce(category, 0),"
    f" sum({_INCOMING.format(row='')}), sum({_OUTGOING.format(row='')}), count(*)"
    " FROM posting WHERE rid>:posting AND live=1 AND role IN (0, 4) GROUP BY 1, 2, 3"
    " ON CONFLICT DO UPDATE SET incoming=incoming+excluded.incoming,"
    " outgoing=outgoing+excluded.outgoing, n=n+excluded.n",
    "INSERT INTO tx_month SELECT day/100, count(*) FROM tx WHERE rid>:tx AND state=0 GROUP BY 1"
    " ON CONFLICT DO UPDATE SET n=n+excluded.n",
)

# Each gives the rows in which the kept sums differ from the sums over all postings: none when all is well.
CHECKS = {
    "account_month": "SELECT account, month, total, n FROM account_month WHERE n<>0 OR total<>0 EXCEPT"
    " SELECT account, day/100, sum(amount), count(*) FROM posting WHERE live=1 AND role<>3 GROUP BY 1, 2",
    "category_month": "SELECT month, account, category, incoming, outgoing, n FROM category_month"
    " WHERE n<>0 OR incoming<>0 OR outgoing<>0 EXCEPT"
    " SELECT day/100, account, coalesce(category, 0),"
    f" sum({_INCOMING.format(row='')}), sum({_OUTGOING.format(row='')}), count(*)"
    " FROM posting WHERE live=1 AND role IN (0, 4) GROUP BY 1, 2, 3",
    "tx_month": "SELECT month, n FROM tx_month WHERE n<>0 EXCEPT"
    " SELECT day/100, count(*) FROM tx WHERE state=0 GROUP BY 1",
    "account_month counts": "SELECT coalesce(sum(n), 0) FROM account_month"
    " EXCEPT SELECT count(*) FROM posting WHERE live=1 AND role<>3",
    "tx_month counts": "SELECT coalesce(sum(n), 0) FROM tx_month"
    " EXCEPT SELECT count(*) FROM tx WHERE state=0",
    "posting live": "SELECT tx.rid FROM posting JOIN tx ON tx.rid=posting.tx"
    " WHERE posting.live<>(tx.state=0) OR posting.day<>tx.day",
}
