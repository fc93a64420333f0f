// Ticking many at once: all of the page without loading it again, a run of them with Shift, and how
// many are ticked. Without this script each is ticked by itself, or all by the link.

let last = null;

const boxes = (form) => [...form.querySelectorAll("input[type=checkbox]")];

function tell(form) {
  const every = boxes(form);
  const n = every.filter((box) => box.checked).length;
  const place = form.querySelector("[data-ticked]");
  place.dataset.none ??= place.textContent;
  const words = n === 1 ? place.dataset.one : place.dataset.other.replace("2", n);
  place.textContent = n ? words : place.dataset.none;
  const link = form.querySelector("[data-tick-all]");
  link.textContent = n === every.length ? link.dataset.none : link.dataset.all;
}

function tickAll(form) {
  const every = boxes(form);
  const on = every.some((box) => !box.checked);
  for (const box of every) box.checked = on;
  if (on) for (const fold of form.querySelectorAll("details.fold")) fold.open = true; // nothing is ticked unseen
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-ticks]");
  if (!form) return;
  if (event.target.closest("[data-tick-all]")) {
    event.preventDefault();
    tickAll(form);
  } else if (event.target.matches("input[type=checkbox]")) {
    const every = boxes(form);
    const [from, to] = [every.indexOf(last), every.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) for (const box of every.slice(from, to)) box.checked = event.target.checked;
    last = event.target;
  } else return;
  tell(form);
});

for (const form of document.querySelectorAll("[data-ticks]")) tell(form);
