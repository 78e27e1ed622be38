"""Statements into the ledger: nothing twice, nothing lost, all or nothing."""

import itertools
import shutil
from datetime import date
from pathlib import Path

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.ledger import AccountKind, Role, Shape, Status
from kushen_desktop.domain.preview import Imported, Preview, Verdict
from kushen_desktop.domain.starter import category_id
from kushen_desktop.domain.statement import Kind
from kushen_desktop.services.imports import UnreadableStatementError
from kushen_desktop.services.reading import Reading
from tests.books import book, seen, wrong_sums

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
DATA = ROOT / "tests" / "data" / "statements"
BANK, ALIPAY, WECHAT = (
    SAMPLE / "bank_cmb_2026.ofx",
    SAMPLE / "alipay_2026.csv",
    SAMPLE / "wechat_2026.xlsx",
)
TODAY = date(2026, 11, 23)


def previews(app: Kushen, path: Path) -> list[Preview]:
    return [app.imports.preview(statement, path.name) for statement in app.imports.read(path)]


def bring(app: Kushen, path: Path) -> Imported:
    return app.imports.confirm(previews(app, path))[0]


def write_csv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["交易日期,金额,对方户名,摘要,流水号", *rows]), "utf-8")
    return path


def test_every_row_of_a_preview_is_one_row_of_the_file(app: Kushen) -> None:
    for path in (BANK, ALIPAY, WECHAT):
        (preview,) = previews(app, path)
        assert [row.row for row in preview.rows] == list(range(1, preview.statement.rows_read + 1))
        assert sum(preview.counts().values()) == preview.statement.rows_read


def test_nothing_is_written_before_the_import_is_confirmed(app: Kushen) -> None:
    before = seen(app)
    previews(app, ALIPAY)
    assert seen(app) == before


def test_the_same_file_twice_adds_nothing(app: Kushen) -> None:
    bring(app, ALIPAY)
    before = seen(app)
    (again,) = previews(app, ALIPAY)
    assert again.known_since is not None
    assert not again.ticked
    result = app.imports.confirm([again])[0]
    assert (result.new, result.changed, result.change) == (0, 0, 0)
    assert seen(app) == before


def test_an_overlapping_file_adds_only_what_is_new(app: Kushen, tmp_path: Path) -> None:
    rows = [f"2026-10-{day:02d},-{day}.00,超市 {day},买菜,A{day}" for day in range(1, 11)]
    bring(app, write_csv(tmp_path / "first.csv", *rows[:7]))
    result = bring(app, write_csv(tmp_path / "second.csv", *rows[4:]))
    assert (result.new, result.known) == (3, 3)
    assert app.transactions.find().count == 10


def test_two_equal_rows_of_one_file_are_two_transactions(app: Kushen, tmp_path: Path) -> None:
    row = "2026-10-05,-15.00,瑞幸咖啡,拿铁,"
    path = write_csv(tmp_path / "coffee.csv", row, row, "2026-10-06,-3.00,地铁,,")
    assert bring(app, path).new == 3
    assert app.transactions.find("瑞幸").count == 2
    assert bring(app, path).new == 0


def test_an_undone_import_is_forgotten_and_can_be_imported_again(app: Kushen) -> None:
    before = seen(app)
    result = bring(app, ALIPAY)
    after = seen(app)
    app.history.undo_change(result.change)
    assert app.transactions.find().count == 0
    assert [account for account in seen(app)["account"] if account[1] == 0] == before["account"]
    assert not wrong_sums(app)
    again = bring(app, ALIPAY)
    assert again.new == result.new
    assert seen(app)["posting"] == after["posting"]
    assert not wrong_sums(app)


