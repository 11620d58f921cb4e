// Says in words, while a moment is typed, when an article will appear or expire. The sentences
// come from the server (news/schedule.py), which also says the stored moment without a script.

const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const OFFSET = 7 * 3600e3; // the department's clock, which knows no summer time
const MINUTE = 60e3;

function read(day, time) {
  const [, d, m, y] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(day) ?? [];
  const [, Y, M, D] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day) ?? [];
  const [, hours, minutes] = /^(\d{1,2})[:h](\d{2})(?::\d{2})?$/.exec(time) ?? [];
  if (!(d || D) || !hours) return null;
  const parts = [Number(y ?? Y), Number(m ?? M), Number(d ?? D), Number(hours), Number(minutes)];
  const local = new Date(0);
  local.setUTCFullYear(parts[0], parts[1] - 1, parts[2]);
  local.setUTCHours(parts[3], parts[4]);
  const isReal = local.getUTCMonth() === parts[1] - 1 && parts[3] < 24 && parts[4] < 60;
  return isReal ? local : null;
}

const two = (number) => String(number).padStart(2, "0");

function inWords(local) {
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
  const day = `${two(local.getUTCDate())}/${two(local.getUTCMonth() + 1)}`;
  return `${time} ${WEEKDAYS[local.getUTCDay()]}, ngày ${day}/${local.getUTCFullYear()}`;
}

function left(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} ngày`;
  if (hours >= 6 || (hours && minutes % 60 === 0)) return `${hours} giờ`;
  if (hours) return `${hours} giờ ${minutes % 60} phút`;
  return minutes ? `${minutes} phút` : "chưa đầy 1 phút";
}

function sentence(known, day, time) {
  if (!day && !time) return known.empty;
  const local = read(day, time);
  if (!local) return ""; // not typed to its end
  const wait = local.getTime() - OFFSET - Date.now();
  const isLate = wait > Number(known.yearsAhead) * 366 * 24 * 60 * MINUTE;
  if (local.getUTCFullYear() < Number(known.firstYear) || isLate) return known.refused;
  const chosen = wait > 0 ? known.future : known.past;
  return chosen.replace("{moment}", inWords(local)).replace("{left}", left(wait));
}

for (const output of document.querySelectorAll("[data-schedule]")) {
  const [day, time] = [0, 1].map((part) =>
    document.getElementById(`id_${output.dataset.schedule}_${part}`),
  );
  if (!day || !time) continue;
  const say = () => {
    const said = sentence(output.dataset, day.value.trim(), time.value.trim());
    if (output.textContent !== said) output.textContent = said;
  };
  // The admin's own shortcuts fill a box in and give it the focus, without any other event.
  for (const box of [day, time])
    for (const event of ["input", "change", "focus"]) box.addEventListener(event, say);
  setInterval(say, MINUTE);
  say();
}
