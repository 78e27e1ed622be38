"""What the records of Alipay mean: status first, then direction, then the text of neutral records."""

import re
from decimal import Decimal

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import EntryStatus, Kind
from kushen_desktop.formats.statements import wallet_moves as moves
from kushen_desktop.formats.statements.wallet_cells import BLANK, INCOMING, OUTGOING, first_method
from kushen_desktop.formats.statements.wallet_moves import Move, unknown
from kushen_desktop.formats.statements.wallet_reader import Cells

BALANCE = "余额"
FUND = "余额宝"

_DONE = frozenset({"交易成功", "支付成功", "代付成功", "亲情卡付款成功", "收款成功"})
_WAITING = frozenset({"等待确认收货", "等待对方发货", "等待对方确认收货"})
_CLOSED = frozenset({"交易关闭", "已关闭"})
_TRANSFERRED = frozenset({"还款成功", "充值成功", "转出成功", "提取成功", "转入成功"})
_HELD = frozenset({"冻结成功", "信用服务使用成功", "芝麻免押下单成功"})
_UNPAID = frozenset({"等待付款", "等待买家付款"})
_UNDER_WAY = re.compile("处理中|进行中|等待.*到账")
_BANK = re.compile("银行|农信|信用社|邮储|信用卡")
_CARD = re.compile(r"[\u4e00-\u9fff]*(?:银行|农信|信用社)[\u4e00-\u9fff]*(?:[（(]\d{4}[）)])?")
_LENDERS = ("花呗", "借呗", "备用金", "抖音月付", "网商贷")
_POCKETS = ("小荷包", "笔笔攒", "余利宝", "黄金")
_INTO_FUND = re.compile("转入|攒入")
_OUT_OF_POCKET = re.compile("转出|取出|卖出|赎回")
# Transfers that Alipay used to count as expenses or still does in some layouts.
_TRANSFER_ANYWAY = re.compile(
    "提现-|花呗(主动|自动)还款|(主动|自动)还款-花呗|信用卡还款|余额宝-(自动转入|单次转入|转出)|充值-普通充值"
)

# Texts that mean something else than their direction.
_TELLING = re.compile(f"收益发放|{_TRANSFER_ANYWAY.pattern}")


def move(cells: Cells, amount: Decimal, fee: Decimal, *, refunded: bool, default: str) -> Move | Sentence:
    """Return what a record does, or why it does nothing.

    amount: positive, in yuan. fee: of layout A, on top of the amount. refunded: a later record of the file
    gives this order back. default: the account where the record names none.
    """
    status, direction = cells.status, cells.direction
    account = first_method(cells.method, default)
    if status in _DONE and direction == OUTGOING and not _TELLING.search(cells.text):
        return Move(Kind.EXPENSE, -amount, account)
    if status in _CLOSED:
        return _closed(cells, amount, account, refunded=refunded)
    if status in _UNPAID:
        return Sentence.of(moves.NOT_PAID_YET)
    if "失败" in status:
        return Sentence.of(moves.FAILED, status=status)
    if status == "退款成功":
        return _refunded(cells, amount, account)
    if status == "退税成功":
        return Move(Kind.INCOME, amount, account)
    if status in _HELD or status == "解冻成功":
        return Move(Kind.HOLD, amount if status == "解冻成功" else -amount, account)
    if status in _DONE or status in _WAITING or status in _TRANSFERRED:
        return _done(cells, amount, fee, account, default)
    if _UNDER_WAY.search(status):
        done = _done(cells, amount, fee, account, default)
        return done._replace(status=EntryStatus.PENDING) if isinstance(done, Move) else done
    signed = amount if direction == INCOMING else -amount
    return unknown(signed, account, moves.UNKNOWN_STATUS, status=status)


def _closed(cells: Cells, amount: Decimal, account: str, *, refunded: bool) -> Move | Sentence:
    if cells.direction == INCOMING:
        return Sentence.of(moves.NEVER_RECEIVED)
    paid = cells.funds == "已支出" or cells.method not in BLANK
    if paid and (cells.direction == OUTGOING or refunded):
        return Move(Kind.EXPENSE, -amount, account)
    return Sentence.of(moves.NEVER_PAID)


