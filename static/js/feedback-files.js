// Files chosen in the feedback form: looked at before they are sent, kept when the form returns.

const MOST = 3;
const MAX_BYTES = 5 * 1024 * 1024;

function keepOnly(input, isKept) {
  const kept = new DataTransfer();
  [...input.files].filter(isKept).forEach((file) => kept.items.add(file));
  input.files = kept.files;
}

function tell(input, sentences) {
  const field = input.closest(".field");
  const refused = field.querySelector("[data-files-refused]");
  refused.replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.className = "field__error";
      line.setAttribute("role", "alert");
      line.textContent = sentence;
      return line;
    }),
  );
  field.classList.toggle("field--wrong", sentences.length > 0);
  sayChosen(input);
}

function sayChosen(input) {
  const names = [...input.files].map(({ name }) => name);
  input.closest(".field").querySelector("[data-files-chosen]").textContent = names.length
    ? `Sẽ gửi kèm ${names.length} tệp: ${names.join("; ")}.`
    : "";
}

// Leaves out what the portal would refuse, and says so beside the box.
export function check(input) {
  const sentences = [...input.files]
    .filter(({ size }) => size > MAX_BYTES)
    .map(({ name }) => `Tệp “${name}” lớn hơn 5 MB nên chưa được chọn. Vui lòng thu nhỏ rồi chọn lại.`);
  keepOnly(input, ({ size }) => size <= MAX_BYTES);
  if (input.files.length > MOST) {
    sentences.push(`Mỗi góp ý gửi kèm tối đa ${MOST} tệp; các tệp chọn sau đã được bỏ ra.`);
    keepOnly(input, (file) => [...input.files].indexOf(file) < MOST);
  }
  tell(input, sentences);
}

// Puts the box with its files into the form that came back, without those that were refused.
export function carryOver(before, after) {
  const [old, fresh] = [before, after].map((form) => form.querySelector("[data-files]"));
  if (!old.files.length) return;
  const refused = new Set(fresh.closest(".field").dataset.refused?.split(" ").map(Number));
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
    else old.removeAttribute(name);
  }
  fresh.replaceWith(old);
  let place = 0;
  keepOnly(old, () => !refused.has(place++));
  sayChosen(old);
}
