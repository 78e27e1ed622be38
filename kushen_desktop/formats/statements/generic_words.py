"""Which column is what, by the words that banks write above their columns."""

import re
from typing import NamedTuple

_FOLDED = re.compile(r"[\s_\-./:：*#'\"“”]+")
_BRACKETS = str.maketrans("（）［］", "()[]")
_HEADER_CURRENCY = re.compile(r"(?:[(\[]|\b|\s)(?:in\s+)?([A-Z]{3}|人民币|美元|港币|€|£|元)[)\]]?$")
_LONGEST = 60

# Role and rank (the higher, the better the column fits the role): words, folded as folded() does.
_EXACT = {
    ("date", 90): (
        "交易日期|交易日|交易时间|transactiondate|trandate|datumverrichting|datetransaction|fechaoperación|"
        "transakcijosdata|datatransakcji|dataoperacji|datumtransakce"
    ),
    ("date", 88): ("completeddate|datecompleted|交易创建时间"),
    ("date", 85): (
        "日期|时间|date|datum|data|fecha|datetime|dateheure|created|createdat|timestamp|datedopération|"
        "dateopération|dateoperation|kuupäev|dato|день|дата"
    ),
    ("date", 75): ("发生日期|交易成功时间|付款时间|消费日期|datumprovedení|executiondate"),
    ("date", 70): (
        "记账日期|记账日|入账日期|银行记账日|记帐日期|bookingdate|postingdate|postdate|postdatum|"
        "posteddate|buchungstag|buchungsdatum|buchung|datumzaúčtování|datecomptable|fechacontable|"
        "boekdatum|datumverrekening|dataksięgowania|datacontabile"
    ),
    ("date", 60): ("starteddate"),
    ("value_date", 50): (
        "valuedate|valuta|valutadatum|wertstellung|wertstellungstag|datedevaleur|datevaleur|fechavalor|"
        "rentedatum|起息日|datavaluta|datumvaluty|datawaluty"
    ),
    ("time", 80): ("time|uhrzeit|heure|hora|tijd|čas|laikas|godzina|记账时间|交易时刻"),
    ("payee", 90): (
        "交易对方|对方户名|对方名称|对方姓名|对方账户名|交易对手名称|交易对手|商户名称|商户|商家|收款人|"
        "收/付款人|payee|payeename|merchant|merchantname|beneficiary|beneficiaryname|counterparty|"
        "counterpartyname|counteraccountname|empfänger|auftraggeberempfänger|zahlungsempfänger|partnername|"
        "begünstigterzahlungspflichtiger|beguenstigterzahlungspflichtiger|bénéficiaire|tiers|beneficiario|"
        "názevprotiúčtu|naamtegenpartij|tegenpartij|handelaar|gavėjas|mokėtojasgavėjas|kontrahent|odbiorca|"
        "nadawcaodbiorca|nameempfänger|namedeszahlungsbeteiligten"
    ),
    ("payee", 60): ("对手信息|交易场所|name|naam|nom|nombre|交易地点|naamomschrijving"),
    ("text", 90): (
        "交易摘要|交易描述|交易说明|商品说明|商品|订单标题|摘要|description|details|transactiondetails|"
        "narrative|particulars|memo|verwendungszweck|libellé|libelle|concepto|descripción|omschrijving|"
        "mededelingen|vrijemededeling|paskirtis|mokėjimopaskirtis|tytuł|opisoperacji|descrizione|causale|"
        "betreff|popis|opis"
    ),
    ("text", 70): (
        "交易详情|客户摘要|附言|交易附言|用途|item|položka|zpráva|zprávapropříjemce|messageforpayee|"
        "transactiondescription|buchungstext|toelichting|reference|paymentreference|kommentar|details2"
    ),
    ("note", 80): (
        "备注|交易备注|note|notes|poznámka|klientskápoznámka|clientnote|remark|remarks|notiz|memo2"
    ),
    ("amount", 96): ("实付金额|net|netamount"),
    ("amount", 95): (
        "记账金额|入账金额|结算金额|入账币种金额|billingamount|zaúčtovanáčástka|人民币金额|账单金额"
    ),
    ("amount", 90): (
        "金额|交易金额|发生额|发生金额|收支金额|amount|betrag|umsatz|bedrag|montant|importe|importo|částka|"
        "kwota|suma|belopp|beløp|summa|сумма|valor|quantity|transactionamount|amounttotal"
    ),
    ("amount", 80): ("成交额|成交金额|gross|grossamount"),
    ("amount", 40): ("订单金额"),
    ("debit", 95): (
        "记账金额(支出)|支出|支出金额|借方|借方金额|借方发生额|取出金额|转出金额|付出|debit|debitamount|"
        "debits|withdrawal|withdrawals|withdrawalamount|moneyout|paidout|outflow|soll|débit|cargo|cargos|"
        "debe|debet|obciążenia|výdaj|výdaje|debetas|uitgaven|amountdebit|spent"
    ),
    ("debit", 80): ("交易金额(支出)"),
    ("credit", 95): (
        "记账金额(收入)|收入|收入金额|贷方|贷方金额|贷方发生额|存入|存入金额|转入金额|credit|creditamount|"
        "credits|deposit|deposits|depositamount|moneyin|paidin|inflow|haben|crédit|abono|abonos|haber|"
        "uznania|příjem|příjmy|kreditas|inkomsten|amountcredit|received"
    ),
    ("credit", 80): ("交易金额(收入)"),
    ("direction", 90): (
        "收支|收支类型|收支标志|借贷|借贷标志|借贷方向|交易方向|方向|creditdebit|debitcredit|dk|dc|drcr|"
        "crdr|afbij|sollhaben|sh|balanceimpact|creditdebitindicator|debitcreditindicator|smer|směr"
    ),
    ("type", 80): (
        "交易类型|类型|type|transactiontype|trntype|typtransakce|transaktionstyp|交易名称|typ|mutatiesoort"
    ),
    ("balance", 90): (
        "余额|本次余额|账户余额|联机余额|可用余额|balance|runningbalance|accountbalance|closingbalance|"
        "saldo|kontostand|solde|zůstatek|likutis|saldopooperacji|saldonamutatie|endingbalance"
    ),
    ("currency", 95): ("记账币种|入账货币|入账币种|结算币种|billingcurrency|měnaúčtu|accountcurrency"),
    ("currency", 90): (
        "币种|货币|币别|currency|currencycode|ccy|währung|waehrung|devise|divisa|moneda|měna|munt|valiuta|"
        "waluta|commodity"
    ),
    ("currency", 70): ("交易币种|交易货币"),
    ("id", 90): (
        "交易单号|交易订单号|订单号|交易流水号|流水号|交易号|日志号|凭证号|transactionid|id|fitid|"
        "referenceno|transactionreferencenumber|referenčníčíslotransakce|idtransakce|transferwiseid|"
        "uniqueid|bankreference|transactionreference|transactionnumber|referencenumber|idpohybu"
    ),
    ("merchant", 90): ("商户单号|商家订单号|商户订单号"),
    ("category", 90): (
        "交易分类|分类|类别|一级分类|category|kategorie|catégorie|categoría|kategorietransakce|kategoria|"
        "categorie"
    ),
    ("account", 90): (
        "账号|卡号|账户|卡号后四位|卡末四位|卡号末四位|本方账号|account|accountno|accountnumber|"
        "accountname|card|cardno|cardnumber|konto|auftragskonto|iban|ibanauftragskonto|rekeningnummer|"
        "rekening|kredietkaart|compte|cuenta|čísloúčtu|sąskaita"
    ),
    ("status", 90): ("交易状态|当前状态|状态|status|state|transactionstatus|stav"),
    ("fee", 90): (
        "手续费|服务费|fee|fees|gebühr|poplatek|frais|comisión|kostenopverrichting|totalfees|feeamount"
    ),
    ("method", 90): ("支付方式|收付款方式|付款方式|paymentmethod|fundingsource"),
    ("other", 99): (
        "对方账号|对方账户|对方卡号账号|originalamount|localamount|localcurrency|originalcurrency|"
        "foreignamount|exchangerate|wechselkurs|exchangefrom|exchangeto|exchangetoamount|"
        "betrag(fremdwährung)|fremdwährung|交易地金额|价格|数量|price|koers|toaccount|fromaccount"
    ),
}
_WORDS = {word: role for role, words in _EXACT.items() for word in words.split("|")}

