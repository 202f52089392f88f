// One question a screen: a tap on an answer saves it and moves on; arrow keys, a screen reader's activation and
// Continue are no taps. All on one page: only buttons save. Only the server's next page says "saved".
(() => {
  "use strict";
  const form = document.querySelector("form[data-tap], form[data-whole]");
  if (!form) return;
  const taps = "tap" in form.dataset;
  const saying = form.querySelector(".saying");
  const PATIENCE = 20000; // asking twice keeps one answer
  let touching; // unset: nothing heard yet
  let pressed = null; // not Continue
  let wanted = ""; // not confirmed by the server
  let sending = false;
  let plain = false;
  let pause = 2000;
  let timer = 0;

  const choice = () => {
    const fields = new URLSearchParams(new FormData(form));
    if (pressed) fields.append(pressed.name, pressed.value);
    return String(fields);
  };

  const save = () => {
    wanted = choice();
    pause = 2000;
    send();
  };

  const send = async () => {
    if (sending) return; // the newest follows
    clearTimeout(timer);
    sending = true;
    saying.textContent = form.dataset.saving;
    const sent = wanted;
    const reply = await ask(sent);
    sending = false;
    if (!reply) notSaved();
    else if (wanted !== sent) send();
    else if (choice() !== sent) other();
    else goOn(reply);
  };

  const ask = async (fields) => {
    const limit = new AbortController();
    const alarm = setTimeout(() => limit.abort(), PATIENCE);
    const body = new URLSearchParams(fields);
    try {
      const reply = await fetch(form.action, { method: "POST", body, keepalive: true, signal: limit.signal });
      return reply.status < 500 && reply;
    } catch {
      return null;
    } finally {
      clearTimeout(alarm);
    }
  };

  const notSaved = () => {
    saying.textContent = form.dataset.failed;
    if (!wanted) return;
    timer = setTimeout(send, pause);
    pause = Math.min(pause * 2, 30000);
  };

  // Chosen without a tap or early: waits for a button.
  const other = (early) => {
    clearTimeout(timer);
    if (early || wanted || !taps) saying.textContent = form.dataset.unsaved || form.dataset.failed;
    wanted = "";
  };

  const goOn = (reply) => {
    wanted = "";
    sending = true; // nothing more leaves this page
    if (reply.redirected) return location.assign(reply.url);
    plain = true; // not the next page: let the browser fetch it
    form.requestSubmit(pressed);
  };

  const again = () => { if (wanted && !document.hidden) send(); };

  const listenForTaps = (options) => {
    // Screen readers send pointers without size or pressure.
    options.addEventListener("pointerdown", (event) => {
      const sizeless = event.width === 0 && event.height === 0;
      const weightless = event.width === 1 && event.height === 1 && event.pressure === 0;
      touching = event.isTrusted && !sizeless && !(weightless && event.pointerType === "mouse");
    });
    options.addEventListener("keydown", () => { touching = false; });
    options.addEventListener("click", (event) => {
      if (!touching || event.detail === 0 || event.buttons || !event.target.closest(".opt")) return;
      requestAnimationFrame(() => setTimeout(save)); // after the paint: seen as chosen first
    });
  };

  if (taps) listenForTaps(form.querySelector(".opts"));
  form.addEventListener("change", () => {
    pressed = null;
    if (touching && wanted) wanted = choice();
    else if (!sending) other(touching === undefined);
  });
  form.addEventListener("submit", (event) => {
    if (plain || !("submitter" in event)) return;
    pressed = event.submitter?.name ? event.submitter : null;
    if (!pressed && !form.querySelector(":checked")) return;
    event.preventDefault();
    save();
  });
  if (form.querySelector(":checked:not([checked])")) other(true);
  addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  // Left while it waits: once more.
  addEventListener("pagehide", () => {
    if (wanted && !sending) navigator.sendBeacon(form.action, new URLSearchParams(wanted));
  });
})();
