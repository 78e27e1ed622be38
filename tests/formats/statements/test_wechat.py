"""WeChat Pay: what the samples don't show: sheets, broken lines, refunds that are elsewhere."""

import io
from decimal import Decimal

import openpyxl
import pytest

from kushen_desktop.domain.statement import Entry, Kind, Statement
from kushen_desktop.formats.statements import wallet_moves as moves
from kushen_desktop.formats.statements.importer import Source, UnreadableStatementError
from kushen_desktop.formats.statements.wechat import WeChat

HEADER = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
ROW = '2026-11-20 08:12:31,商户消费,全家,饭团,支出,¥6.50,零钱,支付成功,"4200001"\t,"1001"\t,"/"'


def read(*rows: str) -> Statement:
    content = "\r\n".join(["微信支付账单明细,,", HEADER, *rows, ""]).encode("utf-8-sig")
    source = Source("w.csv", content)
    assert WeChat().identify(source)
    return WeChat().read(source)


def only(**cells: str) -> Entry:
    (entry,) = read(with_cells(**cells)).entries
    return entry


def with_cells(**cells: str) -> str:
    names, values = HEADER.split(","), ROW.split(",")
    for name, value in cells.items():
        values[names.index(name)] = value
    return ",".join(values)


def workbook(**sheets: list[str]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row.replace('"', "").split(","))
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def test_an_entry_in_full() -> None:
    entry = only()
    assert (entry.payee, entry.text, entry.category, entry.account) == ("全家", "饭团", "商户消费", "零钱")
    assert entry.identity == ("4200001", "pay", "6.50")
    assert entry.ids == (("order", "4200001"), ("merchant", "1001"))
    assert (entry.note, entry.review, entry.source_status) == ("", None, "支付成功")


def test_a_fee_is_part_of_the_withdrawal() -> None:
    entry = only(
        交易类型="零钱提现",
        交易对方="招商银行()",
        **{"收/支": "/", "金额(元)": "¥100.10"},
        备注='"服务费¥0.10"',
    )
    assert (entry.kind, entry.amount, entry.fee) == (Kind.TRANSFER, Decimal("-100.10"), Decimal("0.10"))
    assert (entry.account, entry.counter) == ("零钱", "招商银行")


def test_a_withdrawal_to_a_bank_that_is_not_named() -> None:
    entry = only(交易类型="零钱充值", 交易对方="/", 支付方式="/", **{"收/支": "/"})
    assert (entry.account, entry.amount, entry.counter) == ("零钱", Decimal("6.50"), "")


def test_the_sheet_with_the_records_is_found() -> None:
    content = workbook(notes=["nothing here"], data=["微信支付账单明细", HEADER, ROW])
    source = Source("w.xlsx", content)
    assert WeChat().identify(source)
    assert len(WeChat().read(source).entries) == 1


def test_lines_that_a_name_has_torn_or_widened_are_mended() -> None:
    torn = with_cells(交易对方="水果\n摊")
    wide = with_cells(交易对方="WALMART HONG KONG CO.,LIMITED", 商品="/")
    statement = read(torn, wide, ROW)
    assert [entry.payee for entry in statement.entries] == [
        "水果 摊",
        "WALMART HONG KONG CO.,LIMITED",
        "全家",
    ]
    assert not statement.problems


def test_a_quote_that_swallows_lines_gives_them_back() -> None:
    statement = read(ROW, with_cells(交易对方='"打开多多'), ROW, ROW)
    assert statement.rows_read == 4
    assert len(statement.entries) == 4


def test_a_purchase_given_back_elsewhere_is_marked() -> None:
    bought = with_cells(当前状态="已退款(￥2.00)")
    (entry,) = read(bought).entries
    assert entry.review is not None
    assert entry.review.text == moves.REFUND_ELSEWHERE
    back = with_cells(
        交易时间="2026-11-21 08:12:31",
        交易类型="全家-退款",
        交易单号="4300001",
        商户单号="9",
        当前状态="已退款(￥2.00)",
        **{"收/支": "收入", "金额(元)": "2.00"},
    )
    refund, purchase = read(back, bought).entries
    assert (refund.kind, refund.refunds, refund.identity) == (
        Kind.REFUND,
        "4200001",
        ("4300001", "refund", "2.00"),
    )
    assert purchase.review is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"当前状态": "提现失败，已退回零钱", "交易类型": "零钱提现"}, moves.FAILED),
        ({"支付方式": "亲属卡", "收/支": "/"}, moves.PAID_BY_OTHERS),
        ({"金额(元)": "¥0.00"}, moves.NO_MONEY),
    ],
)
def test_what_moves_no_money_is_skipped_with_its_reason(cells: dict[str, str], reason: str) -> None:
    statement = read(with_cells(**cells))
    assert [skipped.reason.text for skipped in statement.skipped] == [reason]


def test_others_are_not_taken_for_wechat() -> None:
    broken = workbook(a=[HEADER])[:-40]
    for content in (b"", b"PK\x03\x04xl/workbook.xml", broken, workbook(a=["交易时间,金额"]), b"%PDF-1.4"):
        assert not WeChat().identify(Source("微信.xlsx", content))
    with pytest.raises(UnreadableStatementError):
        WeChat().read(Source("w.csv", b"a,b\n1,2\n"))
