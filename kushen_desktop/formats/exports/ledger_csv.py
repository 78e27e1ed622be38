"""The ledger as CSV for spreadsheets: one record a line of a transaction, safe to open.

UTF-8 with a byte order mark, or Excel takes Chinese for something else; RFC 4180 otherwise.
"""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from kushen_desktop.formats.exports.ledger_lines import LedgerTransaction

COLUMNS = (
    "id", "line", "date", "time", "payee", "account", "currency", "amount", "category", "role", "status",
    "text", "note", "tags", "memo", "review", "refunds",
)  # fmt: skip
# What makes a spreadsheet take a text for a formula (OWASP ASVS 1.2.10), full-width forms included.
_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")


def write(transactions: Iterable[LedgerTransaction], stream: BinaryIO) -> int:
    """Write transactions; return how many. Texts that could be formulas get an apostrophe before them."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    for transaction in transactions:
        writer.writerows(_records(transaction))
        count += 1
    text.flush()
    text.detach()
    return count


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _records(one: LedgerTransaction) -> Iterable[tuple[str, ...]]:
    moment = "" if one.time is None else one.time.isoformat("seconds")
    tags = guarded(" ".join(one.tags))
    for number, line in enumerate(one.lines, 1):
        yield (
            one.id, str(number), one.day.isoformat(), moment, guarded(one.payee), guarded(line.account),
            line.currency, f"{line.amount:f}", guarded(line.category), line.role, one.status,
            guarded(one.text), guarded(one.note), tags, guarded(line.memo), guarded(one.review), one.refunds,
        )  # fmt: skip
