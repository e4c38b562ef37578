// Adds a button to what can be copied; without it, or without script, the text can be selected.
"use strict";

for (const source of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.dataset.byScript = "";
  button.textContent = source.dataset.copy;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "copied";
  status.dataset.byScript = "";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      status.textContent = source.dataset.copied;
    } catch {
      if (source.select) source.select();
    }
  });
  source.after(button, status);
}

document.getElementById("page-address")?.addEventListener("focus", (event) => event.target.select());