# Parts of words, tried in this order where the whole word is not known.
_PARTS = tuple(
    (re.compile(pattern), role, rank)
    for pattern, role, rank in (
        (
            r"original|původní|foreign|fremd|exchange|汇率|rate$|对方账|对方开户|counteraccountnumber",
            "other",
            99,
        ),
        (r"余额|balance|saldo|solde|zůstat|likutis", "balance", 60),
        (r"(金额|额).*(收入|存入|贷)|(收入|存入|贷).*(金额|额)", "credit", 70),
        (r"(金额|额).*(支出|取出|借)|(支出|取出|借).*(金额|额)", "debit", 70),
        (r"(debit|withdrawal|paidout|moneyout|outflow).*(amount|$)|amount.*(debit|out)$", "debit", 60),
        (r"(credit|deposit|paidin|moneyin|inflow).*(amount|$)|amount.*(credit|in)$", "credit", 60),
        (r"valuedate|valutadat|wertstell|起息", "value_date", 50),
        (r"金额", "amount", 70),
        (r"fee$|手续费|gebühr|poplat", "fee", 50),
        (r"amount|betrag|bedrag|importe|montant|částka|kwota|umsatz", "amount", 70),
        (r"日期|date|datum|fecha", "date", 60),
        (r"时间", "date", 55),
        (r"币种|货币|currency|währung|valiuta", "currency", 50),
        (r"摘要|描述|说明|description|verwendungszweck|narrati|omschrijving|mededeling", "text", 60),
        (r"商户|对方|payee|merchant|empfänger|beneficiar|counterpart|protiúčt|tegenpartij", "payee", 50),
        (r"流水|单号|transactionid|reference", "id", 50),
        (r"状态|status", "status", 50),
        (r"分类|categor|kategor", "category", 50),
    )
)
MONEY = frozenset({"amount", "debit", "credit"})
ROLES = frozenset(role for role, _ in _EXACT) - {"other"}
CHINESE_WORDS = (
    "日期",
    "时间",
    "金额",
    "余额",
    "摘要",
    "收入",
    "支出",
    "交易",
    "账号",
    "币种",
    "账单",
    "明细",
)
CURRENCIES = {
    "人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "元": "CNY", "¥": "CNY", "￥": "CNY", "cnh": "CNY",
    "美元": "USD", "us$": "USD", "港币": "HKD", "港元": "HKD", "hk$": "HKD",
    "欧元": "EUR", "€": "EUR",
    "英镑": "GBP", "£": "GBP", "日元": "JPY", "日圆": "JPY", "nt$": "TWD", "新台币": "TWD", "台币": "TWD",
    "澳门元": "MOP", "澳元": "AUD", "加元": "CAD", "新加坡元": "SGD", "韩元": "KRW", "kč": "CZK", "zł": "PLN",
}  # fmt: skip


