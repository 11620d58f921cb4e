// The sentence being read, marked in an article's text; a click on another goes there. The
// page's markup stays as it is: browsers mark ranges, and where they do not, the paragraph.

const TEXT = ".article h1, .article__lead, .article .prose";
const BLOCK = "p, li, h1, h2, h3, h4, td, th, caption, blockquote";
const USED = "a, button, input, select, summary, label";
const SHORT = 20; // letters; so few may stand anywhere,
const NEAR = 300; // so they count only where they follow closely
const squeezed = (text) => text.replace(/\s+/gu, "");

// Returns the range of each sentence, null where the text does not have it (a table announced).
function find(sentences) {
  const places = [];
  let letters = "";
  for (const part of document.querySelectorAll(TEXT)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = 0; at < node.length; at += 1) {
        if (/\s/u.test(node.data[at])) continue;
        letters += node.data[at];
        places.push([node, at]);
      }
    }
  }
  let from = 0;
  return sentences.map(([, , sentence]) => {
    const wanted = squeezed(sentence);
    const at = wanted ? letters.indexOf(wanted, from) : -1;
    if (at < 0 || (wanted.length < SHORT && at - from > NEAR)) return null;
    from = at + wanted.length;
    const range = new Range();
    const [last, end] = places[from - 1];
    range.setStart(...places[at]);
    range.setEnd(last, end + 1);
    return range;
  });
}

function placeOf(event) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    return caret && [caret.offsetNode, caret.offset];
  }
  const caret = document.caretRangeFromPoint?.(event.clientX, event.clientY);
  return caret && [caret.startContainer, caret.startOffset];
}

function mark(range) {
  if (window.Highlight && CSS.highlights) {
    if (range) CSS.highlights.set("reading", new Highlight(range));
    else CSS.highlights.delete("reading");
    return;
  }
  document.querySelector("[data-read]")?.removeAttribute("data-read");
  range?.startContainer.parentElement.closest(BLOCK)?.setAttribute("data-read", "");
}

function isSeen(range) {
  const { top, bottom } = range.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function scrollTo(range) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = scrollY + range.getBoundingClientRect().top - innerHeight / 3;
  window.scrollTo({ top, behavior: still ? "auto" : "smooth" });
}

// Returns what is told the time of the sound, and marks the sentence heard then.
export function follow(sentences, audio) {
  const ranges = find(sentences);
  let current = null;

  function show(seconds) {
    const number = sentences.findLastIndex(([start]) => start <= seconds);
    const range = audio.ended ? null : (ranges[number] ?? null);
    if (range === current) return;
    // Who scrolled away, or has just moved in the sound, is left where they are.
    const goesAlong = !audio.paused && current && range && isSeen(current) && !isSeen(range);
    mark(range);
    current = range;
    if (goesAlong) scrollTo(range);
  }

  audio.addEventListener("seeking", () => {
    mark(null);
    current = null;
  });
  audio.addEventListener("ended", () => show(0));
  document.querySelector(".article").addEventListener("click", (event) => {
    if (event.target.closest(USED) || !getSelection().isCollapsed) return;
    const place = placeOf(event);
    const number = place ? ranges.findIndex((range) => range?.isPointInRange(...place)) : -1;
    if (number >= 0) [audio.currentTime] = sentences[number];
  });
  return show;
}
