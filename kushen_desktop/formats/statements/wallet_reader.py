"""Reads the records of a wallet statement into entries; what a record means is told by its wallet."""

from collections.abc import Callable
from decimal import Decimal
from operator import itemgetter
from sys import intern
from typing import NamedTuple

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, Kind, Raw, Statement
from kushen_desktop.formats.statements import wallet_moves as moves
from kushen_desktop.formats.statements.importer import Recorder, Source
from kushen_desktop.formats.statements.wallet_cells import (
    BLANK,
    CNY,
    INCOMING,
    OUTGOING,
    moment,
    order_number,
    owner,
    spoilt,
    stated,
    yuan,
)
from kushen_desktop.formats.statements.wallet_moves import Move
from kushen_desktop.formats.statements.wallet_refunds import linked
from kushen_desktop.formats.statements.wallet_rows import Section, raw_of


class Cells(NamedTuple):
    """The cells of one record, stripped; "" where the layout has no such column.

    category: Alipay's own category, or the type of a record of WeChat. funds, fee, created: old web pages of
    Alipay only.
    """

    time: str
    payee: str
    text: str
    direction: str
    amount: str
    method: str
    status: str
    order: str
    merchant: str
    category: str
    note: str
    funds: str
    fee: str
    created: str


_NOTHING = Sentence.of(moves.NO_MONEY)

Meaning = Callable[[Cells, Decimal], Move | Sentence]
Finish = Callable[[list[Entry]], list[Entry]]


def _positive(cell: str) -> Decimal:
    amount = yuan(cell)
    if amount < 0:
        raise ValueError(cell)
    return amount


class WalletReader:
    """Turns the records of one file into a statement.

    columns: the names of the columns for the fields of Cells, in their order, "" where there is none.
    meaning: what a record with this amount (positive, in yuan) does, or why it does nothing.
    finish: what is added to the entries when all are known, at least their refunds.
    """

    def __init__(
        self,
        source: Source,
        records: Section,
        columns: tuple[str, ...],
        meaning: Meaning,
        finish: Finish = linked,
    ) -> None:
        names = records.names
        # A cell "" is put behind every row: index -1 stands for a column that is not there.
        places = [names.index(name) if name and name in names else -1 for name in columns]
        self._cells = itemgetter(*places)
        self._records = records
        self._meaning = meaning
        self._finish = finish
        self._recorder = Recorder(source, len(records.rows))
        self._spoilt = 0

    def statement(
        self, importer: str, layout: str, encoding: str, notes: tuple[Sentence, ...] = ()
    ) -> Statement:
        """Read every record and return the statement."""
        names = self._records.names
        width = len(names)
        rows = self._records.rows
        for index, row in enumerate(rows):
            # Cells are dropped once they are packed: of a long file they would take more room than all else.
            rows[index] = []
            if len(row) < width - 2 or (len(row) > width and any(map(str.strip, row[width:]))):
                reason = Sentence.of(moves.TORN_ROW, cells=len(row), columns=width)
                self._recorder.problem(raw_of(names, row), reason)
                continue
            raw: Raw = dict(zip(names, row, strict=False))
            cells = list(map(str.strip, row[:width]))
            cells.extend([""] * (width + 1 - len(cells)))
            self._record(raw, Cells._make(self._cells(cells)))
        self._recorder.entries = self._finish(self._recorder.entries)
        if self._spoilt:
            notes += (Sentence.of(moves.SPOILT_ORDERS, count=self._spoilt),)
        around = self._records.around
        return self._recorder.statement(
            importer, layout, encoding, stated(around), owner=owner(around), notes=notes
        )

    def _record(self, raw: Raw, cells: Cells) -> None:
        try:
            amount = _positive(cells.amount)
            move = self._meaning(cells, amount) if amount else _NOTHING
        except ValueError:
            self._recorder.problem(raw, Sentence.of(moves.BAD_AMOUNT, cell=cells.amount))
            return
        direction = (
            amount if cells.direction == INCOMING else -amount if cells.direction == OUTGOING else None
        )
        if isinstance(move, Sentence):
            self._recorder.skip(raw, move, direction)
            return
        try:
            entry = self._entry(cells, amount, move)
        except ValueError:
            self._recorder.problem(raw, Sentence.of(moves.BAD_TIME, cell=cells.time or cells.created))
            return
        self._recorder.entry(raw, entry, direction)

    def _entry(self, cells: Cells, amount: Decimal, move: Move) -> Entry:
        day, clock = moment(cells.time or cells.created)
        order, merchant = order_number(cells.order), order_number(cells.merchant)
        payee = "" if cells.payee in BLANK else cells.payee
        text = "" if cells.text in BLANK else cells.text
        refund = move.kind is Kind.REFUND
        if order and not spoilt(order):
            identity: tuple[str, ...] = (order, "refund" if refund else "pay", str(amount))
        else:
            self._spoilt += bool(order)
            order = ""
            identity = ("", day.isoformat(), clock.isoformat() if clock else "", str(amount), payee, text)
        ids: tuple[tuple[str, str], ...] = (("order", order),) if order else ()
        if merchant and not spoilt(merchant):
            ids = (*ids, ("merchant", merchant))
        return Entry(
            self._recorder.row,
            intern(move.account),
            CNY,
            day,
            move.amount,
            move.kind,
            identity,
            clock,
            move.fee,
            intern(payee),
            text,
            intern(cells.method),
            move.status,
            intern(cells.status),
            ids,
            intern(cells.category),
            move.counter,
            order.partition("_")[0] if refund and "_" in order else "",
            "" if cells.note in BLANK else cells.note,
            move.review,
        )
