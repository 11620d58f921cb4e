// Keeps what is typed into a long form in this browser, offers it again after a crash or a
// lost session, and forgets it once the server says that it was saved.

import { drafts, forget, forgetSaved, held, hold, newName, put } from "./drafts.js";
import { fill, isSame, onEdit, read, ready } from "./form-state.js";

const EVERY = 3_000; // milliseconds

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
    await ready();
    this.baseline = "returned" in place.dataset ? null : read(form);
    onEdit(form, () => { this.isTouched = true; });
    setInterval(() => this.isTouched && this.keep(), EVERY);
    form.addEventListener("submit", () => this.keep());
    addEventListener("pagehide", () => this.isTouched && this.keep());
    addEventListener("beforeunload", (event) => {
      if (this.isUnsaved() && !("sending" in form.dataset)) event.preventDefault();
    });
    if (this.baseline === null) this.keep();
    await this.offer();
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
        ? `Chưa lưu. Nội dung đang soạn được giữ trong trình duyệt này lúc ${moment(at)}.`
        : "Chưa lưu, và trình duyệt này không còn chỗ giữ nội dung đang soạn. Hãy lưu sớm.",
    );
  }

  say(words) {
    this.status.hidden = !words;
    this.status.textContent = words;
  }

  async offer() {
    const open = await held();
    for (const draft of drafts()) {
      const isOurs = draft.path === this.path && draft.user === place.dataset.user;
      if (!isOurs || draft.id === this.id || open.has(draft.id)) continue;
      if (isSame(draft.state, this.baseline)) forget(draft.id);
      else this.show(draft);
    }
  }

  show(draft) {
    const offer = place.querySelector("[data-draft-offer]").content.firstElementChild.cloneNode(true);
    const isOld = draft.revision !== form.elements._revision?.value;
    offer.querySelector("[data-text]").textContent =
      `Có bản chưa lưu từ ${moment(draft.at)}.` +
      (isOld ? " Từ đó bài đã được lưu thêm; khi lưu, cổng sẽ cho xem chỗ khác nhau." : "");
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
    if (form.elements._revision) form.elements._revision.value = draft.revision;
    fill(form, draft.state);
    this.take(draft.id);
    this.say(`Đã khôi phục bản chưa lưu từ ${moment(draft.at)}. Hãy xem lại rồi lưu.`);
    place.scrollIntoView();
  }
}

forgetSaved();
if (form) new Keeper().begin();
