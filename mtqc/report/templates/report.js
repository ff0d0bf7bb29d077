"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const words = JSON.parse(one("#words").textContent);
  const bar = one(".bar"), search = one('input[type="search"]'), only = one("#only"), place = one(".steps output");
  const order = one("[data-sort]"), ranked = one("#ranked"), help = one("#help");
  const articles = all("main article"), parts = all("main .part");
  const ranks = ["neutral", "minor", "major", "critical"];
  const notes = all(".note").map((element) => ({
    element, id: element.dataset.id, severity: element.dataset.s, category: element.dataset.c, code: element.dataset.k,
    kept: true, row: null, marks: [],
  }));
  const byId = new Map(notes.map((note) => [note.id, note]));
  const rows = articles.flatMap((article) => all(".s", article).map((element) => ({
    element, article, notes: [], found: [], quality: element.dataset.q === undefined ? 101 : Number(element.dataset.q), text: null,
  })));
  for (const [index, row] of rows.entries()) {
    row.index = index;
    for (const element of all(".note", row.element)) {
      const note = byId.get(element.dataset.id);
      note.row = row;
      row.notes.push(note);
    }
  }
  const wide = notes.filter((note) => !note.row);
  for (const note of wide) note.article = note.element.closest("article");

  // what a mark stands for: its findings, and the labels it prints, kept because the filter rewrites both
  const marked = [];
  for (const row of rows) {
    for (const element of all("mark[data-f]", row.element)) {
      const found = element.classList.contains("hl");
      const mark = {
        element, found, notes: element.dataset.f.split(" ").map((id) => byId.get(id)),
        labels: (element.dataset.n || "").split(" ").filter(Boolean), state: "",
      };
      marked.push(mark);
      for (const note of mark.notes) note.marks.push(mark);
      if (found) row.found.push(mark);
    }
  }
  const markOf = new Map(marked.map((mark) => [mark.element, mark]));
  let shown = notes, current = -1, lit = [], pinned = null;

  const folded = (text) => text.toLocaleLowerCase().normalize("NFC").replace(/[\u00a0\u202f]/g, " ").replace(/[’ʼ]/g, "'");
  const textOf = (row) => (row.text ??= folded(row.element.textContent));

  function repaint(mark) {
    const left = mark.notes.filter((note) => note.kept);
    const state = left.map((note) => note.id).join(" ");
    if (state === mark.state) return;
    mark.state = state;
    const { classList, dataset } = mark.element;
    classList.toggle("off", !left.length);
    if (!mark.found || !left.length) return;
    const numbers = new Set(left.map((note) => note.element.dataset.n));
    const labels = mark.labels.filter((label) => numbers.has(label)).join(" ");
    if (labels) dataset.n = labels; else delete dataset.n;
    classList.remove(...ranks);
    classList.add(ranks[Math.max(...left.map((note) => ranks.indexOf(note.severity)))]);
  }

  function show(element, yes) { if (element.hidden === yes) element.hidden = !yes; }

  function filter() {
    const chosen = (name) => one(`[data-filter="${name}"]`)?.value || "";
    const severities = new Set(all('.chip[aria-pressed="true"]').map((chip) => chip.dataset.s));
    const category = chosen("c"), code = chosen("k"), only_in = chosen("a"), query = folded(search.value.trim());
    for (const note of notes) {
      note.kept = severities.has(note.severity) && (!code || note.code === code)
        && (!category || note.category === category || note.category.startsWith(category + "/"));
    }
    for (const mark of marked) repaint(mark);
    const alive = new Set();
    for (const row of rows) {
      row.shown = (!only_in || row.article.id === only_in) && (!query || textOf(row).includes(query))
        && (!only.checked || row.notes.some((note) => note.kept) || row.found.some((mark) => mark.state));
      show(row.element, row.shown);
      if (row.shown) alive.add(row.element.parentElement).add(ranked.hidden ? row.article : ranked);
    }
    for (const note of notes) {
      note.shown = note.kept && (note.row ? note.row.shown : (!only_in || note.article.id === only_in)
        && (!query || folded(note.element.textContent).includes(query)));
      show(note.element, note.row ? note.kept : note.shown);
      if (note.shown && !note.row) alive.add(note.article);
    }
    const free = !only.checked && !query && !code && !category && !only_in && ranked.hidden;
    for (const article of articles) show(article, free || alive.has(article));
    for (const part of all("main .part")) show(part, alive.has(part));
    for (const whole of all(".whole")) show(whole, wide.some((note) => note.shown && whole.contains(note.element)));
    shown = inOrder(notes.filter((note) => note.shown));
    show(one(".empty"), !free && !rows.some((row) => row.shown) && !shown.length);
    if (pinned && !byId.get(pinned).shown) letGo();
    current = shown.findIndex((note) => note.id === pinned);
    say();
  }

  const inOrder = (some) => (ranked.hidden ? some.sort(byPlace) : some.sort((a, b) => byRank(a.row, b.row) || byPlace(a, b)));
  const position = new Map(notes.map((note, at) => [note, at]));
  const byPlace = (a, b) => position.get(a) - position.get(b);
  const weight = (row) => (row.weight ??= Math.max(-1, ...row.notes.map((note) => ranks.indexOf(note.severity))));
  const byRank = (a, b) => {
    if (!a || !b) return a ? -1 : b ? 1 : 0;
    return a.quality - b.quality || weight(b) - weight(a) || a.index - b.index;
  };

  // sentences are moved into one list, worst first, each with the name of its article; and back
  function sort() {
    const worst = order.value === "quality";
    ranked.hidden = !worst;
    if (worst) {
      if (articles.length > 1) for (const row of rows) named(row);
      const sorted = [...rows].sort(byRank).map((row) => row.element);
      for (let at = 0; at < sorted.length; at += words.part) {
        const part = Object.assign(document.createElement("div"), { className: "part" });
        part.append(...sorted.slice(at, at + words.part));
        ranked.append(part);
      }
    } else {
      for (const part of parts) part.append(...homes.get(part));
      ranked.replaceChildren();
    }
    document.documentElement.classList.toggle("by-quality", worst);
    filter();
  }

  const homes = new Map(parts.map((part) => [part, [...part.children]]));

  function named(row) {
    if (row.name) return;
    row.name = Object.assign(document.createElement("a"), { className: "of", href: "#" + row.article.id, textContent: row.article.dataset.name });
    row.element.prepend(row.name);
  }

  const say = () => {
    place.textContent = words.of.replace("{n}", current < 0 ? "–" : current + 1).replace("{total}", shown.length);
  };

  function light(id) {
    for (const element of lit) element.classList.remove("on");
    const note = byId.get(id);
    lit = note ? [note.element, ...note.marks.filter((mark) => mark.state).map((mark) => mark.element)] : [];
    for (const element of lit) element.classList.add("on");
  }

  function pin(id) { pinned = id; light(id); current = shown.findIndex((note) => note.id === id); say(); }
  function letGo() { pinned = null; current = -1; light(null); say(); }

  // of several findings on one stretch: the one that covers least of the text
  function idOf(target) {
    const note = target.closest?.(".note");
    if (note) return note.dataset.id;
    const mark = markOf.get(target.closest?.("mark[data-f]:not(.off)"));
    if (!mark) return null;
    const line = mark.element.closest("p");
    const size = (id) => byId.get(id).marks.filter((m) => line.contains(m.element)).reduce((sum, m) => sum + m.element.textContent.length, 0);
    return mark.notes.filter((one) => one.kept).map((one) => one.id).sort((a, b) => size(a) - size(b))[0] || null;
  }

  function step(by) {
    if (!shown.length) return;
    const next = current < 0 ? (by > 0 ? firstBelow() : shown.length - 1) : (current + by + shown.length) % shown.length;
    const note = shown[next];
    pin(note.id);
    (note.row?.element || note.element).scrollIntoView({ block: "center" });
    note.element.focus({ preventScroll: true });
  }

  // from where the reader is, not from the top: the first finding at or below the upper edge
  function firstBelow() {
    const edge = bar.getBoundingClientRect().bottom;
    let low = 0, high = shown.length;
    while (low < high) {
      const middle = (low + high) >> 1, element = shown[middle].row?.element || shown[middle].element;
      if (element.getBoundingClientRect().bottom < edge) low = middle + 1; else high = middle;
    }
    return low < shown.length ? low : 0;
  }

  const rowInSight = () => byId.get(pinned)?.row
    || rows.find((row) => row.shown && row.element.getBoundingClientRect().bottom > bar.getBoundingClientRect().bottom + 20);
  const unfold = (element) => { if (element) element.open = !element.open; };
  const turnTheme = () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  };
  const keys = {
    n: () => step(1),
    p: () => step(-1),
    b: () => unfold(one(".bt", rowInSight()?.element)),
    e: () => { const note = byId.get(pinned)?.element; if (note) unfold(one(".why", note)); },
    f: () => only.click(),
    s: () => { order.value = order.value === "text" ? "quality" : "text"; sort(); },
    t: turnTheme,
    "?": () => help.showModal(),
    "/": () => { openFilters(true); search.focus(); },
  };

  function openFilters(yes) {
    bar.classList.toggle("open", yes);
    one(".more").setAttribute("aria-expanded", String(bar.classList.contains("open")));
  }

  document.addEventListener("pointerover", (event) => { const id = idOf(event.target); light(id || pinned); });
  document.addEventListener("focusin", (event) => { const id = idOf(event.target); if (id) light(id); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("button, summary, a, label, select, input, dialog")) return;
    const id = idOf(event.target);
    if (id) pin(id); else letGo();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") { letGo(); document.activeElement.blur(); return; }
    if (event.target.matches?.("input[type=search], select") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  all("[data-step]").forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
  all(".chip").forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    filter();
  }));
  all("[data-filter]").forEach((select) => select.addEventListener("change", filter));
  only.addEventListener("change", filter);
  order.addEventListener("change", sort);
  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  one(".more").addEventListener("click", () => openFilters());
  one(".theme").addEventListener("click", turnTheme);
  one(".steps .keys").addEventListener("click", keys["?"]);

  // a rule of the summary shows its findings, and nothing else
  all("[data-rule]").forEach((link) => link.addEventListener("click", () => {
    one('[data-filter="k"]').value = link.dataset.rule;
    only.checked = true;
    openFilters(true);
    filter();
  }));

  // the index, by the column that is asked for; a second click turns it round
  all(".index th button").forEach((button) => button.addEventListener("click", () => {
    const head = button.closest("th"), column = head.cellIndex, body = one(".index tbody");
    const up = head.getAttribute("aria-sort") === "descending" || (head.getAttribute("aria-sort") === "none" && column < 3);
    all(".index th[aria-sort]").forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (line) => line.cells[column].dataset.v;
    const compare = column ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b));
    body.append(...[...body.rows].sort((a, b) => (up ? compare(a, b) : compare(b, a))));
  }));

  // of many articles the worst, until more are asked for
  const index = one(".index"), more = one(".index .all");
  if (more) {
    index.classList.add("short");
    more.hidden = false;
    more.addEventListener("click", () => { index.classList.remove("short"); more.hidden = true; });
  }

  const follow = () => { const id = location.hash.match(/^#n(\d+-\d+)$/)?.[1]; if (byId.has(id)) pin(id); };
  addEventListener("hashchange", follow);
  bar.hidden = false;
  filter();
  follow();
})();
