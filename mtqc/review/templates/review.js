// The article page: findings by keyboard, decisions, corrections. Text from outside enters by textContent only.
import { Outbox, get } from "./outbox.js";
import { Writing } from "./writing.js";

const data = JSON.parse(document.getElementById("data").textContent);
const { words } = data;
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const notes = all(".note");
const byKey = new Map(notes.map((note) => [note.dataset.finding, note]));
const dock = one(".dock"), toast = one(".toast"), banner = one(".banner"), saved = one("#saved");
const ranks = ["neutral", "minor", "major", "critical"];
const fill = (text, slots) => text.replace(/%\((\w+)\)s/g, (_, name) => slots[name]);
let last = data.last, undoable = data.undo, current = null, toastTimer;

const isOpen = (note) => note.dataset.status === "open" && !note.classList.contains("sending");
const isPhone = () => matchMedia("(max-width: 46rem)").matches;
const rowOf = (note) => note.closest(".s");

// --- going from finding to finding

function choose(note, { scroll = true, focus = true } = {}) {
  if (current) current.removeAttribute("aria-current");
  for (const element of all(".here, mark.on")) element.classList.remove("here", "on");
  current = note;
  if (!note) { dock.hidden = true; return; }
  note.setAttribute("aria-current", "true");
  rowOf(note)?.classList.add("here");
  light();
  if (scroll) (rowOf(note) || note).scrollIntoView({ block: isPhone() ? "start" : "center" });
  if (focus) note.focus({ preventScroll: true });
  if (scroll) show_whole(note);
  say_dock();
}

// a card far below its sentence must not stay under the dock
function show_whole(note) {
  const box = note.getBoundingClientRect(), floor = innerHeight - dock.offsetHeight - 12;
  if (box.bottom > floor) scrollBy(0, Math.min(box.bottom - floor, box.top - one(".bar").offsetHeight - 12));
}

function in_view(note) {
  const box = (rowOf(note) || note).getBoundingClientRect();
  return box.top >= one(".bar").offsetHeight && box.bottom <= innerHeight - dock.offsetHeight;
}

function light() {
  if (!current) return;
  for (const mark of all(`mark[data-f~="${current.dataset.finding}"]`)) mark.classList.add("on");
}

function say_dock() {
  dock.hidden = !current;
  if (!current) return;
  const { severity, status, same, ofRule } = current.dataset;
  one(".pos", dock).textContent = fill(words.place, { n: notes.indexOf(current) + 1, total: notes.length });
  one(".what", dock).textContent = one(".msg", current).textContent;
  one(".what", dock).className = `what ${severity}`;
  one('select[data-act="severity"]', dock).value = severity;
  one('[data-act="take"]', dock).disabled = !("takes" in current.dataset);
  one('[data-act="dismiss-everywhere"]', dock).disabled = one('[data-act="accept-everywhere"]', dock).disabled = same === "0";
  one('[data-act="dismiss-rule"]', dock).disabled = ofRule === "0";
  one('[data-act="edit"]', dock).disabled = !rowOf(current);
  one('[data-act="accept"]', dock).setAttribute("aria-pressed", status === "accepted");
  one('[data-act="dismiss"]', dock).setAttribute("aria-pressed", status === "dismissed");
  for (const button of all('[data-act="undo"]')) button.disabled = !undoable;
}

function forward() {
  const at = notes.indexOf(current);
  const next = [...notes.slice(at + 1), ...notes.slice(0, at + 1)].find(isOpen);
  if (next) choose(next);
  else finished();
}

function back() {
  const at = current ? notes.indexOf(current) : notes.length;
  if (notes.length) choose(notes[(at - 1 + notes.length) % notes.length]);
}

function finished() {
  const onward = one(".onward");
  onward.hidden = false;
  onward.scrollIntoView({ block: "center" });
  one("[data-onward]", onward).focus();
}

// --- deciding

function decide(act, more = {}) {
  if (!current) return;
  const note = current;
  if (act === "take" && !("takes" in note.dataset)) return say_toast(words.no_suggestion);
  if (act.endsWith("-everywhere") && note.dataset.same === "0") act = act.replace("-everywhere", "");
  send({ do: act, finding: note.dataset.finding, ...more }, note);
  if (act !== "severity" && act !== "comment") {
    note.classList.add("sending");
    one("[data-verdict]", note).textContent = words.saving;
    forward();
  }
}

function send(body, note) {
  const view = { article: data.article, page: data.page, query: data.query };
  outbox.add({ seen: last, ...view, ...body }, { finding: note?.dataset.finding });
}

function undo() {
  if (!undoable || outbox.waiting().some((item) => item.body.do === "undo")) return;
  send({ do: "undo", undoes: undoable });
}

