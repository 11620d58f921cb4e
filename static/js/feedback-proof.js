// The feedback form's token: the work that goes with it, the heavier work in place of the code,
// a new one before it expires. Which work there is stands in feedback/work.py.

const LIGHT = { name: "nhe", parts: 8 };
const HEAVY = { name: "thay-ma", parts: 32, tries: 2_000_000 };
const RENEWED_BEFORE = 10 * 60; // seconds before a token expires
const NOTHING_WRONG = "Đã xong, ông/bà không cần nhập mã. Xin bấm “Gửi góp ý”.";
const NOT_HERE = "Trình duyệt này không làm được phép tính thay cho mã. Xin nhập mã, hoặc liên hệ theo thông tin ở cuối trang.";

let running = null;
let renewal = null;

const formOf = (place) => place.querySelector("form");
const isCodeReplaced = (form) => form.elements.work.value.startsWith(HEAVY.name);

// In the form as it is by then: it may have come back from the portal in the meantime.
function say(place, sentence) {
  const said = place.querySelector("[data-without-code-said]");
  if (said && said.textContent !== sentence) said.textContent = sentence;
}

function start(form, token, kind, onShare) {
  running?.worker.terminate();
  const worker = new Worker(form.dataset.work);
  const solved = new Promise((resolve) => {
    worker.addEventListener("error", () => resolve(""));
    worker.addEventListener("message", ({ data }) => {
      if (data.solution) resolve(data.solution);
      else onShare?.(data.share);
    });
  });
  solved.then(() => worker.terminate());
  running = { token, kind, worker, solved };
  const tries = kind.tries ?? Number(form.elements.challenge.dataset.tries);
  worker.postMessage({ token, name: kind.name, parts: kind.parts, tries });
}

// Has the work done, or waits for it; the form may be another by then.
async function work(place, kind, onShare) {
  const token = formOf(place).elements.challenge.value;
  if (!token || isCodeReplaced(formOf(place))) return "";
  const isHeavy = running?.token === token && running.kind === HEAVY;
  const isRunning = running?.token === token && (running.kind === kind || isHeavy);
  try {
    if (!isRunning) start(formOf(place), token, kind, onShare);
  } catch {
    return ""; // without workers the portal asks for more instead
  }
  const solution = await running.solved;
  const elements = formOf(place)?.elements;
  if (elements?.challenge.value === token && running.token === token) {
    elements.work.value = solution;
  }
  return solution;
}

export function begin(place) {
  if (isCodeReplaced(formOf(place))) say(place, NOTHING_WRONG);
  return work(place, LIGHT);
}

export const ready = (place, patience) =>
  Promise.race([work(place, LIGHT), new Promise((resolve) => setTimeout(resolve, patience))]);

export async function replaceCode(place) {
  if (isCodeReplaced(formOf(place))) return;
  let told = -1;
  const tell = (share) => {
    const quarter = Math.floor(share * 4) * 25;
    if (quarter === told) return;
    told = quarter;
    say(place, `Trình duyệt đang làm một phép tính thay cho mã: đã xong ${quarter}%. Ông/bà có thể viết tiếp.`);
  };
  tell(0);
  say(place, (await work(place, HEAVY, tell)) ? NOTHING_WRONG : NOT_HERE);
}

export function fill(form, parts) {
  const { elements } = form;
  elements.csrfmiddlewaretoken.value = parts.csrf;
  elements.challenge.value = parts.token;
  Object.assign(elements.challenge.dataset, { tries: parts.tries, seconds: parts.seconds });
  elements.work.value = "";
  const picture = form.querySelector("[data-challenge-image]");
  if (!picture) return;
  picture.src = parts.image;
  form.querySelector("[data-challenge-listen]").href = parts.sound;
}

async function renew(place) {
  const form = formOf(place);
  if (!form || "unsure" in form.dataset) return; // sent, maybe: the same token tells whether
  const { challenge, code } = form.elements;
  const parts = await fetch(`/gop-y/ma/?cu=${encodeURIComponent(challenge.value)}`)
    .then((answer) => answer.json())
    .catch(() => null);
  if (parts && formOf(place) === form) {
    if (code?.value) {
      code.value = "";
      say(place, "Mã kiểm tra sắp hết hạn nên đã được đổi. Xin nhập mã mới.");
    }
    const isHeavy = running?.token === challenge.value && running.kind === HEAVY;
    fill(form, parts);
    if (isHeavy) replaceCode(place);
    else begin(place);
  }
  keepFresh(place, parts ? undefined : Date.now() + 60_000);
}

// Puts another token in the place of one that is about to expire, also after the telephone slept.
export function keepFresh(place, at) {
  const seconds = Number(formOf(place)?.elements.challenge.dataset.seconds);
  if (!seconds) return;
  clearTimeout(renewal?.timer);
  const due = at ?? Date.now() + Math.max(seconds - RENEWED_BEFORE, 0) * 1000;
  renewal = { place, due, timer: setTimeout(renew, due - Date.now(), place) };
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && renewal && Date.now() > renewal.due) renew(renewal.place);
});
