// The form on the page: what stands in its fields, what is said beside them, and the two files it gives and takes.
"use strict";

const rules = JSON.parse(document.getElementById("rules").textContent);
const form = document.getElementById("form");
const said = document.getElementById("said");
const ask = (selector, within = document) => [...within.querySelectorAll(selector)];
let kept = true;

function today() {
  return new Date().toISOString().slice(0, 10);
}

function controlValue(control, rule) {
  const text = control.value;
  switch (rule.kind) {
    case "check": return control.checked;
    case "lines": return text.split("\n").map((one) => one.trim()).filter(Boolean);
    case "codes": return text.toUpperCase().split(/[\s,;]+/).filter(Boolean);
    case "currency": return text.trim().toUpperCase();
    case "language": return text.trim().toLowerCase();
    case "money": return /^\d{1,3}([, _]\d{3})+(\.\d+)?$/.test(text.trim()) ? text.trim().replace(/[, _]/g, "") : text.trim();
    case "long": return rule.filled ? text.trim() : text;
    // A logline may be as long as several lines; it is one all the same.
    default: return text.trim().replace(/\s*\n\s*/g, " ");
  }
}

function put(control, value, rule) {
  if (rule.kind === "check") control.checked = value === true;
  else control.value = Array.isArray(value) ? value.join(rule.kind === "codes" ? ", " : "\n") : value ?? "";
}

function rowsOf(name) {
  return ask(`[data-rows="${name}"] > .entry`, form);
}

function valuesOfForm() {
  const values = {};
  for (const [name, rule] of Object.entries(rules.fields)) {
    values[name] = rule.kind === "rows"
      ? rowsOf(name).map((row) => rowValues(row, rule)).filter((row) => Object.values(row).some((one) => !isEmpty(one)))
      : controlValue(form.elements[name], rule);
  }
  return values;
}

function rowValues(row, rule) {
  return Object.fromEntries(Object.entries(rule.fields).map(([name, one]) => [name, controlValue(row.querySelector(`[data-part="${name}"]`), one)]));
}

function fill(values) {
  for (const [name, rule] of Object.entries(rules.fields)) {
    if (rule.kind !== "rows") put(form.elements[name], values[name], rule);
    else {
      rowsOf(name).forEach((row) => row.remove());
      (values[name] ?? []).forEach((one) => addRow(name, one));
    }
  }
}

let counted = 0;
function addRow(name, values = {}) {
  const row = document.getElementById(`one-${name}`).content.firstElementChild.cloneNode(true);
  counted += 1;
  for (const [part, rule] of Object.entries(rules.fields[name].fields)) {
    const control = row.querySelector(`[data-part="${part}"]`);
    control.id = `${name}-${counted}-${part}`;
    control.closest(".field").querySelector("label").htmlFor = control.id;
    put(control, values[part], rule);
  }
  row.querySelector(".takes-out").addEventListener("click", () => {
    row.remove();
    form.querySelector(`[data-adds="${name}"]`).focus();
    look();
  });
  form.querySelector(`[data-rows="${name}"]`).append(row);
  return row;
}

// The control that a flaw is of; entries that were left empty do not count, as in the file.
function controlOf(where) {
  const [name, place, part] = where ?? [];
  const rule = rules.fields[name];
  if (rule?.kind !== "rows") return rule && form.elements[name];
  const rows = rowsOf(name).filter((row) => Object.values(rowValues(row, rule)).some((one) => !isEmpty(one)));
  return rows[place]?.querySelector(part ? `[data-part="${part}"]` : "[data-part]") ?? form.querySelector(`[data-adds="${name}"]`);
}

function sentence(one) {
  const reason = one.reason[0].toUpperCase() + one.reason.slice(1);
  return `${reason}. ${one.wayOut}`.trim();
}

function show(flaws) {
  ask("[aria-invalid]", form).forEach((control) => control.removeAttribute("aria-invalid"));
  ask(".flaw", form).forEach((one) => { one.textContent = ""; });
  for (const one of flaws) {
    const control = controlOf(one.where), beside = control?.closest(".field")?.querySelector(".flaw");
    if (!beside) continue;
    control.setAttribute("aria-invalid", "true");
    const entry = rules.fields[one.where[0]].kind !== "rows" && one.where.length > 1 ? `Entry ${one.where[1] + 1}: ${one.reason}. ${one.wayOut}` : sentence(one);
    beside.textContent = beside.textContent ? `${beside.textContent} ${entry}` : entry;
  }
}

