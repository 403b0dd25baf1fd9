"""Registry files written for a test, and what the database made of them."""

from pathlib import Path

from rules.registry import RegistryRow
from storage.database import Database
from storage.registry.sites import list_sites

CHINESE = "网站标识码,网站名称,首页网址,主办单位,地区,类别,状态"


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def rows_of(database: Database) -> list[RegistryRow]:
    return [site.row for site in list_sites(database)]
