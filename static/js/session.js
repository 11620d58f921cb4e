// Before a long form is sent, asks whether the session still lives. If it does, the form goes
// out with a token that is valid now; if not, a dialog says so, and the save goes on by itself
// after the sign-in, with the button that was pressed.

const WAIT = 10_000; // milliseconds
// milliseconds; a second press is part of the first, or asks whether the first is to be given up
const DOUBLE_CLICK = 1_000;
const UNDER_WAY = 15_000;
const place = document.querySelector("[data-keeping]");
const form = place?.closest("form");
const dialog = place?.querySelector("[data-session-dialog]");
let pressed = null;
let isAsking = false;
let isPassing = false;
let sentAt = -Infinity;
let accepted = place?.dataset.user;

// Returns who is signed in; null when the server cannot be asked.
export async function askSession() {
  try {
    const options = { cache: "no-store", signal: AbortSignal.timeout(WAIT) };
    const answer = await fetch(place.dataset.session, options);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

export function useToken(token) {
  form.elements.csrfmiddlewaretoken.value = token;
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) {
    editor.config.fileTools_requestHeaders = { "X-CSRFToken": token };
  }
}

function show(name, account = "") {
  for (const section of dialog.querySelectorAll("[data-case]")) {
    section.hidden = section.dataset.case !== name;
    if (!section.hidden) dialog.setAttribute("aria-labelledby", section.querySelector("h2").id);
  }
  dialog.querySelector("[data-name]").textContent = account;
  if (!dialog.open) dialog.showModal();
}

function send(token) {
  dialog.close();
  useToken(token);
  form.dataset.sending = ""; // leaving is no loss now
  sentAt = Date.now();
  isPassing = true;
  form.requestSubmit(pressed);
  isPassing = false;
  // Whether to leave was asked by then; if the load is stopped it is to be asked again.
  setTimeout(() => delete form.dataset.sending, DOUBLE_CLICK);
}

async function attempt() {
  if (isAsking) return;
  isAsking = true;
  const session = await askSession();
  isAsking = false;
  if (!session) show("unreachable");
  else if (session.user === null) show("signed-out");
  else if (String(session.user) !== accepted) {
    show("other-user", session.name);
    dialog.dataset.account = session.user;
  } else send(session.token);
}

// Signing in in another tab makes this page's token old; a preview is sent without asking first.
async function renewToken() {
  const session = document.hidden ? null : await askSession();
  if (String(session?.user) === accepted) useToken(session.token);
}

function goOn() {
  const waits = dialog.open && !dialog.querySelector("[data-case=signed-out]").hidden;
  if (waits) attempt();
}

if (form) {
  form.addEventListener("submit", (event) => {
    // A button with a window of its own saves nothing and leaves this page as it is.
    if (isPassing || event.submitter?.formTarget) return;
    event.preventDefault();
    const passed = Date.now() - sentAt;
    if (passed < DOUBLE_CLICK) return;
    pressed = event.submitter;
    if (passed < UNDER_WAY) show("under-way");
    else attempt();
  });
  for (const button of dialog.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => dialog.close());
  }
  for (const button of dialog.querySelectorAll("[data-retry]")) {
    button.addEventListener("click", attempt);
  }
  dialog.querySelector("[data-accept]").addEventListener("click", () => {
    accepted = dialog.dataset.account;
    attempt();
  });
  addEventListener("visibilitychange", renewToken);
  new BroadcastChannel("session").addEventListener("message", goOn);
  addEventListener("focus", goOn);
  // Back to a page that was sent before, from the browser's own memory.
  addEventListener("pageshow", () => {
    delete form.dataset.sending;
    sentAt = -Infinity;
  });
}
