// Looks names up in the index of this site: in one or two small files, loaded as scripts, so that it
// works from a disk, too. filmld/publish/search.py does the same for a server; tests compare the two.
"use strict";

(() => {
  const MOST_CHARACTERS = 200;
  const MOST_WORDS = 12;
  const MOST_FILES = 12;
  const MOST_RESULTS = 50;
  const LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t",
    "ß": "ss", "ς": "σ",
  };
  const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const form = document.getElementById("page-search");
  const input = document.getElementById("page-q");
  const results = document.getElementById("page-results");
  const folder = form.dataset.index;
  const loaded = new Map();

  const plain = (text) => Array.from(text, (char) => LETTERS[char] ?? char).join("");
  const folded = (text) =>
    plain(plain(text.toLowerCase()).normalize("NFKD").toLowerCase().replace(/\p{M}/gu, ""));
  const wordsOf = (text) => [...new Set(folded(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
  const beginsIn = (word, asked) => word.startsWith(asked) || (CJK.test(word) && word.includes(asked));

  // Scripts run one after the other, so that what is handed over belongs to the one that has just loaded.
  let handed = null;
  window.filmldNames = (value) => {
    handed = value;
  };
  let queue = Promise.resolve();
  function load(name) {
    if (!loaded.has(name)) {
      queue = queue.then(
        () =>
          new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = folder + name;
            script.onload = () => resolve(handed);
            script.onerror = () => {
              loaded.delete(name);
              reject(new Error(name));
            };
            document.head.append(script);
          }),
      );
      loaded.set(name, queue);
      queue = queue.catch(() => null);
    }
    return loaded.get(name);
  }

  function fileOf(key) {
    const letters = Array.from(key.replace(/\$$/, ""), (char) =>
      /[a-z0-9]/i.test(char) ? char : `-${char.codePointAt(0).toString(16)}-`,
    );
    return `s-${letters.join("")}${key.endsWith("$") ? "_" : ""}.js`;
  }

  function keysFor(word, keys) {
    const shorter = keys.filter((key) => !key.endsWith("$") && word.startsWith(key));
    return shorter.length ? shorter : keys.filter((key) => key.startsWith(word));
  }

  function rank(entry, asked) {
    const texts = [...entry.names.map(([text]) => text), ...entry.forms].map((text) => wordsOf(text).join(" "));
    return texts.includes(asked) ? 0 : texts.some((text) => text.startsWith(asked)) ? 1 : 2;
  }

  async function find(query) {
    const asked = wordsOf(query.slice(0, MOST_CHARACTERS)).slice(0, MOST_WORDS);
    if (!asked.length) return null;
    const keys = await load("keys.js");
    const longest = asked.reduce((best, word) => (Array.from(word).length > Array.from(best).length ? word : best));
    const files = keysFor(longest, keys);
    const found = new Map();
    for (const key of files.slice(0, MOST_FILES)) {
      for (const [path, kind, year, names, forms, letters] of await load(fileOf(key))) {
        const known = [...new Set([...names.map(([text]) => text), ...forms, letters, year].flatMap(wordsOf))];
        if (asked.every((word) => known.some((one) => beginsIn(one, word)))) {
          found.set(path, { path, kind, year, names, forms });
        }
      }
    }
    const whole = asked.join(" ");
    const sorted = [...found.values()].map((entry) => ({ ...entry, rank: rank(entry, whole) }));
    const byName = new Intl.Collator("en").compare;
    sorted.sort((a, b) => a.rank - b.rank || byName(a.names[0][0], b.names[0][0]) || (a.path < b.path ? -1 : 1));
    return { asked, entries: sorted.slice(0, MOST_RESULTS), total: sorted.length, short: files.length > MOST_FILES };
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    return made;
  }

  function row(entry, asked) {
    const here = document.documentElement.lang;
    const [name, language] = entry.names.find((each) => each[1] === here) ?? entry.names[0];
    const own = wordsOf(name);
    const line = document.createElement("li");
    const link = element("a", "", { href: form.dataset.root + entry.path });
    link.append(element("bdi", name, { lang: language }));
    const missed = asked.filter((word) => !own.some((each) => beginsIn(each, word)));
    const other = [...entry.names.map(([text]) => text), ...entry.forms].find((text) =>
      wordsOf(text).some((word) => missed.some((each) => beginsIn(word, each))),
    );
    const remarks = [form.getAttribute(`data-kind-${entry.kind}`), entry.year, other].filter(Boolean);
    const remark = element("span", "", { class: "remark" });
    remarks.forEach((text, at) => remark.append(at ? " · " : "", element("bdi", text)));
    line.append(link, " ", remark);
    return line;
  }

  function show(query, found) {
    if (!found) return results.replaceChildren();
    const said = (name, value) => form.dataset[name].replace("{}", () => value);
    const parts = [];
    if (found.entries.length) {
      const list = element("ul", "", { class: "catalogue" });
      list.append(...found.entries.map((entry) => row(entry, found.asked)));
      parts.push(element("h2", said("found", query)), list);
      if (found.total > MOST_RESULTS) parts.push(element("p", said("some", MOST_RESULTS)));
    } else {
      parts.push(element("p", said("none", query)));
    }
    if (found.short) parts.push(element("p", form.dataset.more));
    results.replaceChildren(...parts);
  }

  let latest = 0;
  async function search(query) {
    const mine = ++latest;
    try {
      const found = await find(query);
      if (mine === latest) show(query, found);
    } catch {
      if (mine === latest) results.replaceChildren(element("p", form.dataset.failed));
    }
  }

  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(input.value.trim()), 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    const query = input.value.trim();
    try {
      history.replaceState(null, "", `?q=${encodeURIComponent(query)}`);
    } catch {
      // A page from a disk keeps its address.
    }
    search(query);
  });
  const wanted = new URLSearchParams(location.search).get("q") ?? "";
  if (wanted && !results.querySelector("[data-answered]")) {
    input.value = wanted;
    search(wanted.trim());
  }
})();
