"""Writes the synthetic statements of Alipay and WeChat Pay, each with what is expected of it, by hand.

Run it from the folder of the project: python tests/data/statements/make_samples.py
Nothing in them is real: no person, order or payment.
"""

import json
import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pyzipper

HERE = Path(__file__).resolve().parent
PASSWORD = b"260905"
# A zip remembers times; these stay the same whenever the samples are made.
STAMP = (2026, 11, 22, 9, 0, 0)


class Row(NamedTuple):
    """One record as the wallet would show it, and what must become of it."""

    when: str
    category: str
    payee: str
    text: str
    direction: str
    amount: str
    method: str
    status: str
    order: str
    merchant: str
    note: str
    expected: dict[str, object]


def rows(name: str) -> list[Row]:
    """Return the records of a .rows file: cells split by |, the last one the expectation.

    Expectation: kind, amount, account, then name=value pairs; or skip=reason.
    """
    found = []
    for number, line in enumerate((HERE / f"{name}.rows").read_text("utf-8").splitlines(), 1):
        *cells, expectation = (cell.strip() for cell in line.split("|"))
        row = Row(*cells, {})  # type: ignore[arg-type,call-arg]
        found.append(row._replace(expected={"row": number, **_expected(expectation, row)}))
    return found


REASONS = {
    "unpaid": "It was closed without having been paid.",
    "unreceived": "It was closed without any money having come in.",
    "not-yet": "It has not been paid yet.",
    "failed": "It failed, no money moved: {status}.",
    "others": "Somebody else's family card paid this; none of your money moved.",
    "zero": "Its amount is zero.",
    "status": "The status “{status}” is not known: check what happened.",
    "type": "The type “{type}” is not known: check what it is.",
    "direction": "The file counts this neither as income nor as expense: choose what it is.",
    "elsewhere": "“{status}”: the refund itself is not in this file.",
}


def _expected(text: str, row: Row) -> dict[str, object]:
    kind, *words = text.split()
    name, _, reason = kind.partition("=")
    if name == "skip":
        return {"reason": REASONS[reason].format(status=row.status)}
    amount, account, *more = words
    given = dict(pair.split("=", 1) for pair in more)
    if "review" in given:
        given["review"] = REASONS[given["review"]].format(status=row.status, type=row.category)
    plain = {"counter": "", "fee": None, "refunds": "", "status": "booked", "review": None}
    day, time = row.when.split()
    seen = {"date": day, "time": time, "source_status": row.status, "currency": "CNY", "method": row.method}
    return {
        "kind": kind,
        "amount": amount,
        "account": "" if account == "-" else account,
        **seen,
        **plain,
        **given,
    }


def write(path: Path, content: bytes, expectation: dict[str, object]) -> None:
    """Write a sample and, beside it, what is expected of it."""
    path.write_bytes(content)
    written = json.dumps(expectation, ensure_ascii=False, indent=1)
    path.with_name(f"{path.name}.json").write_text(written + "\n", encoding="utf-8")


def expectation(found: list[Row], layout: str, encoding: str, owner: str, *notes: str) -> dict[str, object]:
    """Return what is expected of these records; totals are plain sums by the direction column."""
    sums = {
        word: str(sum((Decimal(row.amount) for row in found if row.direction == word), Decimal("0.00")))
        for word in ("收入", "支出")
    }
    return {
        "format": layout,
        "encoding": encoding,
        "owner": owner,
        "rows_read": len(found),
        "incoming": sums["收入"],
        "outgoing": sums["支出"],
        "entries": [row.expected for row in found if "kind" in row.expected],
        "skipped": [
            [row.expected["row"], row.expected["reason"]] for row in found if "reason" in row.expected
        ],
        "problems": [],
        "stated": [
            {
                "account": "",
                "currency": "CNY",
                "count": len(found),
                "incoming": sums["收入"],
                "outgoing": sums["支出"],
                "closing": None,
            }
        ],
        "notes": list(notes),
    }


APP_OWNER = ("林晓晨", "linxiaochen@example.com")
SYNTHETIC = "（合成样例，非真实数据）"
_DASHES = "-" * 84


def _padded(cells: list[str]) -> str:
    return ",".join(cell if cell.endswith("\t") else f"{cell:<20}" for cell in cells) + ","


def _sums(found: list[Row], neutral: str, mark: str) -> list[str]:
    lines = [f"共{len(found)}笔记录"]
    for word in ("收入", "支出", neutral):
        amounts = [Decimal(row.amount) for row in found if row.direction == word]
        lines.append(f"{word}：{len(amounts)}笔{mark}{sum(amounts, Decimal('0.00'))}元")
    return lines


