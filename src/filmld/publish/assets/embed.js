// Puts what a record says into pages of other sites: as data for machines, and as a card for people.
//
//   <script src="https://films.example.org/embed.js" data-record="film/moloch-1999" defer></script>
//   <filmld-card record="film/moloch-1999"><a href="…">Moloch (1999)</a></filmld-card>
//
// It asks this site for one small file for each record, and nothing else of anybody. It writes no HTML,
// only text, so that no record can bring a program with it; a policy needs only this site in script-src
// and connect-src. What stands inside filmld-card is shown where there is no script, and until it is loaded.

(() => {
  "use strict";

  const script = document.currentScript;
  const site = new URL(".", script.src);
  const plain = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/;
  const asked = new Map();

  function load(record) {
    const place = record.startsWith(site.href) ? record.slice(site.href.length) : record;
    if (!plain.test(place)) return Promise.reject(new Error(`${record} is no record of ${site.href}`));
    if (!asked.has(place)) {
      const address = new URL(`embed/${place}.jsonld`, site);
      const answer = fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
      asked.set(
        place,
        answer.then((found) => {
          if (!found.ok) throw new Error(`${address.href} answers ${found.status}`);
          return found.json();
        }),
      );
    }
    return asked.get(place);
  }

  async function describe(record) {
    const block = document.createElement("script");
    block.type = "application/ld+json";
    block.textContent = JSON.stringify(await load(record)).replaceAll("<", "\\u003C");
    document.head.append(block);
  }

  const all = (value) => (value === undefined ? [] : [value].flat());
  const named = (value) => all(value).map((one) => (typeof one === "object" ? one.name : one)).filter(Boolean);
  const year = (facts) => /^\d{4}/.exec(String(all(facts.dateCreated ?? facts.birthDate ?? facts.startDate)[0]))?.[0];

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function link(facts) {
    const made = element("a", named(facts.name)[0] ?? facts["@id"]);
    const address = new URL(facts["@id"], site);
    if (address.protocol === "https:" || address.protocol === "http:") made.href = address.href;
    return made;
  }

  function rows(facts) {
    const found = [year(facts), named(facts.director).join(", "), named(facts.genre).join(", "), named(facts.jobTitle)[0]];
    return found.filter(Boolean).join(" · ");
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; margin-block: 1rem; max-inline-size: 32rem; }
    :host([hidden]) { display: none; }
    article { border-inline-start: 0.25rem solid; padding: 0.25rem 0 0.25rem 1rem; }
    p { margin: 0.25rem 0 0; }
    .title { font-size: 1.25em; font-weight: bold; margin: 0; }
    .text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
    a { color: inherit; }
  `);

  class Card extends HTMLElement {
    static observedAttributes = ["record"];

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(document.createElement("slot"));
    }

    async attributeChangedCallback(_name, _before, record) {
      try {
        const facts = await load(record ?? "");
        if (this.getAttribute("record") === record) this.show(facts);
      } catch (error) {
        console.error(error.message); // what stands inside stays
      }
    }

    show(facts) {
      const card = element("article");
      card.setAttribute("aria-label", named(facts.name)[0] ?? "");
      const title = element("p", "", "title");
      title.append(link(facts));
      card.append(title);
      const below = rows(facts);
      if (below) card.append(element("p", below));
      const text = named(facts.abstract ?? facts.description)[0];
      if (text) card.append(element("p", text, "text"));
      this.shadowRoot.replaceChildren(card);
    }
  }

  if (!customElements.get("filmld-card")) customElements.define("filmld-card", Card);
  if (script.dataset.record) describe(script.dataset.record).catch((error) => console.error(error.message));
})();
