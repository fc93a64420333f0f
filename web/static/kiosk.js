// The tablet: holding the button cuts, and a state that the box no longer vouches for is not shown.
// A short press goes to the second step, as it does without this script.
"use strict";

const HOLD = 1500; // milliseconds
const EVERY = 10000; // milliseconds between two questions how things are, whatever the stream says
const WITHIN = 8000; // milliseconds for the answer

let timer = null;
let done = false;
let source = null;

const held = (event) => event.target instanceof Element && event.target.closest("#hold");
const isPress = (event) => event.key === " " || event.key === "Enter";

function begin(button) {
  if (timer !== null || done) return;
  button.classList.add("held");
  timer = setTimeout(() => {
    timer = null;
    done = true;
    document.getElementById("cut-now").submit();
  }, HOLD);
}

function end() {
  clearTimeout(timer);
  timer = null;
  const button = document.getElementById("hold");
  if (button) button.classList.remove("held");
}

addEventListener("pointerdown", (event) => held(event) && event.button === 0 && begin(held(event)));
for (const name of ["pointerup", "pointercancel", "blur"]) addEventListener(name, end);
addEventListener("contextmenu", (event) => held(event) && event.preventDefault());
addEventListener("click", (event) => held(event) && done && event.preventDefault());
addEventListener("keydown", (event) => {
  if (!held(event) || !isPress(event)) return;
  event.preventDefault(); // Enter would press at once
  if (!event.repeat) begin(held(event));
});
addEventListener("keyup", (event) => {
  if (!held(event) || !isPress(event)) return;
  event.preventDefault();
  const early = timer !== null;
  end();
  if (early) document.getElementById("hold-form").submit();
});

function take(fresh) {
  for (const region of document.querySelectorAll("[data-mark]")) {
    const next = fresh.getElementById(region.id);
    if (next && next.dataset.mark !== region.dataset.mark && timer === null && !done) region.replaceWith(next);
  }
  document.title = fresh.title;
}

async function ask() {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), WITHIN);
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store", signal: stop.signal });
    if (answer.redirected || answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    document.body.dataset.reached = "yes";
  } catch {
    document.body.dataset.reached = "no";
  }
  clearTimeout(late);
}

function listen() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(document.body.dataset.events);
  source.addEventListener("change", ask);
}

// Where the browser can, the screen stays on; else the tablet's own setting decides.
async function stayAwake() {
  try {
    if (navigator.wakeLock && !document.hidden) await navigator.wakeLock.request("screen");
  } catch {
    return;
  }
}

addEventListener("pagehide", () => source && source.close());
addEventListener("visibilitychange", () => {
  stayAwake();
  if (!document.hidden) ask();
});
setInterval(() => {
  ask();
  listen();
}, EVERY);
listen();
stayAwake();
