// Sends the chosen photos one after the other and says how far it is; without this script the
// form sends them all at once.

const form = document.querySelector("[data-photo-upload]");
const files = form.querySelector("input[type=file]");
const state = form.querySelector("[data-photo-upload-state]");
const faults = form.querySelector("[data-photo-upload-faults]");

const name = (file, fault) => {
  const line = document.createElement("li");
  line.textContent = `“${file.name}”: ${fault}`;
  faults.append(line);
  faults.hidden = false;
};

const send = async (file) => {
  if (file.size > Number(form.dataset.mostBytes)) {
    return name(file, "Ảnh quá lớn, tối đa 20 MB.");
  }
  const body = new FormData();
  body.append("upload", file);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const address = form.dataset.photoUpload;
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    const { uploaded, error } = await answer.json();
    if (!uploaded) name(file, error.message);
    return uploaded;
  } catch {
    return name(
      file,
      "Chưa tải lên được: mất kết nối hoặc phiên đăng nhập đã hết. Vui lòng tải lại trang, đăng nhập " +
        "nếu được hỏi, rồi chọn lại các ảnh này.",
    );
  }
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  const chosen = [...files.files];
  let stored = 0;
  button.disabled = true;
  faults.replaceChildren();
  faults.hidden = true;
  for (const [index, file] of chosen.entries()) {
    state.textContent = `Đang tải lên ảnh ${index + 1} trong ${chosen.length} ảnh…`;
    if (await send(file)) stored += 1;
  }
  button.disabled = false;
  state.textContent = `Đã tải lên ${stored} trong ${chosen.length} ảnh.`;
  if (stored === chosen.length) location.assign(form.dataset.then);
  form.querySelector("[data-photo-upload-next]").hidden = stored === 0;
  files.value = "";
});
