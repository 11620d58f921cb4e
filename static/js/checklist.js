// The list of what to put right before publishing: its lines lead to their places, also
// inside the editor, and it can be made again of what is typed.

import { goTo } from "./form-places.js";

const list = document.querySelector("[data-checklist]");

function go(event) {
  const link = event.target.closest("[data-place]");
  if (!link) return;
  const { place, part, number } = link.dataset;
  const control = document.getElementById(place.endsWith("_at") ? `id_${place}_0` : `id_${place}`);
  // Where there is none, it is a row under the form: the link itself leads there.
  if (goTo(control, part, number)) event.preventDefault();
}

// Files are not read by the check and may be large.
function typed(form) {
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.updateElement();
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

async function checkAgain(button, said) {
  button.disabled = true;
  said.textContent = "Đang kiểm tra…";
  try {
    const answer = await fetch(list.dataset.checklist, {
      method: "POST",
      body: typed(button.form),
      redirect: "error", // to the page for signing in
    });
    if (!answer.ok) throw new Error(answer.status);
    list.querySelector("[data-findings]").innerHTML = await answer.text();
    const count = list.querySelectorAll("[data-place]").length;
    said.textContent = count ? `Có ${count} chỗ cần xem.` : "Không có gì phải sửa.";
  } catch {
    said.textContent =
      "Chưa kiểm tra được: mất kết nối hoặc phiên đăng nhập đã hết. Nội dung đang sửa vẫn còn nguyên; " +
      "hãy kiểm tra mạng, đăng nhập lại ở thẻ khác rồi thử lại.";
  } finally {
    button.disabled = false;
  }
}

if (list) {
  const button = list.querySelector("[data-check-again]");
  button.hidden = false;
  button.addEventListener("click", () => checkAgain(button, list.querySelector("[data-checked]")));
}
// Also of the lists that stand at the top of the form.
document.addEventListener("click", go);
