// How this reader wants pages shown: theme, contrast, size of text. Kept in the browser alone.
//
// Not a module: it runs after the style sheet and before the first paint, so that no page
// flashes in colours that were not chosen. A choice answers the style sheet's own questions
// about the system in the system's place, so each theme is written down once (tokens.css).

(() => {
  const KEY = "hien-thi";
  const QUESTIONS = { theme: "(prefers-color-scheme: dark)", contrast: "(prefers-contrast: more)" };
  const YES = { theme: "dark", contrast: "more" };
  const choice = { theme: "auto", contrast: "auto", text: "normal" };
  const asked = [];

  function findQuestions(rules) {
    for (const rule of rules) {
      for (const [setting, question] of Object.entries(QUESTIONS)) {
        if (rule.media?.mediaText === question) asked.push({ setting, media: rule.media });
      }
      findQuestions(rule.cssRules ?? rule.styleSheet?.cssRules ?? []);
    }
  }

  function apply() {
    for (const { setting, media } of asked) {
      if (choice[setting] === "auto") media.mediaText = QUESTIONS[setting];
      else media.mediaText = choice[setting] === YES[setting] ? "screen" : "not all";
    }
    document.documentElement.dataset.textSize = choice.text;
  }

  function offer(panel) {
    panel.hidden = false;
    for (const input of panel.querySelectorAll("input")) {
      input.checked = choice[input.name] === input.value;
    }
    panel.addEventListener("change", ({ target }) => {
      choice[target.name] = target.value;
      apply();
      try {
        localStorage.setItem(KEY, JSON.stringify(choice));
      } catch {
        // A browser that keeps nothing shows this page as asked and forgets.
      }
    });
    panel.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
    document.addEventListener("click", ({ target }) => {
      if (!panel.contains(target)) panel.open = false;
    });
    panel.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !panel.contains(relatedTarget)) panel.open = false;
    });
  }

  try {
    Object.assign(choice, JSON.parse(localStorage.getItem(KEY)));
  } catch {
    // Storage is closed or holds what is not ours: the system decides.
  }
  for (const sheet of document.styleSheets) findQuestions(sheet.cssRules);
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-display]").forEach(offer);
  });
})();
