// The feedback form: fetches its code when somebody begins to write, sends without leaving
// the page, and keeps what was typed until it is acknowledged.

const DRAFT = "gop-y:";
const KEPT = ["name", "title", "content"];
const AWAY = `<p class="notice notice--bad">Cổng tạm thời chưa nhận được góp ý.
  Nội dung vừa nhập vẫn còn nguyên; xin gửi lại sau ít phút.</p>`;
const player = new Audio();

function saveDraft(place) {
  const { elements } = place.querySelector("form");
  const draft = Object.fromEntries(KEPT.map((name) => [name, elements[name].value]));
  sessionStorage.setItem(DRAFT + place.dataset.feedback, JSON.stringify(draft));
}

function restoreDraft(place) {
  const { elements } = place.querySelector("form");
  const draft = JSON.parse(sessionStorage.getItem(DRAFT + place.dataset.feedback) ?? "{}");
  for (const name of KEPT) elements[name].value ||= draft[name] ?? "";
}

function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(DRAFT)) sessionStorage.removeItem(key);
  }
}

async function prepare(form) {
  if (form.elements.challenge.value || form.dataset.preparing) return;
  form.dataset.preparing = "true";
  const parts = await fetch("/gop-y/ma/").then((answer) => answer.json()).catch(() => null);
  delete form.dataset.preparing;
  if (!parts) return; // sent without a code, the form comes back filled in and with one
  form.elements.csrfmiddlewaretoken.value = parts.csrf;
  form.elements.challenge.value = parts.token;
  const template = form.querySelector("[data-challenge-template]");
  template.content.querySelector("[data-challenge-image]").src = parts.image;
  template.content.querySelector("[data-challenge-listen]").href = parts.sound;
  template.replaceWith(template.content);
  form.querySelector("[data-challenge-awaited]").remove();
}

function show(place, answer) {
  const form = place.querySelector("form");
  const result = place.querySelector("[data-feedback-result]");
  if (answer.ok) {
    forgetDrafts();
    // The page of the form has nothing else to offer; an article is read on.
    if ("leave" in place.dataset) {
      location.assign(answer.address);
      return;
    }
    form.remove();
    result.innerHTML = answer.html;
    result.focus();
    return;
  }
  result.replaceChildren();
  form.outerHTML = answer.html;
  (place.querySelector("[data-error-summary]") ?? place.querySelector("[name=code]")).focus();
}

function showAway(place) {
  const result = place.querySelector("[data-feedback-result]");
  result.innerHTML = AWAY;
  result.focus();
}

async function send(place, form, submitter) {
  if (form.dataset.sending) return;
  form.dataset.sending = "true";
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  try {
    const headers = { Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", headers, body });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) show(place, await response.json());
    else showAway(place);
  } catch {
    form.submit();
  } finally {
    delete form.dataset.sending;
  }
}

for (const place of document.querySelectorAll("[data-feedback]")) {
  restoreDraft(place);
  place.addEventListener("input", () => saveDraft(place));
  place.addEventListener("focusin", (event) => event.target.form && prepare(event.target.form));
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    send(place, event.target, event.submitter);
  });
  place.addEventListener("click", (event) => {
    const listen = event.target.closest("[data-challenge-listen]");
    if (!listen) return;
    event.preventDefault();
    if (player.src !== listen.href) player.src = listen.href;
    player.currentTime = 0;
    player.play();
  });
}

if (document.querySelector("[data-feedback-received]")) forgetDrafts();
