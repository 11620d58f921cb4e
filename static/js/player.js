// A player of ours around the browser's: speed, position remembered here alone, the sentence
// being read shown in the text, the keys of a phone's lock screen. Without it the browser's stays.

const KEPT = "nghe"; // { speed, at: { article: seconds } }
const MOST_KEPT = 30; // articles
const STEP = 10; // seconds
const canBeRemembered = (seconds, duration) => seconds > 5 && seconds < duration - 5;

function kept() {
  try {
    return { at: {}, ...JSON.parse(localStorage.getItem(KEPT)) };
  } catch {
    return { at: {} }; // the browser keeps nothing, or somebody changed it
  }
}

function keep(change) {
  const all = kept();
  change(all);
  all.at = Object.fromEntries(Object.entries(all.at).slice(-MOST_KEPT));
  try {
    localStorage.setItem(KEPT, JSON.stringify(all));
  } catch {
    // Listening goes on without.
  }
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

// Returns `load`, which gives the player another sound: an <audio> that says what it is of.
export function attach(place, { previous, next } = {}) {
  const audio = place.querySelector("audio");
  const part = (name) => place.querySelector(`[data-${name}]`);
  const [play, seek, now, whole] = ["play", "seek", "now", "whole"].map(part);
  const [speed, resume, failure] = ["speed", "resume", "failure"].map(part);
  let about = audio.dataset;
  let along = null; // what shows the sentence being read
  let saved = 0;

  const duration = () => Number(about.duration);
  const go = (seconds) => {
    audio.currentTime = Math.max(0, Math.min(seconds, duration()));
    show();
  };
  const start = () => audio.play().catch(() => {}); // its own event says why
  const toggle = () => (audio.paused ? start() : audio.pause());

  function remember() {
    const seconds = audio.currentTime;
    saved = seconds;
    keep((all) => {
      delete all.at[about.article];
      if (canBeRemembered(seconds, duration())) all.at[about.article] = Math.floor(seconds);
    });
  }

  function show() {
    const seconds = Math.min(audio.currentTime, duration());
    seek.value = seconds;
    seek.setAttribute("aria-valuetext", `${clock(seconds)} trên ${clock(duration())}`);
    now.textContent = clock(seconds);
    along?.(audio.currentTime);
  }

  function tellPhone() {
    const session = navigator.mediaSession;
    if (!session) return;
    const { title, artist, artwork } = about;
    session.metadata = new MediaMetadata({
      title,
      artist,
      artwork: artwork ? [{ src: artwork }] : [],
    });
    const keys = {
      play: start,
      pause: () => audio.pause(),
      seekbackward: () => go(audio.currentTime - STEP),
      seekforward: () => go(audio.currentTime + STEP),
      seekto: ({ seekTime }) => go(seekTime),
      previoustrack: previous ?? null,
      nexttrack: next ?? null,
    };
    for (const [key, act] of Object.entries(keys)) session.setActionHandler(key, act);
  }

  function tellPosition() {
    navigator.mediaSession?.setPositionState?.({
      duration: duration(),
      playbackRate: audio.playbackRate,
      position: Math.min(audio.currentTime, duration()),
    });
  }

  async function readAlong() {
    const { sentences } = about;
    if (!sentences || along) return;
    along = () => {}; // asked for once
    try {
      const [{ follow }, answer] = await Promise.all([import("./reading.js"), fetch(sentences)]);
      if (answer.ok) along = follow(await answer.json(), audio);
    } catch {
      // The sound is heard without.
    }
  }

  function offer() {
    const seconds = kept().at[about.article];
    resume.hidden = !canBeRemembered(seconds, duration());
    resume.textContent = `Nghe tiếp từ ${clock(seconds ?? 0)}`;
    resume.onclick = () => {
      go(seconds);
      start();
      play.focus();
    };
  }

  function load(other) {
    if (other !== audio) audio.src = other.src;
    about = other.dataset;
    seek.max = Math.ceil(duration());
    whole.textContent = clock(duration());
    audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value);
    failure.hidden = true;
    saved = 0;
    offer();
    show();
  }

  audio.addEventListener("play", () => {
    play.textContent = "Tạm dừng";
    resume.hidden = failure.hidden = true;
    tellPhone();
    readAlong();
  });
  audio.addEventListener("pause", () => {
    play.textContent = "Nghe tiếp";
    remember();
  });
  audio.addEventListener("timeupdate", () => {
    show();
    if (Math.abs(audio.currentTime - saved) >= 5) remember();
  });
  for (const event of ["playing", "seeked", "ratechange"]) {
    audio.addEventListener(event, tellPosition);
  }
  audio.addEventListener("ended", () => {
    play.textContent = "Nghe lại";
    remember(); // nothing: it was heard to its end
    next?.();
  });
  audio.addEventListener("error", () => {
    failure.hidden = false;
    play.textContent = "Nghe";
  });
  play.addEventListener("click", toggle);
  seek.addEventListener("input", () => go(Number(seek.value)));
  speed.addEventListener("change", () => {
    audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value);
    keep((all) => {
      all.speed = speed.value;
    });
  });
  place.addEventListener("keydown", (event) => {
    if (event.target === speed || event.altKey || event.ctrlKey || event.metaKey) return;
    const keys = {
      k: toggle,
      ArrowLeft: () => go(audio.currentTime - STEP),
      ArrowRight: () => go(audio.currentTime + STEP),
    };
    if (event.target === seek) keys[" "] = toggle; // elsewhere it presses what has the focus
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const wanted = kept().speed;
  if ([...speed.options].some(({ value }) => value === wanted)) speed.value = wanted;
  audio.controls = false;
  part("controls").hidden = false;
  load(audio);
  return { load, start };
}

for (const place of document.querySelectorAll("[data-player]")) attach(place);