def _refunded(cells: Cells, amount: Decimal, account: str) -> Move | Sentence:
    if "亲情卡" in cells.method:
        return Sentence.of(moves.PAID_BY_OTHERS)
    return Move(Kind.REFUND, amount, account)


def _done(cells: Cells, amount: Decimal, fee: Decimal, account: str, default: str) -> Move | Sentence:
    if "收益发放" in cells.text:
        name = account if cells.method not in BLANK else cells.text.partition("-")[0]
        return Move(Kind.INTEREST, amount, name)
    counted = cells.direction in {INCOMING, OUTGOING}
    if counted and cells.status not in _TRANSFERRED and not _TRANSFER_ANYWAY.match(cells.text):
        if cells.direction == OUTGOING:
            return Move(Kind.EXPENSE, -amount, account)
        waiting = cells.status in _WAITING
        return Move(
            Kind.INCOME, amount, account, status=EntryStatus.PENDING if waiting else EntryStatus.BOOKED
        )
    return _transferred(cells, amount, fee, account, default)


def _transferred(cells: Cells, amount: Decimal, fee: Decimal, account: str, default: str) -> Move | Sentence:
    """Return a transfer between own accounts, or unknown where neither text nor status names both."""
    text, status = cells.text, cells.status
    bank = _bank(cells)
    if FUND in text and "卖出" not in text:
        return _fund(cells, amount, account, default, bank)
    if text.startswith("提现") or status == "提取成功":
        source = BALANCE if _BANK.search(account) else account or BALANCE
        return Move(Kind.TRANSFER, -(amount + fee), source, bank, fee or None)
    if text.startswith("充值-") or status == "充值成功":
        return _out(amount, bank, BALANCE) if bank else _into(amount, BALANCE, "")
    if status == "还款成功" or "还款" in text:
        return _out(amount, account, _lender(cells))
    if "卖出" in text or "买入" in text:
        return _invested(text, amount, account)
    for pocket in _POCKETS:
        if pocket in text:
            if _OUT_OF_POCKET.search(text):
                return _out(amount, pocket, bank or BALANCE)
            return _out(amount, account, pocket)
    if "亲情卡" in text or cells.category == "亲友代付":
        if cells.method in BLANK or "亲情卡" in cells.method:
            return Sentence.of(moves.PAID_BY_OTHERS)
    elif status == "转出成功" and bank:
        return _out(amount, BALANCE if _BANK.search(account) else account, bank)
    signed = amount if cells.direction == INCOMING else -amount
    return unknown(signed, account, moves.UNKNOWN_DIRECTION)


def _out(amount: Decimal, account: str, counter: str) -> Move:
    return Move(Kind.TRANSFER, -amount, account, counter)


def _into(amount: Decimal, account: str, counter: str) -> Move:
    return Move(Kind.TRANSFER, amount, account, counter)


def _fund(cells: Cells, amount: Decimal, account: str, default: str, bank: str) -> Move:
    if "转账收款" in cells.text and cells.payee:
        return Move(Kind.INCOME, amount, FUND)
    if _INTO_FUND.search(cells.text):
        return _out(amount, default if account == FUND else account, FUND)
    if "转出" in cells.text:
        return _out(amount, FUND, bank if "银行卡" in cells.text else BALANCE)
    return unknown(-amount, account, moves.UNKNOWN_DIRECTION)


def _invested(text: str, amount: Decimal, account: str) -> Move:
    product = text.partition("-")[0]
    if "卖出至余额宝" in text:
        return _into(amount, FUND, product)
    if "卖出" in text or "退款" in text:
        return _into(amount, account, product)
    return _out(amount, account, product)


def _bank(cells: Cells) -> str:
    """Return the bank account of a transfer as the record names it, "" where it names none."""
    method = first_method(cells.method, "")
    if _BANK.search(method):
        return method
    return cells.payee if _BANK.search(cells.payee) else ""


def _lender(cells: Cells) -> str:
    for name in _LENDERS:
        if name in cells.text or name in cells.payee:
            return name
    card = _CARD.search(cells.text.partition("-")[2]) or _CARD.search(cells.payee)
    if not card:
        return "信用卡" if "信用卡" in cells.text else cells.payee
    name = card[0].removesuffix("还款")
    return name if "信用卡" in name or "(" in name or "（" in name else f"{name}信用卡"
