"use strict";
const $ = (selector, root = document) => root.querySelector(selector);
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
const COLOURS = ["#1f7a8c", "#8a5a9c", "#b0692a", "#3f7d4e", "#9c4a5a", "#4a63a8"];
const phones = new Map();
let state = { people: [], bot: {} };
let shown = JSON.parse(localStorage.getItem("shown") || "[]");
let split = localStorage.getItem("split") !== "no";
let read = JSON.parse(localStorage.getItem("read") || "{}");

async function post(path, body) {
  const options = body instanceof FormData
    ? { method: "POST", body }
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch("/api/" + path, options);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/* Text with entities becomes nodes: nothing a person or the bot wrote is ever read as HTML. */
function formatted(text, entities, person) {
  const holder = document.createDocumentFragment();
  const put = (parent, from, to, rest) => {
    let at = from;
    rest.forEach((entity, index) => {
      const end = entity.offset + entity.length;
      if (entity.offset < at || end > to) return;
      plain(parent, text.slice(at, entity.offset), person);
      const inner = rest.slice(index + 1).filter((e) => e.offset >= entity.offset && e.offset + e.length <= end);
      const node = wrapped(entity, text.slice(entity.offset, end), person);
      put(node, entity.offset, end, inner);
      parent.append(node);
      at = end;
    });
    plain(parent, text.slice(at, to), person);
  };
  put(holder, 0, text.length, entities || []);
  return holder;
}

function wrapped(entity, words, person) {
  const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
  if (entity.type === "text_link") return anchor(entity.url, person);
  return make(tags[entity.type] || "span", entity.type === "spoiler" ? "spoiler" : "");
}

function plain(parent, words, person) {
  words.split(/((?:https?:\/\/|t\.me\/)\S+)/).forEach((part, index) => {
    if (index % 2 === 0) return parent.append(part);
    const node = anchor(part, person);
    node.textContent = part;
    parent.append(node);
  });
}

function anchor(url, person) {
  const node = make("a");
  const payload = startOf(url);
  if (payload !== null) {
    node.href = "#";
    node.onclick = (event) => { event.preventDefault(); say(person, "/start " + payload); };
  } else if (/^(https?|tg):/.test(url)) {
    node.href = url; node.target = "_blank"; node.rel = "noopener noreferrer";
  }
  return node;
}

function startOf(words) {
  const found = words.trim().match(/^(?:https?:\/\/)?t\.me\/\w+\?start=([\w-]+)$/);
  return found ? found[1] : null;
}

function say(person, text) {
  const payload = startOf(text);
  return post(`people/${person}/say`, { text: payload === null ? text : "/start " + payload });
}

function mediaOf(message) {
  if (!message.kind) return null;
  const media = message.media || {};
  const source = "/api/file/" + encodeURIComponent(media.file_id || "");
  if (message.kind === "photo") { const image = make("img"); image.src = source; image.alt = "📷"; return image; }
  if (message.kind === "voice") { const audio = make("audio"); audio.controls = true; audio.src = source; return audio; }
  if (message.kind === "sticker") return make("span", "", media.emoji || "🙂");
  const card = make(message.kind === "document" ? "a" : "div", "card");
  card.append(make("span", "sign", message.kind === "document" ? "⬇" : "📍"));
  if (message.kind === "document") {
    card.href = source; card.download = media.file_name || "file"; card.dataset.document = media.file_name || "";
    card.append(make("span", "", `${media.file_name} · ${Math.ceil((media.file_size || 0) / 1024)} KB`));
  } else {
    card.append(make("span", "", `${media.latitude.toFixed(5)}, ${media.longitude.toFixed(5)}`));
  }
  return card;
}

function drawMessage(message, phone) {
  const node = make("div", "message" + (message.mine ? " mine" : ""));
  node.dataset.message = message.id;
  const bubble = make("div", "bubble");
  const media = mediaOf(message);
  if (media) bubble.append(media);
  if (message.text) bubble.append(formatted(message.text, message.entities, phone.id));
  const clock = new Date(message.date * 1000).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
  bubble.append(make("time", "", (message.edited ? "✎ " : "") + clock));
  if (message.mine && message.text && !message.kind) {
    bubble.title = "Түзөтүү үчүн эки жолу басыңыз · Дважды нажмите, чтобы исправить";
    bubble.ondblclick = () => correct(message, phone);
  }
  node.append(bubble);
  if (message.buttons.length) node.append(drawButtons(message, phone));
  return node;
}

function drawButtons(message, phone) {
  const rows = make("div", "rows");
  for (const row of message.buttons) {
    const line = make("div", "row");
    for (const button of row) {
      const node = make("button", "", button.text);
      node.type = "button"; node.title = button.text;
      node.dataset.button = button.callback_data || button.url || "";
      node.onclick = () => press(node, button, message, phone);
      line.append(node);
    }
    rows.append(line);
  }
  return rows;
}

async function press(node, button, message, phone) {
  if (button.url) {
    const payload = startOf(button.url);
    if (payload !== null) return say(phone.id, "/start " + payload);
    return window.open(button.url, "_blank", "noopener");
  }
  if (button.copy_text) return navigator.clipboard.writeText(button.copy_text.text);
  node.setAttribute("aria-busy", "true");
  try {
    const answer = await post(`people/${phone.id}/tap`, { message_id: message.id, data: button.callback_data });
    if (answer.text) answer.show_alert ? ask(answer.text, [["ok", "OK"]]) : toast(phone, answer.text);
  } finally { node.removeAttribute("aria-busy"); }
}

async function correct(message, phone) {
  const field = make("input"); field.value = message.text;
  const said = await ask("Түзөтүү · Исправить", [["no", "Жок · Отмена"], ["yes", "Сактоо · Сохранить"]], [field]);
  if (said === "yes" && field.value.trim()) await post(`people/${phone.id}/edit`, { message_id: message.id, text: field.value });
}

function toast(phone, text) {
  phone.toast.textContent = text; phone.toast.hidden = false;
  clearTimeout(phone.fading);
  phone.fading = setTimeout(() => { phone.toast.hidden = true; }, 2600);
}

function ask(text, answers, fields = []) {
  const dialog = $("#dialog"), form = $("#dialog-form");
  $("#dialog-text").textContent = text;
  form.replaceChildren(...fields, ...answers.map(([value, label]) => { const b = make("button", "", label); b.value = value; return b; }));
  dialog.returnValue = ""; dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

function openPhone(id) {
  const node = $("#phone").content.firstElementChild.cloneNode(true);
  const phone = { id, node, chat: $(".chat", node), toast: $(".toast", node), menu: $(".menu", node), keys: $(".keys", node), drawn: new Map() };
  node.dataset.person = id;
  const input = $("[data-input]", node);
  const send = async () => { const text = input.value.trim(); if (!text) return; input.value = ""; input.style.height = ""; await say(id, text); };
  $(".input", node).onsubmit = (event) => { event.preventDefault(); send(); };
  input.onkeydown = (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); } };
  input.oninput = () => { input.style.height = ""; input.style.height = input.scrollHeight + "px"; };
  $("[data-menu]", node).onclick = () => toggleMenu(phone, commandsOf(phone));
  $("[data-attach]", node).onclick = () => toggleMenu(phone, attachmentsOf(phone));
  $("[data-block]", node).onclick = () => post(`people/${id}/block`, { blocked: !personOf(id).blocked });
  phones.set(id, phone);
  return phone;
}

