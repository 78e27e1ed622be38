"""Writes the statements of the sample book to resources/sample: half a year of an invented life.

Run it from the folder of the project: .venv/bin/python packaging/make_sample_book.py
Always the same; the three statements fit together: what one calls a transfer the other has too, to the fen.
"""

import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import openpyxl

FIRST, LAST = date(2026, 5, 24), date(2026, 11, 22)
STAMP = (2026, 11, 22, 9, 0, 0)
_ALIPAY = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注"
)
_WECHAT = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
BOOK = Path(__file__).resolve().parent / "sample_book"
TARGET = Path(__file__).resolve().parents[1] / "resources" / "sample"
BANK = "招商银行储蓄卡(8705)"
CARD = "招商银行信用卡(1122)"
_DAYS_A_MONTH = 30.4
chance = random.Random(20261122)  # noqa: S311  a book that is the same every time, no secret


class Line(NamedTuple):
    """One record of a wallet. kind: Alipay's category or the type of WeChat."""

    when: datetime
    kind: str
    payee: str
    text: str
    direction: str
    amount: Decimal
    method: str
    status: str
    order: str
    merchant: str
    note: str = ""


class Posting(NamedTuple):
    """One record of the bank; amount: signed."""

    when: datetime
    kind: str
    name: str
    memo: str
    amount: Decimal


def yuan(text: object) -> Decimal:
    """Return an amount with two decimals."""
    return Decimal(str(text)).quantize(Decimal("0.01"))


def at(day: date, hour: int, minute: int | None = None) -> datetime:
    """Return a moment in this hour, by chance where no minute is given."""
    clock = chance.randrange(60) if minute is None else minute
    return datetime(day.year, day.month, day.day, hour, clock, chance.randrange(60))  # noqa: DTZ001  wall clock


def days() -> Iterator[date]:
    """Yield every day of the book."""
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


def on(number: int) -> Iterator[date]:
    """Yield this day of each month of the book."""
    return (day for day in days() if day.day == number)


def order(when: datetime, merchant: str = "") -> tuple[str, str]:
    """Return an order number and the merchant's, as long as real ones."""
    tail = "".join(chance.choices("0123456789", k=14))
    own = f"{when:%Y%m%d}2200{tail}1"
    return own, merchant or f"{chance.choice('ABMTX')}{when:%y%m%d}{chance.randrange(10**8, 10**9)}"


def line(  # noqa: PLR0917  in the order of the columns
    when: datetime,
    kind: str,
    payee: str,
    text: str,
    direction: str,
    amount: Decimal,
    method: str,
    status: str,
) -> Line:
    """Return a record with numbers of its own."""
    return Line(when, kind, payee, text, direction, amount, method, status, *order(when))


def shopping(wallet: str, done: str) -> list[Line]:
    """Return what was bought with a wallet, spread over days and hours by the catalogue."""
    found = []
    for entry in (BOOK / "shops.txt").read_text("utf-8").splitlines():
        if not entry.startswith(f"{wallet}|"):
            continue
        _, payee, goods, kind, low, high, monthly, hours, methods = entry.split("|")
        first, last = (int(hour) for hour in hours.split("-"))
        names, weights = zip(*(method.split("=") for method in methods.split(",")), strict=True)
        for day in days():
            if chance.random() >= float(monthly) / _DAYS_A_MONTH:
                continue
            price = _price(Decimal(low), Decimal(high))
            method = chance.choices(names, [int(weight) for weight in weights])[0]
            when = at(day, chance.randint(first, last))
            status = "已转账" if kind == "扫二维码付款" else done
            found.append(
                line(when, kind, payee, chance.choice(goods.split("/")), "支出", price, method, status)
            )
    return found


def _price(low: Decimal, high: Decimal) -> Decimal:
    """Return a price as shops make them: mostly whole, or ending in .5, .8 or .9."""
    price = Decimal(chance.randint(int(low), int(high))) + chance.choice(
        [Decimal(0), Decimal("0.5"), Decimal("0.8"), Decimal("0.9")]
    )
    return yuan(min(max(price, low), high))


def spent(lines: list[Line], method: str) -> dict[tuple[int, int], Decimal]:
    """Return what was spent by a method in each month, less what was given back."""
    sums: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for each in lines:
        if each.method == method and (each.direction == "支出" or each.status == "退款成功"):
            sign = -1 if each.status == "退款成功" else 1
            sums[each.when.year, each.when.month] += sign * each.amount
    return sums


