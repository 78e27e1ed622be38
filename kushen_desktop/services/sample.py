"""The sample book: what the statements that come with the program make of an empty vault."""

from datetime import date
from pathlib import Path

from kushen_desktop import paths
from kushen_desktop.domain.errors import KushenError
from kushen_desktop.domain.preview import Preview
from kushen_desktop.domain.progress import SILENT, Progress
from kushen_desktop.domain.starter import category_id
from kushen_desktop.i18n import N_
from kushen_desktop.services.imports import Imports
from kushen_desktop.services.settings import Settings
from kushen_desktop.services.transactions import Transactions

LAST_DAY = date(2026, 11, 22)
# What the made-up owner knows of the balances at the end of the last day; minor units.
_BALANCES = {
    "余额": 968_40,
    "余额宝": 18_640_27,
    "花呗": -533_60,
    "招商银行信用卡(1122)": -1_286_40,
    "零钱": 1_591_04,
    "零钱通": 6_200_00,
}
# What they have said of payees whose statement knows no category.
_CATEGORIES = {
    "早餐铺": "food",
    "沙县小吃": "food",
    "瑞幸咖啡": "food.coffee",
    "Manner Coffee": "food.coffee",
    "喜茶": "food.coffee",
    "全家 FamilyMart": "groceries",
    "饿了么": "food.delivery",
    "美团": "food.delivery",
    "水果店老陈": "groceries",
    "盒马鲜生": "groceries",
    "叮咚买菜": "groceries",
    "小象超市": "groceries",
    "山姆会员商店": "groceries",
    "上海地铁": "transport.public",
    "滴滴出行": "transport.taxi",
    "中石化加油站": "transport.car",
    "停车场": "transport.car",
    "安居客公寓": "home.rent",
    "林建国": "home.rent",
    "绿城物业": "home",
    "国家电网": "home.utilities",
    "上海燃气": "home.utilities",
    "上海城投水务": "home.utilities",
    "中国电信": "home.telecom",
    "乐刻健身": "leisure.sport",
    "微信读书": "leisure.subscriptions",
    "网易云音乐": "leisure.subscriptions",
    "哔哩哔哩": "leisure.subscriptions",
    "丁香诊所": "health",
    "上海云帆科技有限公司": "salary",
    "林妈妈": "packets",
}


class NoSampleError(KushenError):
    """The sample statements did not come with this copy of the program."""

    code = "no_sample"
    message = N_("This copy of Kushen came without the sample statements. Start a new vault instead.")


def files() -> tuple[Path, ...]:
    """Return the sample statements; raises NoSampleError."""
    folder = paths.resources() / "sample"
    found = (
        tuple(sorted(path for path in folder.glob("*") if path.suffix != ".md")) if folder.is_dir() else ()
    )
    if not found:
        raise NoSampleError
    return found


def fill(
    imports: Imports, transactions: Transactions, settings: Settings, progress: Progress = SILENT
) -> None:
    """Import the sample statements, all or none, and mark the vault as the sample; raises NoSampleError."""
    bring(imports, files(), progress)
    categorise(transactions)
    settings.change(sample=True)


def bring(imports: Imports, paths: tuple[Path, ...], progress: Progress = SILENT) -> None:
    """Import some of the sample statements, with the balances their owner knows."""
    previews = [
        imports.preview(statement, path.name, progress=progress)
        for path in paths
        for statement in imports.read(path, progress=progress)
    ]
    for preview in previews:
        _know(preview)
    imports.confirm(previews, progress)


def categorise(transactions: Transactions) -> None:
    """Give the payees of the sample the categories that their owner would."""
    by_seed: dict[str, list[str]] = {}
    for payee, seed in _CATEGORIES.items():
        by_seed.setdefault(seed, []).append(payee)
    for seed, payees in by_seed.items():
        ids = []
        for payee in payees:
            found = transactions.find(f'payee:"{payee}"')
            ids += [row.id for row in transactions.rows(found, 0, found.count)]
        if ids:
            transactions.edit(ids, category=category_id(seed))


def _know(preview: Preview) -> None:
    for key, target in preview.targets.items():
        if key.name in _BALANCES:
            target.balance, target.day = _BALANCES[key.name], LAST_DAY
