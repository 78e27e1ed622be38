"""Where the rows of a statement go: the accounts that its names mean in this vault."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from kushen_desktop.domain.folding import fold
from kushen_desktop.domain.ids import Id, new_id
from kushen_desktop.domain.ledger import Account, AccountKind
from kushen_desktop.domain.money import AmountError, minor
from kushen_desktop.domain.preview import Target, TargetKey
from kushen_desktop.domain.statement import Stated, Statement
from kushen_desktop.i18n import N_, _

_TAIL = re.compile(r"(\d{4})\D*$")
_CREDIT = re.compile(r"信用卡|花呗|白条|月付|借呗|credit", re.IGNORECASE)
_BANK = re.compile(r"银行|储蓄卡|借记卡|农商|信用社|bank|debit|checking|savings|\d{4}", re.IGNORECASE)
_BANK_NAME = re.compile(r".{2,12}?银行")
_INVEST = re.compile(r"基金|理财|证券|黄金|invest|brokerage", re.IGNORECASE)
_NAMES = {
    ("alipay", "余额"): N_("Alipay balance"),
    ("alipay", ""): N_("Alipay balance"),
    ("alipay", "余额宝"): N_("Yu'e Bao"),
    ("alipay", "花呗"): N_("Huabei"),
    ("wechat", "零钱"): N_("WeChat balance"),
    ("wechat", ""): N_("WeChat balance"),
    ("wechat", "零钱通"): N_("WeChat Mini Fund"),
}
_INSTITUTIONS = {"alipay": N_("Alipay"), "wechat": N_("WeChat Pay")}


def targets(statement: Statement, accounts: Mapping[Id, Account]) -> dict[TargetKey, Target]:
    """Return for each account of the file the account it means here, or one that would be made."""
    counts: dict[TargetKey, int] = {}
    for entry in statement.entries:
        key = TargetKey(entry.account, entry.currency)
        counts[key] = counts.get(key, 0) + 1
    for stated in statement.stated:
        if stated.closing is not None:
            counts.setdefault(TargetKey(stated.account, stated.currency), 0)
    found = {key: _target(statement, key, count, accounts) for key, count in counts.items()}
    _tell_apart([target for target in found.values() if target.account is None], accounts.values())
    return found


def _tell_apart(new: Iterable[Target], accounts: Iterable[Account]) -> None:
    """Give accounts to be made names that nobody has: one card may have a balance in several currencies."""
    taken = {fold(account.name) for account in accounts}
    for target in new:
        name, number = target.proposed.name, 1
        while fold(name) in taken:
            name = f"{target.proposed.name} {target.key.currency}" + (f" {number}" if number > 1 else "")
            number += 1
        taken.add(fold(name))
        target.proposed = replace(target.proposed, name=name)


def meant(statement: Statement, key: TargetKey, accounts: Iterable[Account]) -> Account | None:
    """Return the account that a name in a file means: by an earlier choice, by number, by tail, by name."""
    own = [account for account in accounts if account.currency == key.currency]
    alias = alias_of(statement, key.name)
    for account in own:
        if alias in account.aliases or (key.name and key.name in account.aliases):
            return account
    if not key.name:
        return None
    for account in own:
        if fold(key.name) in {fold(account.name), fold(account.number)}:
            return account
    tail = _TAIL.search(key.name)
    same = [account for account in own if tail and account.tail == tail[1]]
    return same[0] if len(same) == 1 else None


def alias_of(statement: Statement, name: str) -> str:
    """Return how an account remembers what a file calls it; a nameless table is known by its header."""
    header = json.loads(statement.profile).get("key", "") if statement.profile and not name else ""
    return f"{statement.importer}:{name or header}"


def proposed(statement: Statement, key: TargetKey) -> Account:
    """Return an account to be made for a name in a file."""
    importer = statement.importer
    name = _(_NAMES[importer, key.name]) if (importer, key.name) in _NAMES else key.name
    digits = re.sub(r"\D", "", key.name)
    return Account(
        id=new_id(),
        name=_short(importer, name or _("My account"), digits),
        kind=_kind(importer, key.name),
        currency=key.currency,
        institution=_institution(importer, key.name),
        number=key.name if digits and len(digits) * 2 > len(key.name) else digits if len(digits) == 4 else "",
        aliases=(alias_of(statement, key.name),),
    )


def _short(importer: str, name: str, digits: str) -> str:
    """Return a name without a whole card number in it."""
    if importer not in _INSTITUTIONS and len(digits) > 8:
        return _("Account {tail}").format(tail=f"•{digits[-4:]}")
    return name


def _institution(importer: str, name: str) -> str:
    bank = _BANK_NAME.match(name)
    return bank[0] if bank else _(_INSTITUTIONS.get(importer, ""))


def _kind(importer: str, name: str) -> AccountKind:
    if _CREDIT.search(name):
        return AccountKind.CREDIT_CARD
    if _INVEST.search(name):
        return AccountKind.INVESTMENT
    if importer in _INSTITUTIONS and not _BANK.search(name):
        return AccountKind.WALLET
    return AccountKind.BANK_CARD


def _target(statement: Statement, key: TargetKey, count: int, accounts: Mapping[Id, Account]) -> Target:
    account = meant(statement, key, accounts.values())
    target = Target(key, count, account.id if account else None, proposed(statement, key))
    for stated in statement.stated:
        if (stated.account, stated.currency) == key and stated.closing is not None:
            _take_closing(target, stated, stated.closing, account)
    return target


def _take_closing(target: Target, stated: Stated, closing: Decimal, account: Account | None) -> None:
    """Propose the balance that the file states, where the user has not said one."""
    try:
        target.closing = minor(closing, target.key.currency)
    except AmountError:
        return
    target.closing_day = stated.closing_date
    unknown = account is None or account.known_balance is None
    if unknown and stated.closing_date is not None:
        target.balance, target.day = target.closing, stated.closing_date
