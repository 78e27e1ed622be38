"""What the records of WeChat Pay mean: status first, then type, then direction."""

import re
from decimal import Decimal

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import EntryStatus, Kind
from kushen_desktop.formats.statements import wallet_moves as moves
from kushen_desktop.formats.statements.wallet_cells import BLANK, INCOMING, OUTGOING, first_method, yuan
from kushen_desktop.formats.statements.wallet_moves import Move, unknown
from kushen_desktop.formats.statements.wallet_reader import Cells
from kushen_desktop.formats.statements.wallet_refunds import given_back

CHANGE = "零钱"
FUND = "零钱通"
WEALTH = "理财通"

_DONE = frozenset(
    "支付成功 已支付 已转账 对方已收钱 朋友已收钱 已收钱 已存入零钱 已存入零钱通 已到账 充值完成 充值成功 "  # noqa: SIM905  words read better than a column of quotes
    "提现已到账 提现成功 还款成功".split()
)
_UNDER_WAY = re.compile("处理中|待.*(收款|到账|领取)|已提交|申请")
_BY_DIRECTION = frozenset(
    ["商户消费", "扫二维码付款", "赞赏码", "分分捐", "其他", "二维码收款", "群收款", "转账", "亲属卡交易"]
)
_FEE = re.compile(r"服务费\s*[¥￥]?\s*(\d+(?:\.\d{1,2})?)")
_FAMILY_CARD = re.compile("亲属卡")


def move(cells: Cells, amount: Decimal) -> Move | Sentence:
    """Return what a record does, or why it does nothing; amount: positive, in yuan."""
    status, kind = cells.status, cells.category
    account = first_method(cells.method, CHANGE)
    signed = amount if cells.direction == INCOMING else -amount
    if "失败" in status:
        return Sentence.of(moves.FAILED, status=status)
    under_way = bool(_UNDER_WAY.search(status))
    if status not in _DONE and not given_back(status) and not under_way:
        return unknown(signed, account, moves.UNKNOWN_STATUS, status=status)
    found = _transfer(cells, amount, account) or _by_direction(cells, amount, account)
    if found is None:
        if cells.direction in {INCOMING, OUTGOING}:
            return unknown(signed, account, moves.UNKNOWN_TYPE, type=kind)
        return unknown(signed, account, moves.UNKNOWN_DIRECTION)
    if under_way and isinstance(found, Move):
        return found._replace(status=EntryStatus.PENDING)
    return found


def _by_direction(cells: Cells, amount: Decimal, account: str) -> Move | Sentence | None:
    kind, direction = cells.category, cells.direction
    if direction == INCOMING and ("退款" in kind or given_back(cells.status)):
        return Move(Kind.REFUND, amount, account)
    if direction not in {INCOMING, OUTGOING}:
        paid_by_others = _FAMILY_CARD.search(cells.method)
        return Sentence.of(moves.PAID_BY_OTHERS) if paid_by_others else None
    if kind not in _BY_DIRECTION and not kind.startswith("微信红包"):
        return None
    if direction == INCOMING:
        return Move(Kind.INCOME, amount, account)
    review = Sentence.of(moves.OTHERS_CARD) if _FAMILY_CARD.search(cells.method) else None
    return Move(Kind.EXPENSE, -amount, account, fee=_fee(cells.note), review=review)


def _transfer(cells: Cells, amount: Decimal, account: str) -> Move | None:
    """Return a transfer between own accounts, None where the type is not that of one."""
    kind = cells.category
    if kind == "零钱充值":
        bank = _bank(cells)
        if not bank:
            return Move(Kind.TRANSFER, amount, CHANGE)
        return Move(Kind.TRANSFER, -amount, bank, CHANGE)
    if kind == "零钱提现":
        return Move(Kind.TRANSFER, -amount, CHANGE, _bank(cells), _fee(cells.note))
    if kind.startswith("转入零钱通"):
        source = kind.partition("来自")[2].strip() or account
        return Move(Kind.TRANSFER, -amount, source, FUND)
    if kind.startswith("零钱通转出"):
        return Move(Kind.TRANSFER, -amount, FUND, kind.partition("到")[2].strip())
    if kind == "信用卡还款":
        card = "" if cells.payee in BLANK else cells.payee.removesuffix("还款")
        return Move(Kind.TRANSFER, -amount, account, card or "信用卡", _fee(cells.note))
    if kind == "购买理财通":
        return Move(Kind.TRANSFER, -amount, account, WEALTH)
    return None


def _bank(cells: Cells) -> str:
    """Return the bank account of a top-up or withdrawal: by the method, else by the payee without ()."""
    for named in (first_method(cells.method, ""), re.sub(r"[(（]\s*[)）]$", "", cells.payee)):
        if named not in BLANK and named not in {CHANGE, FUND}:
            return named
    return ""


def _fee(note: str) -> Decimal | None:
    """Return the fee that the note names; it is already in the amount."""
    match = _FEE.search(note)
    return yuan(match[1]) or None if match else None
