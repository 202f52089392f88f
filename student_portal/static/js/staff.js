// A note is kept while somebody types, a moment after they pause; one press copies a session for the record; a
// table that was saved as a file is read into its box.
// Everything works without this.
(() => {
  "use strict";
  const PAUSE = 1500;

  const form = document.querySelector("form[data-keep]");
  if (form) {
    const saying = form.querySelector(".saying");
    let timer = 0;
    let keeping = false;
    let again = false;
    let typed = false; // and not kept

    const keep = async () => {
      if (keeping) {
        again = true; // the newest words go out after these
        return;
      }
      keeping = true;
      again = false;
      typed = false;
      const reply = await ask();
      keeping = false;
      if (reply && reply.draft) form.elements.draft.value = reply.draft;
      saying.textContent = reply ? reply.words : form.dataset.failed;
      if (again && reply && reply.draft) keep();
    };

    const ask = async () => {
      const body = new URLSearchParams(new FormData(form));
      try {
        const headers = { Accept: "application/json" };
        const reply = await fetch(form.dataset.keep, { method: "POST", body, headers, keepalive: true });
        return await reply.json();
      } catch {
        return null;
      }
    };

    form.addEventListener("input", () => {
      typed = true;
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && typed) keep();
    });
  }

  // The server writes down that it was taken out, and only then gives the text.
  const text = async (form) => {
    const body = new URLSearchParams(new FormData(form));
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/plain" } });
    if (!reply.ok || reply.redirected) throw new Error(reply.status);
    return reply.text();
  };

  // Where the browser lets nobody write to the clipboard: no second press, which would be a second taking out.
  const show = (form, words) => {
    const around = form.closest("section");
    const box = around.querySelector("textarea") || document.createElement("textarea");
    Object.assign(box, { value: words, readOnly: true, rows: 12, ariaLabel: form.dataset.shown });
    if (!box.isConnected) {
      const field = document.createElement("div");
      field.className = "field";
      field.append(box);
      around.append(field);
    }
    box.select();
  };

  for (const form of document.querySelectorAll("form[data-copy]")) {
    if (!("ClipboardItem" in window)) break; // the page with the text does it then
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const saying = form.querySelector("[role=status]");
      const words = text(form);
      const blob = words.then((all) => new Blob([all], { type: "text/plain" }));
      try {
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
        saying.textContent = form.dataset.copy;
      } catch {
        const all = await words.catch(() => "");
        saying.textContent = all ? form.dataset.shown : form.dataset.failed;
        if (all) show(form, all);
      }
    });
  }

  // Read here and not sent: only the words in the box are.
  const file = document.querySelector("input[type=file][data-into]");
  if (file) {
    file.closest("[hidden]").hidden = false;
    file.addEventListener("change", async () => {
      if (!file.files.length) return;
      const bytes = new Uint8Array(await file.files[0].arrayBuffer());
      const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2)];
      const box = document.getElementById(file.dataset.into);
      try {
        box.value = new TextDecoder(wide || "utf-8", { fatal: true }).decode(bytes);
      } catch {
        box.value = new TextDecoder("windows-1252").decode(bytes); // as older spreadsheets save
      }
    });
  }
})();
