"""How the progress page looks: light and dark, from 320 px on."""

STYLE = """\
:root {
  --page: #ffffff; --text: #1d2433; --quiet: #545d70; --line: #d5dae3; --track: #e3e7ee;
  --link: #0b57a4; --done: #17693a; --begun: #8a5300; --bad: #b3261e; --raised: #f5f7fa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171d; --text: #e4e8ef; --quiet: #a4adbd; --line: #353c49;
    --track: #2b313c; --link: #8ab8f5; --done: #6fce95; --begun: #e9b05c;
    --bad: #ff9f96; --raised: #1b2028;
  }
}
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem;
  overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link);
  outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--page); }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0; }
p { margin: .25rem 0; }
.total { font-size: 1.1rem; }
.total strong { font-size: 1.6rem; }
.quiet, .sum, footer { color: var(--quiet); }
.sum, .quiet { font-size: .9rem; }
.bar { display: block; height: .5rem; border-radius: .25rem; overflow: hidden;
  background: var(--track); }
.bar span { display: block; height: 100%; background: var(--done); }
nav ul { list-style: none; padding: 0; margin: 1.25rem 0; display: grid; gap: .25rem;
  grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
nav li { display: flex; justify-content: space-between; gap: 1rem; padding: .4rem .7rem;
  background: var(--raised); border: 1px solid var(--line); border-radius: .4rem;
  font-size: .9rem; }
nav li span { color: var(--quiet); white-space: nowrap; }
section { margin: 2.25rem 0; }
section > .bar { margin: .4rem 0 .8rem; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; }
thead th { font-size: .8rem; font-weight: 600; color: var(--quiet);
  padding: .25rem .5rem .25rem 0; }
tbody th { font-weight: 400; }
tbody tr { border-top: 1px solid var(--line); }
tbody tr.more { border-top: 0; }
tbody tr > :nth-child(2) { width: 8rem; }
tbody tr > :nth-child(3) { width: 6rem; }
tbody tr > :nth-child(4) { width: 8rem; }
tbody th > div { display: flex; gap: .6rem; }
.more, .copies { overflow-wrap: anywhere; }
.number { color: var(--quiet); white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.copies { display: block; font-size: .85rem; }
.left { color: var(--quiet); white-space: nowrap; display: block; font-size: .85rem; }
.state { white-space: nowrap; }
.sign { display: inline-block; width: 1.1em; text-align: center; }
.done .state { color: var(--done); font-weight: 600; }
.in-progress .state, .not-checked .state { color: var(--begun); font-weight: 600; }
.cannot-run .state, .bad { color: var(--bad); font-weight: 600; }
.not-started .state, .no-copy .state { color: var(--quiet); }
.more td { padding: 0 0 .75rem 2rem; }
.more ul { margin: .25rem 0; padding: 0; list-style: none; }
.more li { padding: .3rem .7rem; margin: .25rem 0; background: var(--raised);
  border-left: 3px solid var(--bad); }
.note { padding: .3rem .7rem; background: var(--raised);
  border-left: 3px solid var(--begun); }
summary { cursor: pointer; padding: .25rem 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem;
  font-size: .9rem; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .95em; }
@media (max-width: 40rem) {
  body { padding: 1rem .9rem 2rem; }
  table { font-size: .875rem; table-layout: fixed; }
  thead th { font-size: .75rem; }
  thead th:nth-child(2), tbody tr > :nth-child(2) { width: 4.9rem; }
  thead th:nth-child(3), tbody tr > :nth-child(3) { width: 4.2rem; }
  thead th:nth-child(4), tbody tr > :nth-child(4) { width: 5.6rem; }
  tbody th > div { gap: .4rem; }
  tbody th > div > :last-child { min-width: 0; }
  .state { display: flex; white-space: normal; }
  .sign { flex: none; width: 1.4em; }
  .more td { padding-left: 0; }
}
"""
