"""Writes a confirmed import: accounts, transactions, evidence, opening balances – in one unit of work."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from kushen_desktop.domain.calendar import day_number, day_of
from kushen_desktop.domain.ids import Id, derived_id, new_id
from kushen_desktop.domain.ledger import Account, Posting, Role, State, Status
from kushen_desktop.domain.preview import Imported, Preview, PreviewRow, Target, TargetKey, Verdict
from kushen_desktop.domain.progress import Progress
from kushen_desktop.domain.statement import EntryStatus, Statement
from kushen_desktop.i18n import N_
from kushen_desktop.services import lines
from kushen_desktop.services.accounts import accounts_in, add_account, know_balance
from kushen_desktop.services.balances import balance_of
from kushen_desktop.services.payees import ensure_payees
from kushen_desktop.services.targets import alias_of, meant
from kushen_desktop.store.bookings import Booking, EvidenceRow
from kushen_desktop.store.log import Value
from kushen_desktop.store.tables import ACCOUNT, BATCH, TX
from kushen_desktop.store.work import Work

_STEP = 5_000
OPENING = N_("Opening balance")


def write(work: Work, preview: Preview, at: int, progress: Progress) -> Imported:
    """Write the ticked rows of a preview; at: seconds since 1970."""
    rows = [row for row in preview.rows if row.row in preview.ticked and row.entry is not None]
    places = _places(work, preview)
    new = [row for row in rows if row.verdict in {Verdict.NEW, Verdict.REVIEW, Verdict.TWIN}]
    there = work.rids.many(work.connection, "tx", (row.id for row in new if row.id)) if _any_tx(work) else {}
    fresh = [row for row in new if row.id not in there]
    back = [row for row in rows if row.verdict is Verdict.DELETED or row.id in there]
    changed = [row for row in rows if row.verdict is Verdict.CHANGED]
    if rows:
        batch = _batch(work, preview, at)
        _book(work, preview, fresh, places, progress)
        work.set_cells(TX, [(row.id, "state", int(State.LIVE)) for row in back if row.id])
        _update(work, changed)
        work.add_evidence(batch, [_evidence(row) for row in (*fresh, *back, *changed)])
        work.keep_raw(batch, preview.statement.raws.chunks)
    _open_balances(work, preview, places)
    return Imported(preview.file, len(fresh) + len(back), len(changed), *preview.left_out(), 0)


def _any_tx(work: Work) -> bool:
    return bool(work.connection.exec_driver_sql("SELECT EXISTS(SELECT 1 FROM tx)").scalar())


def _places(work: Work, preview: Preview) -> lines.Places:
    """Make the accounts that are new, remember what the file calls each, and find those of transfers."""
    statement = preview.statement
    accounts = accounts_in(work.connection)
    made: dict[TargetKey, Account] = {}
    for key, target in preview.targets.items():
        made[key] = _account(work, statement, key, target, accounts)
        accounts[made[key].id] = made[key]
    keys = {TargetKey(entry.counter, entry.currency) for entry in statement.entries if entry.counter}
    counters = {key: made.get(key) or meant(statement, key, accounts.values()) for key in keys}
    return lines.Places(made, counters, preview.legs)


def _account(
    work: Work, statement: Statement, key: TargetKey, target: Target, accounts: dict[Id, Account]
) -> Account:
    alias = alias_of(statement, key.name)
    if target.account is None:
        same = [one for one in accounts.values() if one.id == target.proposed.id]
        if not same:
            add_account(work, target.proposed)
        return target.proposed
    account = accounts[target.account]
    if alias not in account.aliases and not any(alias in one.aliases for one in accounts.values()):
        account = replace(account, aliases=(*account.aliases, alias))
        work.set(ACCOUNT, account.id, aliases=json.dumps(account.aliases, ensure_ascii=False))
    return account


def _batch(work: Work, preview: Preview, at: int) -> Id:
    statement = preview.statement
    id_ = new_id()
    stated = [
        [one.account, one.currency, str(one.opening), str(one.closing), str(one.closing_date)]
        for one in statement.stated
    ]
    row: dict[str, Value] = {
        "id": id_, "file": preview.file, "sha256": statement.sha256, "importer": statement.importer,
        "format": statement.format, "rows": statement.rows_read, "at": at,
        "stated": json.dumps(stated, ensure_ascii=False),
    }  # fmt: skip
    work.add(BATCH, [row])
    return id_


@dataclass(slots=True)
class _Books:
    """What booking the rows of one file needs to know. purchases: those of this file, by their number."""

    work: Work
    categories: dict[int, Id | None]
    places: lines.Places
    payees: dict[str, Id]
    purchases: dict[str, Booking]


def _book(
    work: Work, preview: Preview, rows: list[PreviewRow], places: lines.Places, progress: Progress
) -> None:
    payees = ensure_payees(work, (row.entry.payee for row in rows if row.entry))
    books = _Books(work, preview.categories, places, payees, {})
    work.add_bookings(_plain(books, rows, progress))
    work.add_bookings(_refund(books, row) for row in rows if row.entry and row.entry.refunds)


def _plain(books: _Books, rows: list[PreviewRow], progress: Progress) -> Iterator[Booking]:
    """Yield all but refunds, which may refer to any of these."""
    for number, row in enumerate(rows):
        if row.entry is None or row.entry.refunds:
            continue
        booking = _booked(books, row, books.categories.get(row.row, row.category), None)
        if row.entry.ids:
            books.purchases.setdefault(lines.source_id(row.entry), booking)
        if number % _STEP == 0:
            progress(number, len(rows))
        yield booking


def _booked(books: _Books, row: PreviewRow, category: Id | None, refunds: Id | None) -> Booking:
    entry = row.entry
    assert entry is not None
    assert row.id is not None
    return lines.booked(
        entry,
        row.id,
        lines.postings(entry, books.places, category),
        books.payees.get(entry.payee),
        refunds,
    )


def _refund(books: _Books, row: PreviewRow) -> Booking:
    """Return a refund linked to its purchase, in whose category it counts unless the user chose another."""
    purchase, category = _purchase(books.work, row.entry.refunds if row.entry else "", books.purchases)
    proposed = row.category if category is None else category
    return _booked(books, row, books.categories.get(row.row, proposed), purchase)


def _purchase(work: Work, ref: str, purchases: dict[str, Booking]) -> tuple[Id | None, Id | None]:
    """Return the id and category of the purchase with this number, from this file or the vault."""
    here = purchases.get(ref)
    if here is not None:
        return here.id, here.postings[0].category
    found = work.connection.exec_driver_sql(
        "SELECT tx.id, category.id AS category FROM evidence JOIN tx ON tx.rid=evidence.tx AND tx.state=0"
        " LEFT JOIN category ON category.rid=tx.category WHERE evidence.ref=? LIMIT 1",
        (ref,),
    ).one_or_none()
    if found is None:
        return None, None
    return Id(bytes(found.id)), None if found.category is None else Id(bytes(found.category))


def _update(work: Work, rows: Iterable[PreviewRow]) -> None:
    """Take over what a later download says; what the user edited stays as it is."""
    for row in rows:
        if row.entry is None or row.id is None:
            continue
        status = Status.PENDING if row.entry.status is EntryStatus.PENDING else Status.BOOKED
        rid = work.rid(TX, row.id)
        edited = work.connection.exec_driver_sql(
            "SELECT 1 FROM stamp WHERE tab=? AND row=? AND field='status'", (TX.number, rid)
        ).scalar()
        if not edited:
            work.set(TX, row.id, status=int(status))


def _evidence(row: PreviewRow) -> EvidenceRow:
    assert row.entry is not None
    assert row.id is not None
    return EvidenceRow(row.row, row.id, row.entry.source_status, lines.source_id(row.entry))


def _open_balances(work: Work, preview: Preview, places: lines.Places) -> None:
    """Book the opening balance of each account whose balance is known, so that it comes true."""
    seen = set()
    for key, target in preview.targets.items():
        account = places.accounts[key]
        if target.balance is not None and target.day is not None:
            know_balance(work, account, target.balance, target.day)
        if account.id not in seen:
            seen.add(account.id)
            settle_opening(work, account.id)


def settle_opening(work: Work, id_: Id) -> None:
    """Make the known balance of an account come true by its opening balance, before its first transaction.

    The opening is booked on the known day at the latest, for else the balance would not be there yet.
    """
    account = accounts_in(work.connection)[id_]
    if account.known_balance is None or account.known_day is None:
        return
    opening = derived_id("opening", id_.hex())
    rid = work.rid(ACCOUNT, id_)
    there = work.rids.many(work.connection, "tx", [opening]).get(opening)
    booked = work.connection.exec_driver_sql(
        "SELECT coalesce(sum(amount), 0) FROM posting"
        " WHERE tx=? AND account=? AND live=1 AND role<>3 AND day<=?",
        (there or 0, rid, day_number(account.known_day)),
    ).scalar_one()
    amount = account.known_balance - (balance_of(work.connection, rid, account.known_day) - booked)
    first = work.connection.exec_driver_sql(
        "SELECT min(day) FROM tx WHERE state=0 AND (account=? OR other=?) AND rid<>?", (rid, rid, there or 0)
    ).scalar()
    day = min(account.known_day, day_of(first) - timedelta(days=1)) if first else account.known_day
    posting = (Posting(id_, amount, role=Role.OPENING),)
    if there is None:
        if amount:
            work.add_bookings(
                [
                    Booking(
                        opening,
                        day_number(day),
                        None,
                        None,
                        int(Status.BOOKED),
                        "",
                        "",
                        None,
                        "",
                        (),
                        posting,
                    )
                ]
            )
        return
    work.set(TX, opening, state=int(State.LIVE), day=day_number(day), postings=posting)