function tell(heading, flaws = []) {
  const list = document.createElement("ul");
  for (const one of flaws) {
    const item = document.createElement("li"), control = controlOf(one.where);
    if (control?.id) {
      const link = document.createElement("a");
      link.href = `#${control.id}`;
      link.textContent = one.field;
      link.addEventListener("click", (event) => { event.preventDefault(); control.focus(); });
      item.append(link);
    } else item.append(one.field);
    item.append(`: ${one.reason}. ${one.wayOut}`);
    list.append(item);
  }
  said.replaceChildren(heading, ...(flaws.length ? [list] : []));
  said.className = flaws.length ? "wrong" : "";
}

function missing(values) {
  const ends = { budget: ["lowest_budget"], release: ["earliest_release"], regions: ["worldwide"] };
  return rules.facts.filter(([fact]) => {
    if ([fact, ...(ends[fact] ?? [])].some((name) => !isEmpty(values[name]))) return false;
    if (fact === "episodes") return rules.withEpisodes.includes(values.kind);
    return !(fact === "series" || fact === "season") || values.kind === "season";
  });
}

function look() {
  const values = valuesOfForm();
  const lacking = missing(values).map(([, words]) => words);
  document.getElementById("missing").textContent = lacking.length
    ? `Not said yet, and each widens the interval: ${lacking.join("; ")}.`
    : "Everything that a forecast asks for is there.";
  const flaws = checkPitch(values, rules, today());
  const shown = document.getElementById("shown");
  shown.textContent = flaws.length ? "There is something to mend first." : asToml(values, rules);
  return { values, flaws };
}

function download(suffix, text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: suffix === "json" ? "application/json" : "application/toml" }));
  link.download = fileName(name, suffix);
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return link.download;
}

function give(suffix) {
  const { values, flaws } = look();
  show(flaws);
  if (flaws.length) {
    tell(flaws.length === 1 ? "One field is to be mended first." : `${flaws.length} fields are to be mended first.`, flaws);
    said.focus();
    return;
  }
  const file = download(suffix, (suffix === "json" ? asJson : asToml)(values, rules), values.name);
  kept = true;
  tell(`${file} is among your downloads. Forecast it: openslate --project FOLDER greenlight forecast ${file}`);
}

async function open(file) {
  let read;
  try {
    read = readPitch(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), rules);
  } catch (error) {
    const why = error instanceof SyntaxError ? "is not valid JSON" : "is no text in UTF-8";
    tell(`${file.name} ${why}. Open a pitch that ends in .json; the button below saves one.`);
    said.className = "wrong";
    said.focus();
    return;
  }
  const wrong = read.flaws.length ? read.flaws : checkPitch(read.values, rules, today());
  fill(read.values);
  look();
  show(wrong);
  kept = true;
  tell(wrong.length ? `${file.name} is in the form, but for what is wrong with it:` : `${file.name} is in the form.`, wrong);
  said.focus();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => { kept = false; look(); });
form.addEventListener("change", (event) => { if (event.target.closest(".field")) show(look().flaws.filter(touched)); });

// What was not filled in yet is no flaw while somebody writes.
function touched(one) {
  return one.reason !== "it is missing" && !/has two ends|no currency|no budget|neither/.test(one.reason);
}

for (const button of ask("[data-adds]", form)) {
  button.addEventListener("click", () => addRow(button.dataset.adds).querySelector("[data-part]").focus());
}
for (const button of ask("[data-suggests]", form)) {
  button.addEventListener("click", () => {
    const control = form.elements[button.dataset.suggests], rule = rules.fields[button.dataset.suggests];
    const value = button.textContent.trim(), before = controlValue(control, rule);
    if (!Array.isArray(before)) put(control, before === value ? "" : value, rule);
    else put(control, before.includes(value) ? before.filter((one) => one !== value) : [...before, value], rule);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
document.getElementById("save-toml").addEventListener("click", () => give("toml"));
document.getElementById("save-json").addEventListener("click", () => give("json"));
document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("opens").addEventListener("change", (event) => {
  if (event.target.files.length) open(event.target.files[0]).finally(() => { event.target.value = ""; });
});
window.addEventListener("beforeunload", (event) => { if (!kept) event.preventDefault(); });
if (rules.pitch) fill(readPitch(rules.pitch, rules).values);
look();
