"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const bar = one(".bar"), search = one('input[type="search"]'), only = one("#only"), place = one(".steps output");
  const notes = all(".note"), rows = all("main .s"), marks = all("mark[data-f]");
  const byId = new Map(notes.map((note) => [note.dataset.id, note]));
  const ranks = ["neutral", "minor", "major", "critical"];
  const texts = new Map();
  let shown = notes, current = -1, lit = [], pinned = null;

  // what a mark stands for: its findings, and the labels it prints, kept because the filter rewrites both
  const marked = marks.map((mark) => ({
    mark, ids: mark.dataset.f.split(" "), labels: (mark.dataset.n || "").split(" ").filter(Boolean), found: mark.classList.contains("hl"),
  }));

  const text = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLocaleLowerCase().normalize("NFC").replace(/[\u00a0\u202f]/g, " "));
    return texts.get(row);
  };

  function filter() {
    const severities = new Set(all('.chip[aria-pressed="true"]').map((chip) => chip.dataset.s));
    const category = one('[data-filter="c"]').value, code = one('[data-filter="k"]').value;
    const query = search.value.trim().toLocaleLowerCase().normalize("NFC").replace(/[\u00a0\u202f]/g, " ");
    const passes = (note) => severities.has(note.dataset.s) && (!code || note.dataset.k === code)
      && (!category || note.dataset.c === category || note.dataset.c.startsWith(category + "/"));
    const kept = new Set(notes.filter(passes).map((note) => note.dataset.id));
    for (const { mark, ids, labels, found } of marked) {
      const left = ids.filter((id) => kept.has(id));
      mark.classList.toggle("off", !left.length);
      if (!found || !left.length) continue;
      const numbers = new Set(left.map((id) => byId.get(id).dataset.n));
      mark.dataset.n = labels.filter((label) => numbers.has(label)).join(" ");
      if (!mark.dataset.n) mark.removeAttribute("data-n");
      const worst = Math.max(...left.map((id) => ranks.indexOf(byId.get(id).dataset.s)));
      mark.classList.remove(...ranks);
      mark.classList.add(ranks[worst]);
    }
    for (const note of notes) note.hidden = !kept.has(note.dataset.id);
    for (const row of rows) {
      const some = one(".note:not([hidden]), mark.hl:not(.off)", row);
      row.hidden = (only.checked && !some) || (query && !text(row).includes(query));
    }
    for (const note of all(".whole .note")) note.hidden = note.hidden || (query && !text(note).includes(query));
    for (const whole of all(".whole")) whole.hidden = !one(".note:not([hidden])", whole);
    shown = notes.filter((note) => !note.hidden && !note.closest(".s[hidden]"));
    one(".empty").hidden = rows.some((row) => !row.hidden) || !rows.length;
    if (pinned && !kept.has(pinned)) let_go();
    current = shown.findIndex((note) => note.dataset.id === pinned);
    say();
  }

  const say = () => { place.textContent = current < 0 ? String(shown.length) : `${current + 1} of ${shown.length}`; };

  function light(id) {
    for (const element of lit) element.classList.remove("on");
    const note = byId.get(id);
    lit = note ? [note, ...all(`mark[data-f~="${id}"]:not(.off)`, note.closest("article"))] : [];
    for (const element of lit) element.classList.add("on");
  }

  function pin(id) { pinned = id; light(id); current = shown.findIndex((note) => note.dataset.id === id); say(); }
  function let_go() { pinned = null; light(null); }

  // of several findings on one stretch: the one that covers least of the text
  function idOf(target) {
    const note = target.closest?.(".note");
    if (note) return note.dataset.id;
    const mark = target.closest?.("mark[data-f]:not(.off)");
    if (!mark) return null;
    const size = (id) => all(`mark[data-f~="${id}"]`, mark.closest("p")).reduce((sum, m) => sum + m.textContent.length, 0);
    const ids = mark.dataset.f.split(" ").filter((id) => !byId.get(id).hidden);
    return ids.sort((a, b) => size(a) - size(b))[0] || null;
  }

  function step(by) {
    if (!shown.length) return;
    const next = current < 0 ? (by > 0 ? 0 : shown.length - 1) : (current + by + shown.length) % shown.length;
    const note = shown[next], id = note.dataset.id;
    pin(id);
    (note.closest(".s") || note).scrollIntoView({ block: "center" });
    note.focus({ preventScroll: true });
  }

  document.addEventListener("pointerover", (event) => { const id = idOf(event.target); light(id || pinned); });
  document.addEventListener("focusin", (event) => { const id = idOf(event.target); if (id) light(id); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("button, summary, a, label, select, input")) return;
    const id = idOf(event.target);
    if (id) pin(id); else let_go();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { let_go(); document.activeElement.blur(); return; }
    if (event.target.matches?.("input[type=search], select")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "/") { event.preventDefault(); bar.classList.add("open"); search.focus(); }
  });
  all("[data-step]").forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
  all(".chip").forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    filter();
  }));
  all("[data-filter]").forEach((select) => select.addEventListener("change", filter));
  only.addEventListener("change", filter);
  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  one(".more").addEventListener("click", (event) => {
    event.target.setAttribute("aria-expanded", String(bar.classList.toggle("open")));
  });
  one(".theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  const follow = () => { const id = location.hash.match(/^#n(\d+-\d+)$/)?.[1]; if (byId.has(id)) pin(id); };
  addEventListener("hashchange", follow);
  bar.hidden = false;
  filter();
  follow();
})();
