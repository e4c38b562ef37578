type Child = Node | string | null;
type Attributes = Record<string, string | boolean | number | null | ((event: Event) => void)>;

/** Makes an element. Text stays text; a function is what happens upon that event. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function button(text: string, pressed: (event: Event) => void, attributes: Attributes = {}): HTMLButtonElement {
  return make("button", { type: "button", click: pressed, ...attributes }, text);
}

let marks = 0;

/** A label above a field that is chosen from a list. */
export function choice(
  label: string,
  options: [value: string, text: string][],
  chosen: string,
  changed: (value: string) => void,
): HTMLElement {
  const id = `choice-${++marks}`;
  const select = make("select", { id, change: () => changed(select.value) });
  select.append(...options.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
  return make("span", { class: "field" }, make("label", { for: id }, label), select);
}
