// Every page: leave fast, go to what went wrong, lock a screen that was left alone. All of it works without this.
(() => {
  "use strict";
  const root = document.documentElement;
  const exit = document.querySelector("a.exit");
  const lock = document.body.dataset.lock;
  const idle = Number(document.body.dataset.idleSeconds) * 1000;
  let shifts = [];
  let touched = Date.now();
  let written = null; // the form that was typed in and not sent

  // Blank first, in the same task; the network may take its time. The address leaves no entry to go back to.
  const leave = (address) => {
    root.hidden = true;
    location.replace(address);
  };

  // A help page that was kept on this phone goes too, as long as that takes no longer than a moment.
  const forget = async () => {
    if (!navigator.serviceWorker || !window.caches) return;
    const all = await navigator.serviceWorker.getRegistrations();
    await Promise.all([caches.delete("help"), ...all.map((one) => one.unregister())]);
  };

  const exitNow = () => {
    root.hidden = true;
    const away = () => leave(exit.href);
    Promise.race([forget(), new Promise((late) => setTimeout(late, 200))]).then(away, away);
  };

  if (exit) {
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      exitNow();
    });
    addEventListener("pointerdown", () => { shifts = []; });
    addEventListener("keydown", (event) => {
      if (event.repeat) return;
      const now = Date.now();
      shifts = event.key === "Shift" ? [...shifts.filter((then) => now - then < 5000), now] : [];
      if (shifts.length === 3) exitNow();
    });
  }

  // A page kept by the browser may belong to someone who has left: ask the server again, showing nothing.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    root.hidden = true;
    location.reload();
  });

  const summary = document.querySelector(".err");
  if (summary) {
    summary.focus();
    // Coming back to this page (from Help now, say) asks for it afresh, not whether to send the form once more.
    if (exit) history.replaceState(null, "", location.href);
  }

  // A lent device: tabs that were left open on a record ask the server again, which shows nothing of it now.
  if ("BroadcastChannel" in window) {
    const lending = new BroadcastChannel("lent");
    if ("lent" in document.body.dataset) lending.postMessage("");
    else if (document.body.classList.contains("staff") && lock) lending.onmessage = () => leave(location.href);
  }

  if (idle > 0 && lock) {
    const touch = () => { touched = Date.now(); };

    // What was typed and not sent is kept, locked, for whoever typed it; nothing else is done with it.
    const keep = async () => {
      const body = new URLSearchParams(new FormData(written));
      const headers = { "X-Locked": "1" };
      const late = new Promise((_, fail) => setTimeout(fail, 3000));
      const reply = await Promise.race([fetch(written.action, { method: "POST", body, headers }), late]);
      return reply.status === 204;
    };

    const lockNow = () => {
      clearInterval(checking);
      root.hidden = true;
      if (!written) return leave(lock);
      keep().then((kept) => leave(kept ? `${lock}?kept=1` : lock), () => leave(lock));
    };

    const check = () => { if (!root.hidden && Date.now() - touched >= idle) lockNow(); };
    addEventListener("input", (event) => {
      const { form } = event.target;
      written = form?.method === "post" && !("keep" in form.dataset) ? form : written;
    });
    addEventListener("submit", () => { written = null; });
    for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touch, { passive: true });
    document.addEventListener("visibilitychange", check);
    const checking = setInterval(check, 5000);
  }
})();
