// The overview renews itself when somebody decides; the first article is one key away.

const data = JSON.parse(document.getElementById("data").textContent);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input, select")) return;
  const go = { n: "a[data-onward]", j: "a[data-onward]" }[event.key];
  if (go) document.querySelector(go)?.click();
  if (event.key === "/") { event.preventDefault(); document.querySelector('[name="q"]').focus(); }
});
document.querySelector('[name="open"]').addEventListener("change", (event) => event.target.form.submit());

// what a closed tab left unsaved is sent from its article's page, where a conflict can be shown
function unsent() {
  let items;
  try { items = JSON.parse(localStorage.getItem(`mtqc-outbox-${data.run}`)) || []; } catch { items = []; }
  const note = document.querySelector("[data-unsent]");
  note.hidden = !items.length;
  if (items.length) note.querySelector("a").href = `/article/${items[0].body.article}`;
}
unsent();
addEventListener("storage", unsent);

async function look() {
  if (document.hidden || document.activeElement?.matches("input, select")) return;
  try {
    const answer = await fetch(`/article/1/state?after=${data.after}`, { headers: { Accept: "application/json" } });
    if (answer.status === 200) location.reload();
  } catch { /* the server is gone; the page stays as it is */ }
}
if (document.querySelector("[data-article]")) setInterval(look, data.every);
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
