// A tap on an answer saves it and moves on. Arrow keys, a screen reader's activation and Continue's own tap
// do not count as taps on an answer. Nothing here ever says "saved": only the server's next page does.
(() => {
  "use strict";
  const form = document.querySelector("form[data-tap]");
  if (!form) return;
  const options = form.querySelector(".opts");
  const saying = form.querySelector(".saying");
  const answer = () => form.querySelector("input[type=radio]:checked");
  let touching = false;
  let sending = false;
  let plain = false;
  let pause = 2000;
  let timer = 0;

  const sentAgain = () => {
    plain = true; // the server has a page to show that is not the next one: let the browser fetch it
    form.requestSubmit();
  };

  const notSaved = () => {
    saying.textContent = form.dataset.failed;
    timer = setTimeout(save, pause);
    pause = Math.min(pause * 2, 30000);
  };

  const save = async () => {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    saying.textContent = form.dataset.saving;
    const value = answer().value;
    try {
      const reply = await fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
      if (reply.status >= 500) throw new Error("not saved");
      if (answer().value !== value) {
        sending = false;
        save(); // chose another while the first was on its way
      } else if (reply.redirected) location.assign(reply.url);
      else sentAgain();
    } catch {
      sending = false;
      notSaved();
    }
  };

  // Screen readers send pointers without size or pressure; a finger or a mouse has one or the other.
  options.addEventListener("pointerdown", (event) => {
    const sizeless = event.width === 0 && event.height === 0;
    const weightless = event.width === 1 && event.height === 1 && event.pressure === 0;
    touching = event.isTrusted && !sizeless && !(weightless && event.pointerType === "mouse");
  });
  options.addEventListener("keydown", () => { touching = false; });
  options.addEventListener("click", (event) => {
    if (!touching || event.detail === 0 || event.buttons) return;
    // After the next paint, so that the answer is seen as chosen first.
    requestAnimationFrame(() => setTimeout(() => { if (answer()) save(); }));
  });

  form.addEventListener("submit", (event) => {
    if (plain || !answer() || (event.submitter && event.submitter.name)) return;
    event.preventDefault();
    save();
  });
  addEventListener("online", () => { if (saying.textContent && answer()) save(); });
})();
