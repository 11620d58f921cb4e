// What readers say: the feedback form, and whether an article was of use. What each needs is
// loaded when somebody turns to it, not with every article.

const form = () => import("./feedback-form.js");
const hasDraft = Object.keys(sessionStorage).some((key) => key.startsWith("gop-y:"));

for (const place of document.querySelectorAll("[data-feedback]")) {
  const attend = async () => (await form()).attend(place);
  if (hasDraft || "leave" in place.dataset) attend();
  for (const event of ["focusin", "pointerdown"]) {
    place.addEventListener(event, attend, { once: true });
  }
  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    (await form()).send(place, event.submitter);
  });
}

if (document.querySelector("[data-feedback-received]")) form();

for (const place of document.querySelectorAll("[data-opinion]")) {
  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    (await import("./opinion.js")).say(place, event.target, event.submitter);
  });
}
