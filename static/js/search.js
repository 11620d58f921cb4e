// Suggestions under a search box: a combobox as the ARIA practices describe it. Without this
// file the box is a plain form.

const PAUSE = 150; // milliseconds without a key before the portal is asked

let boxes = 0;

function announce(status, count) {
  status.textContent = count ? `Có ${count} gợi ý, dùng phím mũi tên để chọn.` : "";
}

export function suggestFor(box) {
  const input = box.querySelector("input");
  const list = document.createElement("ul");
  const status = document.createElement("span");
  list.id = `goi-y-${++boxes}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Gợi ý");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  box.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let typed = input.value;
  let waiting;

  const options = () => [...list.children];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(waiting);
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    announce(status, 0);
  }

  function open(suggestions) {
    list.replaceChildren(
      ...suggestions.map((text, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.className = "suggestions__option";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        return option;
      }),
    );
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    announce(status, suggestions.length);
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    input.value = option?.textContent ?? typed;
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const asked = typed;
    const address = `${box.dataset.search}?q=${encodeURIComponent(asked.trim())}`;
    const answer = await fetch(address, { credentials: "omit" }).catch(() => null);
    // What was typed since then has asked for itself.
    if (!answer?.ok || asked !== typed || document.activeElement !== input) return;
    open((await answer.json()).suggestions);
  }

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(waiting);
    if (typed.trim().length < 2) close();
    else waiting = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const all = [null, ...options()];
    const place = all.indexOf(chosen());
    if (event.key === "Escape") {
      choose(null);
      close();
    } else if (event.key === "ArrowDown") choose(all[(place + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all.at(place - 1));
    else return;
    event.preventDefault();
  });

  // Before the box loses the focus, which would close the list under the finger.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (!option) return;
    choose(option);
    input.form.requestSubmit();
  });
  input.addEventListener("blur", close);
}