const personOf = (id) => state.people.find((person) => person.id === id);

function toggleMenu(phone, entries) {
  const same = !phone.menu.hidden && phone.menu.childElementCount === entries.length && phone.menu.dataset.first === entries[0]?.[1];
  phone.menu.hidden = same || !entries.length;
  phone.menu.dataset.first = entries[0]?.[1] || "";
  phone.menu.replaceChildren(...entries.map(([title, words, act]) => {
    const button = make("button"); button.type = "button";
    button.append(make("b", "", title), make("span", "", words));
    button.onclick = () => { phone.menu.hidden = true; act(); };
    return button;
  }));
}

const commandsOf = (phone) => personOf(phone.id).commands.map((each) => ["/" + each.command, each.description, () => say(phone.id, "/" + each.command)]);

function attachmentsOf(phone) {
  return [
    ["📷", "Сүрөт тандоо · Выбрать фото", () => choose(phone, "photo", "image/*")],
    ["🖼", "Үлгү сүрөт · Пример фото", async () => sendFile(phone, "photo", await samplePhoto(), "photo.png")],
    ["🎤", "Үн жаздыруу · Записать голос", () => record(phone)],
    ["📍", "Жайгашкан жер · Место", () => place(phone)],
    ["📄", "Файл · Файл", () => choose(phone, "document", "*/*")],
    ["🙂", "Стикер · Стикер", () => sendFile(phone, "sticker")],
  ];
}