const outbox = new Outbox(data.run, {
  saved(answer, item) {
    sending(item, false);
    if (item.body.do === "edit") writing.done(item.body);
    const was_open = current && isOpen(current);
    take_in_if_here(answer, item);
    say_toast(answer.message, answer.undo);
    if (was_open && !isOpen(current) && item.body.do !== "undo") forward();
    if (answer.focus && byKey.has(answer.focus) && item.body.do === "undo") choose(byKey.get(answer.focus));
  },
  conflict(answer, item) {
    sending(item, false);
    take_in_if_here(answer, item);
    writing.conflict(answer, item, (seen) => outbox.add({ ...item.body, seen }, item.about));
  },
  refused(message, item) {
    sending(item, false);
    refresh(true);
    say_banner(fill(words.refused, { why: message }));
    if (byKey.has(item.about?.finding)) choose(byKey.get(item.about.finding));
  },
  changed(state, waiting, why, detail) {
    saved.dataset.state = state;
    saved.textContent = state === "waiting" ? fill(words.waiting, { n: waiting }) : words[state];
    for (const note of all(".note.sending")) one("[data-verdict]", note).textContent = state === "waiting" ? words.unsaved : words.saving;
    if (state === "waiting") say_banner(`${words[why]} ${detail}`.trim());
    else if (banner.dataset.why) say_banner("");
    banner.dataset.why = state === "waiting" ? why : "";
  },
});

// what a closed tab left behind may be about another article, or another page of this one
function take_in_if_here(answer, { body }) {
  if (body.article === data.article && body.page === data.page && body.query === data.query) take_in(answer);
  else refresh(true);
}

function sending(item, on) {
  const note = byKey.get(item.about?.finding);
  if (!note) return;
  note.classList.toggle("sending", on);
  one("[data-verdict]", note).textContent = "";
}

// --- what the server says

function take_in(answer) {
  last = Math.max(last, answer.last);
  undoable = answer.undo;
  const under_way = new Set(outbox.read().map((item) => item.about?.finding));  // another tab may have sent ours
  for (const note of all(".note.sending")) note.classList.toggle("sending", under_way.has(note.dataset.finding));
  for (const [key, [status, severity, comment, verdict]] of Object.entries(answer.findings)) {
    const note = byKey.get(key);
    if (!note) continue;
    note.dataset.status = status;
    if (note.dataset.severity !== severity) {
      note.classList.replace(note.dataset.severity, severity);
      note.dataset.severity = severity;
      one(".sev", note).textContent = words.severities[severity];
    }
    if (!note.classList.contains("sending")) one("[data-verdict]", note).textContent = verdict;
    one("[data-remark]", note).textContent = comment;
  }
  for (const [name, sentence] of Object.entries(answer.sentences)) reword(document.getElementById(name), sentence);
  paint();
  const progress = one("[data-progress]");
  progress.dataset.open = answer.open;
  one("[data-progress-text]", progress).textContent = answer.progress;
  one("progress", progress).value = answer.total ? answer.total - answer.open : 1;
  const onward = one(".onward"), link = one("[data-onward]", onward);
  one("[data-onward-text]", onward).textContent = answer.onward.text;
  link.textContent = answer.onward.label;
  link.href = answer.onward.href;
  if (answer.open) onward.hidden = onward.contains(document.activeElement) ? onward.hidden : true;
  else onward.hidden = false;
  document.title = document.title.replace(/: [^:]*$/, `: ${answer.title}`);
  say_dock();
}

function reword(row, sentence) {
  if (!row) return;
  row.classList.toggle("edited", Boolean(sentence.by));
  if (sentence.raw) row.dataset.raw = sentence.raw; else delete row.dataset.raw;
  const place = one("[data-text]", row);
  if (place) place.replaceChildren(...sentence.pieces.map(piece));
  one("[data-gone]", row).hidden = Boolean(sentence.pieces.some(([text]) => text));
  one("[data-was]", row).hidden = !sentence.by;
  one("[data-was-by]", row).textContent = sentence.by;
  one("[data-was-text]", row).replaceChildren(...sentence.runs.map(([text, kind]) => {
    if (kind === "same") return document.createTextNode(text);
    const element = document.createElement(kind === "other" ? "ins" : "del");
    element.textContent = text;
    return element;
  }));
}

function piece([text, ids, found, labels]) {
  if (!ids.length) return document.createTextNode(text);
  const mark = document.createElement("mark");
  mark.textContent = text;
  mark.dataset.f = ids.join(" ");
  mark.className = found ? "hl neutral" : "cp";
  if (labels) mark.dataset.n = labels;
  if (!text) mark.classList.add("place");
  return mark;
}

