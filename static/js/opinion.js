// «Thông tin này có hữu ích không?» under an article: answers without leaving the page. Another
// answer replaces the one before; a word may follow.

const AWAY = "Chưa gửi được. Xin kiểm tra kết nối rồi bấm lại.";

async function send(form, body) {
  const { csrf } = await (await fetch("/gop-y/ma/")).json();
  const headers = { Accept: "application/json", "X-CSRFToken": csrf };
  const response = await fetch(form.action, { method: "POST", headers, body });
  return response.json();
}

function mark(place, chosen) {
  for (const button of place.querySelectorAll("button[name=chon]")) {
    button.setAttribute("aria-pressed", button.value === chosen);
  }
}

function refuse(place, message) {
  const result = place.querySelector("[data-opinion-result]");
  const beside = result.querySelector("[data-opinion-message]");
  const said = beside ?? document.createElement("p");
  said.classList.add("field__error");
  said.textContent = message;
  said.hidden = false;
  if (!beside) result.replaceChildren(said);
}

export async function say(place, form, submitter) {
  if (place.dataset.sending) return;
  place.dataset.sending = "true";
  const result = place.querySelector("[data-opinion-result]");
  const body = new URLSearchParams(new FormData(form));
  // FormData itself takes the button along only in browsers since 2023.
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const remark = result.querySelector("[name=remark]");
  if (remark) body.set("remark", remark.value); // what is typed is not lost to a change of mind
  try {
    const answer = await send(form, body);
    if (answer.ok) {
      mark(place, body.get("chon"));
      result.innerHTML = answer.html;
      result.focus();
    } else {
      refuse(place, answer.message);
    }
  } catch {
    refuse(place, AWAY);
  }
  delete place.dataset.sending;
}
