// Every page: leave fast, go to what went wrong, lock a screen that was left alone. All works without.
(() => {
  "use strict";
  const root = document.documentElement;
  const exit = document.querySelector("a.exit");
  const { lock, idleSeconds, lent } = document.body.dataset;
  const idle = Number(idleSeconds) * 1000;
  let shifts = [];
  let touched = Date.now();
  let written = null; // a form not sent

  // Blank first; the network may take its time. The address leaves no entry to go back to.
  const leave = (address) => {
    root.hidden = true;
    location.replace(address);
  };

  // A help page kept on this phone goes too.
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

  // A page kept by the browser may be of someone who has left: ask again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    root.hidden = true;
    location.reload();
  });

  const summary = document.querySelector(".err");
  if (summary) {
    summary.focus();
    // Coming back asks for the page, not to send it once more.
    if (exit) history.replaceState(null, "", location.href);
  }

  // A lent device: tabs left open on a record ask again, showing nothing.
  const channel = (name) => ("BroadcastChannel" in window ? new BroadcastChannel(name) : {});
  const lending = channel("lent");
  if (lent !== undefined) lending.postMessage?.("");
  else if (document.body.matches(".staff") && lock) lending.onmessage = () => leave(location.href);

  if (idle > 0 && lock) {
    const tabs = channel(lock);
    const use = () => { touched = Date.now(); };
    const touch = () => {
      if (root.hidden) return;
      use();
      tabs.postMessage?.("");
    };
    tabs.onmessage = use; // a tab is idle only if all are
    touch();

    // What was typed and not sent is kept, locked, for whoever typed it.
    const keep = async () => {
      const body = new URLSearchParams(new FormData(written));
      const late = new Promise((_, fail) => setTimeout(fail, 3000));
      const sent = fetch(written.action, { method: "POST", body, headers: { "X-Locked": "1" } });
      return (await Promise.race([sent, late])).status === 204;
    };

    const lockNow = () => {
      if (!written) return leave(lock);
      const until = Date.now() + 30000;
      const away = (how) => leave(`${lock}?${how}=1`);
      const again = () => (Date.now() < until ? setTimeout(attempt, 2000) : away("pressed"));
      const attempt = () => keep().then((kept) => away(kept ? "kept" : "pressed"), again);
      attempt();
    };

    const isIdle = () => Date.now() - touched >= idle;
    const check = () => {
      if (root.hidden || !isIdle()) return;
      root.hidden = true; // and first hear what other tabs said
      setTimeout(() => { if (isIdle()) lockNow(); else root.hidden = false; }, 99);
    };
    addEventListener("input", (event) => {
      const { form } = event.target;
      written = form?.method === "post" && !("keep" in form.dataset) ? form : written;
    });
    addEventListener("submit", () => { written = null; });
    for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touch, { passive: true });
    document.addEventListener("visibilitychange", check);
    setInterval(check, 5000);
  }
})();
