
(() => {
  "use strict";
  const root = document.documentElement;
  const store = (value) => {
    // A browser may forbid storage to files; the choice then lasts as long as the page.
    try { if (value) localStorage.setItem("allegati-theme", value); return localStorage.getItem("allegati-theme"); } catch { return null; }
  };
  const theme = document.getElementById("theme");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const kept = store();
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; store(root.dataset.theme); });

  const form = document.getElementById("filters");
  if (!form) return;
  const status = document.getElementById("shown");
  const body = document.querySelector("#findings > tbody");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
  const rows = [...body.rows].map((row) => ({ row, text: fold(row.textContent) }));
  const names = ["severity", "office", "code", "file"];
  const field = (name) => form.elements.namedItem(name);

  const filter = () => {
    const words = fold(field("q").value).split(" ").filter(Boolean);
    const wanted = names.filter((name) => field(name).value);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = wanted.every((name) => row.dataset[name] === field(name).value) && words.every((word) => text.includes(word));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    status.textContent = shown ? `${shown} ${status.dataset.of} ${rows.length}` : `${status.dataset.none} ${rows.length}.`;
    const parts = new URLSearchParams(["q", ...names].map((name) => [name, field(name).value]).filter(([, value]) => value));
    const address = parts.size === 0 ? "#anomalie" : `#${parts}`;
    // Some browsers do not let a file change its address; the filters work all the same.
    try { if (parts.size || location.hash.includes("=")) history.replaceState(null, "", address); } catch { /* nothing to do */ }
  };
  const follow = () => {
    if (!location.hash.includes("=")) return;
    const parts = new URLSearchParams(location.hash.slice(1));
    for (const name of ["q", ...names]) field(name).value = parts.get(name) ?? "";
    filter();
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); status.focus(); });
  form.addEventListener("reset", () => setTimeout(filter));
  addEventListener("hashchange", follow);
  follow();

  const headers = [...document.querySelectorAll("#findings > thead th")];
  const key = (row, header) => row.dataset[header.dataset.sort] ?? row.cells[header.cellIndex].textContent.trim();
  for (const header of headers) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    const arrow = document.createElement("span");
    arrow.setAttribute("aria-hidden", "true");
    button.append(arrow);
    header.append(button);
    button.addEventListener("click", () => {
      const down = header.getAttribute("aria-sort") === "ascending";
      for (const other of headers) { other.removeAttribute("aria-sort"); other.querySelector("span").textContent = ""; }
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
      arrow.textContent = down ? " ▼" : " ▲";
      const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
      const sorted = [...rows].sort((one, other) => (down ? -1 : 1) * compare(key(one.row, header), key(other.row, header)) || one.row.dataset.n - other.row.dataset.n);
      body.append(...sorted.map(({ row }) => row));
    });
  }
  // On paper a few findings show their cells; of many, only those that were opened, or there would be no end of paper.
  const few = 30;
  let opened = [];
  addEventListener("beforeprint", () => {
    const shown = rows.filter(({ row }) => !row.hidden);
    const closed = shown.map(({ row }) => row.querySelector("details.window:not([open])")).filter(Boolean);
    opened = shown.length > few ? [] : closed;
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
})();