function paint() {
  for (const mark of all("mark.hl")) {
    const owners = mark.dataset.f.split(" ").map((key) => byKey.get(key)).filter(Boolean);
    const open = owners.filter((note) => note.dataset.status === "open");
    const worst = Math.max(0, ...(open.length ? open : owners).map((note) => ranks.indexOf(note.dataset.severity)));
    mark.classList.remove(...ranks);
    mark.classList.add(ranks[worst]);
    mark.classList.toggle("done", !open.length);
  }
  light();
}

async function refresh(force = false) {
  try {
    const query = new URLSearchParams(data.query);
    query.set("page", data.page);
    query.set("after", force ? 0 : last);
    const answer = await get(`/article/${data.article}/state?${query}`);
    if (answer.status === 204) return heard(true);
    if (!answer.ok) return heard(false, answer.status === 403 ? "locked" : "broken");
    const news = await answer.json();
    take_in(news);
    if (news.news) say_toast(news.news);
    writing.news(news);
    heard(true);
  } catch { heard(false, "offline"); }
}

function heard(answered, why) {
  if (!answered && !banner.dataset.why) { say_banner(words[why]); banner.dataset.why = why; }
  if (answered && banner.dataset.why && outbox.state !== "waiting") { say_banner(""); banner.dataset.why = ""; }
  if (answered && outbox.state === "waiting") outbox.flush();
}

function say_banner(text) { banner.textContent = text; banner.hidden = !text; }

function say_toast(text, canUndo = 0) {
  one("span", toast).textContent = text;
  one("button", toast).hidden = !canUndo;
  toast.hidden = !text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 8000);
}

// --- hands

function unfold(on) {
  dock.classList.toggle("open", on);
  one('[data-act="more"]', dock).setAttribute("aria-expanded", String(on));
}

const writing = new Writing({ data, words, seen: () => last, send, say_toast, current: () => current, choose, fill, decide });

const acts = {
  next: forward, previous: back, undo,
  accept: () => decide("accept"), "accept-everywhere": () => decide("accept-everywhere"),
  dismiss: () => decide("dismiss"), "dismiss-rule": () => decide("dismiss-rule"), "dismiss-everywhere": () => decide("dismiss-everywhere"),
  take: () => decide("take"), edit: () => writing.edit(), comment: () => writing.comment(),
  ...Object.fromEntries(ranks.map((severity) => [severity, () => decide("severity", { severity })])),
  back() { const details = current && rowOf(current) && one(".bt", rowOf(current)); if (details) details.open = !details.open; },
  overview() { location.href = "/"; },
  search() { one(".filters-bar details").open = true; one('[data-filters] [name="q"]').focus(); },
  help() { one("#help").showModal(); },
  close() { unfold(false); toast.hidden = true; },
  more() { unfold(!dock.classList.contains("open")); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (event.target.matches?.("input, select, textarea")) return;
  const digit = event.code.match(/^Digit([1-4])$/)?.[1];
  const act = data.keys[event.key] || (digit && data.keys[digit]);
  if (!act || (!data.keysOn && event.key.length === 1 && event.key !== "?")) return;
  event.preventDefault();
  if (!event.repeat || act === "next" || act === "previous") acts[act]?.();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button && acts[button.dataset.act] && button.tagName === "BUTTON") {
    acts[button.dataset.act]();
    if (button.dataset.act !== "more") unfold(false);
    return;
  }
  if (event.target.closest("a, button, summary, input, select, textarea, label, dialog")) return;
  const note = event.target.closest(".note") || smallest(event.target.closest("mark[data-f]"));
  if (note) choose(note, { scroll: false });
});
one('select[data-act="severity"]', dock).addEventListener("change", (event) => {
  decide("severity", { severity: event.target.value });
  current?.focus({ preventScroll: true });
});
one("[data-filters]").addEventListener("change", (event) => { if (event.target.matches("select")) event.currentTarget.submit(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });

// of several findings on one stretch: the one that covers least of the text
function smallest(mark) {
  if (!mark) return null;
  const size = (key) => all(`mark[data-f~="${key}"]`, mark.closest("p")).reduce((sum, m) => sum + m.textContent.length, 0);
  return mark.dataset.f.split(" ").sort((a, b) => size(a) - size(b)).map((key) => byKey.get(key)).find(Boolean);
}

for (const item of outbox.waiting()) if (byKey.has(item.about?.finding)) byKey.get(item.about.finding).classList.add("sending");
setInterval(() => { if (!document.hidden) refresh(); }, data.every);
const wished = byKey.get(location.hash.slice(2));
const first = wished || notes.find(isOpen) || notes[0];
if (first) { choose(first, { scroll: false }); if (!in_view(first)) choose(first); }
writing.restore();
