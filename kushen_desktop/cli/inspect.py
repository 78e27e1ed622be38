"""kushen inspect FILE…: what a statement says, without a vault. docs/cli.md holds the contract."""

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from kushen_desktop.cli import refusal, screen, secret
from kushen_desktop.cli.context import Context, Parsers
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.statement import Entry, Problem, Raw, Skipped, Stated, Statement
from kushen_desktop.i18n import _


def add(parsers: Parsers) -> None:
    """Add the arguments."""
    parser = parsers("inspect", _("what statements say, without a vault"))
    parser.add_argument("files", nargs="+", metavar=_("FILE"), help=_("a statement or a zip of some"))
    add_password(parser)


def add_password(parser: argparse.ArgumentParser) -> None:
    """Add the option for locked archives."""
    parser.add_argument(
        "--password-file", metavar=_("FILE"), help=_("its first line is the password of the archive")
    )


def run(context: Context, args: argparse.Namespace) -> int:
    """Read each file; one that is refused does not keep the others from being told."""
    from kushen_desktop.services.reading import Reading  # noqa: PLC0415  help and wrong usage do without

    password = None if args.password_file is None else secret.asked("", args.password_file, "--password-file")
    refused = 0
    rows: list[list[str]] = []
    reading = Reading()
    try:
        for file in args.files:
            try:
                for statement in reading.read(Path(file), password=password, progress=context.progress):
                    if context.json:
                        _write(file, statement)
                    rows.append(_row(file, statement))
            except KushenError as error:
                refusal.tell(error, as_object=context.json)
                refused = 1
    finally:
        reading.close()
    if rows:
        context.say(_table(rows))
    return refused


def _write(file: str, statement: Statement) -> None:
    """Write one object in one line, piece by piece: a file of 100,000 records is never one text."""
    put = sys.stdout.write
    head = {
        "file": file,
        "format": statement.format,
        "encoding": statement.encoding,
        "rows_read": statement.rows_read,
    }
    put(_text(head)[:-1])
    for name, records in (
        ("entries", statement.entries),
        ("skipped", statement.skipped),
        ("problems", statement.problems),
    ):
        put(f', "{name}": [')
        for number, (record, raw) in enumerate(_with_raw(records, statement)):
            values = _entry(record) if isinstance(record, Entry) else _left_out(record)
            put((", " if number else "") + _text({**values, "raw": raw}))
        put("]")
    put(f', "stated": {_text([_stated(stated) for stated in statement.stated])}')
    totals = statement.totals
    sums = {"count": totals.count, "in": _amount(totals.incoming), "out": _amount(totals.outgoing)}
    put(f', "totals": {_text(sums)}}}\n')


def _with_raw(
    records: tuple[Entry, ...] | tuple[Skipped, ...] | tuple[Problem, ...], statement: Statement
) -> Iterator[tuple[Entry | Skipped | Problem, Raw]]:
    """Yield records with their untouched cells; both run through the file in its order."""
    raws = enumerate(statement.raws, 1)
    for record in records:
        yield record, next(raw for row, raw in raws if row == record.row)


def _entry(entry: Entry) -> dict[str, Any]:
    fee = {} if entry.fee is None else {"fee": _amount(entry.fee)}
    return {
        "row": entry.row,
        "account": entry.account,
        "currency": entry.currency,
        "date": entry.date.isoformat(),
        "time": None if entry.time is None else entry.time.isoformat("seconds"),
        "amount": _amount(entry.amount),
        **fee,
        "kind": entry.kind,
        "payee": entry.payee,
        "text": entry.text,
        "method": entry.method,
        "status": entry.status,
        "ids": dict(entry.ids),
    }


def _left_out(record: Skipped | Problem) -> dict[str, Any]:
    return {"row": record.row, "reason": record.reason.english()}


def _stated(stated: Stated) -> dict[str, Any]:
    return {
        "account": stated.account,
        "currency": stated.currency,
        "count": stated.count,
        "in": _amount(stated.incoming),
        "out": _amount(stated.outgoing),
        "opening": _amount(stated.opening),
        "closing": _amount(stated.closing),
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _text(values: object) -> str:
    return json.dumps(values, ensure_ascii=False)


def _row(file: str, statement: Statement) -> list[str]:
    parts = (statement.entries, statement.skipped, statement.problems)
    totals = statement.totals
    numbers = (str(statement.rows_read), *(str(len(part)) for part in parts))
    return [Path(file).name, statement.format, *numbers, f"{totals.incoming:,f}", f"{totals.outgoing:,f}"]


def _table(rows: list[list[str]]) -> str:
    titles = [
        _("File"), _("Format"), _("Rows"), _("Entries"), _("Skipped"), _("Problems"), _("In"), _("Out"),
    ]  # fmt: skip
    return screen.table(titles, rows, right=range(2, 8))
