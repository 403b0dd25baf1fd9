"""How a page in the browser is looked at: as a reader does who goes through all of it, and what is shown that is in no document."""

import contextlib

from playwright.async_api import Error, Page

_TALLEST = 20_000
_WHEEL = 100_000
"""Pixels: how much of a page is brought into view, and how far the wheel is turned to reach its end."""

_HEIGHT = "document.documentElement.scrollHeight"
_POINTED_AT = """
for (const element of document.querySelectorAll("li, dt, dd, td, th, span, em, i, b, a, h2, h3, [role=tab]"))
  for (const kind of ["mouseover", "mouseenter"])
    element.dispatchEvent(new MouseEvent(kind, {bubbles: kind === "mouseover", view: window}));
for (const element of document.querySelectorAll("span, em, i, b, li, div, button[type=button], [role=tab]"))
  if ((element.onclick || element.role === "tab") && !element.closest("a[href], form")
      && /^(更多|展开|展开更多|查看更多|显示全部|全部|菜单|导航|搜索|[+>»≡☰…]+)$/.test(element.textContent.trim()))
    element.click();
"""
"""Menus and tabs open under the mouse. Nothing is clicked that is a link, is in a form, or has another name than those that open a part."""

_SHOWN = r"""
(() => {
  const inert = document.implementation.createHTMLDocument("");
  const named = /[\u4e00-\u9fff]|\d{6}/, picture = /^url\("(https?:[^"]+)"\)/;
  const all = document.getElementsByTagName("*").length;
  const shown = (element) => {
    const copy = inert.importNode(element, true);
    const copies = [copy, ...copy.querySelectorAll("*")];
    [element, ...element.querySelectorAll("*")].forEach((original, place) => {
      const twin = copies[place];
      if ((original.onclick || window.__pressed?.has(original)) && !original.textContent.trim()) twin.setAttribute("onclick", "pressed()");
      if (original.shadowRoot) add(twin, original.shadowRoot.childNodes);
      if (original.tagName === "IFRAME") {
        let inner = null;
        try { inner = original.contentDocument; } catch (error) { return; }
        if (inner && inner.body && !/^https?:/.test(inner.URL)) {
          const box = inert.createElement("div");
          add(box, inner.body.childNodes);
          twin.after(box);
        }
      } else if (all < 20000) style(original, twin);
    });
    return copy;
  };
  const add = (twin, nodes) => {
    for (const node of nodes)
      if (node.nodeType === 1) twin.append(shown(node));
      else if (node.nodeType === 3) twin.append(node.data);
  };
  const style = (original, twin) => {
    for (const [side, put] of [["::before", "prepend"], ["::after", "append"]]) {
      const text = getComputedStyle(original, side).content;
      if (named.test(text) && /^"/.test(text)) twin[put](text.slice(1, -1));
    }
    if (original.offsetWidth < 40 || original.offsetHeight < 40 || original.tagName === "BODY" || original.textContent.trim()) return;
    const found = getComputedStyle(original).backgroundImage.match(picture);
    if (found) {
      const image = inert.createElement("img");
      image.setAttribute("src", found[1]);
      image.setAttribute("width", original.offsetWidth);
      twin.append(image);
    }
  };
  return "<!DOCTYPE html>" + shown(document.documentElement).outerHTML;
})()
"""
"""The document with what stands in shadow trees, in frames without an address, and in styles: words, and pictures of wordless elements.
Wordless elements that wait for a click say so.

It is made in a copy, in which nothing runs."""


async def look_about(page: Page) -> None:
    """Do what a reader does: move the mouse, turn the wheel to the end, bring all of the page into view, and go over menus and tabs."""
    with contextlib.suppress(Error):  # the page may be changing to another
        await page.mouse.move(600, 400)
        await page.mouse.move(620, 420)
        await page.mouse.wheel(0, _WHEEL)
        height = min(int(await page.evaluate(_HEIGHT)), _TALLEST)
        await page.set_viewport_size({"width": 1280, "height": max(height, 1000)})
        await page.evaluate(_POINTED_AT)


async def document_shown(page: Page) -> str:
    """Return what a reader sees as a document; the document itself, where a page cannot be looked into."""
    with contextlib.suppress(Error):
        return str(await page.evaluate(_SHOWN))
    return await page.content()
