/* Text with entities becomes nodes: nothing a person or the bot wrote is ever read as HTML. */
const $ = (selector, root = document) => root.querySelector(selector);

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  return svg;
}

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const FINDABLE = /((?:https?:\/\/|t\.me\/)[^\s<>"]*[^\s<>".,!?;:)»]|(?<![\w/])\/[a-z][a-z0-9_]{0,31}(?![\w/]))/g;

function formatted(text, entities, person) {
  const holder = document.createDocumentFragment();
  put(holder, text, 0, text.length, entities || [], person);
  return holder;
}

function put(parent, text, from, to, entities, person) {
  let at = from;
  entities.forEach((entity, index) => {
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) return;
    plain(parent, text.slice(at, entity.offset), person);
    const inner = entities.slice(index + 1).filter((each) => each.offset + each.length <= end);
    const node = wrapped(entity, person);
    put(node, text, entity.offset, end, inner, person);
    parent.append(node);
    at = end;
  });
  plain(parent, text.slice(at, to), person);
}

function wrapped(entity, person) {
  if (entity.type === "text_link") return anchor(entity.url, person);
  const node = make(TAGS[entity.type] || "span");
  if (entity.type === "spoiler") {
    node.className = "spoiler"; node.tabIndex = 0;
    node.onclick = () => node.classList.add("open");
  }
  if (entity.type === "expandable_blockquote") {
    node.className = "folded";
    node.onclick = () => node.classList.toggle("folded");
  }
  return node;
}

/* Addresses and commands in plain words can be pressed, as in a real chat. */
function plain(parent, words, person) {
  /* A quotation stands on lines of its own: the line break after it is the end of its last one. */
  if (/^(BLOCKQUOTE|PRE)$/.test(parent.lastChild?.nodeName)) words = words.replace(/^\n/, "");
  words.split(FINDABLE).forEach((part, index) => {
    if (index % 2 === 0 || parent.closest?.("a, code, pre")) return parent.append(part);
    const node = part.startsWith("/") ? command(part, person) : anchor(part, person);
    node.textContent = part;
    parent.append(node);
  });
}

function command(words, person) {
  const node = make("a");
  node.href = "#"; node.dataset.command = words;
  node.onclick = (event) => { event.preventDefault(); say(person, words); };
  return node;
}

function anchor(url, person) {
  const payload = startOf(url);
  if (payload !== null) {
    const node = command("/start " + payload, person);
    node.dataset.deeplink = payload;
    return node;
  }
  const node = make("a");
  if (/^t\.me\//.test(url)) url = "https://" + url;
  if (/^(https?|tg):/.test(url)) { node.href = url; node.target = "_blank"; node.rel = "noopener noreferrer"; }
  return node;
}

/* The payload of a link to this very bot, or null. */
function startOf(words) {
  const found = words.trim().match(/^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)(?:\?start=([\w-]{0,64}))?$/)
    || words.trim().match(/^tg:\/\/resolve\?domain=(\w+)(?:&start=([\w-]{0,64}))?$/);
  return found && found[1].toLowerCase() === (state.bot.username || "").toLowerCase() ? found[2] || "" : null;
}
