// «Nghe tất cả»: one player that goes through the list; without it each has the browser's own.

import { attach } from "./player.js";

const place = document.querySelector("[data-playlist]");
const items = [...document.querySelectorAll("[data-track]")];
const sounds = items.map((item) => item.querySelector("audio"));
const previous = place.querySelector("[data-previous]");
const next = place.querySelector("[data-next]");
const title = place.querySelector("[data-track-title]");
const LAST = "nghe-tat-ca"; // which was heard last, for this visit
let current = 0;

const player = attach(place, { previous: () => go(current - 1), next: () => go(current + 1) });

function choose(number) {
  current = number;
  player.load(sounds[number]);
  title.textContent = sounds[number].dataset.title;
  for (const [other, item] of items.entries()) {
    if (other === number) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  }
  // Not disabled: whoever has just pressed it would lose the focus.
  previous.setAttribute("aria-disabled", String(number === 0));
  next.setAttribute("aria-disabled", String(number === items.length - 1));
  try {
    sessionStorage.setItem(LAST, sounds[number].dataset.article);
  } catch {
    // It begins with the first again.
  }
}

function go(number) {
  if (!items[number]) return;
  choose(number);
  player.start();
}

function last() {
  try {
    const article = sessionStorage.getItem(LAST);
    return Math.max(0, sounds.findIndex((sound) => sound.dataset.article === article));
  } catch {
    return 0;
  }
}

previous.addEventListener("click", () => go(current - 1));
next.addEventListener("click", () => go(current + 1));
for (const [number, item] of items.entries()) {
  const button = item.querySelector("[data-listen]");
  button.hidden = false;
  button.addEventListener("click", () => go(number));
  sounds[number].hidden = true;
  sounds[number].controls = false;
}
place.hidden = false;
choose(last());