function choose(phone, kind, accept) {
  const field = $("input[type=file]", phone.node);
  field.accept = accept; field.value = "";
  field.onchange = () => field.files[0] && sendFile(phone, kind, field.files[0], field.files[0].name);
  field.click();
}

function sendFile(phone, kind, blob, name, more = {}) {
  const form = new FormData();
  form.append("kind", kind);
  for (const [key, value] of Object.entries(more)) form.append(key, value);
  if (blob) form.append("file", blob, name);
  const caption = $("[data-input]", phone.node);
  if (kind === "photo" && caption.value.trim()) { form.append("caption", caption.value.trim()); caption.value = ""; }
  return post(`people/${phone.id}/send`, form);
}

async function place(phone) {
  const latitude = make("input"), longitude = make("input");
  latitude.value = "40.58670"; longitude.value = "73.08910";
  const said = await ask("📍 Кеңдик жана узундук · Широта и долгота", [["no", "Жок · Отмена"], ["yes", "Жөнөтүү · Отправить"]], [latitude, longitude]);
  if (said === "yes") await sendFile(phone, "location", null, null, { latitude: latitude.value, longitude: longitude.value });
}

async function record(phone) {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new MediaRecorder(stream), parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
    await ask("🎤 Жаздырылып жатат… · Идёт запись…", [["ok", "Токтотуу · Остановить"]]);
    await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
    stream.getTracks().forEach((track) => track.stop());
    await sendFile(phone, "voice", new Blob(parts, { type: recorder.mimeType }), "voice.ogg");
  } catch { await sendFile(phone, "voice", sampleTone(), "voice.wav"); }
}

/* One second of a quiet tone, for a machine without a microphone. */
function sampleTone() {
  const rate = 8000, bytes = new DataView(new ArrayBuffer(44 + rate * 2));
  const word = (at, text) => [...text].forEach((letter, i) => bytes.setUint8(at + i, letter.charCodeAt(0)));
  word(0, "RIFF"); bytes.setUint32(4, 36 + rate * 2, true); word(8, "WAVEfmt "); bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true); bytes.setUint32(24, rate, true); bytes.setUint32(28, rate * 2, true);
  bytes.setUint16(32, 2, true); bytes.setUint16(34, 16, true); word(36, "data"); bytes.setUint32(40, rate * 2, true);
  for (let i = 0; i < rate; i++) bytes.setInt16(44 + i * 2, Math.sin(i / 6) * 6000 * Math.exp(-i / 4000), true);
  return new Blob([bytes], { type: "audio/wav" });
}