def test_what_the_user_deleted_stays_deleted_unless_ticked(app: Kushen, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", "2026-10-05,-15.00,瑞幸咖啡,拿铁,1", "2026-10-06,-3.00,地铁,,2")
    bring(app, path)
    found = app.transactions.find("瑞幸")
    app.transactions.delete([row.id for row in app.transactions.rows(found, 0, 1)])
    (preview,) = previews(app, path)
    assert preview.counts()[Verdict.DELETED] == 1
    assert not preview.ticked
    preview.ticked = {row.row for row in preview.rows if row.verdict is Verdict.DELETED}
    assert app.imports.confirm([preview])[0].new == 1
    assert app.transactions.find("瑞幸").count == 1
    assert not wrong_sums(app)


def test_a_changed_status_updates_and_never_overwrites_what_the_user_edited(
    app: Kushen, tmp_path: Path
) -> None:
    text = (DATA / "alipay" / "syn_app_2025.csv").read_bytes().decode("gb18030")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(text.encode("gb18030"))
    assert "等待确认收货" in text
    second.write_bytes(text.replace("等待确认收货", "交易成功").encode("gb18030"))
    bring(app, first)
    found = app.transactions.find()
    for row in app.transactions.rows(found, 0, found.count):
        app.transactions.edit([row.id], note="mine", category=category_id("other"))
    before = seen(app)
    (preview,) = previews(app, second)
    assert preview.counts()[Verdict.CHANGED] == text.count("等待确认收货")
    assert preview.counts()[Verdict.NEW] == 0
    app.imports.confirm([preview])
    assert seen(app) == before
    (after,) = previews(app, second)
    assert after.counts()[Verdict.CHANGED] == 0


def test_a_cancelled_import_leaves_nothing(app: Kushen) -> None:
    before = seen(app)
    (preview,) = previews(app, ALIPAY)

    def stop(done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        app.imports.confirm([preview], stop)
    assert seen(app) == before
    assert not app.history.list()


def test_fees_stand_apart_and_transfers_have_two_legs(app: Kushen) -> None:
    bring(app, DATA / "wechat" / "syn_2026.xlsx")
    found = app.transactions.find("is:transfer")
    rows = app.transactions.rows(found, 0, found.count)
    whole = [app.transactions.get(row.id) for row in rows]
    fees = [one for one in whole if any(line.category == category_id("money.fees") for line in one.postings)]
    assert fees
    for one in fees:
        assert one.postings[0].role is Role.TRANSFER
        assert one.postings[-1].amount < 0
    two = [one for one in whole if len({line.account for line in one.postings}) == 2]
    assert two
    for one in two:
        assert sum(line.amount for line in one.postings if line.role is Role.TRANSFER) == 0


def test_a_refund_is_linked_and_lowers_the_category_of_its_purchase(app: Kushen) -> None:
    bring(app, ALIPAY)
    found = app.transactions.find("is:refund")
    linked = [
        one
        for row in app.transactions.rows(found, 0, found.count)
        if (one := app.transactions.get(row.id)).refunds
    ]
    assert linked
    for refund in linked:
        assert refund.refunds is not None
        purchase = app.transactions.get(refund.refunds)
        assert refund.postings[0].category == purchase.postings[0].category
        assert refund.postings[0].role is Role.REFUND
    income = sum(month.income for month in app.balances.months(TODAY, 12))
    flows = app.transactions.find("is:income")
    assert income == sum(one.incoming for one in app.transactions.sums(flows))


def test_the_raw_record_stays_in_the_vault(app: Kushen) -> None:
    bring(app, ALIPAY)
    row = app.transactions.rows(app.transactions.find(), 0, 1)[0]
    (evidence,) = app.transactions.get(row.id).evidence
    assert evidence.file == ALIPAY.name
    assert "交易订单号" in evidence.raw


def test_the_stated_balance_comes_true_by_the_opening(app: Kushen) -> None:
    (preview,) = previews(app, BANK)
    (target,) = preview.targets.values()
    assert target.balance == target.closing
    app.imports.confirm([preview])
    (balance,) = app.balances.all(TODAY)
    assert balance.money.minor == target.closing
    assert app.transactions.find().count == preview.statement.rows_read + 1


def test_an_earlier_statement_moves_the_opening_and_keeps_the_balance(app: Kushen, tmp_path: Path) -> None:
    later = write_csv(tmp_path / "later.csv", "2026-10-05,-15.00,瑞幸咖啡,拿铁,1")
    (preview,) = previews(app, later)
    for target in preview.targets.values():
        target.balance, target.day = 100_00, date(2026, 10, 31)
    app.imports.confirm([preview])
    account = app.accounts.list()[0].id
    earlier = write_csv(tmp_path / "earlier.csv", "2026-09-05,-40.00,地铁,,2", "2026-09-06,5.00,退还,,3")
    (statement,) = app.imports.read(earlier)
    app.imports.confirm([app.imports.preview(statement, "earlier.csv", account=account)])
    assert app.balances.all(date(2026, 10, 31))[0].money.minor == 100_00
    rows = app.transactions.rows(app.transactions.find(), 0, 9)
    assert (rows[-1].day, rows[-1].amount) == (date(2026, 9, 4), 150_00)


def test_the_order_of_imports_does_not_change_what_there_is() -> None:
    worth = set()
    for order in itertools.permutations((BANK, ALIPAY, WECHAT)):
        with book() as app:
            for path in order:
                bring(app, path)
            months = tuple((one.income, one.spent) for one in app.balances.months(TODAY, 7))
            worth.add((app.balances.net_worth(TODAY).money.minor, months))
            assert not wrong_sums(app)
    assert len(worth) == 1


def test_what_another_source_has_brought_is_proposed_to_be_left_out(app: Kushen) -> None:
    bring(app, WECHAT)
    bring(app, ALIPAY)
    (preview,) = previews(app, BANK)
    twins = [row for row in preview.rows if row.verdict is Verdict.TWIN]
    assert len(twins) == 13
    assert not {row.row for row in twins} & preview.ticked
    assert all(row.entry and row.entry.kind is not Kind.UNKNOWN for row in twins)
    assert all(".csv" in row.reason.english() or ".xlsx" in row.reason.english() for row in twins)


def test_a_chosen_account_takes_every_row(app: Kushen, tmp_path: Path) -> None:
    account = app.accounts.add("零用", AccountKind.CASH)
    (statement,) = app.imports.read(ALIPAY)
    app.imports.confirm([app.imports.preview(statement, ALIPAY.name, account=account)])
    assert {one.name for one in app.accounts.list()} == {"零用"}
    assert all(
        row.shape is not Shape.COMPLEX for row in app.transactions.rows(app.transactions.find(), 0, 50)
    )


def test_pending_rows_keep_their_status(app: Kushen) -> None:
    bring(app, DATA / "ofx" / "pending.ofx")
    assert app.transactions.find("is:pending").count > 0
    row = app.transactions.rows(app.transactions.find("is:pending"), 0, 1)[0]
    assert row.status is Status.PENDING


def test_a_column_map_is_remembered(app: Kushen, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", "05/06/2026,-15.00,瑞幸咖啡,拿铁,1", "07/06/2026,-3.00,地铁,,2")
    (statement,) = app.imports.read(path)
    (question,) = [one for one in statement.questions if one.name == "date_order"]
    other = next(answer for answer, _ in question.answers if answer != question.taken)
    (answered,) = app.imports.read(path, options={"date_order": other})
    app.imports.confirm([app.imports.preview(answered, path.name)])
    (remembered,) = app.imports.read(path)
    assert [entry.date for entry in remembered.entries] == [entry.date for entry in answered.entries]
    assert not remembered.questions


def test_hostile_files_leave_the_vault_alone_and_the_worker_usable(app: Kushen, tmp_path: Path) -> None:
    before = seen(app)
    bad = {
        "zeros.csv": b"\0" * 1_000_000,
        "paper.csv": b"%PDF-1.7\n" + b"x" * 1000,
        "cut.xlsx": WECHAT.read_bytes()[:5000],
        "empty.csv": b"",
        "bomb.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>&b;</a>',
    }
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Exception) as caught:
            app.imports.read(path)
        assert name in str(caught.value)
    assert seen(app) == before
    assert app.imports.read(ALIPAY)[0].rows_read > 400


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    reading = Reading()
    with pytest.raises(UnreadableStatementError):
        reading.read(tmp_path / "nowhere.csv")
    reading.close()


def test_a_worker_that_died_is_replaced(app: Kushen, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    shutil.copy(ALIPAY, copy)
    app.imports.read(copy)
    process = app.reading._process
    assert process is not None
    process.kill()
    process.join()
    assert app.imports.read(copy)[0].rows_read > 400
