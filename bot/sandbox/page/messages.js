/* One message of a chat: its words, what it carries, its buttons. */
const clockOf = (seconds) => new Date(seconds * 1000).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });

function drawMessage(message, phone) {
  const node = make("div", "message" + (message.mine ? " mine" : ""));
  node.dataset.message = message.id;
  const bubble = make("div", "bubble" + (message.kind === "sticker" ? " bare" : ""));
  if (message.forwarded) bubble.append(make("small", "origin", "↪ Кайра жөнөтүлдү · Переслано"));
  if (message.via_bot) bubble.append(make("small", "origin", "@" + state.bot.username));
  if (message.reply_to) bubble.append(quoted(message.reply_to, phone));
  const media = mediaOf(message);
  if (media) bubble.append(media);
  if (message.text) bubble.append(formatted(message.text, message.entities, phone.id));
  bubble.append(make("time", "", (message.edited ? "✎ " : "") + clockOf(message.date)));
  for (const each of message.reactions) bubble.append(make("span", "reaction", each));
  node.append(bubble);
  if (message.mine && message.text && !message.kind && !message.via_bot) node.append(correction(message, phone));
  if (message.buttons.length) node.append(drawButtons(message, phone));
  return node;
}

function quoted(id, phone) {
  const said = personOf(phone.id).messages.find((each) => each.id === id);
  const node = make("button", "quoted", said ? said.text || "…" : "…");
  node.type = "button";
  node.onclick = () => phone.drawn.get(id)?.node.scrollIntoView({ block: "center", behavior: "smooth" });
  return node;
}

function correction(message, phone) {
  const node = make("button", "correct");
  node.type = "button"; node.dataset.edit = message.id;
  node.title = "Түзөтүү · Исправить"; node.setAttribute("aria-label", node.title);
  node.append(icon("pen"));
  node.onclick = () => beginCorrection(phone, message);
  return node;
}

function drawButtons(message, phone) {
  const rows = make("div", "rows");
  for (const row of message.buttons) {
    const line = make("div", "row");
    line.append(...row.map((button) => drawButton(button, message, phone)));
    rows.append(line);
  }
  return rows;
}

function drawButton(button, message, phone) {
  const node = make("button", button.style ? "key " + button.style : "key");
  node.type = "button"; node.title = button.text;
  node.append(make("span", "", button.text));
  if (button.url) node.append(make("i", "", "↗"));
  node.dataset.button = button.callback_data || button.url || button.copy_text?.text || "";
  node.onclick = () => press(node, button, message, phone);
  return node;
}

async function press(node, button, message, phone) {
  if (button.url) {
    const payload = startOf(button.url);
    if (payload !== null) return say(phone.id, "/start " + payload);
    return window.open(button.url, "_blank", "noopener");
  }
  if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
    return toast(phone, "Көчүрүлдү · Скопировано");
  }
  if (!button.callback_data) return;
  phone.pressed.add(message.id + button.callback_data);
  node.setAttribute("aria-busy", "true");
  let answer = {};
  try {
    answer = await post(`people/${phone.id}/tap`, { message_id: message.id, data: button.callback_data });
  } finally {
    phone.pressed.delete(message.id + button.callback_data);
    for (const each of phone.node.querySelectorAll("[aria-busy]")) if (!isPressed(each, phone)) each.removeAttribute("aria-busy");
  }
  if (answer.text && answer.show_alert) await ask(answer.text, [["ok", "OK"]]);
  else if (answer.text) toast(phone, answer.text);
}

/* An edited message is drawn anew while its button still waits: the new one keeps spinning. */
const isPressed = (node, phone) => phone.pressed.has(node.closest(".message").dataset.message + node.dataset.button);

function spin(node, phone) {
  for (const each of node.querySelectorAll("[data-button]")) if (isPressed(each, phone)) each.setAttribute("aria-busy", "true");
}
