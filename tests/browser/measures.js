// What the browser itself can say about the page it shows; each function returns the faults
// it found as lines of text. Evaluated in the page by tests/browser/test_pages.py.

({
  describe(element) {
    const classes = [...element.classList].map((name) => `.${name}`).join("");
    const text = (element.innerText ?? "").trim().slice(0, 40);
    return `${element.localName}${element.id && `#${element.id}`}${classes} “${text}”`;
  },

  isShown(element) {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
  },

  // Read aloud but not seen: a cut-off pixel, or outside of the page until it gets the focus.
  isForReadersOnly(element) {
    for (let around = element; around !== document.body; around = around.parentElement) {
      const { width, height, right, bottom } = around.getBoundingClientRect();
      const isCut = getComputedStyle(around).overflowX !== "visible";
      if (isCut && Math.min(width, height) <= 1) return true;
      if (right + scrollX <= 0 || bottom + scrollY <= 0) return true;
    }
    return false;
  },

  hasOwnText(element) {
    return [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
    );
  },

  shown(selector) {
    return [...document.querySelectorAll(selector)].filter(
      (element) => this.isShown(element) && !this.isForReadersOnly(element),
    );
  },

  sidewaysScroll() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = this.shown("body *")
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .filter((element) => !this.scrolls(element.parentElement));
    return [
      `the page is ${scrollWidth} px wide in a window of ${clientWidth}`,
      ...wide.slice(0, 5).map((element) => this.describe(element)),
    ];
  },

  // Whether the element or one around it scrolls or cuts sideways.
  scrolls(element) {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== "visible") return true;
    }
    return false;
  },

  // WCAG 2.5.8: 24 by 24 px. Links in a sentence are exempt; a label does what its control does.
  smallTargets() {
    const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, audio";
    return this.shown(selector)
      .filter((element) => !this.isInSentence(element) && !this.isLargeEnough(element))
      .filter((element) => ![...(element.labels ?? [])].some((label) => this.isLargeEnough(label)))
      .map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return `${this.describe(element)} ${width.toFixed(1)} × ${height.toFixed(1)} px`;
      });
  },

  isLargeEnough(element) {
    const { width, height } = element.getBoundingClientRect();
    return Math.min(width, height) >= 23.95;
  },

  isInSentence(element) {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, td, th, figcaption, caption, label, small, footer");
    return Boolean(block) && block.innerText.trim().length > element.innerText.trim().length;
  },

  // Stacked marks (Ữ, Ặ) reach 1.155 em above and 0.24 em below the baseline.
  tightLines() {
    return this.shown("body *")
      .filter((element) => this.hasOwnText(element) && !element.closest("svg, select, option"))
      .map((element) => {
        const { lineHeight, fontSize } = getComputedStyle(element);
        return [element, parseFloat(lineHeight) / parseFloat(fontSize), lineHeight];
      })
      .filter(([, ratio, written]) => written === "normal" || ratio < 1.394)
      .map(([element, ratio, written]) => `${this.describe(element)} ${written} = ${ratio}`);
  },

  // Text cut off by its own box, which cannot be scrolled.
  clippedText() {
    return this.shown("body *")
      .filter((element) => this.hasOwnText(element) || element.matches("a, button, h1, h2, h3"))
      .filter((element) => {
        const style = getComputedStyle(element);
        if (style.display === "inline") return false;
        const cutsAcross = /hidden|clip/.test(style.overflowX);
        const cutsDown = /hidden|clip/.test(style.overflowY);
        return (
          (cutsAcross && element.scrollWidth > element.clientWidth + 1) ||
          (cutsDown && element.scrollHeight > element.clientHeight + 1)
        );
      })
      .map((element) => this.describe(element));
  },

  // Lines of different blocks printed over each other.
  overlaps() {
    const boxes = [];
    for (const element of this.shown("body *")) {
      if (!this.hasOwnText(element) || element.closest("svg, select, option")) continue;
      if (this.scrolls(element.parentElement)) continue;
      const range = document.createRange();
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) boxes.push({ element, box });
      }
    }
    boxes.sort((one, other) => one.box.top - other.box.top);
    const found = new Set();
    for (const [index, { element, box }] of boxes.entries()) {
      for (let next = index + 1; next < boxes.length; next += 1) {
        const { element: other, box: below } = boxes[next];
        if (below.top >= box.bottom - box.height / 2) break;
        if (other === element || other.contains(element) || element.contains(other)) continue;
        const across = Math.min(box.right, below.right) - Math.max(box.left, below.left);
        if (across > 4) found.add(`${this.describe(element)} over ${this.describe(other)}`);
      }
    }
    return [...found];
  },

  outline() {
    const faults = [];
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const ones = headings.filter((heading) => heading.localName === "h1").length;
    if (ones !== 1) faults.push(`${ones} headings of level 1`);
    let before = 0;
    for (const heading of headings.filter((each) => this.isShown(each))) {
      const level = Number(heading.localName[1]);
      if (level > before + 1) faults.push(`h${before} is followed by ${this.describe(heading)}`);
      before = level;
    }
    return faults;
  },

  // What the keyboard reaches: where the focus is, whether it can be seen; null for nothing.
  async focus() {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const element = document.activeElement;
    if (element === document.body) return null;
    const faults = [];
    const box = element.getBoundingClientRect();
    const across = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
    const down = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    if (across < Math.min(box.width, 24) || down < Math.min(box.height, 16)) {
      faults.push("is outside of the window");
    }
    const [x, y] = this.middle(element);
    const top = document.elementFromPoint(x, y);
    const label = element.closest("label");
    if (!top || !(element.contains(top) || top.contains(element) || label?.contains(top))) {
      faults.push(`is covered by ${top ? this.describe(top) : "nothing visible"}`);
    }
    const style = getComputedStyle(element);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!hasOutline && style.boxShadow === "none") faults.push("shows no focus");
    const name = this.describe(element);
    return { name, path: this.path(element), faults: faults.map((fault) => `${name} ${fault}`) };
  },

  // A point inside the first line box of the element that lies in the window.
  middle(element) {
    const boxes = [...element.getClientRects()];
    const box =
      boxes.find((each) => each.top >= 0 && each.bottom <= innerHeight) ??
      element.getBoundingClientRect();
    const top = Math.max(box.top, 0);
    const bottom = Math.min(box.bottom, innerHeight);
    return [(box.left + box.right) / 2, (top + bottom) / 2];
  },

  path(element) {
    const parts = [];
    for (let each = element; each !== document.documentElement; each = each.parentElement) {
      parts.unshift([...each.parentElement.children].indexOf(each));
    }
    return parts.join("/");
  },
});
