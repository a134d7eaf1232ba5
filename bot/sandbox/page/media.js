/* Photos, voice notes, places and files, as a chat shows them. */
const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

function mediaOf(message) {
  const show = { photo, voice, sticker, document: fileCard, location: placeCard, venue: placeCard, contact: contactCard };
  return show[message.kind]?.(message.media || {}) || null;
}

const addressOf = (media) => "/api/file/" + encodeURIComponent(media.file_id || "");

function photo(media) {
  const image = make("img");
  image.src = addressOf(media); image.alt = "Сүрөт · Фото";
  image.width = media.width; image.height = media.height; image.loading = "lazy";
  image.onclick = () => window.open(image.src, "_blank", "noopener");
  return image;
}

function voice(media) {
  const audio = make("audio");
  audio.controls = true; audio.src = addressOf(media); audio.preload = "metadata";
  audio.setAttribute("aria-label", "Үн билдирүүсү · Голосовое сообщение");
  return audio;
}

const sticker = (media) => make("span", "sticker", media.emoji || "🙂");

function card(sign, title, small, tag = "div") {
  const node = make(tag, "card"), mark = make("span", "sign"), words = make("span", "words");
  mark.append(icon(sign));
  words.append(make("b", "", title), make("small", "", small));
  node.append(mark, words);
  return node;
}

function fileCard(media) {
  const name = media.file_name || "file";
  const node = card("file", name, size(media.file_size || 0), "a");
  node.href = addressOf(media); node.download = name; node.dataset.document = name;
  return node;
}

function placeCard(media) {
  const place = media.location || media;
  const numbers = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  const node = card("place", media.title || "Жайгашкан жер · Место", [media.address, numbers].filter(Boolean).join(" · "));
  node.dataset.place = numbers;
  return node;
}

const contactCard = (media) => card("smile", media.first_name || "", media.phone_number || "");

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

/* A broken footbridge in the mountains, drawn here so that no file is needed. */
function samplePhoto() {
  const canvas = make("canvas"); canvas.width = 800; canvas.height = 560;
  const pen = canvas.getContext("2d");
  const fill = (colour, points) => { pen.fillStyle = colour; pen.beginPath(); points.forEach(([x, y]) => pen.lineTo(x, y)); pen.fill(); };
  const sky = pen.createLinearGradient(0, 0, 0, 320);
  sky.addColorStop(0, "#9cc7e4"); sky.addColorStop(1, "#e6eff0");
  pen.fillStyle = sky; pen.fillRect(0, 0, 800, 560);
  fill("#8ba0b0", [[0, 300], [150, 130], [260, 240], [430, 90], [600, 250], [700, 180], [800, 270], [800, 400], [0, 400]]);
  fill("#f4f7f8", [[150, 130], [190, 172], [150, 165], [118, 168]]);
  fill("#f4f7f8", [[430, 90], [485, 142], [440, 132], [378, 148]]);
  fill("#86a563", [[0, 320], [300, 290], [800, 330], [800, 560], [0, 560]]);
  fill("#5f93ad", [[300, 560], [380, 300], [440, 300], [560, 560]]);
  fill("#6b4f36", [[150, 420], [390, 402], [396, 424], [150, 446]]);
  fill("#6b4f36", [[500, 404], [680, 420], [680, 446], [520, 432]]);
  fill("#54402d", [[404, 420], [440, 486], [424, 494], [394, 430]]);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}

/* A photo is sent as Telegram's own clients send it: no larger than 1280, as JPEG. */
async function asPhoto(file) {
  const image = await createImageBitmap(file);
  const shrink = Math.min(1, 1280 / Math.max(image.width, image.height));
  const canvas = make("canvas");
  canvas.width = Math.round(image.width * shrink); canvas.height = Math.round(image.height * shrink);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.87));
}
