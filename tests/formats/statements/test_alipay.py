"""Alipay: what the samples don't show: broken rows, re-saved files, numbers spoilt by a spreadsheet."""

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from kushen_desktop.domain.errors import CancelledError
from kushen_desktop.domain.statement import Entry, Kind, Statement
from kushen_desktop.formats.statements import wallet_moves as moves
from kushen_desktop.formats.statements.alipay import Alipay
from kushen_desktop.formats.statements.importer import Source, UnreadableStatementError

HEADER = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,"
)
ROW = "2026-11-20 08:12:31,餐饮美食,瑞幸咖啡,/,生椰拿铁,支出,9.90,余额宝,交易成功,202611200001,M1,,"


def read(*rows: str, head: str = HEADER, encoding: str = "gb18030") -> Statement:
    content = "\n".join(["支付宝", head, *rows, ""]).encode(encoding)
    source = Source("a.csv", content)
    assert Alipay().identify(source)
    return Alipay().read(source)


def only(*rows: str) -> Entry:
    (entry,) = read(*rows).entries
    return entry


def with_cells(**cells: str) -> str:
    names = HEADER.rstrip(",").split(",")
    values = ROW.split(",")
    for name, value in cells.items():
        values[names.index(name)] = value
    return ",".join(values)


def test_an_entry_in_full() -> None:
    entry = only(ROW)
    assert (entry.payee, entry.text, entry.category) == ("瑞幸咖啡", "生椰拿铁", "餐饮美食")
    assert entry.identity == ("202611200001", "pay", "9.90")
    assert entry.ids == (("order", "202611200001"), ("merchant", "M1"))
    assert (entry.method, entry.source_status, entry.note) == ("余额宝", "交易成功", "")
    statement = read(ROW)
    assert statement.raws[1] == dict(zip(HEADER.split(",")[:-1], ROW.split(",")[:-1], strict=True))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_reads_the_same(encoding: str) -> None:
    statement = read(ROW, encoding=encoding)
    assert statement.encoding == encoding
    assert statement.entries == read(ROW).entries


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-20 08:12:31", "2026-11-20 08:12:31"),
        ("2026.9.6 16:59", "2026-09-06 16:59:00"),
        ("2026/1/2  19:01:00", "2026-01-02 19:01:00"),
        ("46289.48678240741", "2026-09-24 11:40:58"),
        ("2026-11-20", "2026-11-20 None"),
    ],
)
def test_times_as_programs_save_them(cell: str, moment: str) -> None:
    entry = only(with_cells(交易时间=cell))
    assert f"{entry.date} {entry.time}" == moment


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("交易时间", "yesterday", moves.BAD_TIME),
        ("交易时间", "2026-13-20 08:12:31", moves.BAD_TIME),
        ("金额", "nine", moves.BAD_AMOUNT),
        ("金额", "-9.90", moves.BAD_AMOUNT),
        ("金额", "9.905", moves.BAD_AMOUNT),
        ("金额", "1e999999999", moves.BAD_AMOUNT),
        ("金额", "", moves.BAD_AMOUNT),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_problem_of_its_row_alone(
    column: str, cell: str, reason: str
) -> None:
    statement = read(ROW, with_cells(**{column: cell}), ROW)
    assert [entry.row for entry in statement.entries] == [1, 3]
    (problem,) = statement.problems
    assert (problem.row, problem.reason.text) == (2, reason)
    assert cell in problem.reason.english()


def test_amounts_with_marks_and_with_the_noise_of_binary_fractions() -> None:
    assert only(with_cells(金额="¥9.9")).amount == Decimal("-9.90")
    assert only(with_cells(金额="28.160000000000004")).amount == Decimal("-28.16")
    assert str(only(with_cells(金额="12")).amount) == "-12.00"


def test_order_numbers_spoilt_by_a_spreadsheet_are_not_used() -> None:
    spoilt = [with_cells(交易订单号=order) for order in ("2.02611E+27", "2026112022001400000000000000")]
    statement = read(*spoilt, ROW)
    assert [entry.identity[0] for entry in statement.entries] == ["", "", "202611200001"]
    assert statement.entries[0].identity[1:] == ("2026-11-20", "08:12:31", "9.90", "瑞幸咖啡", "生椰拿铁")
    assert all(dict(entry.ids).get("order") is None for entry in statement.entries[:2])
    assert [note.text for note in statement.notes] == [moves.SPOILT_ORDERS]
    assert statement.notes[0].params == (("count", "2"),)


