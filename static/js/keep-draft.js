// Keeps what is typed into a long form in this browser, offers it again after a crash or a
// lost session, and forgets it once the server says that it was saved.

import { drafts, forget, forgetSaved, held, hold, newName, put } from "./drafts.js";
import { fill, isSame, keyOf, onEdit, read, ready, served } from "./form-state.js";

const EVERY = 3_000; // milliseconds
const LONGEST_NAME = 80; // characters

const place = document.querySelector("[data-keeping]");
const form = place?.closest("form");
const timeZone = "Asia/Ho_Chi_Minh"; // the clock the portal itself tells
const clock = new Intl.DateTimeFormat("vi-VN", { timeZone, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("vi-VN", {
  timeZone, day: "2-digit", month: "2-digit", year: "numeric",
});

function moment(at) {
  const [time, date] = [clock.format(at), day.format(at)];
  return date === day.format(Date.now()) ? time : `${time} ngày ${date}`;
}

// Only then a browser puts back what was typed into a page before.
function isReturning() {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation?.type !== "navigate";
}

// Says whether fields hold something else than the server sent, without having been typed in.
function differs(state, sent, typedIn) {
  const changed = Object.entries(state.fields).filter(([key, value]) => !isSame(value, sent.fields[key]));
  return changed.some(([key]) => !typedIn.has(key));
}

const plain = (html = "") =>
  new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();

class Keeper {
  constructor() {
    this.field = form.elements._draft;
    this.status = place.querySelector("[data-draft-status]");
    this.path = new URL(form.getAttribute("action") ?? "", location.href).pathname;
    this.isTouched = false;
    this.take(this.field.value || newName());
  }

  // Writes under this name from now on.
  take(id) {
    this.id = id;
    this.field.value = id;
    hold(id);
  }

  async begin() {
    const sent = served(form);
    const typedIn = new Set();
    this.baseline = "returned" in place.dataset ? null : sent;
    form.addEventListener("input", ({ target }) => typedIn.add(keyOf(target)));
    onEdit(form, () => { this.isTouched = true; });
    setInterval(() => this.isTouched && this.keep(), EVERY);
    form.addEventListener("submit", () => this.keep());
    addEventListener("pagehide", () => this.isTouched && this.keep());
    addEventListener("beforeunload", (event) => {
      if (this.isUnsaved() && !("sending" in form.dataset)) event.preventDefault();
    });
    await ready();
    this.isPutBack = isReturning() && differs(read(form), sent, typedIn);
    // Which revision those texts belong to is not known yet; the page's own is that of now.
    if (this.isPutBack) this.setRevision("");
    await this.offer();
    if (this.isUnsaved()) this.keep();
  }

  setRevision(number) {
    if (form.elements._revision) form.elements._revision.value = number;
    if (form.elements._merged) form.elements._merged.value = ""; // of what stood there before
  }

  isUnsaved() {
    return this.baseline === null || !isSame(read(form), this.baseline);
  }

  keep() {
    this.isTouched = false;
    if (!this.isUnsaved()) {
      forget(this.id);
      this.say("");
      return;
    }
    const at = Date.now();
    const draft = {
      id: this.id, at, path: this.path, user: place.dataset.user,
      revision: form.elements._revision?.value, state: read(form),
    };
    this.say(
      put(draft)
        ? `Chưa lưu lên cổng. Trình duyệt này đã giữ nội dung đang soạn lúc ${moment(at)}.`
        : "Chưa lưu, và trình duyệt này không còn chỗ giữ nội dung đang soạn. Hãy lưu sớm.",
    );
  }

  say(words) {
    this.status.hidden = !words;
    this.status.textContent = words;
  }

  async offer() {
    const open = await held();
    const typed = read(form);
    for (const draft of drafts()) {
      const isOurs = draft.path === this.path && draft.user === place.dataset.user;
      if (!isOurs || draft.id === this.id || open.has(draft.id)) continue;
      if (this.isPutBack && isSame(draft.state, typed)) this.goOn(draft);
      else if (isSame(draft.state, this.baseline)) forget(draft.id);
      else this.show(draft);
    }
  }

  // The browser has put back the page this draft was written on.
  goOn(draft) {
    this.isPutBack = false;
    forget(this.id);
    this.take(draft.id);
    this.setRevision(draft.revision);
  }

  // What a draft is about: its title, or the first words of whatever was typed.
  nameOf({ state: { fields } }) {
    const texts = [fields.title, fields.lead, fields.body, fields.content].map(plain);
    const words = texts.find(Boolean) ?? place.dataset.about ?? "chưa có tiêu đề";
    return words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME)}…` : words;
  }

  show(draft) {
    const offer = place.querySelector("[data-draft-offer]").content.firstElementChild.cloneNode(true);
    const isOld = draft.revision !== form.elements._revision?.value;
    offer.querySelector("[data-text]").textContent =
      `Có bản chưa lưu: “${this.nameOf(draft)}”, gõ lúc ${moment(draft.at)}.` +
      (isOld
        ? " Sau lúc đó bài đã được lưu thêm lần nữa; khôi phục rồi lưu thì cổng sẽ cho xem chỗ khác nhau trước."
        : "");
    offer.querySelector("[data-restore]").addEventListener("click", () => {
      this.restore(draft);
      offer.remove();
    });
    offer.querySelector("[data-discard]").addEventListener("click", () => {
      forget(draft.id);
      offer.remove();
    });
    place.querySelector("[data-drafts]").append(offer);
  }

  restore(draft) {
    this.setRevision(draft.revision);
    fill(form, draft.state);
    this.take(draft.id);
    this.say(`Đã khôi phục bản chưa lưu từ ${moment(draft.at)}. Hãy xem lại rồi lưu.`);
    place.scrollIntoView();
  }
}

forgetSaved(document.querySelector("[data-cookie-path]").dataset.cookiePath);
if (form) new Keeper().begin();
