// The tablet: a state that the box no longer vouches for is not shown. Holding is in hold.js.
"use strict";

const EVERY = 10000; // milliseconds between two questions how things are, whatever the stream says
const WITHIN = 8000; // milliseconds for the answer

let source = null;

function take(fresh) {
  for (const region of document.querySelectorAll("[data-mark]")) {
    const next = fresh.getElementById(region.id);
    if (next && next.dataset.mark !== region.dataset.mark && !region.querySelector(".held")) region.replaceWith(next);
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