def alipay_book() -> list[Line]:
    """Return the records of Alipay, the newest first."""
    lines = shopping("alipay", "交易成功")
    lines += events("alipay")
    lines += [part for each in refunded(lines) for part in each]
    gone = {each.order for each in lines if each.status == "交易关闭"}
    lines = [each for each in lines if not (each.order in gone and each.status == "交易成功")]
    for day in on(2):
        lines.append(fund(at(day, 9, 30), "余额宝-单次转入", yuan(4500), BANK))
    for day in (day for day in days() if day.weekday() == 0):
        text = f"余额宝-{day - timedelta(days=1):%Y.%m.%d}-收益发放"
        lines.append(fund(at(day, 3, 12), text, yuan(chance.randint(190, 340)) / 100, "余额宝"))
    dues = spent(lines, "花呗")
    for day in on(9):
        last = day.replace(day=1) - timedelta(days=1)
        due = yuan(dues.get((last.year, last.month), Decimal("486.20")))
        text = f"花呗自动还款-{last:%Y}年{last:%m}月账单"
        lines.append(line(at(day, 8), "信用借还", "花呗", text, "不计收支", due, "余额宝", "还款成功"))
    return sorted(lines, key=lambda each: each.when, reverse=True)


def fund(when: datetime, text: str, amount: Decimal, method: str) -> Line:
    """Return a record of the money market fund."""
    payee = "天弘基金管理有限公司"
    return line(when, "投资理财", payee, text, "不计收支", yuan(amount), method, "交易成功")


