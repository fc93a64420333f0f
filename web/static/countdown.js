// Counts the seconds down between two looks at the page. Without this script they stand still, and
// the hour beside them is right all the same.

const seen = new WeakMap();

setInterval(() => {
  for (const place of document.querySelectorAll("[data-left]")) {
    if (!seen.has(place)) seen.set(place, performance.now());
    const gone = Math.floor((performance.now() - seen.get(place)) / 1000);
    place.textContent = Math.max(0, place.dataset.left - gone);
  }
}, 250);
