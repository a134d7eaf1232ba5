/* A crowd that votes, so that a ranking has something to show. */
const REFUSED = {
  "no vote": "Азыр добуш берүү ачык эмес: алгач фасилитатор ачсын (/desk).\nСейчас голосование не открыто: сначала его открывает фасилитатор (/desk).",
  "no answer": "Бот азырынча жооп бербейт.\nБот пока не отвечает.",
};

async function callCrowd() {
  const size = state.crowd.size;
  const said = await ask(`Добуш берүү машыгуусу: ${size} тургун добуш берет.\nПроба голосования: проголосуют ${size} жителей.`, [["no", "Жокко чыгаруу · Отмена"], ["yes", "Баштоо · Начать"]]);
  if (said !== "yes") return;
  const { refused } = await post("crowd", {});
  if (refused) await ask(REFUSED[refused], [["yes", "OK"]]);
}

function drawCrowd(crowd) {
  const button = $("#crowd"), count = $("b", button);
  button.disabled = crowd.busy;
  button.setAttribute("aria-busy", crowd.busy);
  count.hidden = !crowd.busy && !crowd.voted;
  count.textContent = crowd.busy ? `${crowd.voted} / ${crowd.size}` : `✓ ${crowd.voted}`;
}

$("#crowd").onclick = callCrowd;
