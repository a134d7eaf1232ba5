/* A phone: one person's chat with the bot. */
const COLOURS = ["#1f7a8c", "#8a5a9c", "#b0692a", "#3f7d4e", "#9c4a5a", "#4a63a8"];
const colourOf = (person) => COLOURS[person.id % COLOURS.length];
const phones = new Map();

function openPhone(id) {
  const node = $("#phone").content.firstElementChild.cloneNode(true);
  const part = (name) => $(name, node);
  const phone = {
    id, node, chat: part(".chat"), toast: part(".toast"), menu: part(".menu"), keys: part(".keys"), about: part(".about"),
    input: part("[data-input]"), drawn: new Map(), pressed: new Set(), correcting: null, atEnd: true,
  };
  phone.chat.onscroll = () => { phone.atEnd = phone.chat.scrollHeight - phone.chat.scrollTop - phone.chat.clientHeight < 90; };
  new ResizeObserver(() => toEnd(phone)).observe(phone.chat);
  node.dataset.person = id;
  part(".input").onsubmit = (event) => { event.preventDefault(); sendWords(phone); };
  phone.input.onkeydown = (event) => typed(event, phone);
  phone.input.oninput = () => { fit(phone.input); askInline(phone); };
  part("[data-menu]").onclick = () => toggleMenu(phone, "commands", commandsOf(phone));
  part("[data-attach]").onclick = () => toggleMenu(phone, "attach", attachmentsOf(phone));
  part("[data-forget]").onclick = () => beginCorrection(phone, null);
  part("[data-block]").onclick = () => post(`people/${id}/block`, { blocked: !personOf(id).blocked });
  phones.set(id, phone);
  return phone;
}

function fit(input) {
  input.style.height = "";
  if (input.value) input.style.height = Math.min(input.scrollHeight + 2, 130) + "px";
}

function typed(event, phone) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendWords(phone); }
  if (event.key === "Escape") { phone.menu.hidden = true; if (phone.correcting) beginCorrection(phone, null); }
  if (event.key === "ArrowUp" && !phone.input.value) {
    const own = personOf(phone.id).messages.filter((each) => each.mine && each.text && !each.kind && !each.via_bot).at(-1);
    if (own) { event.preventDefault(); beginCorrection(phone, own); }
  }
}

async function sendWords(phone) {
  const text = phone.input.value.trim(), corrected = phone.correcting;
  if (inlineOf(text) !== null) return;
  if (!text) return;
  if (corrected) beginCorrection(phone, null);
  phone.input.value = ""; fit(phone.input);
  phone.menu.hidden = true;
  if (corrected) await post(`people/${phone.id}/edit`, { message_id: corrected, text });
  else await say(phone.id, text);
}

const commandsOf = (phone) => personOf(phone.id).commands.map((each) => ["/" + each.command, each.description, () => say(phone.id, "/" + each.command)]);

function toggleMenu(phone, name, entries) {
  const close = !phone.menu.hidden && phone.menu.dataset.name === name;
  phone.menu.hidden = close;
  phone.menu.dataset.name = name;
  if (!entries.length) entries = [["—", "Буйруктар жок · Команд нет", () => {}]];
  phone.menu.replaceChildren(...entries.map(([sign, words, act]) => {
    const button = make("button"), mark = make("b");
    button.type = "button"; button.setAttribute("role", "menuitem");
    name === "attach" ? mark.append(icon(sign)) : (mark.textContent = sign);
    button.dataset[name === "attach" ? "send" + sign : "choice"] = sign;
    button.append(mark, make("span", "", words));
    button.onclick = () => { phone.menu.hidden = true; act(); };
    return button;
  }));
}

function drawPhone(phone) {
  const person = personOf(phone.id);
  drawHead(phone, person);
  const fresh = drawMessages(phone, person);
  drawEmpty(phone, person);
  drawKeys(phone, person.keyboard);
  if (fresh) phone.atEnd = true;
  toEnd(phone);
}

/* Whoever reads the newest message goes on reading it when a keyboard or menu opens below. */
function toEnd(phone) {
  if (phone.atEnd) phone.chat.scrollTop = phone.chat.scrollHeight;
}

function drawHead(phone, person) {
  const face = $(".face", phone.node), small = $(".who small", phone.node), block = $("[data-block]", phone.node);
  face.textContent = person.name[0]; face.style.background = colourOf(person);
  $(".who b", phone.node).textContent = person.name;
  small.textContent = person.blocked ? "бот бөгөттөлгөн · бот заблокирован" : person.typing ? "жазып жатат… · печатает…" : "@" + (state.bot.username || "");
  small.className = person.typing ? "typing" : "";
  block.setAttribute("aria-pressed", person.blocked);
  const pinned = $(".pinned", phone.node), held = person.messages.find((each) => each.id === person.pinned);
  pinned.hidden = !held;
  pinned.textContent = held ? "📌 " + (held.text || "…") : "";
  pinned.onclick = () => phone.drawn.get(person.pinned)?.node.scrollIntoView({ block: "center", behavior: "smooth" });
}

/* Only what changed is drawn anew, so that a playing voice or a chosen word stays as it is. */
function drawMessages(phone, person) {
  const kept = new Set(person.messages.map((message) => message.id));
  for (const [id, old] of phone.drawn) if (!kept.has(id)) { old.node.remove(); phone.drawn.delete(id); }
  let before = null, fresh = false;
  for (const message of person.messages) {
    const sign = JSON.stringify(message), old = phone.drawn.get(message.id);
    let node = old?.node;
    if (!old || old.sign !== sign) {
      node = drawMessage(message, phone);
      spin(node, phone);
      if (old) { old.node.replaceWith(node); node.classList.add("flash"); } else fresh = true;
      phone.drawn.set(message.id, { sign, node });
    }
    if (node.parentNode !== phone.chat || node.previousElementSibling !== before) before ? before.after(node) : phone.chat.prepend(node);
    before = node;
  }
  return fresh;
}

function drawEmpty(phone, person) {
  $(".empty", phone.chat)?.remove();
  if (person.messages.length && !person.blocked) return;
  const empty = make("div", "empty");
  if (!person.messages.length) empty.append(make("p", "", "Бул жерде маек башталат\nЗдесь начнётся разговор"));
  const start = make("button", "", person.blocked ? "Кайра баштоо · Возобновить" : "Баштоо · Начать");
  start.type = "button"; start.dataset.start = "";
  start.onclick = () => say(phone.id, "/start");
  empty.append(start);
  phone.chat.append(empty);
}

function drawKeys(phone, keyboard) {
  const sign = JSON.stringify(keyboard);
  if (phone.keys.dataset.sign === sign) return;
  phone.keys.dataset.sign = sign;
  phone.keys.hidden = !keyboard;
  phone.input.placeholder = keyboard?.input_field_placeholder || "Билдирүү · Сообщение";
  phone.keys.replaceChildren(...(keyboard?.keyboard || []).map((row) => {
    const line = make("div", "row");
    line.append(...row.map((key) => {
      const words = key.text || key, node = make("button", "key", words);
      node.type = "button"; node.dataset.key = words;
      node.onclick = () => post(`people/${phone.id}/key`, { text: words });
      return node;
    }));
    return line;
  }));
}
