// A click on a photo sets its focus; below it stands what cuts leave of the photo.

const within = (percent) => Math.min(100, Math.max(0, Math.round(percent)));

for (const aim of document.querySelectorAll("[data-aim]")) {
  const picture = aim.querySelector("[data-aim-picture]");
  const mark = aim.querySelector("[data-aim-mark]");
  const cuts = aim.querySelector("[data-aim-cuts]");
  const boxes = ["focal_x", "focal_y"].map((name) => document.querySelector(`input[name=${name}]`));

  const show = () => {
    const [x, y] = boxes.map((box) => within(Number(box.value)));
    mark.style.insetInlineStart = `${x}%`;
    mark.style.insetBlockStart = `${y}%`;
    for (const cut of cuts.querySelectorAll("img")) {
      // As portal/renditions.py places cuts.
      cut.style.objectPosition = `${within(2 * x - 50)}% ${within(2 * y - 50)}%`;
    }
  };

  // Who may only look has no boxes.
  if (boxes.every(Boolean)) {
    picture.addEventListener("click", (event) => {
      boxes[0].value = within((100 * event.offsetX) / picture.clientWidth);
      boxes[1].value = within((100 * event.offsetY) / picture.clientHeight);
      show();
    });
    for (const box of boxes) box.addEventListener("input", show);
    mark.hidden = cuts.hidden = false;
    show();
  }
}