def refunded(lines: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield purchases given back: some wholly, then closed, some in part."""
    wanted = {"优衣库 UNIQLO": 1, "淘宝": 2, "铁路12306": 1, "盒马鲜生": 2}
    for payee, count in wanted.items():
        for each in chance.sample([each for each in lines if each.payee == payee], count):
            back = each.when + timedelta(days=chance.randint(1, 4), hours=chance.randint(1, 5))
            if back.date() > LAST:
                continue
            wholly = payee != "盒马鲜生"
            amount = each.amount if wholly else yuan(each.amount / 4)
            refund = each._replace(
                when=back,
                kind="退款",
                text=f"退款-{each.text}",
                direction="不计收支",
                amount=amount,
                status="退款成功",
                order=f"{each.order}_{chance.randrange(10**6, 10**7)}",
            )
            yield (each._replace(status="交易关闭"), refund) if wholly else (refund,)


def events(wallet: str) -> list[Line]:
    """Return what happens once: presents, a hold, a closed order, a withdrawal, coffees for two."""
    found = []
    for kept in (BOOK / "events.txt").read_text("utf-8").splitlines():
        name, when, kind, payee, text, direction, amount, method, status, note = kept.split("|")
        if name == wallet:
            moment = datetime.fromisoformat(when)
            one = line(moment, kind, payee, text, direction, yuan(amount), method, status)
            found.append(one._replace(note=note))
    return found


def wechat_book() -> list[Line]:
    """Return the records of WeChat Pay, the newest first."""
    lines = shopping("wechat", "支付成功")
    method = BANK.replace("储蓄卡", "")
    for day in on(4):
        lines.append(line(at(day, 8, 10), "零钱充值", method, "/", "/", yuan(1500), method, "充值完成"))
        lines.append(
            line(at(day, 8, 20), "转入零钱通-来自零钱", "/", "/", "/", yuan(700), "零钱", "支付成功")
        )
    lines += events("wechat")
    return sorted([*lines, *_part_back(lines)], key=lambda each: each.when, reverse=True)


def _part_back(lines: list[Line]) -> list[Line]:
    """Give one meal back in part: the purchase says so, and the refund is a record of its own."""
    index = next(index for index, each in enumerate(lines) if each.payee == "美团" and each.amount > 30)
    bought = lines[index]
    lines[index] = bought._replace(status="已退款(￥12.00)")
    refund = bought._replace(
        status="已退款(￥12.00)",
        when=bought.when + timedelta(hours=3), kind="美团-退款", direction="收入", amount=yuan(12)
    )  # fmt: skip
    return [refund._replace(order=order(refund.when)[0], merchant=order(refund.when)[1])]


def bank_book(alipay: list[Line], wechat: list[Line]) -> list[Posting]:
    """Return the records of the bank account; transfers to and from the wallets are those of the wallets."""
    found = [
        Posting(each.when, "XFER", "支付宝-余额宝", "快捷支付 余额宝转入", -each.amount)
        for each in alipay
        if each.method == BANK
    ]
    for each in wechat:
        if each.kind == "零钱充值":
            found.append(Posting(each.when, "XFER", "财付通-微信零钱", "快捷支付 微信零钱充值", -each.amount))
        if each.kind == "零钱提现":
            moment = each.when + timedelta(minutes=2)
            found.append(
                Posting(moment, "XFER", "财付通-微信提现", "微信零钱提现", each.amount - yuan("0.10"))
            )
    found += [*_monthly(), *_dues(alipay)]
    found += [
        Posting(at(date(2026, 6, 21), 2), "INT", "招商银行", "结息", yuan("38.16")),
        Posting(at(date(2026, 9, 21), 2), "INT", "招商银行", "结息", yuan("44.92")),
        Posting(at(date(2026, 9, 30), 15), "DIRECTDEP", "上海云帆科技有限公司", "季度奖金", yuan(6800)),
    ]
    return sorted(found)


def _monthly() -> Iterator[Posting]:
    """Yield what comes every month, mostly: salary, rent, cash, the big shopping."""
    for entry in (BOOK / "bank.txt").read_text("utf-8").splitlines()[1:]:
        number, kind, name, memo, low, high = entry.split("|")
        for day in on(int(number)):
            if kind == "POS" and chance.random() < 0.1:
                continue
            cents = chance.randint(int(low) * 100, int(high) * 100)
            yield Posting(at(day, chance.randint(10, 20)), kind, name, memo, yuan(Decimal(cents) / 100))


def _dues(alipay: list[Line]) -> Iterator[Posting]:
    """Yield the monthly repayment of the credit card: what Alipay charged to it the month before."""
    charged = spent(alipay, CARD)
    for day in on(18):
        last = day.replace(day=1) - timedelta(days=1)
        due = charged.get((last.year, last.month), Decimal(0)) if last.month > 5 else Decimal("1325.80")
        yield Posting(at(day, 7), "XFER", "招商银行信用卡", "信用卡自动还款 尾号1122", -yuan(due))


def alipay_csv(lines: list[Line]) -> bytes:
    """Return the CSV of the app since 2025-10, in GB18030."""
    head = [
        "-" * 84, "导出信息：", "姓名：林晓晨", "支付宝账户：linxiaochen@example.com",
        f"起始时间：[{FIRST} 00:00:00]    终止时间：[{LAST} 23:59:59]", "导出交易类型：[全部]",
        f"导出时间：[{LAST} 21:40:06]", f"共{len(lines)}笔记录",
        *(f"{word}：{count}笔 {total}元" for word, count, total in _sums(lines, "不计收支")), "",
        "特别提示：（示例账本，虚构数据）", "1.本回单内容可表明支付宝受理了相应支付交易申请；", "",
        "------------------------支付宝支付科技有限公司  电子客户回单------------------------",
    ]  # fmt: skip
    rows = [_padded(_ALIPAY.split(","))]
    for each in lines:
        left = [f"{each.when}", each.kind, each.payee, "/", each.text, each.direction, str(each.amount)]
        rows.append(
            _padded([*left, each.method, each.status, f"{each.order}\t", f"{each.merchant}\t", each.note])
        )
    return ("\n".join([*head, *rows]) + "\n").encode("gb18030")


def _padded(cells: list[str]) -> str:
    return ",".join(cell if cell.endswith("\t") else f"{cell:<20}" for cell in cells) + ","


def _sums(lines: list[Line], neutral: str) -> Iterator[tuple[str, int, Decimal]]:
    for word in ("收入", "支出", neutral):
        amounts = [each.amount for each in lines if each.direction == word]
        yield word, len(amounts), sum(amounts, Decimal("0.00"))


def wechat_xlsx(lines: list[Line]) -> bytes:
    """Return the workbook of 2026: numbers, serial dates, rows 6 and 16 not there."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sums = {word: f"{count}笔 {total}元" for word, count, total in _sums(lines, "/")}
    head = [
        "微信支付账单明细", "微信昵称：[晓晨]", f"起始时间：[{FIRST} 00:00:00] 终止时间：[{LAST} 23:59:59]",
        "导出类型：[全部账单]", f"导出时间：[{LAST} 21:45:31]", "", f"共{len(lines)}笔记录",
        f"收入：{sums['收入']}",
        f"支出：{sums['支出']}", f"中性交易：{sums['/']}", "注：", "1. 充值/提现等交易，将计入中性交易",
        "2. 示例账本，虚构数据", "3. 本明细仅供个人对账使用", "4. 本账单中所有时间均为UTC+08:00时间", "",
        "----------------------微信支付账单明细列表--------------------",
    ]  # fmt: skip
    for number, text in enumerate(head, 1):
        if text:
            sheet.cell(number, 1, text)
    sheet.append(_WECHAT.split(","))
    for each in lines:
        since = each.when - datetime(1899, 12, 30)  # noqa: DTZ001  wall clock
        serial = since.days + since.seconds / 86_400
        left = [serial, each.kind, each.payee, each.text, each.direction, float(each.amount), each.method]
        sheet.append([*left, each.status, each.order, each.merchant, each.note or "/"])
        sheet.cell(sheet.max_row, 1).number_format = r"yyyy\-mm\-dd\ hh\:mm\:ss"
        sheet.cell(sheet.max_row, 6).number_format = r"\¥#,##0.00"
    stored = BytesIO()
    book.save(stored)
    return _restamped(stored.getvalue())


def _restamped(content: bytes) -> bytes:
    """Return a workbook with one fixed time, so that making it again changes nothing."""
    stored = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            body = re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2026-11-22T09:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, STAMP), body, zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def bank_ofx(postings: list[Posting], opening: Decimal) -> str:
    """Return OFX 2.1 of one account; opening: its balance before the first record."""
    closing = opening + sum((each.amount for each in postings), Decimal(0))
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
        '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>',
        "<!-- sample book, invented data -->",
        "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>",
        "<DTSERVER>20261122214800</DTSERVER><LANGUAGE>CHI</LANGUAGE><FI><ORG>CMB</ORG></FI></SONRS></SIGNONMSGSRSV1>",
        "<BANKMSGSRSV1><STMTTRNRS><TRNUID>1</TRNUID>",
        "<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS><CURDEF>CNY</CURDEF>",
        "<BANKACCTFROM><BANKID>308584000013</BANKID><ACCTID>6214830100008705</ACCTID>",
        "<ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>",
        f"<BANKTRANLIST><DTSTART>{FIRST:%Y%m%d}</DTSTART><DTEND>{LAST:%Y%m%d}</DTEND>",
    ]
    for number, each in enumerate(postings, 1):
        parts.append(
            f"<STMTTRN><TRNTYPE>{each.kind}</TRNTYPE><DTPOSTED>{each.when:%Y%m%d%H%M%S}</DTPOSTED>"
            f"<TRNAMT>{each.amount}</TRNAMT><FITID>CMB{each.when:%Y%m%d}{number:04}</FITID>"
            f"<NAME>{escape(each.name)}</NAME><MEMO>{escape(each.memo)}</MEMO></STMTTRN>"
        )
    parts.append(
        f"</BANKTRANLIST><LEDGERBAL><BALAMT>{closing}</BALAMT><DTASOF>{LAST:%Y%m%d}235959</DTASOF></LEDGERBAL>"
    )
    return "\n".join([*parts, "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"]) + "\n"


def main() -> None:
    """Write the three statements."""
    TARGET.mkdir(parents=True, exist_ok=True)
    alipay, wechat = alipay_book(), wechat_book()
    bank = bank_book(alipay, wechat)
    (TARGET / "alipay_2026.csv").write_bytes(alipay_csv(alipay))
    (TARGET / "wechat_2026.xlsx").write_bytes(wechat_xlsx(wechat))
    (TARGET / "bank_cmb_2026.ofx").write_text(
        bank_ofx(bank, yuan("18640.52")), encoding="utf-8", newline="\n"
    )
    print(f"alipay {len(alipay)}, wechat {len(wechat)}, bank {len(bank)}")


if __name__ == "__main__":
    main()
