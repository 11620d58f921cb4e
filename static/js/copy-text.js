// Copies what stands in a field when the button beside it is pressed, and says so.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Đã sao chép.";
    } catch {
      said.textContent =
        "Trình duyệt không cho sao chép bằng nút này. Hãy nhấn Ctrl+C để chép phần đang được chọn.";
    }
  });
}
