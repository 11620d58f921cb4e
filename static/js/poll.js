// The poll on the home page: votes and shows the result without leaving the page.

const AWAY = "Chưa gửi được. Lựa chọn vẫn còn; xin kiểm tra kết nối rồi bấm lại.";

async function vote(form) {
  const { csrf } = await (await fetch("/gop-y/ma/")).json();
  const response = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrf },
    body: new URLSearchParams(new FormData(form)),
  });
  return response.json();
}

function show(place, form, answer) {
  if (answer.ok) {
    const result = place.querySelector("[data-poll-result]");
    form.remove();
    result.innerHTML = answer.html;
    result.focus();
    return;
  }
  const message = place.querySelector("[data-poll-message]");
  message.textContent = answer.message;
  message.hidden = false;
}

for (const place of document.querySelectorAll("[data-poll]")) {
  place.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "true";
    const answer = await vote(form).catch(() => ({ ok: false, message: AWAY }));
    show(place, form, answer);
    delete form.dataset.sending;
  });
}
