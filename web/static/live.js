// Keeps the page's live regions up to date: the server says "changed", the page fetches itself again
// and takes over the regions that differ. Without this script the pages work, and stand still.

const FEWEST = 2000; // milliseconds between two looks at the page
const AGAIN = 15000; // milliseconds before another try when the server has no stream to spare
const SILENT = 20000; // milliseconds without a word of the stream, which speaks every five seconds
const WITHIN = 8000; // milliseconds for the answer
const MISSES = 2; // answers that fail to come before the page is not believed any more

let source = null;
let waiting = null;
let looked = 0;
let looking = false;
let again = false; // something changed while the answer was on its way
let heard = Date.now();
let missed = 0;

function say(live) {
  const word = document.getElementById("live-word");
  if (!word) return;
  word.textContent = live ? word.dataset.on : word.dataset.off;
  word.hidden = false;
}

// A box that is off must not look calm: what it said last is taken away, and what to do is said instead.
function reached(yes) {
  missed = yes ? 0 : missed + 1;
  if (yes) heard = Date.now();
  document.body.dataset.reached = missed < MISSES ? "yes" : "no";
}

// A region in which somebody is typing, holding a button, waiting for an answer or reading what was unfolded is left alone.
function busy(region) {
  const active = document.activeElement;
  const typing = region.contains(active) && active.matches("input, select, textarea");
  const fields = [...region.querySelectorAll("input, textarea")];
  const typed = fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  return typing || typed || region.querySelector("details[open], .held, [aria-busy]") !== null;
}

// A token is new in every answer; the one we have is good for as long as the session.
function keepToken(fresh) {
  const mine = document.querySelector("[name=csrf_token]");
  if (!mine) return;
  for (const field of fresh.querySelectorAll("[name=csrf_token]")) field.setAttribute("value", mine.value);
}

function take(fresh) {
  keepToken(fresh);
  const active = document.activeElement;
  const back = active && active.id;
  for (const region of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(region.id);
    if (!next || region.outerHTML === next.outerHTML || busy(region)) continue;
    const link = region.contains(active) && active.getAttribute("href");
    region.replaceWith(next);
    const again = link && [...next.querySelectorAll("a")].find((a) => a.getAttribute("href") === link);
    if (again) again.focus({ preventScroll: true });
    else if (back && document.activeElement === document.body) document.getElementById(back)?.focus({ preventScroll: true });
  }
  document.title = fresh.title;
}

async function look() {
  waiting = null;
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  looked = Date.now();
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), WITHIN);
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store", signal: stop.signal });
    if (answer.redirected || answer.status === 401) return location.reload();
    reached(answer.status < 500);
    if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    say(answer.ok);
  } catch {
    if (!document.hidden) reached(false);
    say(false);
  } finally {
    clearTimeout(late);
    looking = false;
    if (again) soon();
    again = false;
  }
}

function soon() {
  if (waiting === null) waiting = setTimeout(look, Math.max(0, looked + FEWEST - Date.now()));
}

function listen() {
  if (source || document.hidden) return;
  source = new EventSource(document.body.dataset.events);
  source.addEventListener("open", () => say(true));
  source.addEventListener("here", () => (heard = Date.now()));
  source.addEventListener("change", soon);
  source.addEventListener("error", () => {
    say(false);
    if (source && source.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(listen, AGAIN);
    }
  });
}

function rest() {
  if (source) source.close();
  source = null;
}

// A hidden page costs the box nothing, and is brought up to date when it is looked at again.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return rest();
  listen();
  soon();
});
setInterval(() => {
  const silent = Date.now() - Math.max(heard, looked) > (missed ? SILENT / 4 : SILENT);
  if (!document.hidden && silent && !looking) look();
}, SILENT / 8);
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);
listen();
