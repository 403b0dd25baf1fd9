"""Other elements for lists and tables: as other systems build them."""

from tests.facts.disguises.tree import Element, Node, rearranges


def _lists(body: Element) -> list[Element]:
    return [element for element in body.all("ul", "ol") if any(child.name == "li" for child in element.elements)]


def _split(element: Element) -> list[list[Node]]:
    """Return what stands in an item in groups: every child element with the text before it."""
    groups: list[list[Node]] = [[]]
    for child in element.children:
        groups[-1].append(child)
        if isinstance(child, Element) and child.name not in ("br", "i", "b"):
            groups.append([])
    return [group for group in groups if any(not isinstance(child, str) or child.strip() for child in group)]


@rearranges
def lists_as_tables(body: Element) -> None:
    """Stand for old systems, which set a list as a table with one cell a row."""
    for each in _lists(body):
        rows = [Element("tr", child.attributes, [Element("td", {}, child.children)]) for child in each.elements]
        each.name, each.children = "table", [Element("tbody", {}, [*rows])]


@rearranges
def lists_as_table_cells(body: Element) -> None:
    """Stand for old systems, which set a list as a table: title, day and the rest each in a cell."""
    for each in _lists(body):
        rows = [Element("tr", {}, [Element("td", {}, group) for group in _split(child)]) for child in each.elements]
        each.name, each.children = "table", [Element("tbody", {}, [*rows])]


@rearranges
def lists_as_nested_tables(body: Element) -> None:
    """Stand for systems that set every entry of a list as a table of its own."""
    for each in _lists(body):
        tables: list[Node] = [
            Element("table", {"width": "100%"}, [Element("tbody", {}, [Element("tr", {}, [Element("td", {}, g) for g in _split(child)])])])
            for child in each.elements
        ]
        each.name, each.children = "div", tables


@rearranges
def lists_as_definitions(body: Element) -> None:
    """Stand for lists set as `dl` with `dd`."""
    for each in _lists(body):
        each.name = "dl"
        for item in each.elements:
            item.name = "dd"


@rearranges
def lists_as_boxes(body: Element) -> None:
    """Stand for component frameworks, whose lists are boxes in boxes."""
    for each in _lists(body):
        each.name = "div"
        for item in each.elements:
            item.name = "div"


@rearranges
def lists_as_paragraphs(body: Element) -> None:
    """Stand for lists of which every entry is a paragraph."""
    for each in _lists(body):
        each.name = "div"
        for item in each.elements:
            item.name = "p" if item.inline else "div"


@rearranges
def lists_as_lines(body: Element) -> None:
    """Stand for lists in one box, with line breaks between the entries."""
    for each in _lists(body):
        if all(item.inline for item in each.elements):
            each.name = "div"
            each.children = [node for item in each.elements for node in ("·", *item.children, Element("br"))]


@rearranges
def lists_without_items(body: Element) -> None:
    """Stand for lists whose links and days follow each other in one box."""
    for each in _lists(body):
        if all(item.inline for item in each.elements):
            each.name = "div"
            each.children = [node for item in each.elements for node in (*item.children, "\n")]


@rearranges
def lists_in_groups(body: Element) -> None:
    """Stand for lists with a line after every five entries: each group is a list of its own."""
    for each in _lists(body):
        items = each.elements
        if len(items) > 5:
            groups: list[Node] = [Element("ul", {"class": "g"}, [*items[start : start + 5]]) for start in range(0, len(items), 5)]
            each.name, each.children = "div", groups


@rearranges
def lists_with_lines(body: Element) -> None:
    """Stand for lists with an empty entry as a line after every five."""
    for each in _lists(body):
        items = each.elements
        each.children = [
            node for number, item in enumerate(items, 1) for node in ((item,) if number % 5 else (item, Element("li", {"class": "line"})))
        ]


@rearranges
def tables_as_boxes(body: Element) -> None:
    """Stand for tables built of boxes."""
    for element in body.all("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
        element.attributes.setdefault("class", element.name)
        element.name = "div"


@rearranges
def tables_as_lists(body: Element) -> None:
    """Stand for tables built of lists whose rows are entries."""
    for table in body.all("table"):
        if not table.all("table") and len(table.all("tr")) > 1:
            rows: list[Node] = []
            for row in table.all("tr"):
                rows.append(Element("li", row.attributes, [Element("span", cell.attributes, cell.children) for cell in row.elements]))
            table.name, table.children = "ul", rows


@rearranges
def definitions_as_lists(body: Element) -> None:
    """Stand for `dl` lists set as `ul`."""
    for element in body.all("dl", "dt", "dd"):
        element.name = "ul" if element.name == "dl" else "li"
