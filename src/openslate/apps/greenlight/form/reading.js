// An existing pitch in JSON as the form's values: text everywhere, so that no digit of an amount is lost on the way.
"use strict";

const numbersOutsideText = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function digits(text) {
  return /[eE]/.test(text) && Number.isFinite(Number(text)) ? String(Number(text)) : text;
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  if (Object.hasOwn(value, "$number")) return { number: digits(value.$number) };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

// {values, flaws}; throws a SyntaxError where the text is no JSON.
function readPitch(text, rules) {
  const held = plain(
    JSON.parse(text.replace(numbersOutsideText, (one) => (one[0] === '"' ? one : `{"$number":"${one}"}`))),
  );
  if (held === null || typeof held !== "object" || Array.isArray(held) || held.number !== undefined) {
    return { values: {}, flaws: [{ field: "the pitch", reason: "it is no table of fields", wayOut: "" }] };
  }
  return takenFields(held, rules.fields, rules, []);
}

function takenFields(held, fields, rules, path) {
  const values = {}, flaws = [];
  for (const [name, value] of Object.entries(held)) {
    const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const where = [...path, name];
    if (rule === undefined) flaws.push(flaw(where, "a pitch has no such field", rules));
    else if (value !== null) {
      const taken = takenValue(value, rule, rules, where);
      if (taken.value !== undefined) values[name] = taken.value;
      flaws.push(...taken.flaws);
    }
  }
  return { values, flaws };
}

function takenValue(value, rule, rules, where) {
  const no = (reason, at = where) => ({ value: undefined, flaws: [flaw(at, reason, rules)] });
  if (rule.kind === "check") return typeof value === "boolean" ? { value, flaws: [] } : no("it is neither true nor false");
  if (rule.kind === "whole") return value.number === undefined ? no("it is no whole number") : { value: value.number, flaws: [] };
  if (rule.kind === "money" && value.number !== undefined) return { value: value.number, flaws: [] };
  if (rule.kind === "rows") {
    if (!Array.isArray(value)) return no("it is no list");
    const rows = value.map((one, place) =>
      one !== null && typeof one === "object" && !Array.isArray(one) && one.number === undefined
        ? takenFields(one, rule.fields, rules, [...where, place])
        : { values: {}, flaws: [flaw([...where, place], "it is no table of fields", rules)] },
    );
    return { value: rows.map((one) => one.values), flaws: rows.flatMap((one) => one.flaws) };
  }
  if (rule.kind === "lines" || rule.kind === "codes") {
    if (!Array.isArray(value)) return no("it is no list");
    const wrong = value.flatMap((one, place) => (typeof one === "string" ? [] : [flaw([...where, place], "it is no text", rules)]));
    return { value: value.filter((one) => typeof one === "string"), flaws: wrong };
  }
  return typeof value === "string" ? { value, flaws: [] } : no(rule.kind === "money" ? "it is no amount" : "it is no text");
}