def test_wrapped_order_numbers_are_unwrapped() -> None:
    for order in ("202611200001\t", '="202611200001"', " 202611200001 ", "'202611200001"):
        assert only(with_cells(交易订单号=order)).identity[0] == "202611200001"


def test_stray_commas_go_back_into_the_text_they_came_from() -> None:
    assert only(with_cells(商品说明="拿铁,大杯,热")).text == "拿铁,大杯,热"
    entry = only(with_cells(交易对方="WALMART CO.,LIMITED"))
    assert (entry.amount, entry.source_status) == (Decimal("-9.90"), "交易成功")
    assert entry.payee == "WALMART CO.,LIMITED"


def test_a_torn_row_is_put_together_or_told() -> None:
    statement = read(ROW, ROW[:34], ROW[34:], ROW)
    assert [entry.amount for entry in statement.entries] == [Decimal("-9.90")] * 3
    statement = read(ROW, "2026-11-20 08:12:31,餐饮美食,瑞幸咖啡,/,生椰拿铁,支出,9.90", ROW)
    assert [problem.reason.text for problem in statement.problems] == [moves.TORN_ROW]
    assert [entry.row for entry in statement.entries] == [1, 3]


def test_a_stray_quote_swallows_no_rows() -> None:
    statement = read(ROW, with_cells(交易对方='"开口的引号'), ROW, ROW)
    assert statement.rows_read == 4
    assert len(statement.entries) == 4


def test_two_refunds_never_give_back_more_than_was_paid() -> None:
    bought = with_cells(交易时间="2026-11-01 08:00:00", 金额="30.00", 交易订单号="1")
    other = with_cells(交易时间="2026-11-02 08:00:00", 金额="30.00", 交易订单号="2")
    back = [
        with_cells(
            交易时间=f"2026-11-0{day} 09:00:00",
            商品说明="退款-生椰拿铁",
            **{"收/支": "不计收支"},
            金额="20.00",
            交易状态="退款成功",
            交易订单号=str(day),
            商家订单号=f"X{day}",
        )
        for day in (3, 4, 5)
    ]
    refunds = [
        entry.refunds for entry in read(*reversed(back), other, bought).entries if entry.kind is Kind.REFUND
    ]
    assert sorted(refunds) == ["", "1", "2"]


def test_a_closed_order_that_was_given_back_had_been_paid() -> None:
    closed = with_cells(**{"收/支": "不计收支"}, 交易状态="交易关闭", 交易订单号="77")
    assert not read(closed).entries
    back = with_cells(
        **{"收/支": "不计收支"}, 交易状态="退款成功", 交易订单号="77_1", 交易时间="2026-11-21 08:00:00"
    )
    assert [entry.amount for entry in read(back, closed).entries] == [Decimal("9.90"), Decimal("-9.90")]


def test_a_header_without_rows_is_a_statement_of_nothing() -> None:
    statement = read()
    assert (statement.rows_read, statement.entries, statement.stated) == (0, (), ())


def test_others_are_not_taken_for_alipay() -> None:
    for content in (
        b"",
        b"\0" * 99,
        "交易时间,商户名称,交易说明,金额\n".encode(),
        b"PK\x03\x04",
        b"%PDF-1.4",
    ):
        assert not Alipay().identify(Source("支付宝.csv", content))
    with pytest.raises(UnreadableStatementError):
        Alipay().read(Source("a.csv", b"a,b\n1,2\n"))


def test_reading_tells_its_progress_and_can_be_cancelled() -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done >= 4000:
            raise CancelledError

    content = "\n".join([HEADER, *[ROW] * 6000]).encode()
    with pytest.raises(CancelledError):
        Alipay().read(Source("a.csv", content, progress=progress))
    assert seen == [(2000, 6000), (4000, 6000)]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_every_row_is_counted_once_whatever_is_in_its_cells(data: st.DataObject) -> None:
    cell = st.sampled_from(
        ["", "/", "支出", "收入", "9.90", "交易成功", "退款成功", '"', "余额宝", "a,b", "20261120"]
    )
    rows = data.draw(st.lists(st.lists(cell, min_size=1, max_size=15).map(",".join), max_size=8))
    source = Source("a.csv", "\n".join([HEADER, ROW, *rows, ROW]).encode())
    statement = Alipay().read(source)
    parts = (statement.entries, statement.skipped, statement.problems)
    numbers = sorted(record.row for part in parts for record in part)
    assert numbers == list(range(1, statement.rows_read + 1))
    assert len(statement.raws) == statement.rows_read == len(list(statement.raws))
