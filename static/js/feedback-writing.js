// What goes along with writing into the feedback form: how long it is, answers there are already.

const PAUSE = 400; // milliseconds without a key before answers are looked for
const SAID_AFTER = 1_500; // milliseconds without a key before a screen reader is told
const SAID_BELOW = 1_000; // characters left
const numbers = new Intl.NumberFormat("vi-VN");

let telling;
let asking;
let asked = "";

function sentence(left) {
  return left < 0
    ? `Dài quá ${numbers.format(-left)} ký tự, vui lòng rút ngắn.`
    : `Còn được viết ${numbers.format(left)} ký tự.`;
}

export function count(box) {
  const field = box.closest(".field");
  const shown = field?.querySelector("[data-length]");
  if (!shown) return;
  const left = Number(shown.dataset.most) - [...box.value].length;
  shown.textContent = sentence(left);
  clearTimeout(telling);
  telling = setTimeout(() => {
    const said = left < SAID_BELOW ? sentence(left) : "";
    const place = field.querySelector("[data-length-said]");
    if (place.textContent !== said) place.textContent = said;
  }, SAID_AFTER);
}

function show(form, answers) {
  const place = form.querySelector("[data-answers]");
  place.hidden = !answers.length;
  place.querySelector("[data-answers-said]").textContent = answers.length
    ? `Có ${answers.length} câu trả lời đã đăng có thể đúng điều ông/bà cần:`
    : "";
  place.querySelector("[data-answers-list]").replaceChildren(
    ...answers.map(({ title, url }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.target = "_blank";
      link.textContent = `${title} (mở ở thẻ mới)`;
      item.append(link);
      return item;
    }),
  );
}

async function ask(form, typed) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const address = `${form.dataset.suggest}?q=${encodeURIComponent(typed.slice(0, 100))}`;
  try {
    const answer = await fetch(address, { credentials: "omit", signal });
    if (answer.ok && form.isConnected) show(form, (await answer.json()).answers);
  } catch {
    // What was typed since then asks for itself; without an answer nothing is proposed.
  }
}

let waiting;

export function suggest(form) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const isQuestion = form.elements.kind.value === "question";
    const typed = isQuestion ? form.elements.title.value.trim() : "";
    if (typed === asked) return;
    asked = typed;
    if (typed.length < 8) show(form, []);
    else ask(form, typed);
  }, PAUSE);
}
