"""All tables of the vault: what is synced, logged and undone, each with its topic.

Synced rows have a 16-byte id; the integer rid exists inside store and services' queries only. A reference
holds the rid here and the id in the log. Days are integers yyyymmdd, times seconds of the day, amounts minor
units of the account's currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from kushen_desktop.domain.changes import Topic

metadata = sa.MetaData()


def _synced(name: str, *columns: sa.Column[object]) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        sa.Column("id", sa.BLOB, nullable=False, unique=True),
        sa.Column("state", sa.Integer, nullable=False, default=0),
        *columns,
        sqlite_strict=True,
    )


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=False, default="")


def _integer(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=nullable)


account = _synced(
    "account",
    _text("name"),
    _text("kind"),
    _text("currency"),
    _text("institution"),
    _text("number"),
    _integer("statement_day", nullable=True),
    _integer("due_day", nullable=True),
    _integer("closed"),
    _text("aliases"),
    _integer("known_balance", nullable=True),
    _integer("known_day", nullable=True),
    _text("note"),
)
category = _synced(
    "category",
    _text("name"),
    _text("seed"),
    _integer("parent", nullable=True),
    _text("flow"),
    _integer("color"),
    _integer("position"),
)
payee = _synced("payee", _text("name"), _text("folded"), _integer("category", nullable=True))
tag = _synced("tag", _text("name"), _text("folded"))
tx = _synced(
    "tx",
    _integer("day"),
    _integer("sec", nullable=True),
    _integer("payee", nullable=True),
    _integer("status"),
    _text("text"),
    _text("note"),
    _integer("refunds", nullable=True),
    _text("review"),
    # What follows is derived from the postings, so that a list reads one table.
    _integer("account", nullable=True),
    _integer("other", nullable=True),
    _integer("category", nullable=True),
    _integer("amount"),
    _integer("shape"),
)
batch = _synced(
    "batch",
    _text("file"),
    sa.Column("sha256", sa.BLOB, nullable=False),
    _text("importer"),
    _text("format"),
    _integer("rows"),
    _integer("at"),
    _text("stated"),
)
rate = _synced("rate", _integer("day"), _text("base"), _text("quote"), _text("rate"), _text("source"))
setting = _synced("setting", _text("name"), _text("value"))
profile = _synced("profile", _text("name"), _text("header"), _text("map"))
attachment = _synced(
    "attachment",
    _integer("tx"),
    _text("name"),
    _text("mime"),
    _integer("size"),
    sa.Column("sha256", sa.BLOB, nullable=False),
)


@dataclass(frozen=True)
class Synced:
    """A table whose rows are logged: its stable number, topic, fields and references.

    shared: rows that several change sets may use (payees, tags), so undoing the one that made them leaves
    those that others use.
    """

    table: sa.Table
    number: int
    topic: Topic
    fields: tuple[str, ...]
    refs: Mapping[str, str] = field(default_factory=dict)
    shared: bool = False

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def binary(self) -> frozenset[str]:
        """The fields that hold bytes: references and digests."""
        return frozenset(self.refs) | {"sha256"}


def _fields(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in {"rid", "id"})


ACCOUNT = Synced(account, 1, Topic.ACCOUNTS, _fields(account))
CATEGORY = Synced(category, 2, Topic.CATEGORIES, _fields(category), {"parent": "category"})
PAYEE = Synced(payee, 3, Topic.LEDGER, _fields(payee), {"category": "category"}, shared=True)
TAG = Synced(tag, 4, Topic.LEDGER, _fields(tag), shared=True)
TX = Synced(
    tx,
    5,
    Topic.LEDGER,
    ("state", "day", "sec", "payee", "status", "text", "note", "refunds", "review", "tags", "postings"),
    {"payee": "payee", "refunds": "tx"},
)
BATCH = Synced(batch, 6, Topic.IMPORTS, _fields(batch))
RATE = Synced(rate, 8, Topic.RATES, _fields(rate))
SETTING = Synced(setting, 9, Topic.SETTINGS, _fields(setting))
PROFILE = Synced(profile, 10, Topic.IMPORTS, _fields(profile))
ATTACHMENT = Synced(attachment, 11, Topic.LEDGER, _fields(attachment), {"tx": "tx"})

SYNCED = (ACCOUNT, CATEGORY, PAYEE, TAG, TX, BATCH, RATE, SETTING, PROFILE, ATTACHMENT)
BY_NAME = {spec.name: spec for spec in SYNCED}
BY_NUMBER = {spec.number: spec for spec in SYNCED}
