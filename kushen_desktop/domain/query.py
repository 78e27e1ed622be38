"""The search language: words, fields, comparisons, negation. One for the window and the command line.

`star coffee -category:food amount:>100 date:2026-03 tag:"business trip" is:uncategorised`: every term must
hold; a word is looked for in payee, text, note, tags, category and account. docs/search.md is its manual.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kushen_desktop.domain.calendar import day_number
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_

MAX_LENGTH = 500
_TERM = re.compile(r'(-?)(?:([^\s:"<>=]+)[:：])?("([^"]*)"|\S+)')
_AMOUNT = re.compile(r"(>=|<=|>|<|=)?\s*(\d{1,13}(?:\.\d{1,8})?)(?:\.\.(\d{1,13}(?:\.\d{1,8})?))?")
_DATE = re.compile(r"(>=|<=|>|<|=)?(\d{4}(?:-\d{1,2}){0,2})(?:\.\.(\d{4}(?:-\d{1,2}){0,2}))?")
_BIG = Decimal(10) ** 14


class QueryError(KushenError):
    """A search can't be understood."""

    code = "query"
    message = N_("“{term}” can't be searched for: {reason}")


class Field(StrEnum):
    """What a term looks at."""

    ANY = "any"
    PAYEE = "payee"
    CATEGORY = "category"
    ACCOUNT = "account"
    TAG = "tag"
    NOTE = "note"
    AMOUNT = "amount"
    DATE = "date"
    CURRENCY = "currency"
    IS = "is"
    ID = "id"


# What people write; the Chinese names stand beside the English ones.
_NAMES = {
    "payee": Field.PAYEE, "商家": Field.PAYEE, "对方": Field.PAYEE,
    "category": Field.CATEGORY, "cat": Field.CATEGORY, "分类": Field.CATEGORY,
    "account": Field.ACCOUNT, "账户": Field.ACCOUNT,
    "tag": Field.TAG, "标签": Field.TAG,
    "note": Field.NOTE, "text": Field.NOTE, "备注": Field.NOTE,
    "amount": Field.AMOUNT, "金额": Field.AMOUNT,
    "date": Field.DATE, "日期": Field.DATE,
    "currency": Field.CURRENCY, "币种": Field.CURRENCY,
    "is": Field.IS, "是": Field.IS,
    "id": Field.ID, "单号": Field.ID,
}  # fmt: skip
FLAGS = {
    "uncategorised": "uncategorised", "uncategorized": "uncategorised", "未分类": "uncategorised",
    "transfer": "transfer", "转账": "transfer",
    "split": "split", "拆分": "split",
    "income": "income", "收入": "income",
    "expense": "expense", "支出": "expense",
    "refund": "refund", "退款": "refund",
    "pending": "pending", "待入账": "pending",
    "booked": "booked", "已入账": "booked",
    "reconciled": "reconciled", "已对账": "reconciled",
    "review": "review", "待核对": "review",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. low and high are inclusive: days yyyymmdd, or amounts in major units without sign."""

    field: Field
    text: str = ""
    negated: bool = False
    low: Decimal = Decimal(0)
    high: Decimal = _BIG


@dataclass(frozen=True, slots=True)
class Query:
    """All terms must hold; none means everything."""

    terms: tuple[Term, ...] = ()


def parse(untrusted_text: str) -> Query:
    """Return the query a person typed; raises QueryError with the term that can't be understood."""
    if len(untrusted_text) > MAX_LENGTH:
        raise QueryError(term=untrusted_text[:20] + "…", reason="> 500")
    return Query(tuple(_term(match) for match in _TERM.finditer(untrusted_text)))


def _term(match: re.Match[str]) -> Term:
    minus, name, whole, quoted = match.groups()
    text = whole if quoted is None else quoted
    field = _NAMES.get((name or "").casefold(), Field.ANY)
    if name and field is Field.ANY:
        text = match.group(0).removeprefix("-").replace('"', "")
    if field is Field.AMOUNT:
        return _amount(text, negated=bool(minus))
    if field is Field.DATE:
        return _date(text, negated=bool(minus))
    if field is Field.IS:
        if text.casefold() not in FLAGS:
            raise QueryError(term=text, reason=", ".join(dict.fromkeys(FLAGS.values())))
        text = FLAGS[text.casefold()]
    return Term(field, text, bool(minus))


def _amount(text: str, *, negated: bool) -> Term:
    match = _AMOUNT.fullmatch(text.replace(",", ""))
    if match is None:
        raise QueryError(term=text, reason="amount:>100, amount:20..50, amount:9.90")
    sign, first, last = match.groups()
    low, high = _range(sign, Decimal(first), Decimal(last or first), Decimal("0.00000001"))
    return Term(Field.AMOUNT, text, negated, low, high)


def _date(text: str, *, negated: bool) -> Term:
    match = _DATE.fullmatch(text.replace("/", "-"))
    if match is None:
        raise QueryError(term=text, reason="date:2026, date:2026-03, date:2026-03-05..2026-04-01")
    sign, first, last = match.groups()
    begin, end = _days(first, text)[0], _days(last or first, text)[1]
    if sign in {">", "<="}:
        begin = _days(first, text)[1]
    if sign == "<":
        begin = _days(first, text)[0]
    low, high = _range(
        sign, Decimal(begin), Decimal(end if sign in {None, "="} or last else begin), Decimal(1)
    )
    return Term(Field.DATE, text, negated, low, high)


def _range(sign: str | None, low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    return {
        ">": (low + step, _BIG),
        ">=": (low, _BIG),
        "<": (Decimal(0), low - step),
        "<=": (Decimal(0), low),
    }.get(sign or "=", (low, high))


def _days(text: str, whole: str) -> tuple[int, int]:
    """Return the first and last day of a year, a month or a day."""
    numbers = [int(part) for part in text.split("-")]
    try:
        first = date(numbers[0], *([*numbers[1:], 1, 1][:2]))
    except ValueError as error:
        raise QueryError(term=whole, reason="date:2026-03-05") from error
    if len(numbers) == 1:
        return day_number(first), day_number(date(first.year, 12, 31))
    if len(numbers) == 2:
        last = monthrange(first.year, first.month)[1]
        return day_number(first), day_number(first.replace(day=last))
    return day_number(first), day_number(first)
