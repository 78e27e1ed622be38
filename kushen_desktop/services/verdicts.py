"""What becomes of each row of a statement: new, there already, changed, skipped – and why."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection

from kushen_desktop.domain.calendar import day_of
from kushen_desktop.domain.ids import Id
from kushen_desktop.domain.ledger import State
from kushen_desktop.domain.matching import line_ids
from kushen_desktop.domain.money import AmountError, minor
from kushen_desktop.domain.preview import WRITTEN, Leg, Preview, PreviewRow, TargetKey, Verdict
from kushen_desktop.domain.progress import Progress
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.starter import category_id, seed_of_source
from kushen_desktop.domain.statement import Entry, Kind
from kushen_desktop.i18n import N_
from kushen_desktop.services.accounts import accounts_in
from kushen_desktop.services.differences import differences
from kushen_desktop.services.payees import learned_categories, payee_id
from kushen_desktop.services.targets import meant
from kushen_desktop.services.twins import Twin, Twins

__all__ = ["WRITTEN", "judged"]

_CHUNK = 500
_STEP = 5_000
_NEW = Sentence.of(N_("not seen before"))
_KNOWN = Sentence.of(N_("imported before"))
_DELETED = Sentence.of(N_("you deleted it; tick it to bring it back"))
_REVIVED = Sentence.of(N_("its import was undone; comes back"))
_DIGITS = Sentence.of(N_("the amount has more digits than its currency"))

Standing = tuple[int, str]


def judged(connection: Connection, preview: Preview, progress: Progress) -> Preview:
    """Fill in rows, ticks and differences of a preview."""
    statement = preview.statement
    ids = line_ids(statement.importer, statement.entries, _stand_in(preview))
    standing = _standing(connection, ids, progress)
    proposals = _Proposals(connection)
    others = _Others(connection, preview)
    rows = []
    for number, (entry, id_) in enumerate(zip(statement.entries, ids, strict=True)):
        row = _row(entry, id_, standing.get(id_), proposals)
        rows.append(others.judged(row, entry) if row.verdict in WRITTEN and id_ not in standing else row)
        if number % _STEP == 0:
            progress(number, len(ids))
    rows += [PreviewRow(row.row, Verdict.SKIPPED, row.reason) for row in statement.skipped]
    rows += [PreviewRow(row.row, Verdict.PROBLEM, row.reason) for row in statement.problems]
    rows.sort(key=lambda row: row.row)
    preview.rows = rows
    preview.ticked = {row.row for row in rows if row.verdict in WRITTEN}
    preview.known_since = _known_since(connection, statement.sha256)
    preview.differences = differences(statement)
    return preview


def _stand_in(preview: Preview) -> str:
    """Return what tells two accounts apart whose files name none: the account they go to."""
    chosen = {target.account or target.proposed.id for target in preview.targets.values()}
    return chosen.pop().hex() if len(chosen) == 1 else ""


def _row(entry: Entry, id_: Id, standing: Standing | None, proposals: "_Proposals") -> PreviewRow:
    if standing is None or standing[0] == State.WITHDRAWN:
        try:
            minor(entry.amount, entry.currency)
        except AmountError:
            return PreviewRow(entry.row, Verdict.PROBLEM, _DIGITS)
        category = proposals.category(entry)
        if entry.review is not None:
            return PreviewRow(entry.row, Verdict.REVIEW, entry.review, entry, id_, category)
        reason = _NEW if standing is None else _REVIVED
        return PreviewRow(entry.row, Verdict.NEW, reason, entry, id_, category)
    state, status = standing
    if state == State.DELETED:
        return PreviewRow(entry.row, Verdict.DELETED, _DELETED, entry, id_)
    if status != entry.source_status:
        reason = Sentence.of(N_("was “{before}”, is “{after}” now"), before=status, after=entry.source_status)
        return PreviewRow(entry.row, Verdict.CHANGED, reason, entry, id_)
    return PreviewRow(entry.row, Verdict.KNOWN, _KNOWN, entry, id_)


def _standing(connection: Connection, ids: list[Id], progress: Progress) -> dict[Id, Standing]:
    """Return state and last source status of those lines that the vault has seen."""
    if not connection.exec_driver_sql("SELECT EXISTS(SELECT 1 FROM tx)").scalar():
        return {}
    found: dict[Id, Standing] = {}
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        rows = connection.exec_driver_sql(
            "SELECT tx.id, tx.state, (SELECT status FROM evidence JOIN batch ON batch.rid=evidence.batch"
            "  WHERE evidence.tx=tx.rid AND batch.state=0 ORDER BY evidence.batch DESC LIMIT 1) AS status"
            f" FROM tx WHERE tx.id IN ({','.join('?' * len(part))})",
            tuple(part),
        )
        found.update((Id(bytes(row[0])), (row[1], row[2] or "")) for row in rows)
        if start % (_CHUNK * 20) == 0:
            progress(start, len(ids))
    return found


def _known_since(connection: Connection, sha256: bytes) -> datetime | None:
    at = connection.exec_driver_sql(
        "SELECT at FROM batch WHERE sha256=? AND state=0 ORDER BY rid LIMIT 1", (sha256,)
    ).scalar()
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone()


class _Others:
    """What other sources have brought to the accounts of a preview already."""

    def __init__(self, connection: Connection, preview: Preview) -> None:
        self._preview = preview
        statement = preview.statement
        accounts = accounts_in(connection)
        self._counters = {
            key: found.id
            for key in {(entry.counter, entry.currency) for entry in statement.entries if entry.counter}
            if (found := meant(statement, TargetKey(*key), accounts.values()))
        }
        wanted = [target.account for target in preview.targets.values() if target.account]
        self._twins = Twins(
            connection, statement.importer, [*wanted, *self._counters.values()], statement.entries
        )

    def judged(self, row: PreviewRow, entry: Entry) -> PreviewRow:
        """Return the row, left out of the import by proposal when another source has brought it."""
        account = self._preview.targets[TargetKey(entry.account, entry.currency)].account
        twin = self._twins.of(account, entry) if account else None
        if entry.kind is Kind.TRANSFER and entry.counter and self._halved(row, entry, twin):
            return row
        if twin is not None:
            text = N_("the same amount on {day} is there: “{payee}”, {file}")
            if not twin.file:
                text = N_("the same amount on {day} is there: “{payee}”, entered by hand")
            reason = Sentence.of(text, day=day_of(twin.day), payee=twin.payee, file=twin.file)
            return row._replace(verdict=Verdict.TWIN, reason=reason)
        return row

    def _halved(self, row: PreviewRow, entry: Entry, twin: Twin | None) -> bool:
        """Note which leg of a transfer is to be booked; False when neither is."""
        key = TargetKey(entry.counter, entry.currency)
        other = self._counters.get(key)
        if other is None and key not in self._preview.targets:
            return twin is None
        there = self._twins.of(other, entry, opposite=True) if other else None
        if twin and there:
            return False
        if twin or there:
            self._preview.legs[row.row] = Leg.OTHER if twin else Leg.OWN
        return True


class _Proposals:
    """The category an entry probably has: what the user chose for its payee, else its source's own."""

    def __init__(self, connection: Connection) -> None:
        self._learned: Mapping[Id, Id] = learned_categories(connection)
        self._payees: dict[str, Id | None] = {}

    def category(self, entry: Entry) -> Id | None:
        """Return the proposed category; None for none, and for transfers and holds."""
        if entry.kind in {Kind.TRANSFER, Kind.HOLD}:
            return None
        if self._learned and entry.payee:
            if entry.payee not in self._payees:
                self._payees[entry.payee] = self._learned.get(payee_id(entry.payee))
            learned = self._payees[entry.payee]
            if learned is not None:
                return learned
        seed = "interest" if entry.kind is Kind.INTEREST else seed_of_source(entry.category)
        if entry.kind is Kind.FEE:
            seed = "money.fees"
        return category_id(seed) if seed else None