function samplePhoto() {
  const canvas = make("canvas"); canvas.width = 640; canvas.height = 420;
  const pen = canvas.getContext("2d");
  const paint = (colour, points) => { pen.fillStyle = colour; pen.beginPath(); points.forEach(([x, y]) => pen.lineTo(x, y)); pen.fill(); };
  pen.fillStyle = "#bfdcea"; pen.fillRect(0, 0, 640, 420);
  paint("#7d93a0", [[0, 250], [140, 110], [260, 230], [400, 90], [640, 260], [640, 420], [0, 420]]);
  paint("#7c9a5e", [[0, 260], [640, 240], [640, 420], [0, 420]]);
  paint("#8d8577", [[250, 420], [310, 250], [335, 250], [430, 420]]);
  paint("#4b443b", [[315, 330], [360, 326], [372, 352], [322, 356]]);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function drawPhone(phone) {
  const person = personOf(phone.id);
  if (!person) return;
  const face = $(".face", phone.node);
  face.textContent = person.name[0]; face.style.background = COLOURS[person.id % COLOURS.length];
  $(".who b", phone.node).textContent = person.name;
  $(".who small", phone.node).textContent = person.blocked ? "бот бөгөттөлгөн · бот заблокирован" : "@" + (state.bot.username || "");
  $("[data-block]", phone.node).setAttribute("aria-pressed", person.blocked);
  const atEnd = phone.chat.scrollHeight - phone.chat.scrollTop - phone.chat.clientHeight < 80;
  const kept = new Set();
  let before = null, fresh = false;
  for (const message of person.messages) {
    kept.add(message.id);
    const sign = JSON.stringify(message), old = phone.drawn.get(message.id);
    let node = old?.node;
    if (!old || old.sign !== sign) {
      node = drawMessage(message, phone);
      if (old) { old.node.replaceWith(node); node.classList.add("flash"); } else fresh = true;
      phone.drawn.set(message.id, { sign, node });
    }
    if (node.previousElementSibling !== before || node.parentNode !== phone.chat) before ? before.after(node) : phone.chat.prepend(node);
    before = node;
  }
  for (const [id, old] of phone.drawn) if (!kept.has(id)) { old.node.remove(); phone.drawn.delete(id); }
  drawEmpty(phone, person);
  drawKeys(phone, person);
  if (fresh || atEnd) phone.chat.scrollTop = phone.chat.scrollHeight;
  read[person.id] = person.messages.at(-1)?.id || 0;
}

function drawEmpty(phone, person) {
  $(".empty", phone.chat)?.remove();
  if (person.messages.length) return;
  const empty = make("div", "empty", "Бул жерде маек башталат · Здесь начнётся разговор");
  const start = make("button", "", "START"); start.dataset.start = ""; start.onclick = () => say(phone.id, "/start");
  empty.append(make("br"), start);
  phone.chat.append(empty);
}

function drawKeys(phone, person) {
  const keyboard = [...person.messages].reverse().find((message) => !message.mine)?.keyboard;
  phone.keys.hidden = !keyboard;
  phone.keys.replaceChildren(...(keyboard || []).map((row) => {
    const line = make("div", "row");
    line.append(...row.map((key) => { const b = make("button", "", key.text || key); b.type = "button"; b.onclick = () => say(phone.id, key.text || key); return b; }));
    return line;
  }));
}

function drawPeople() {
  $("#people").replaceChildren(...state.people.map((person) => {
    const node = make("button", "person", person.name);
    node.dataset.choose = person.id; node.setAttribute("aria-pressed", shown.includes(person.id));
    const unread = person.messages.filter((message) => !message.mine && message.id > (read[person.id] || 0)).length;
    if (unread && !shown.includes(person.id)) node.append(make("span", "badge", unread));
    node.onclick = () => choosePerson(person.id);
    return node;
  }));
}

function choosePerson(id) {
  const room = split && innerWidth > 760 ? Math.max(1, Math.min(3, Math.floor(innerWidth / 430))) : 1;
  if (shown.includes(id) && room > 1 && shown.length > 1) shown = shown.filter((each) => each !== id);
  else shown = [...shown.filter((each) => each !== id), id].slice(-room);
  draw();
}

function draw() {
  shown = shown.filter((id) => personOf(id));
  if (!shown.length && state.people.length) shown = (split && innerWidth > 1280 ? state.people.slice(0, 3) : state.people.slice(0, 1)).map((person) => person.id);
  const order = state.people.map((person) => person.id).filter((id) => shown.includes(id));
  const nodes = order.map((id) => phones.get(id) || openPhone(id));
  const wanted = nodes.map((phone) => phone.node), now = [...$("#phones").children];
  if (wanted.length !== now.length || wanted.some((node, i) => node !== now[i])) $("#phones").replaceChildren(...wanted);
  nodes.forEach(drawPhone);
  drawPeople();
  localStorage.setItem("shown", JSON.stringify(shown)); localStorage.setItem("read", JSON.stringify(read));
}

let asking = false, again = false;
async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do { again = false; state = await (await fetch("/api/state")).json(); draw(); } while (again);
  } finally { asking = false; }
}

$("#add").onclick = async () => {
  const name = make("input"); name.placeholder = "Аты · Имя"; name.value = "Тургун · Житель " + (state.people.length + 1);
  const language = make("select");
  for (const [code, words] of [["ky", "Кыргызча"], ["ru", "Русский"]]) { const option = make("option", "", words); option.value = code; language.append(option); }
  const said = await ask("Жаңы адам · Новый человек", [["no", "Жок · Отмена"], ["yes", "Кошуу · Добавить"]], [name, language]);
  if (said !== "yes") return;
  const person = await post("people", { name: name.value, language: language.value });
  await refresh(); choosePerson(person.id);
};
$("#split").onclick = (event) => {
  split = !split; localStorage.setItem("split", split ? "yes" : "no");
  event.currentTarget.setAttribute("aria-pressed", split); shown = split ? shown : shown.slice(-1); draw();
};
$("#split").setAttribute("aria-pressed", split);
$("#wipe").onclick = async () => {
  const said = await ask("Бардык маектерди жана маалыматты өчүрөсүзбү?\nСтереть все разговоры и данные?", [["no", "Жок · Нет"], ["yes", "Ооба · Да"]]);
  if (said !== "yes") return;
  await post("wipe", {}); phones.clear(); read = {}; await refresh();
};
const events = new EventSource("/api/events");
events.onmessage = refresh;
events.onerror = () => setTimeout(refresh, 1500);
addEventListener("resize", draw);
refresh();
