// Proof of work, reckoned in a thread of its own while somebody types. The same as feedback/work.py:
// numbers that, behind the SHA-256 of token and part, give a small SHA-256. Written out, because
// browsers offer SHA-256 to encrypted pages alone, and slower for short texts.

const START = new Int32Array(8);
const ROUNDS = new Int32Array(64);
const words = new Int32Array(64);
const state = new Int32Array(8);

function prepareConstants() {
  for (let number = 2, found = 0; found < 64; number += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= number; factor += 1) {
      if (number % factor === 0) isPrime = false;
    }
    if (!isPrime) continue;
    const fraction = (root) => ((number ** root % 1) * 2 ** 32) | 0;
    if (found < 8) START[found] = fraction(1 / 2);
    ROUNDS[found++] = fraction(1 / 3);
  }
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));

// Adds the block in ``words`` to the state. In plain variables: this is what takes the time.
function add() {
  for (let i = 16; i < 64; i += 1) {
    const early = words[i - 15];
    const late = words[i - 2];
    words[i] =
      words[i - 16] +
      (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) +
      words[i - 7] +
      (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const one =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (g ^ (e & (f ^ g))) + ROUNDS[i] + words[i]) |
      0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

// Returns the eight words of a short text's SHA-256.
function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const blocks = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, place) => blocks.setUint8(place, byte));
  blocks.setUint8(bytes.length, 0x80);
  blocks.setUint32(blocks.byteLength - 4, bytes.length * 8);
  state.set(START);
  for (let at = 0; at < blocks.byteLength; at += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = blocks.getInt32(at + 4 * i);
    add();
  }
  return state.slice();
}

// Returns the first number behind a seed whose SHA-256 begins below the bound.
function find(seed, bound) {
  const block = new Int32Array(16);
  block.set(seed);
  block[9] = 0x80000000; // the mark after 36 bytes: eight words of the seed and the number
  block[15] = 36 * 8;
  for (let number = 0; ; number += 1) {
    block[8] = number;
    words.set(block);
    state.set(START);
    add();
    if (state[0] >>> 0 < bound) return number;
  }
}

prepareConstants();
addEventListener("message", ({ data: { token, name, parts, tries } }) => {
  const bound = Math.floor((2 ** 32 * parts) / tries);
  const numbers = [];
  for (let part = 0; part < parts; part += 1) {
    numbers.push(find(sha256(`${token}|${name}|${part}`), bound));
    postMessage({ share: (part + 1) / parts });
  }
  postMessage({ solution: `${name}:${numbers.join(".")}` });
});
