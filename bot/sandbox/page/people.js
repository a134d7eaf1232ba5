/* Who is there, whose phones are open, and what is new. */
let state = { people: [], bot: {} };
let shown = recall("shown", []), read = recall("read", {}), split = recall("split", true);
const WIDE = 760, PHONE = 400;

function recall(name, otherwise) {
  try { return JSON.parse(localStorage.getItem("sandbox." + name)) ?? otherwise; } catch { return otherwise; }
}

function remember() {
  for (const [name, value] of Object.entries({ shown, read, split })) localStorage.setItem("sandbox." + name, JSON.stringify(value));
}

const personOf = (id) => state.people.find((person) => person.id === id);
const room = () => (split && innerWidth > WIDE ? Math.max(1, Math.min(3, Math.floor(innerWidth / PHONE))) : 1);

function draw() {
  shown = shown.filter(personOf);
  const spare = state.people.map((person) => person.id).filter((id) => !shown.includes(id));
  while (shown.length < Math.min(room(), state.people.length) && (!shown.length || !recall("shown", null))) shown.push(spare.shift());
  shown = shown.slice(-room());
  const order = state.people.map((person) => person.id).filter((id) => shown.includes(id));
  const open = order.map((id) => phones.get(id) || openPhone(id));
  const now = [...$("#phones").children];
  if (open.length !== now.length || open.some((phone, i) => phone.node !== now[i])) $("#phones").replaceChildren(...open.map((phone) => phone.node));
  open.forEach(drawPhone);
  if (!document.hidden) for (const id of shown) read[id] = personOf(id).messages.at(-1)?.id || 0;
  drawPeople();
  if (state.crowd) drawCrowd(state.crowd);
  remember();
}

function drawPeople() {
  let unreadInAll = 0;
  const nodes = state.people.map((person) => {
    const node = make("button", "person"), face = make("span", "dot", person.name[0]);
    face.style.background = colourOf(person); face.ariaHidden = "true";
    node.append(face, make("span", "name", person.name));
    node.type = "button"; node.dataset.choose = person.id;
    node.setAttribute("aria-pressed", shown.includes(person.id));
    const unread = person.messages.filter((message) => !message.mine && message.id > (read[person.id] || 0)).length;
    if (unread) { const badge = make("span", "badge", unread); badge.dataset.unread = unread; node.append(badge); }
    unreadInAll += unread;
    node.onclick = () => choosePerson(person.id);
    return node;
  });
  const focused = document.activeElement?.dataset?.choose;
  $("#people").replaceChildren(...nodes);
  if (focused) $(`[data-choose="${focused}"]`)?.focus();
  document.title = (unreadInAll ? `(${unreadInAll}) ` : "") + "bap-bot · сыноо · проба";
}

/* Opens a phone beside the others while there is room; a second press puts it away. */
function choosePerson(id) {
  if (shown.includes(id) && shown.length > 1) shown = shown.filter((each) => each !== id);
  else shown = [...shown.filter((each) => each !== id), id].slice(-room());
  remember(); draw();
  phones.get(id)?.node.scrollIntoView({ block: "nearest" });
}

let asking = null, again = false, soon;

/* One question to the server at a time; whoever asks meanwhile gets an answer that is newer than the asking. */
function refresh() {
  again = true;
  asking ||= fetchState().finally(() => { asking = null; });
  return asking;
}

async function fetchState() {
  try {
    while (again) { again = false; state = await (await fetch("/api/state")).json(); draw(); }
    clearTimeout(soon);
    if (state.people.some((person) => person.typing)) soon = setTimeout(refresh, 1500);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; /* the line is broken: the events come back by themselves */
  }
}

async function addPerson() {
  const name = make("input"), language = make("select");
  name.value = "Тургун · Житель " + (state.people.length + 1); name.maxLength = 40; name.setAttribute("aria-label", "Аты · Имя");
  for (const [code, words] of [["ky", "Кыргызча"], ["ru", "Русский"], ["en", "English"]]) { const option = make("option", "", words); option.value = code; language.append(option); }
  language.setAttribute("aria-label", "Тил · Язык");
  const said = await ask("Жаңы адам · Новый человек", [["no", "Жокко чыгаруу · Отмена"], ["yes", "Кошуу · Добавить"]], [name, language]);
  if (said !== "yes" || !name.value.trim()) return;
  const person = await post("people", { name: name.value, language: language.value });
  await refresh(); choosePerson(person.id);
}

async function wipe() {
  const said = await ask("Бардык маектерди жана маалыматты өчүрөсүзбү?\nСтереть все разговоры и данные?", [["no", "Жок · Нет"], ["yes", "Ооба · Да"]]);
  if (said !== "yes") return;
  read = {};
  await post("wipe", {});
  for (const phone of phones.values()) phone.node.remove();
  phones.clear();
  await refresh();
}

function toggleSplit() {
  split = !split;
  if (!split) shown = shown.slice(-1); else localStorage.removeItem("sandbox.shown");
  $("#split").setAttribute("aria-pressed", split);
  draw();
}

$("#add").onclick = addPerson;
$("#wipe").onclick = wipe;
$("#split").onclick = toggleSplit;
$("#split").setAttribute("aria-pressed", split);
const events = new EventSource("/api/events");
events.onmessage = refresh;
events.onopen = () => { $("#lost").hidden = true; refresh(); };
events.onerror = () => { $("#lost").hidden = false; };
addEventListener("resize", draw);
document.addEventListener("visibilitychange", draw);
