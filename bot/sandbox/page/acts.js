/* What a person does: say, send, record, correct, answer a question of the page. */
async function post(path, body) {
  const options = body instanceof FormData
    ? { method: "POST", body }
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch("/api/" + path, options);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/* A pasted link to the bot is followed, not sent. */
function say(person, text) {
  const payload = startOf(text);
  return post(`people/${person}/say`, { text: payload === null ? text : ("/start " + payload).trim() });
}

function toast(phone, text) {
  phone.toast.textContent = text; phone.toast.hidden = false;
  clearTimeout(phone.fading);
  phone.fading = setTimeout(() => { phone.toast.hidden = true; }, 2600);
}

let asked = Promise.resolve();

/* One question at a time; the answer is the value of the pressed button, "" when it was closed. */
function ask(text, answers, fields = []) {
  asked = asked.then(() => {
    const dialog = $("#dialog"), form = $("#dialog-form");
    $("#dialog-text").textContent = text;
    const buttons = answers.map(([value, label]) => { const b = make("button", value === "no" ? "" : "main", label); b.value = value; return b; });
    form.onkeydown = (event) => {
      if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); buttons.at(-1).click(); }
    };
    const answersRow = make("div", "answers");
    answersRow.append(...buttons);
    form.replaceChildren(...fields, answersRow);
    dialog.returnValue = ""; dialog.showModal();
    (fields[0] || buttons.at(-1)).focus();
    return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
  });
  return asked;
}

const attachmentsOf = (phone) => [
  ["photo", "Сүрөт · Фото", () => choose(phone, "image/*", async (file) => sendFile(phone, "photo", await asPhoto(file), "photo.jpg"))],
  ["picture", "Үлгү сүрөт · Пример фото", async () => sendFile(phone, "photo", await samplePhoto(), "photo.jpg")],
  ["voice", "Үн жаздыруу · Записать голос", () => record(phone)],
  ["tone", "Үлгү үн · Пример голоса", () => sendFile(phone, "voice", sampleTone(), "voice.wav", { duration: 1 })],
  ["place", "Жайгашкан жер · Место", () => place(phone)],
  ["file", "Файл", () => choose(phone, "", (file) => sendFile(phone, "document", file, file.name))],
  ["smile", "Стикер", () => sendFile(phone, "sticker")],
];

function choose(phone, accept, use) {
  const field = $("input[type=file]", phone.node);
  field.accept = accept; field.value = "";
  field.onchange = () => field.files[0] && use(field.files[0]);
  field.click();
}

function sendFile(phone, kind, blob, name, more = {}) {
  const form = new FormData();
  form.append("kind", kind);
  for (const [key, value] of Object.entries(more)) form.append(key, value);
  if (blob) form.append("file", blob, name);
  if (kind === "photo" && phone.input.value.trim()) {
    form.append("caption", phone.input.value.trim().slice(0, 1024));
    phone.input.value = "";
  }
  return post(`people/${phone.id}/send`, form);
}

async function place(phone) {
  const latitude = make("input"), longitude = make("input");
  latitude.value = "40.58670"; longitude.value = "73.08910";
  latitude.inputMode = longitude.inputMode = "decimal";
  const said = await ask("Кеңдик жана узундук · Широта и долгота", [["no", "Жокко чыгаруу · Отмена"], ["yes", "Жөнөтүү · Отправить"]], [latitude, longitude]);
  const numbers = { latitude: latitude.value.replace(",", "."), longitude: longitude.value.replace(",", ".") };
  if (said === "yes") await sendFile(phone, "location", null, null, numbers).catch(() => toast(phone, "Сандар туура эмес · Числа неверны"));
}

async function record(phone) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return choose(phone, "audio/*", (file) => sendFile(phone, "voice", file, file.name));
  }
  const recorder = new MediaRecorder(stream), parts = [], began = Date.now();
  const stopped = new Promise((done) => { recorder.onstop = done; });
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  const said = await ask("Жаздырылып жатат… · Идёт запись…", [["no", "Жокко чыгаруу · Отмена"], ["yes", "Жөнөтүү · Отправить"]]);
  recorder.stop();
  await stopped;
  stream.getTracks().forEach((track) => track.stop());
  const duration = Math.max(1, Math.round((Date.now() - began) / 1000));
  if (said === "yes") await sendFile(phone, "voice", new Blob(parts, { type: recorder.mimeType }), "voice.ogg", { duration });
}

function beginCorrection(phone, message) {
  phone.correcting = message ? message.id : null;
  phone.about.hidden = !message;
  $("span", phone.about).textContent = message ? message.text : "";
  phone.input.value = message ? message.text : "";
  phone.input.focus();
}

/* What is typed after the bot's name, or null: such words are never sent, they only ask. */
function inlineOf(text) {
  const found = text.match(/^@(\w+)(?:\s+([^]*))?$/);
  return found && found[1].toLowerCase() === (state.bot.username || "").toLowerCase() ? found[2] || "" : null;
}

function askInline(phone) {
  clearTimeout(phone.asking);
  const text = inlineOf(phone.input.value);
  if (text === null) { if (phone.menu.dataset.name === "inline") phone.menu.hidden = true; return; }
  phone.asking = setTimeout(async () => {
    const offered = await post(`people/${phone.id}/inline`, { text });
    if (inlineOf(phone.input.value) === text) showOffered(phone, offered);
  }, 250);
}

function showOffered(phone, offered) {
  const done = () => { phone.input.value = ""; fit(phone.input); };
  const entries = offered.results.map((each) => [each.title, each.description, () => {
    done();
    return post(`people/${phone.id}/choose`, { query: offered.query, result: each.id });
  }]);
  const button = offered.button;
  if (button) entries.unshift(["↗", button.text, () => { done(); return say(phone.id, "/start " + button.start_parameter); }]);
  phone.menu.hidden = true;
  toggleMenu(phone, "inline", entries.length ? entries : [["—", "Эч нерсе табылган жок · Ничего не найдено", () => {}]]);
}
