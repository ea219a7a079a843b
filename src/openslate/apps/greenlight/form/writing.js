// A form's values as the TOML or JSON that a pitch's file is: what was checked, and nothing that was left empty.
"use strict";

function written(values, rules) {
  return Object.entries(rules.fields).flatMap(([name, rule]) => (isEmpty(values[name]) ? [] : [[name, values[name], rule]]));
}

function asJson(values, rules) {
  const held = Object.fromEntries(written(values, rules).map(([name, value, rule]) => [name, jsonValue(value, rule)]));
  return `${JSON.stringify(held, null, 2)}\n`;
}

// An amount stays text: a number of JSON may lose its last digits in whoever reads it.
function jsonValue(value, rule) {
  if (rule.kind === "whole") return Number(value);
  if (rule.kind !== "rows") return value;
  return value.map((row) => Object.fromEntries(Object.keys(rule.fields).filter((name) => !isEmpty(row[name])).map((name) => [name, row[name]])));
}

function asToml(values, rules) {
  const lines = [], tables = [];
  for (const [name, value, rule] of written(values, rules)) {
    if (rule.kind !== "rows") lines.push(`${name} = ${tomlValue(value, rule)}`);
    else for (const row of value) {
      tables.push("", `[[${name}]]`);
      for (const [field, one] of Object.entries(rule.fields)) if (!isEmpty(row[field])) tables.push(`${field} = ${tomlValue(row[field], one)}`);
    }
  }
  return `${[...lines, ...tables].join("\n")}\n`;
}

function tomlValue(value, rule) {
  if (value === true) return "true";
  if (Array.isArray(value)) return `[${value.map(tomlText).join(", ")}]`;
  if (rule.kind === "whole") return String(Number(value));
  if (rule.kind === "money") return value.replace(/^\+?0*(?=[0-9])/, "");
  return rule.kind === "day" ? value : tomlText(value);
}

function tomlText(text) {
  const lines = text.split("\n").map((line) => JSON.stringify(line).slice(1, -1).replaceAll("\x7f", "\\u007f"));
  return lines.length === 1 ? `"${lines[0]}"` : `"""\n${lines.join("\n")}"""`;
}

function fileName(name, suffix) {
  const stem = name.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${stem || "pitch"}.${suffix}`;
}
