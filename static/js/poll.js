// The poll on the home page: votes and shows the result without leaving the page.

async function vote(place, form) {
  const option = new FormData(form).get("chon") ?? "";
  const { csrf } = await (await fetch("/gop-y/ma/")).json();
  const response = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrf },
    body: new URLSearchParams({ poll: place.dataset.poll, option }),
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
    try {
      show(place, form, await vote(place, form));
    } catch {
      form.submit(); // leads to the voting page with this option marked
    } finally {
      delete form.dataset.sending;
    }
  });
}
