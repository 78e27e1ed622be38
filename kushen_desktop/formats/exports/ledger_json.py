"""The ledger as JSON for programs: one object, its transactions one to a line. Nothing is rounded or lost."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from kushen_desktop.formats.exports.ledger_lines import FORMAT, VERSION, LedgerTransaction


def write(transactions: Iterable[LedgerTransaction], stream: BinaryIO) -> int:
    """Write transactions; return how many."""
    stream.write(f'{{"format": "{FORMAT}", "version": {VERSION}, "transactions": ['.encode())
    count = 0
    for transaction in transactions:
        stream.write(b",\n" if count else b"\n")
        stream.write(json.dumps(_object(transaction), ensure_ascii=False).encode())
        count += 1
    stream.write(b"\n]}\n")
    return count


def _object(one: LedgerTransaction) -> dict[str, Any]:
    return {
        "id": one.id,
        "date": one.day.isoformat(),
        "time": None if one.time is None else one.time.isoformat("seconds"),
        "payee": one.payee,
        "text": one.text,
        "note": one.note,
        "status": one.status,
        "review": one.review,
        "refunds": one.refunds or None,
        "tags": list(one.tags),
        "lines": [{**line._asdict(), "amount": f"{line.amount:f}"} for line in one.lines],
    }
