// A button that acts when it is held: by a finger, a mouse, the space bar or Enter. Released too soon
// it does nothing but say how; beside it stands a way in two steps for whoever cannot hold. It is read
// before the page is drawn, so that nothing jumps. Without this script the two steps are all there is.
"use strict";

(() => {
  const HOLD = 2000; // milliseconds: longer than any touch by mistake, bearable with shaking hands
  const PRESSES = [" ", "Enter"];

  let button = null; // the one that is held
  let timer = 0;
  let done = false;

  const holdable = (event) => event.target instanceof Element && event.target.closest("[data-hold]");

  function tell(form, word) {
    const place = form.querySelector(".hold-said");
    if (place) place.textContent = word ? place.dataset[word] : "";
  }

  function begin(found) {
    if (button || done) return;
    button = found;
    button.style.setProperty("--hold", `${HOLD}ms`);
    button.classList.add("held");
    tell(button.form, "");
    timer = setTimeout(() => {
      done = true;
      tell(button.form, "done");
      button.form.submit();
    }, HOLD);
  }

  function end() {
    if (!button || done) return;
    clearTimeout(timer);
    button.classList.remove("held");
    tell(button.form, "short");
    button = null;
  }

  document.documentElement.classList.add("holds");

  addEventListener("pointerdown", (event) => {
    const found = holdable(event);
    if (!found || event.button !== 0) return;
    if (event.target.hasPointerCapture(event.pointerId)) event.target.releasePointerCapture(event.pointerId);
    begin(found); // the finger is not bound to the button: it can slide off
  });
  for (const name of ["pointerup", "pointercancel", "blur"]) addEventListener(name, end);
  addEventListener("focusout", (event) => event.target === button && end());
  addEventListener("pointerover", (event) => holdable(event) !== button && end());
  addEventListener("contextmenu", (event) => holdable(event) && event.preventDefault());

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") return end();
    if (!holdable(event) || !PRESSES.includes(event.key)) return;
    event.preventDefault();
    if (!event.repeat) begin(holdable(event));
  });
  addEventListener("keyup", (event) => {
    if (!holdable(event) || !PRESSES.includes(event.key)) return;
    event.preventDefault();
    end();
  });

  // What presses it without holding: a short touch, Enter in a field, a screen reader.
  addEventListener("submit", (event) => {
    if (!event.submitter || !event.submitter.matches("[data-hold]")) return;
    event.preventDefault();
    if (!done) tell(event.target, "short");
  });

  addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // else come back to by "back"
    done = false;
    if (button) button.classList.remove("held");
    button = null;
  });
})();
