"""The mandated page tags: meta elements of 国办发〔2017〕47号, annex 网页设计规范 (standards.md 2.4)."""

from crawler.facts.tree.document import Document

_STANDARD_NAMES = {
    name.lower(): name
    for name in (
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
        "Keywords",
        "Author",
        "Description",
        "Image",
        "Url",
    )
}


def read_page_tags(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the mandated tags found, each once: the name as the standard writes it, the value as printed, which may be empty."""
    found: dict[str, str] = {}
    for printed, content in document.meta:
        if name := _STANDARD_NAMES.get(printed.lower()):
            found[name] = found.get(name) or content
    return tuple(found.items())