def _head(found: list[Row], neutral: str, mark: str, kind: list[str]) -> list[str]:
    return [
        _DASHES,
        "导出信息：",
        f"姓名：{APP_OWNER[0]}",
        f"支付宝账户：{APP_OWNER[1]}",
        "起始时间：[2026-10-01 00:00:00]    终止时间：[2026-11-22 23:59:59]",
        *kind,
        "导出时间：[2026-11-22 09:12:52]",
        *_sums(found, neutral, mark),
        "",
        f"特别提示：{SYNTHETIC}",
        "1.本回单内容可表明支付宝受理了相应支付交易申请，以实际交易情况为准；",
        "2.请勿将本回单作为收款方发货的凭据使用；",
        "3.非余额支付方式可能既产生支付宝交易也同步产生银行交易，因此请勿使用本回单进行重复记账；",
        "",
    ]


def alipay_app(found: list[Row], company: str) -> str:
    """Return layout C or D, by the company's name."""
    header = "交易时间 交易分类 交易对方 对方账号 商品说明 收/支 金额 收/付款方式 交易状态 "
    header += "交易订单号 商家订单号 备注"
    lines = _head(found, "不计收支", " ", ["导出交易类型：[全部]"])
    lines += [
        f"------------------------{company}  电子客户回单------------------------",
        _padded(header.split()),
    ]
    for row in found:
        ids = [f"{row.order}\t", f"{row.merchant}\t"]
        left = [row.when, row.category, row.payee, "/", row.text, row.direction, row.amount]
        lines.append(_padded([*left, row.method, row.status, *ids, row.note]))
    return "\n".join(lines) + "\n"


def alipay_app_2021(found: list[Row]) -> str:
    """Return layout B: direction first, neutral called 其他, the summary after the records."""
    header = (
        "收/支 交易对方 对方账号 商品说明 收/付款方式 金额 交易状态 交易分类 交易订单号 商家订单号 交易时间"
    )
    lines = ["------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------"]
    lines.append(_padded(header.split()))
    renamed = [row._replace(direction=row.direction.replace("不计收支", "其他")) for row in found]
    for row in renamed:
        ids = [f"{row.order}\t", f"{row.merchant}\t"]
        left = [row.direction, row.payee, "", row.text, row.method, row.amount, row.status, row.category]
        lines.append(_padded([*left, *ids, row.when]))
    return "\n".join([*lines, *_head(renamed, "其他", ",", [])]) + "\n"


def alipay_web(found: list[Row]) -> str:
    """Return layout A: three times, no method, direction blank where neutral."""
    header = (
        "交易号 商家订单号 交易创建时间 付款时间 最近修改时间 交易来源地 类型 交易对方 商品名称 金额（元） "
        "收/支 交易状态 服务费（元） 成功退款（元） 备注 资金状态"
    )
    lines = [f"支付宝交易记录明细查询{SYNTHETIC}", f"账号:[{APP_OWNER[1]}]"]
    lines.append("起始日期:[2026-06-01 00:00:00]    终止日期:[2026-06-30 23:59:59]")
    lines += ["---------------------------------交易记录明细列表------------------------------------"]
    lines.append(_padded(header.split()))
    for row in found:
        paid = "" if "退款" in row.status or row.status == "交易关闭" else row.when
        fee = "0.50" if row.text.startswith("提现") else "0.00"
        direction = row.direction.replace("不计收支", "")
        left = [f"{row.order}\t", f"{row.merchant}\t", row.when, paid, row.when, "其他", "即时到账交易"]
        middle = [row.payee, row.text, row.amount, direction, row.status, fee, "0.00", ""]
        lines.append(_padded([*left, *middle, row.note]))
    lines += [_DASHES, f"共{len(found)}笔记录", "已收入:2笔,12.86元", "待收入:0笔,0.00元"]
    lines += ["已支出:4笔,3169.00元", "待支出:0笔,0.00元"]
    return "\n".join([*lines, "导出时间:[2026-07-01 09:00:00]    用户:林晓晨"]) + "\n"


def wechat_head(found: list[Row], *, newest: bool) -> list[str]:
    """Return the lines above the header; the newest generation has one note more."""
    lines = [
        "微信支付账单明细",
        "微信昵称：[晓晨]",
        "起始时间：[2026-10-01 00:00:00] 终止时间：[2026-11-22 23:59:59]",
        f"导出类型：[{'全部账单' if newest else '全部'}]",
        "导出时间：[2026-11-22 09:05:22]",
        "",
        *_sums(found, "/", " ")[:3],
        "中性交易：0笔 0.00元",
        "注：",
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        f"2. 本明细仅展示当前账单中的交易，不包括已删除的记录{SYNTHETIC}",
        "3. 本明细仅供个人对账使用",
    ]
    lines += ["4. 本账单中所有时间均为UTC+08:00时间"] if newest else []
    return [*lines, "", "----------------------微信支付账单明细列表--------------------"]


WECHAT_HEADER = (
    "交易时间 交易类型 交易对方 商品 收/支 金额(元) 支付方式 当前状态 交易单号 商户单号 备注".split()  # noqa: SIM905  as in the file
)


def wechat_cells(row: Row) -> list[str]:
    """Return the cells of a record in the order of all generations."""
    left = [row.when, row.category, row.payee, row.text, row.direction, f"¥{row.amount}", row.method]
    return [*left, row.status, row.order, row.merchant, row.note or "/"]


