"""A statement on its way from the worker process: entries as plain tuples, which costs half of a pickle."""

import marshal
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kushen_desktop.domain.calendar import day_number, day_of, second_number, time_of
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, EntryStatus, Kind, Statement

_KINDS = {kind.value: kind for kind in Kind}
_STATUSES = {status.value: status for status in EntryStatus}


def packed(statement: Statement) -> tuple[Statement, bytes]:
    """Return the statement without its entries, and the entries as bytes; both ends are this program."""
    rows = [
        (one.row, one.account, one.currency, day_number(one.date), str(one.amount), one.kind.value,
         one.identity, None if one.time is None else second_number(one.time),
         None if one.fee is None else str(one.fee), one.payee, one.text, one.method, one.status.value,
         one.source_status, one.ids, one.category, one.counter, one.refunds, one.note,
         None if one.review is None else (one.review.text, one.review.params))
        for one in statement.entries
    ]  # fmt: skip
    return replace(statement, entries=()), marshal.dumps(rows)


def unpacked(statement: Statement, entries: bytes) -> Statement:
    """Return the statement that packed() was given."""
    rows: Sequence[tuple] = marshal.loads(entries)  # type: ignore[type-arg]  # noqa: S302  our own worker's
    return replace(statement, entries=tuple(map(_entry, rows)))


def _entry(row: tuple) -> Entry:  # type: ignore[type-arg]
    (ordinal, account, currency, day, amount, kind, identity, seconds, fee, payee, text, method, status,
     *words, review) = row  # fmt: skip
    return Entry._make(
        (
            ordinal,
            account,
            currency,
            day_of(day),
            Decimal(amount),
            _KINDS[kind],
            identity,
            None if seconds is None else time_of(seconds),
            None if fee is None else Decimal(fee),
            payee,
            text,
            method,
            _STATUSES[status],
            *words,
            None if review is None else Sentence(*review),
        )
    )
