"use strict";

// What scrolls sideways must be reached by the Tab key, and only what scrolls.
const WIDE = {
  pre: "Text that scrolls sideways",
  "div.math": "Formula that scrolls sideways",
  ".table-wrapper": "Table that scrolls sideways",
  "span.math.wide": "Formula that scrolls sideways",
  "dt.sig": "Signature that scrolls sideways",
};

function markWide() {
  for (const formula of document.querySelectorAll("article span.math")) {
    formula.classList.remove("wide");
    const room = formula.closest("p, li, td, dd, div").clientWidth;
    formula.classList.toggle("wide", formula.offsetWidth > room);
  }
  for (const [selector, label] of Object.entries(WIDE)) {
    for (const box of document.querySelectorAll(`article ${selector}`)) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      if (scrolls) {
        box.setAttribute("tabindex", "0");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", label);
      } else if (box.hasAttribute("aria-label")) {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
      }
    }
  }
}

let waiting = 0;
function soon() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(markWide);
}

// In a long list of pages, show where one is.
function showWhere() {
  const list = document.querySelector(".sidebar-scroll");
  const here = document.querySelector(".sidebar-tree .current-page");
  if (list && here) {
    const gap = here.getBoundingClientRect().top - list.getBoundingClientRect().top;
    list.scrollTop += gap - list.clientHeight / 3;
  }
}

// The search names pages; say which lesson each is, and which term of the glossary.
function nameResults(list) {
  for (const link of list.querySelectorAll("li > a:not([data-named])")) {
    const lesson = link.pathname.match(/\/(?:course(\d)_\w+|notebooks)\/0?([1-9]\d*)_/);
    if (lesson) {
      link.prepend(`${lesson[1] ?? 0}.${lesson[2]} `);
    } else if (link.hash.startsWith("#term-")) {
      link.append(`: ${decodeURIComponent(link.hash.slice(6)).replaceAll("-", " ")}`);
    }
    link.dataset.named = "";
  }
}

window.addEventListener("load", () => {
  soon();
  const results = document.querySelector("#search-results");
  if (results) {
    nameResults(results);
    new MutationObserver(() => nameResults(results)).observe(results, {
      childList: true,
      subtree: true,
    });
  }
  showWhere();
  // Two regions of the same kind need names to be told apart.
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "All pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
  window.addEventListener("resize", soon);
  document.addEventListener("toggle", soon, true);
  if (window.MathJax && MathJax.startup) {
    MathJax.startup.promise.then(soon);
  }
});
