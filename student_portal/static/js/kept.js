// On a phone that keeps the help page: shows the copy when there is no line. It answers for /help and nothing else.
(() => {
  "use strict";
  const COPY = "/help/copy";
  const PATIENCE = 5000; // a line that hangs is no line

  const inTime = (request) => Promise.race([
    fetch(request),
    new Promise((_, fail) => setTimeout(fail, PATIENCE)),
  ]);

  const kept = async (wanted) => (await caches.match(wanted, { ignoreVary: true })) ?? Response.error();

  // Exit on the copy itself, which has no script: an empty page, whatever the line does, and nothing kept any more.
  const leave = (event) => {
    const empty = () => new Response("", { headers: { "Content-Type": "text/html" } });
    event.respondWith(caches.delete("help").then(empty, empty));
    event.waitUntil(Promise.allSettled([registration.unregister(), fetch("/exit")])); // which signs out
  };

  addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET") return;
    const page = request.mode === "navigate";
    if (page && new URL(request.url).pathname === "/help/exit") leave(event);
    else if (page) event.respondWith(inTime(request).catch(() => kept(COPY)));
    else if (request.destination === "style") event.respondWith(fetch(request).catch(() => kept(request)));
  });
})();
