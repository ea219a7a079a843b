// What is wrong with a form's values, in the sentences of the reader of files.
"use strict";

const unprintable = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/u;
const unprintableInLines = /(?![\n\r\t\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/u;
const joiners = /[\u200c\u200d]/g;
const halfOfAPair = /\p{Cs}/u;

function named(where) {
  return where.map((part) => (typeof part === "number" ? String(part + 1) : part)).join(" ");
}

function flaw(where, reason, rules) {
  const field = rules.sameWay[where[0]] ?? where[0];
  const wayOut = rules.waysOut[field] ?? "Take it out, or name a field that docs/greenlight.md lists.";
  return { field: named(where), where, reason, wayOut };
}

function isEmpty(value) {
  return value === undefined || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}

function checkPitch(values, rules, today) {
  const wrong = Object.entries(rules.fields).flatMap(([name, rule]) => checkField(values[name], rule, rules, [name]));
  const refused = new Set(wrong.map((one) => one.where[0]));
  return [...wrong, ...clashes(values, rules, today, refused).map(([field, reason]) => flaw([field], reason, rules))];
}

function checkField(value, rule, rules, where) {
  if (isEmpty(value)) return rule.required ? [flaw(where, "it is missing", rules)] : [];
  if (rule.kind === "rows") return checkRows(value, rule, rules, where);
  if (rule.kind === "lines" || rule.kind === "codes") return checkList(value, rule, rules, where);
  const reason = whatIsWrong(value, rule, rules);
  return reason ? [flaw(where, reason, rules)] : [];
}

function checkList(values, rule, rules, where) {
  if (rule.most && values.length > rule.most) return [flaw(where, `it has more than ${rule.most} entries`, rules)];
  const wrong = values.flatMap((one, place) => {
    const reason = whatIsWrong(one, rule, rules);
    return reason ? [flaw([...where, place], reason, rules)] : [];
  });
  const right = values.filter((one) => !whatIsWrong(one, rule, rules));
  return new Set(right).size < right.length ? [...wrong, flaw(where, "it names one thing twice", rules)] : wrong;
}

function checkRows(rows, rule, rules, where) {
  if (rows.length > rule.most) return [flaw(where, `it has more than ${rule.most} entries`, rules)];
  const wrong = rows.flatMap((row, place) => {
    const at = [...where, place];
    const found = Object.entries(rule.fields).flatMap(([name, one]) => checkField(row[name], one, rules, [...at, name]));
    if (!rule.either) return found;
    const [one, other] = rule.either.map((name) => !isEmpty(row[name]));
    if (one === other) {
      const [first, second] = rule.either;
      found.push(flaw(at, one ? `it has both a ${first} and a ${second}` : `it has neither a ${first} nor a ${second}`, rules));
    }
    return found;
  });
  const right = rows.filter((_, place) => wrong.every((one) => one.where[1] !== place));
  const plainRows = right.map((row) => JSON.stringify(Object.keys(rule.fields).map((name) => row[name] ?? "")));
  const twice = rule.once && new Set(plainRows).size < right.length;
  return twice ? [...wrong, flaw(where, "it names one thing twice", rules)] : wrong;
}

function whatIsWrong(value, rule, rules) {
  if (value === true) return "";
  if (halfOfAPair.test(value)) return "a text of the pitch holds half of a surrogate pair, which UTF-8 cannot";
  if (rule.longest && [...value].length > rule.longest) return `it has more than ${rule.longest} characters`;
  if (rule.pattern) return new RegExp(`^(?:${rule.pattern})$`, "u").test(value) ? "" : rule.reason;
  switch (rule.kind) {
    case "text":
    case "lines":
      if (unprintable.test(value)) return "it holds characters that cannot be printed";
      if (!value.replace(joiners, "").trim()) return "it is empty";
      return rule.beside ? leadsAway(value) : "";
    case "long":
      if (unprintableInLines.test(value)) return "it holds characters that cannot be printed";
      return value.replace(joiners, "").trim() || !rule.filled ? "" : "it is empty";
    case "choice":
      return rule.choices.includes(value) ? "" : `it is none of ${rule.expected}`;
    case "whole":
      if (!/^[+-]?[0-9]{1,15}$/.test(value)) return "it is no whole number";
      return Number(value) < rule.least ? `it is below ${rule.least}` : Number(value) > rule.greatest ? `it is above ${rule.greatest}` : "";
    case "money":
      if (!/^[+-]?[0-9]+(\.[0-9]+)?$/.test(value)) return "it is no amount";
      return value[0] !== "-" && /[1-9]/.test(value) && whole(value).length <= 15
        ? "" : "a budget is above 0 and below 10^15, in whole units such as dollars";
    case "day":
      return wrongDay(value);
    case "codes":
      return rules.countries.includes(value) ? "" : `'${value}' ${rules.slips[value] ?? rules.noCountry[/^[A-Z]{2}$/.test(value) ? 0 : 1].replace("??", value)}`;
    case "currency":
      return Object.hasOwn(rules.currencies, value) ? "" : "it is no currency as ISO 4217 writes it, such as USD or EUR";
  }
  return "";
}

function whole(amount) {
  return amount.replace(/^\+/, "").split(".")[0].replace(/^0+/, "");
}

function leadsAway(file) {
  const away = /^[/\\]/.test(file) || file.includes(":") || file.split(/[/\\]/).includes("..");
  return away ? "it leads away from the pitch; name a file beside it" : "";
}

function wrongDay(value) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return "a day is written as 2027-03-01";
  const day = new Date(`${value}T00:00:00Z`);
  const there = !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value && value >= "0001";
  return there ? "" : "there is no such day";
}

function isAbove(one, other) {
  const [a, b] = [one, other].map((amount) => [whole(amount), (amount.split(".")[1] ?? "").replace(/0+$/, "")]);
  if (a[0].length !== b[0].length) return a[0].length > b[0].length;
  return a[0] !== b[0] ? a[0] > b[0] : a[1] > b[1];
}

// A field that is refused is there, and nothing follows from what it says.
function clashes(values, rules, today, refused) {
  const right = Object.fromEntries(Object.entries(values).filter(([name]) => !refused.has(name)));
  const given = (name) => !isEmpty(values[name]);
  return [...ofBudget(right, given, rules), ...ofDays(right, given, today), ...ofTheRest(right, given, rules, refused)];
}

function ofBudget(right, given, rules) {
  const { lowest_budget: lowest, highest_budget: highest, currency } = right;
  const named = ["budget", "lowest_budget", "highest_budget"].filter(given);
  const found = [];
  if (given("budget") && named.length > 1) found.push(["budget", "a band is given beside it"]);
  else if (!given("budget") && named.length === 1) found.push([named[0], "a band has two ends"]);
  if (lowest && highest && isAbove(lowest, highest)) found.push(["lowest_budget", `it is above highest_budget = ${highest}`]);
  if (named.length && !given("currency")) found.push([named[0], "no currency is named for it"]);
  if (currency && !named.length) found.push(["currency", "no budget is named for it"]);
  for (const name of currency ? named.filter((one) => right[one]) : []) {
    const parts = (right[name].split(".")[1] ?? "").replace(/0+$/, "");
    if (parts.length > rules.currencies[currency]) found.push([name, `it has a part of a coin of ${currency}`]);
  }
  return found;
}

function ofDays(right, given, today) {
  const { release, earliest_release: earliest, latest_release: latest } = right;
  const [one, first, last] = ["release", "earliest_release", "latest_release"].map(given);
  const found = [];
  if (one && (first || last)) found.push(["release", "a window is given beside it"]);
  else if (first !== last) found.push([first ? "earliest_release" : "latest_release", "a window has two ends"]);
  if (earliest && latest && earliest > latest) found.push(["earliest_release", `it is after latest_release = ${latest}`]);
  const asOf = right.as_of || today, day = asOf < today ? asOf : today, out = latest || release;
  if (asOf > today) found.push(["as_of", "it lies in the future, of which nothing is known"]);
  if (out && out <= day) found.push([release ? "release" : "latest_release", `it is not after ${day}, the day the pitch is judged as of`]);
  return found;
}

function ofTheRest(right, given, rules, refused) {
  const found = [];
  if (right.worldwide && given("regions")) found.push(["regions", "worldwide = true holds already"]);
  if (right.kind === "limited series" && Number(right.season) > 1) found.push(["season", "a limited series has one season"]);
  if (right.kind === "film" && right.season && !given("series")) {
    found.push(["season", "of a film it is its place in a franchise, and no series names that"]);
  }
  if (given("episodes") && !rules.withEpisodes.includes(right.kind) && !refused.has("kind")) {
    found.push(["episodes", "only a season or a limited series has episodes"]);
  }
  return found;
}
