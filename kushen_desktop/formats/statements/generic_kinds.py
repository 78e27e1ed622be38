"""What words say of a record: which way its money goes, what it is, and whether it counts at all."""

import re
from decimal import Decimal
from functools import lru_cache

from kushen_desktop.domain.statement import Kind

_IN = re.compile(
    r"还款|退款|退货|返现|返还|奖励|工资|代发|利息|入账|存入|收款|来账|汇入|赎回|"
    r"thank you|refund|\breturn:|\bsalary\b|payroll|\binterest (?:paid|earned)|reversal|cashback|"
    r"gutschrift|gehalt|rückerstattung|erstattung|remboursement|virement reçu|nómina|devolución|"
    r"terugbetaling|salaris|užmokestis|grąžinimas|wypłata wynagrodzenia|zwrot|vrácení",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"消费|购买|付款|支付|取现|取款|手续费|年费|分期|缴费|扣款|转出|汇出|"
    r"purchase|\bpos\b|card payment|withdrawal|\batm\b|direct debit|\bsales?:|\bfees?\b|"
    r"restaurant|supermarket|"
    r"kartenzahlung|lastschrift|\bachat\b|\bcarte\b|compra|pirkinys|gryniej|betaalautomaat|"
    r"platba kart|płatność kart",
    re.IGNORECASE,
)
_INTEREST = re.compile(
    r"利息|结息|\binterest\b|zinsen|intérêts|úroky?\b|palūkanos|odsetki|\brente\b", re.IGNORECASE
)
_FEE = re.compile(
    r"手续费|年费|工本费|服务费|\bfees?\b|service charge|gebühr|entgelt|frais|comisión|"
    r"poplatek|opłata|mokestis",
    re.IGNORECASE,
)
_REFUND = re.compile(
    r"退款|退货|refund|\breturn:|chargeback|rückerstattung|remboursement|devolución|zwrot", re.IGNORECASE
)
_TRANSFER = re.compile(r"还款|提现|充值|payment\b.{0,6}thank you|信用卡自扣", re.IGNORECASE)
_TOTAL = re.compile(
    r"\s*(?:人民币|美元|港币)?(?:合计|总计|小计|本页合计|承前页|过次页|期初余额|期末余额|上期余额|本期余额|合计金额)|"
    r"\s*(?:sub|grand )?totals?(?:\s+(?:amount|debits?|credits?|in|out|paid))?\s*(?:[:：].*)?$|"
    r"\s*(?:opening|closing|beginning|ending|starting|previous|final) balance|\s*turnover\s*$|"
    r"\s*balance (?:brought|carried) forward|\s*(?:anfangs|end|schluss)saldo\b|\s*kontostand\b|"
    r"\s*(?:summe|apyvarta|iš viso|celkem|totaal|suma)\s*(?:[:：].*)?$|"
    r"\s*saldo (?:inicial|final|początkowe|końcowe)|\s*solde (?:initial|final|précédent)|"
    r"\s*likutis (?:pradžioje|pabaigoje)|\s*(?:počáteční|konečný) zůstatek",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"交易关闭|已关闭|交易失败|失败|已撤销|已取消|已冲正|未支付|退票|"
    r"^(?:failed|cancell?ed|declined|rejected|reverted|void|voided|denied|expired|storniert|abgelehnt)$",
    re.IGNORECASE,
)
_PENDING = re.compile(
    r"待支付|待入账|未入账|处理中|待处理|待确认|"
    r"^(?:pending|authori[sz]ed|vorgemerkt|en attente|pendiente|processing|laukiama)$",
    re.IGNORECASE,
)
_NEUTRAL = frozenset({"", "/", "其他", "不计收支", "中性交易", "-", "--", "neutral", "memo"})
_OUT_WORDS = (
    "支出|支|借|借方|借dr|付|付款|出|转出|买入|取出|dr|d|debit|debet|deb|débit|soll|s|out|expense|withdrawal|af|outflow|"
    "outgoing|sent|uit|spend|sale|借记|wydatek|výdaj|obciążenie"
)
_IN_WORDS = (
    "收入|收|贷|贷方|贷cr|入|转入|卖出|存入|cr|c|k|credit|kredit|crédit|haben|h|in|income|deposit|bij|inflow|incoming|"
    "received|payment|贷记|退款|wpływ|příjem|uznanie"
)
_WAYS = {**dict.fromkeys(_OUT_WORDS.split("|"), -1), **dict.fromkeys(_IN_WORDS.split("|"), 1)}


def way(word: str) -> int | None:
    """Return 1 for in, -1 for out, 0 for neither, None for a word that is not known."""
    bare = re.sub(r"[\s.()（）/]+", "", word).casefold() if word not in _NEUTRAL else word
    return 0 if bare in _NEUTRAL or word.casefold() in _NEUTRAL else _WAYS.get(bare)


def hint(text: str) -> int:
    """Return 1 where words speak of money coming in, -1 of money going out, 0 where they say nothing."""
    if _IN.search(text):
        return 1
    return -1 if _OUT.search(text) else 0


def is_total(text: str) -> bool:
    """Tell whether a text heads a balance or a sum instead of a transaction."""
    return bool(_TOTAL.match(text))


def failed(status: str) -> bool:
    """Tell whether a status says that no money has moved."""
    return bool(_FAILED.search(status))


def pending(status: str) -> bool:
    """Tell whether a status says that the money has still to move."""
    return bool(_PENDING.search(status))


def kind(amount: Decimal, words: str) -> Kind:
    """Return what a record is by its signed amount and its words: type, status and text together."""
    return _kinds(words)[amount > 0]


@lru_cache(maxsize=8192)
def _kinds(words: str) -> tuple[Kind, Kind]:
    """Return what these words make of money out, and of money in."""
    if _TRANSFER.search(words):
        return Kind.TRANSFER, Kind.TRANSFER
    into = Kind.INTEREST if _INTEREST.search(words) else Kind.INCOME
    return Kind.FEE if _FEE.search(words) else Kind.EXPENSE, Kind.REFUND if _REFUND.search(words) else into
