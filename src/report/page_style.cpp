#include "page_style.hpp"

namespace seqload::report {

const std::string_view page_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --panel: #f2f2ee; --ink: #1c1e21; --muted: #585e66; --line: #d8d9d4;
  --good: #1f6b41; --bad: #a6301d; --idle: #e6e3da; --bar: #3d6f9e;
  --added: #2f7d4f; --already_in_sequence: #3c8799; --skipped: #a87510; --duplicate: #757d86;
  --excluded: #8d7853; --invalid: #c2412d; --failed: #8f1d4f; --unconfirmed: #6a55c2;
  --not_attempted: #848b93;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --panel: #1d2025; --ink: #e7e8ea; --muted: #a4abb3; --line: #363b42;
    --good: #6fcf9a; --bad: #f58a74; --idle: #2a2e35; --bar: #7fb1e0;
    --added: #58b985; --already_in_sequence: #5fb4c8; --skipped: #dba63a; --duplicate: #98a1ab;
    --excluded: #b89f74; --invalid: #ee7660; --failed: #e2699e; --unconfirmed: #a191f2;
    --not_attempted: #79818a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.5rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 650; margin: .35rem 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; font-weight: 650; margin: 0 0 .75rem; }
h3 { font-size: .95rem; font-weight: 600; margin: 1.75rem 0 .5rem; }
section { margin-top: 2.75rem; }
p { margin: 0 0 .75rem; }
table + p, .lane + p { margin-top: .75rem; }
a { color: inherit; text-underline-offset: .15em; }
code, .id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }
.muted, .id { color: var(--muted); }
.small { font-size: .875rem; }
.kicker { color: var(--muted); font-size: .875rem; margin: 0; }
.verdict { font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 500; color: var(--muted); font-size: .8125rem; white-space: nowrap; }
tbody th { color: inherit; font-size: inherit; font-weight: 500; }
th:last-child, td:last-child { padding-right: 0; }
.number { padding-right: 1.5rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.word { white-space: nowrap; }
.wide { width: 45%; }
.swatch { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin-right: .5rem; vertical-align: -.02em; }
svg { display: block; width: 100%; }
.stack { height: 1.75rem; border-radius: 4px; margin: 0 0 1rem; }
.stack.thin { height: .6rem; border-radius: 2px; margin: .45rem 0 .15rem; }
.plot { height: 7.5rem; border-bottom: 1px solid var(--muted); }
.lane { height: 1.1rem; }
.axis { display: flex; justify-content: space-between; gap: 1rem; color: var(--muted); font-size: .8125rem; font-variant-numeric: tabular-nums; margin: .3rem 0 0; }
.caption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; font-size: .875rem; margin: 1rem 0 .25rem; }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .8125rem; color: var(--muted); margin: .75rem 0 0; padding: 0; list-style: none; }
.bins { display: flex; margin: .3rem 0 0; padding: 0; list-style: none; color: var(--muted); font-size: .75rem; font-variant-numeric: tabular-nums; }
.bins li { flex: 1 1 0; min-width: 0; text-align: center; }
.figures { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 0 0 1.25rem; }
.figures div { min-width: 5rem; }
.figures dt { color: var(--muted); font-size: .8125rem; }
.figures dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.steps { margin: 0; padding-left: 1.25rem; }
.steps li { margin-bottom: .75rem; }
.steps p { margin: 0 0 .35rem; }
.steps p::first-letter { text-transform: uppercase; }
.command { display: block; background: var(--panel); border-radius: 4px; padding: .5rem .75rem; user-select: all; -webkit-user-select: all; white-space: pre-wrap; }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .8125rem; }
.added { --own: var(--added); } .already_in_sequence { --own: var(--already_in_sequence); }
.skipped { --own: var(--skipped); } .duplicate { --own: var(--duplicate); }
.excluded { --own: var(--excluded); } .invalid { --own: var(--invalid); }
.failed { --own: var(--failed); } .unconfirmed { --own: var(--unconfirmed); }
.not_attempted { --own: var(--not_attempted); } .bar { --own: var(--bar); } .idle, .window { --own: var(--idle); }
rect { fill: var(--own); }
.swatch { background: var(--own); }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  section { margin-top: 2.25rem; }
  .cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .cards, .cards tbody { display: block; }
  .cards tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
  .cards td { display: block; flex: none; max-width: 100%; width: auto; border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
  .cards td:first-child { flex: 1 1 auto; }
  .cards td.wide, .cards td.full { flex: 1 1 100%; }
  .cards td:empty { display: none; }
  .cards td[data-name]::before { content: attr(data-name) " "; color: var(--muted); font-size: .8125rem; }
  .cards td.optional { display: none; }
  .bins { font-size: .625rem; }
}
@media print {
  :root {
    --paper: #fff; --panel: #f2f2ee; --ink: #000; --muted: #45494f; --line: #c9cac6;
    --good: #1f6b41; --bad: #a6301d; --idle: #e6e3da; --bar: #3d6f9e;
    --added: #2f7d4f; --already_in_sequence: #3c8799; --skipped: #a87510; --duplicate: #757d86;
    --excluded: #8d7853; --invalid: #c2412d; --failed: #8f1d4f; --unconfirmed: #6a55c2;
    --not_attempted: #848b93;
  }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 1.5rem; }
  h2, h3, .caption { break-after: avoid; }
  tr, svg, .steps li, .figures { break-inside: avoid; }
  thead { display: table-header-group; }
}
)css";

}  // namespace seqload::report