class Fit(NamedTuple):
    """What a header word says of its column: the role, how well it fits, and a currency named with it."""

    role: str
    rank: int
    currency: str = ""


def folded(word: str) -> str:
    """Return a header word without what differs between exports of one bank: case, blanks, punctuation."""
    return _FOLDED.sub("", word.translate(_BRACKETS).casefold())


def fit(word: str) -> Fit:
    """Return what a header word says of its column; role "" where it is not known."""
    if not word or len(word) > _LONGEST:
        return Fit("", 0)
    whole = _WORDS.get(folded(word))
    if whole:
        return Fit(*whole)
    named = _HEADER_CURRENCY.search(word.translate(_BRACKETS).strip())
    if named:
        currency = code(named[1])
        inner = (
            fit(word.translate(_BRACKETS).strip()[: named.start()].rstrip("([ /")) if currency else Fit("", 0)
        )
        if inner.role in MONEY | {"balance", "fee"}:
            return Fit(inner.role, inner.rank + 4, currency)
    return next((Fit(role, rank) for part, role, rank in _PARTS if part.search(folded(word))), Fit("", 0))


def code(word: str) -> str:
    """Return the ISO code of a currency written as code, sign or Chinese name, "" where it is none."""
    known = CURRENCIES.get(word.strip().casefold())
    if known:
        return known
    return word.strip() if re.fullmatch("[A-Z]{3}", word.strip()) else ""
