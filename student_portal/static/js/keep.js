// On the help page: keep a copy on this phone at the student's tap, and take it off again. Before the tap nothing is kept.
(() => {
  "use strict";
  const box = document.querySelector("[data-keep]");
  if (!box || !navigator.serviceWorker || !window.caches) return;
  const { keep, scope, copy, style } = box.dataset;
  const part = (name) => box.querySelector(`.${name}`);

  const show = (name) => {
    for (const one of ["plain", "offer", "kept"]) part(one).hidden = one !== name;
  };

  const store = async () => (await caches.open("help")).addAll([copy, style]);

  const remove = async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    await Promise.all([caches.delete("help"), ...all.map((one) => one.unregister())]);
  };

  const start = async () => {
    await store();
    await navigator.serviceWorker.register(keep, { scope });
    await navigator.serviceWorker.ready;
  };

  const say = (words) => { box.querySelector("[role=status]").textContent = words; };

  part("offer").querySelector("button").addEventListener("click", () => {
    start().then(
      () => { show("kept"); say(box.dataset.done); },
      () => { remove(); show("plain"); say(box.dataset.failed); },
    );
  });
  part("kept").querySelector("button").addEventListener("click", () => {
    remove().then(() => { show("offer"); say(box.dataset.removed); });
  });

  caches.has("help").then((has) => {
    show(has ? "kept" : "offer");
    if (has) store().catch(() => {}); // the numbers of today, if there is a line
  });
})();
