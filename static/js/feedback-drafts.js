// What was typed into the feedback form, kept in this tab until it is acknowledged.

const DRAFT = "gop-y:";
const KEPT = ["name", "title", "content", "email", "phone", "address", "kind"];

const keyOf = (place) => DRAFT + place.dataset.feedback;

export function saveDraft(place) {
  const { elements } = place.querySelector("form");
  const draft = Object.fromEntries(KEPT.map((name) => [name, elements[name].value]));
  sessionStorage.setItem(keyOf(place), JSON.stringify(draft));
}

export function restoreDraft(place) {
  const { elements } = place.querySelector("form");
  const draft = JSON.parse(sessionStorage.getItem(keyOf(place)) ?? "{}");
  for (const [name, value] of Object.entries(draft)) {
    if (name === "kind") elements.kind.value = value || elements.kind.value;
    else if (KEPT.includes(name)) elements[name].value ||= value;
  }
  const contacts = place.querySelector("[data-contacts]");
  if (draft.email || draft.phone || draft.address || draft.kind === "petition") contacts.open = true;
}

// Of this form alone: what was begun under another article is still to be sent.
export const forgetDraft = (place) => sessionStorage.removeItem(keyOf(place));
