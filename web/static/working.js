// A form that was sent says so until the answer comes, so that nobody presses twice or believes that
// nothing happened. An answer that comes at once needs no word. Without this script the browser shows it.

const AFTER = 400; // milliseconds: sooner than anybody wonders
const AT_MOST = 120000; // milliseconds: then it may be tried again

const sent = new Set();

function tell(button) {
  const word = document.getElementById("working");
  word.textContent = word.dataset.word;
  if (button) button.setAttribute("aria-busy", "true");
}

function free() {
  document.getElementById("working").textContent = "";
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  sent.clear();
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || "saves" in form.dataset) return; // what is saved as a file leaves the page as it is
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.has(form) && tell(event.submitter), AFTER);
  setTimeout(free, AT_MOST);
});

// Come back to by "back", the page is as it was left.
addEventListener("pageshow", (event) => event.persisted && free());
