// Gives the elements whose words do not fit: wider than their box, cut off, or beyond the page.
() => {
  const wide = document.documentElement.clientWidth;
  const wrong = [];
  const scrolls = (e) => { for (; e; e = e.parentElement) if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return true; return false; };
  const aloud = (e) => { for (; e; e = e.parentElement) if (e.offsetWidth === 1) return true; return false; };
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || element.closest(".sr, .skip, svg, option, datalist")) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own && !element.matches("button, input, select")) continue;
    if (aloud(element)) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const name = element.tagName.toLowerCase() + (element.className ? "." + element.className : "");
    const what = name + ": " + (element.textContent.trim() || element.value || "").slice(0, 60);
    if (element.matches("input, textarea")) {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = style.font;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (pen.measureText(element.placeholder).width > room + 1) wrong.push("cut off: " + element.placeholder);
    } else if (element.matches("select")) {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = style.font;
      const arrow = 16, chosen = element.selectedOptions[0]?.textContent.trim() ?? "";
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
      if (!element.multiple && pen.measureText(chosen).width > room + 1) wrong.push("cut off: " + chosen);
    } else if (style.display !== "inline" && element.scrollWidth > element.clientWidth + 1 && !/auto|scroll/.test(style.overflowX))
      wrong.push("wider than its box: " + what);
    else if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1) wrong.push("cut off: " + what);
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(element)) wrong.push("beyond the page: " + what);
  }
  for (const text of document.querySelectorAll("svg text")) {
    const box = text.getBoundingClientRect();
    const sheet = text.ownerSVGElement.getBoundingClientRect();
    if (text.checkVisibility() && (box.right > sheet.right + 1 || box.left < sheet.left - 1)) wrong.push("beyond its drawing: " + text.textContent);
  }
  return wrong;
}
