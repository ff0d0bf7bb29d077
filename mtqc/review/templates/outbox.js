// Decisions on their way to the disk. One is kept here, in the browser, until the server says that it is saved there.

const RETRY = 2500, TIMEOUT = 15000, ORPHAN = 10000;
const tab = Math.random().toString(36).slice(2);

export class Outbox {
  constructor(run, { saved, conflict, refused, changed }) {
    this.key = `mtqc-outbox-${run}`;
    this.on = { saved, conflict, refused, changed };
    this.state = "saved";
    this.own = [];
    this.timer = null;
    this.busy = false;
    addEventListener("online", () => this.flush());
    addEventListener("beforeunload", (event) => { if (this.waiting().length) event.preventDefault(); });
    this.flush();
    setInterval(() => { if (this.waiting().length) this.flush(); }, ORPHAN / 2);
  }

  read() { try { return JSON.parse(localStorage.getItem(this.key)) || []; } catch { return this.memory || []; } }
  write(items) {
    this.memory = items;
    try { localStorage.setItem(this.key, JSON.stringify(items)); } catch { /* full or forbidden: memory has to do */ }
  }
  // what another tab left behind when it was closed is sent by whichever tab comes next
  waiting() { return this.read().filter((item) => item.tab === tab || Date.now() - item.at > ORPHAN); }
  remove(id) { this.write(this.read().filter((item) => item.id !== id)); }

  add(body, about) {
    this.write([...this.read(), { id: `${tab}-${Date.now()}-${Math.random()}`, tab, at: Date.now(), body, about }]);
    this.flush();
  }

  say(state, why = "", detail = "") {
    this.state = state;
    this.on.changed(state, this.waiting().length, why, detail);
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      if (navigator.locks) await navigator.locks.request(this.key, () => this.drain());
      else await this.drain();
    } finally { this.busy = false; }
    if (this.waiting().length) this.timer = setTimeout(() => this.flush(), this.state === "waiting" ? RETRY : 0);
  }

  async drain() {
    for (let item = this.waiting()[0]; item; item = this.waiting()[0]) {
      if (this.state !== "waiting") this.say("saving");
      if (!(await this.send(item))) return;
    }
    this.say("saved");
  }

  // true: the server has answered for good, the item is done with
  async send(item) {
    let answer, data;
    try {
      answer = await post("/decide", { ...item.body, own: this.own });
      data = await answer.json();
    } catch { this.say("waiting", "offline"); return false; }
    if (answer.status === 403) { this.say("waiting", "locked"); return false; }
    if (answer.status >= 500) { this.say("waiting", "broken", data.message); return false; }
    this.remove(item.id);
    if (answer.ok) { this.own = [...this.own, data.event].slice(-200); this.on.saved(data, item); }
    else if (answer.status === 409) this.on.conflict(data, item);
    else this.on.refused(data.message || String(answer.status), item);
    return true;
  }
}

export async function post(path, body) {
  return fetch(path, {
    method: "POST", body: JSON.stringify(body), redirect: "error", signal: AbortSignal.timeout(TIMEOUT),
    headers: { "Content-Type": "application/json", "X-MTQC": "1" },
  });
}

export async function get(path) {
  return fetch(path, { headers: { Accept: "application/json" }, redirect: "error", signal: AbortSignal.timeout(TIMEOUT) });
}
