// Tells the portal that an article is open for editing, and the person at it who else has it
// open and whether it was saved meanwhile.

import { askSession, useToken } from "./session.js";

const EVERY = 25_000; // milliseconds
const place = document.querySelector("[data-editing-now]");
const form = place?.closest("form");

function beat(extra = {}) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("_revision", form.elements._revision.value);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  return body;
}

function say(selector, words) {
  const line = place.querySelector(selector);
  if (!line) return; // said by the page itself
  line.hidden = !words;
  if (line.textContent !== words) line.textContent = words;
}

async function stay() {
  let answer = await fetch(place.dataset.editingNow, { method: "POST", body: beat() });
  if (answer.status === 403) {
    // Signing in again made the page's token old.
    const session = await askSession();
    if (!session?.token) return;
    useToken(session.token);
    answer = await fetch(place.dataset.editingNow, { method: "POST", body: beat() });
  }
  if (!answer.ok || answer.redirected) return;
  const { others, saved } = await answer.json();
  say("[data-others]", others);
  say("[data-saved]", saved);
}

// Without a network nobody can be told; the next beat tries again.
const quietly = () => stay().catch(() => {});

if (form) {
  quietly();
  setInterval(quietly, EVERY);
  addEventListener("visibilitychange", () => document.hidden || quietly());
  addEventListener("pagehide", () => {
    navigator.sendBeacon(place.dataset.editingNow, beat({ "ket-thuc": "1" }));
  });
}
