// The drafts of long forms in this browser's storage, each under a name of its own.

const KEPT = 30 * 24 * 60 * 60 * 1_000; // milliseconds
const PREFIX = "draft:";

// A browser may refuse storage altogether, or have no room left.
function store(act) {
  try {
    act(localStorage);
    return true;
  } catch {
    return false;
  }
}

export const forget = (id) => store((storage) => storage.removeItem(PREFIX + id));

export function drafts() {
  const found = [];
  store((storage) => {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX)) found.push(JSON.parse(storage.getItem(key)));
    }
  });
  return found.sort((one, other) => other.at - one.at);
}

// Forgets what the server says is saved, and what nobody asked for in a month.
export function forgetSaved(path) {
  const saved = /(?:^|; )saved_drafts="?([\w.-]+)/.exec(document.cookie);
  for (const id of saved?.[1].split(".") ?? []) forget(id);
  if (saved) document.cookie = `saved_drafts=; path=${path}; max-age=0`;
  for (const { id, at } of drafts()) if (Date.now() - at > KEPT) forget(id);
}

// Says whether there was room for it.
export const put = (draft) =>
  store((storage) => storage.setItem(PREFIX + draft.id, JSON.stringify(draft)));

// While a page writes a draft it holds a lock of its name, which ends with it however it ends.
export function hold(id) {
  navigator.locks?.request(PREFIX + id, () => new Promise(() => {}));
}

// Returns the names of the drafts that open tabs write: nobody's to restore.
export async function held() {
  const { held: locks = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(locks.map(({ name }) => name.replace(PREFIX, "")));
}

export const newName = () =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