def wechat_csv(found: list[Row]) -> str:
    """Return the CSV of 2025: TAB behind closing quotes, / in quotes."""
    lines = [line + "," * 10 for line in wechat_head(found, newest=False)]
    lines.append(",".join(WECHAT_HEADER))
    for row in found:
        *left, order, merchant, note = wechat_cells(row)
        lines.append(",".join([*left, f'"{order}"\t', f'"{merchant}"\t', f'"{note}"']))
    return "\r\n".join(lines) + "\r\n"


def wechat_broken(found: list[Row]) -> str:
    """Return a CSV with what breaks its lines: a comma in a name, a torn line, stray quotes."""
    text = wechat_csv(found)
    text = text.replace("过桥米线(传奇广场店)", "WALMART HONG KONG CO.,LIMITED")
    text = text.replace("水果摊", "水果\r\n摊")
    return text.replace(",某作者,", ',打开"多多视频",')


def wechat_xlsx(found: list[Row], *, newest: bool) -> bytes:
    """Return a workbook: amounts as text (2025) or numbers with serial dates and absent rows (2026)."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    head = wechat_head(found, newest=newest)
    for number, line in enumerate(head, 1):
        if line:
            sheet.cell(number, 1, line)
    for column, name in enumerate(WECHAT_HEADER, 1):
        sheet.cell(len(head) + 1, column, name)
    for number, row in enumerate(found, len(head) + 2):
        for column, cell in enumerate(wechat_cells(row), 1):
            sheet.cell(number, column, cell)
        if newest:
            when = sheet.cell(number, 1, float(serial(row.when)))
            when.number_format = r"yyyy\-mm\-dd\ hh\:mm\:ss"
            amount = sheet.cell(number, 6, float(row.amount))
            amount.number_format = r"\¥#,##0.00"
    stored = BytesIO()
    book.save(stored)
    return restamped(stored.getvalue())


def serial(when: str) -> Decimal:
    """Return the serial number of a spreadsheet for a time of 2026."""
    since = datetime.fromisoformat(when) - datetime(1899, 12, 30)  # noqa: DTZ001  wall clock
    return Decimal(since.days) + Decimal(since.seconds) / 86_400


def restamped(content: bytes) -> bytes:
    """Return a zip with fixed times, so that making the samples again changes nothing."""
    stored = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "docProps/core.xml":
                continue
            if name in {"[Content_Types].xml", "_rels/.rels"}:
                body = _without_core(body)
            new.writestr(zipfile.ZipInfo(name, STAMP), body, zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def _without_core(body: bytes) -> bytes:
    text = body.decode()
    parts = text.split("<")
    return "<".join(part for part in parts if "core" not in part or not part.endswith("/>")).encode()


def locked(name: str, content: bytes) -> bytes:
    """Return an AES zip as Alipay mails it, with the password PASSWORD."""
    stored = BytesIO()
    with pyzipper.AESZipFile(stored, "w", zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD)
        archive.writestr(name, content)
    return stored.getvalue()


def main() -> None:
    """Write every sample; an AES zip differs each time, so an existing one stays."""
    app, web, wechat = rows("alipay/app"), rows("alipay/web"), rows("wechat/wechat")
    owner = " ".join(APP_OWNER)
    folder = HERE / "alipay"
    old, new = "支付宝（中国）网络技术有限公司", "支付宝支付科技有限公司"
    for name, text, found, layout, whose in (
        ("syn_web.csv", alipay_web(web), web, "alipay-web-csv", APP_OWNER[1]),
        ("syn_app_2021.csv", alipay_app_2021(app), app, "alipay-app-csv-2021", owner),
        ("syn_app_2023.csv", alipay_app(app, old), app, "alipay-app-csv-2023", owner),
        ("syn_app_2025.csv", alipay_app(app, new), app, "alipay-app-csv-2025", owner),
    ):
        encoded = text.encode("gb18030")
        notes = ("This layout does not say which account paid.",) if "web" in name else ()
        write(folder / name, encoded, expectation(found, layout, "gb18030", whose, *notes))
    archive = folder / "syn_app_2025.zip"
    if not archive.exists():
        newest = (folder / "syn_app_2025.csv").read_bytes()
        archive.write_bytes(locked("支付宝交易明细(20261001-20261122).csv", newest))
    folder = HERE / "wechat"
    for name, content, layout, encoding in (
        ("syn_2025.csv", wechat_csv(wechat).encode("utf-8-sig"), "wechat-csv", "utf-8-sig"),
        ("syn_broken.csv", wechat_broken(wechat).encode(), "wechat-csv", "utf-8"),
        ("syn_2025.xlsx", wechat_xlsx(wechat, newest=False), "wechat-xlsx", ""),
        ("syn_2026.xlsx", wechat_xlsx(wechat, newest=True), "wechat-xlsx", ""),
    ):
        write(folder / name, content, expectation(wechat, layout, encoding, "晓晨"))


if __name__ == "__main__":
    main()
