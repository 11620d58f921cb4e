// The feedback form in use: fetches its code when somebody begins to write, sends without
// leaving the page, and keeps what was typed until it is acknowledged.

import { forgetDraft, restoreDraft, saveDraft } from "./feedback-drafts.js";
import { carryOver, check } from "./feedback-files.js";
import { begin, fill, keepFresh, ready, replaceCode } from "./feedback-proof.js";
import { count, suggest } from "./feedback-writing.js";

const PATIENCE = 6_000; // milliseconds a press of the button waits for the browser's work
const UNANSWERED = `Chưa biết góp ý đã đến cổng hay chưa vì mất kết nối. Những gì đã viết và tệp đã
  chọn vẫn còn nguyên; xin kiểm tra mạng rồi bấm “Gửi góp ý” lần nữa. Bấm lại cũng không thành hai góp ý.`;
const AWAY = `Cổng tạm thời chưa nhận được góp ý. Những gì đã viết và tệp đã chọn vẫn còn nguyên;
  xin chờ ít phút rồi bấm “Gửi góp ý” lần nữa.`;
const TOO_LARGE = `Góp ý chưa được gửi vì các tệp gửi kèm quá lớn: mỗi tệp không quá 5 MB.
  Xin bỏ bớt hoặc thu nhỏ tệp rồi gửi lại.`;
const player = new Audio();

const formOf = (place) => place.querySelector("form");

async function prepare(place) {
  const form = formOf(place);
  if (form.elements.challenge.value || form.dataset.preparing) return;
  form.dataset.preparing = "true";
  const parts = await fetch("/gop-y/ma/").then((answer) => answer.json()).catch(() => null);
  delete form.dataset.preparing;
  if (!parts) return; // sent without a code, the form comes back filled in and with one
  const template = form.querySelector("[data-challenge-template]");
  template?.replaceWith(template.content);
  form.querySelector("[data-challenge-awaited]")?.remove();
  fill(form, parts);
  keepFresh(place);
}

function say(place, sentence) {
  const result = place.querySelector("[data-feedback-result]");
  const note = document.createElement("p");
  note.className = "notice notice--bad";
  note.textContent = sentence;
  result.replaceChildren(note);
  result.focus();
}

function replace(place, html) {
  const before = formOf(place);
  before.insertAdjacentHTML("afterend", html);
  const after = before.nextElementSibling;
  carryOver(before, after);
  const folded = before.querySelectorAll("details");
  for (const [place, details] of after.querySelectorAll("details").entries()) {
    details.open = folded[place].open || Boolean(details.querySelector(".field--wrong"));
  }
  before.remove();
  keepFresh(place);
  begin(place);
  (place.querySelector("[data-error-summary]") ?? after.elements.code).focus();
}

async function acknowledge(place, answer) {
  forgetDraft(place);
  // The page of the form has nothing else to offer; an article is read on.
  if ("leave" in place.dataset) {
    location.assign(answer.address);
    return;
  }
  const result = place.querySelector("[data-feedback-result]");
  formOf(place).remove();
  result.innerHTML = answer.html;
  result.focus();
  await import("./copy-text.js");
}

export async function send(place, submitter) {
  const form = formOf(place);
  if (form.dataset.sending) return;
  form.dataset.sending = "true";
  form.querySelector("[data-sending-said]").textContent = "Đang gửi, xin chờ…";
  if (submitter?.name !== "another_code") await ready(place, PATIENCE);
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  place.querySelector("[data-feedback-result]").replaceChildren();
  try {
    const headers = { Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", headers, body });
    // A portal that broke down may have taken it in, or a proxy did not wait long enough.
    form.toggleAttribute("data-unsure", response.status >= 500);
    if (response.status === 413) say(place, TOO_LARGE);
    else if (response.status >= 500) say(place, AWAY);
    else {
      const answer = await response.json();
      if (answer.ok) await acknowledge(place, answer);
      else replace(place, answer.html);
    }
  } catch {
    form.dataset.unsure = ""; // the same token again: if it arrived, this leads to the same
    say(place, UNANSWERED);
  } finally {
    delete form.dataset.sending;
    form.querySelector("[data-sending-said]").textContent = "";
  }
}

function play(link) {
  const around = link.closest(".field") ?? link.closest(".row");
  const said = around.querySelector("[data-without-code-said], [data-copied]");
  said.textContent = "";
  if (player.src !== link.href || player.error) player.src = link.href;
  player.currentTime = 0;
  player.play().catch(({ name }) => {
    // Pressed again, or another code: that one is heard instead.
    if (name !== "AbortError") said.textContent = "Chưa nghe được mã. Xin thử lại hoặc xem mã trên trang.";
  });
}

const attended = new WeakSet();

// Goes along with a form from now on; what was typed before this file came is not lost.
export function attend(place) {
  if (attended.has(place)) return;
  attended.add(place);
  restoreDraft(place);
  keepFresh(place);
  if (place.contains(document.activeElement)) prepare(place);
  place.addEventListener("focusin", ({ target }) => target.form && prepare(place));
  place.addEventListener("input", async ({ target }) => {
    saveDraft(place);
    count(target);
    if (["title", "kind"].includes(target.name)) suggest(target.form);
    await prepare(place);
    begin(place);
  });
  place.addEventListener("change", ({ target }) => {
    if (target.matches("[data-files]")) check(target);
    // What a petition needs is folded away under an article.
    if (target.value === "petition") place.querySelector("[data-contacts]").open = true;
  });
  place.addEventListener("click", async ({ target }) => {
    if (!target.closest("[data-without-code]")) return;
    await prepare(place);
    replaceCode(place);
  });
}

document.addEventListener("click", (event) => {
  const listen = event.target.closest("[data-challenge-listen], [data-listen]");
  if (!listen) return;
  event.preventDefault();
  play(listen);
});

