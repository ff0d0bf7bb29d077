// Writing: a sentence, a comment; what was written stays in the browser until it is saved; two texts that compete.

const one = (selector, root = document) => root.querySelector(selector);

export class Writing {
  constructor(page) {
    this.page = page;
    this.open = null;
    this.rivals = [];
    this.prefix = `mtqc-draft-${page.data.run}-${page.data.article}-`;
  }

  // --- a sentence

  edit(name = null) {
    const { page } = this;
    const row = name ? document.getElementById(name) : page.current()?.closest(".s");
    const text = row && one("[data-text]", row);
    if (!text) return page.say_toast(page.words.nothing_to_edit);
    if (this.open?.row === row) return this.open.field.focus();
    this.leave();
    const was = row.dataset.raw ? JSON.parse(row.dataset.raw) : text.textContent;
    const draft = this.draft(row.id);
    const box = document.createElement("div");
    box.className = "edit";
    const field = document.createElement("textarea");
    field.dataset.edit = "";
    field.lang = one(".fr", row).lang;
    field.setAttribute("aria-label", page.words.french);
    field.value = draft ? draft.text : was;
    field.rows = Math.min(14, 2 + Math.ceil(field.value.length / 55));
    const buttons = document.createElement("div");
    buttons.append(
      this.button("save-edit", page.words.save, "Ctrl+Enter", () => this.save()),
      this.button("insert", page.words.insert, "Alt+s", () => this.insert()),
      this.button("cancel-edit", page.words.cancel, "Esc", () => this.leave(true)),
    );
    box.append(field, buttons);
    text.hidden = one("[data-gone]", row).hidden = true;
    text.after(box);
    this.open = { row, text, box, field, was, seen: draft ? draft.seen : page.seen(), note: page.current() };
    field.addEventListener("input", () => this.keep());
    field.addEventListener("keydown", (event) => this.key(event));
    one('[data-act="insert"]', box).disabled = !this.suggestion();
    field.focus();
    if (!draft) this.select(field);
  }

  // the marked words are selected, so that typing replaces them
  select(field) {
    const marks = [...document.querySelectorAll(`#${this.open.row.id} [data-text] mark.on`)];
    const text = marks.map((mark) => mark.textContent).join("");
    const range = document.createRange();
    if (!text || !marks.length) return;
    range.setStart(this.open.text, 0);
    range.setEndBefore(marks[0]);
    const start = range.toString().length;
    if (field.value.slice(start, start + text.length) === text) field.setSelectionRange(start, start + text.length);
  }

  suggestion() { return this.open.note?.closest(".s") === this.open.row ? this.open.note.dataset.fix || "" : ""; }

  insert() {
    const text = this.suggestion(), { field } = this.open;
    if (!text) return;
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    this.keep();
  }

  key(event) {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.leave(true); }
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.save(); }
    else if (event.altKey && event.code === "KeyS") { event.preventDefault(); this.insert(); }
  }

  keep() {
    const { row, field, seen } = this.open;
    try { localStorage.setItem(this.prefix + row.id, JSON.stringify({ text: field.value, seen })); } catch { /* memory has to do */ }
  }
  draft(name) { try { return JSON.parse(localStorage.getItem(this.prefix + name)); } catch { return null; } }
  forget(name) { try { localStorage.removeItem(this.prefix + name); } catch { /* nothing was kept */ } }

  save() {
    const { row, field, was, seen, note } = this.open;
    if (field.value === was) { this.forget(row.id); return this.leave(true); }
    this.keep();
    const finding = note?.closest(".s") === row ? note.dataset.finding : "";
    this.page.send({ do: "edit", sentence: row.id, finding, text: field.value, seen });
    this.leave();
  }

  done(body) {
    const draft = this.draft(body.sentence);
    if (draft && draft.text === body.text) this.forget(body.sentence);
  }

  leave(drop = false) {
    if (!this.open) return;
    const { row, text, box, note } = this.open;
    if (drop) this.forget(row.id);
    box.remove();
    text.hidden = false;
    one("[data-gone]", row).hidden = Boolean(text.textContent);
    this.open = null;
    note?.focus({ preventScroll: true });
  }

  restore() {
    for (const row of document.querySelectorAll(".s")) {
      if (!this.draft(row.id)) continue;
      row.scrollIntoView({ block: "center" });
      this.edit(row.id);
      this.page.say_toast(this.page.words.restored);
      return;
    }
  }

  // somebody else changed the sentence that is being written: nothing is taken away, but it is said
  news(answer) {
    if (this.open && answer.sentences[this.open.row.id]?.fresh) this.page.say_toast(this.page.words.meanwhile);
  }

  // --- a comment

  comment() {
    const note = this.page.current();
    if (!note || one("[data-comment]", note)) return;
    const box = document.createElement("div"), field = document.createElement("textarea");
    box.className = "write";
    field.dataset.comment = "";
    field.rows = 3;
    field.maxLength = 4000;
    field.setAttribute("aria-label", this.page.words.comment);
    field.value = one("[data-remark]", note).textContent;
    const close = () => { box.remove(); note.focus({ preventScroll: true }); };
    const save = () => { this.page.decide("comment", { comment: field.value.trim() }); close(); };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); close(); }
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
    });
    box.append(field, this.button("save-comment", this.page.words.save, "Ctrl+Enter", save), this.button("cancel-comment", this.page.words.cancel, "Esc", close));
    one("[data-remark]", note).after(box);
    field.focus();
    field.scrollIntoView({ block: "center" });
  }

  button(act, label, key, press) {
    const button = document.createElement("button"), hint = document.createElement("kbd");
    button.type = "button";
    button.dataset.act = act;
    hint.textContent = key;
    button.append(label, " ", hint);
    button.addEventListener("click", press);
    return button;
  }

  // --- two who decided on the same thing

  conflict(answer, item, again) {
    this.rivals.push({ answer, item, again });
    if (this.rivals.length === 1) this.show_rival();
  }

  show_rival() {
    const dialog = one("#conflict"), rival = this.rivals[0];
    if (!rival) return dialog.close();
    const { answer, item, again } = rival;
    one("[data-conflict-what]", dialog).textContent = answer.what;
    one("[data-conflict-who]", dialog).textContent = answer.who;
    one("[data-conflict-theirs]", dialog).textContent = answer.theirs;
    one("[data-conflict-mine]", dialog).textContent = answer.mine;
    const settled = (mine) => {
      if (mine) again(answer.last);
      else if (item.body.do === "edit") this.forget(item.body.sentence);
      this.rivals.shift();
      this.show_rival();
    };
    one('[data-act="theirs"]', dialog).onclick = () => settled(false);
    one('[data-act="mine"]', dialog).onclick = () => settled(true);
    dialog.oncancel = (event) => event.preventDefault();
    if (!dialog.open) dialog.showModal();
  }
}
