// Whoever signs out learns that this browser still keeps what they did not save, and may have it
// forgotten: others may sit at this computer. On one's own it is there after the next sign-in.

import { drafts, forget } from "./drafts.js";

const place = document.querySelector("[data-left-behind]");
const theirs = drafts().filter(({ user }) => user === place.dataset.leftBehind);

place.firstElementChild.hidden = !theirs.length;
place.querySelector("button").addEventListener("click", () => {
  for (const { id } of theirs) forget(id);
  place.firstElementChild.hidden = true;
  place.querySelector("[data-gone]").hidden = false;
});
