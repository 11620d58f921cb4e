// What every page does: tells the portal that a reader opened it, shows the counters it
// answers with, and prints where a button offers it.

const numbers = new Intl.NumberFormat("vi-VN");

function show(selector, value) {
  for (const place of document.querySelectorAll(selector)) {
    place.textContent = numbers.format(value);
  }
}

async function reportView() {
  const response = await fetch("/luot-xem/", {
    method: "POST",
    headers: { "X-Page": document.body.dataset.count },
    credentials: "omit",
    keepalive: true,
  });
  if (response.status !== 200) return; // refused, or nothing known while the database is away
  const counts = await response.json();
  show("[data-views]", counts.views);
  show("[data-online]", counts.online);
  show("[data-site-views]", counts.site_views);
  for (const place of document.querySelectorAll("[data-counters]")) place.hidden = false;
}

// Error pages have nothing to report.
if (document.body.dataset.count) {
  // A page prepared in the background is read only when it comes to the front.
  if (document.prerendering) {
    document.addEventListener("prerenderingchange", reportView, { once: true });
  } else {
    reportView();
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// Paper cannot be unfolded.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) folded.open = true;
});

// Suggestions come when a search box is first used, not with every page.
for (const box of document.querySelectorAll("[data-search]")) {
  box.addEventListener("focusin", async () => (await import("./search.js")).suggestFor(box), {
    once: true,
  });
}
