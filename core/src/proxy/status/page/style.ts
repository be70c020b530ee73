/** The look of the status page. Every pair of text and ground has a contrast of at least 4.5 in both schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f2ee; --card: #ffffff; --line: #dcd7cf; --text: #1c1a18; --muted: #5b554e;
  --edge: #857d73; --accent: #0b6b50; --on-accent: #ffffff; --warn: #855300; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #151312; --card: #201d1b; --line: #3a3532; --text: #f3efea; --muted: #b8b0a7;
    --edge: #8d857c; --accent: #62d3a8; --on-accent: #08261c; --warn: #f0bf62; --bad: #ff9c92;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; padding: 2.5rem 1.25rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
header, main, footer { max-width: 46rem; margin: 0 auto; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 0; font-size: .9rem; font-weight: 600; color: var(--muted); }
p { margin: 0; }
.lead, .note, footer { color: var(--muted); }
.lead { margin: .35rem 0 1.75rem; }
.note { font-size: .9rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem 1.25rem; }
form label { display: block; font-weight: 600; margin-bottom: .4rem; }
form .row { display: flex; flex-wrap: wrap; gap: .6rem; margin-bottom: .6rem; }
input {
  flex: 1 1 14rem; min-width: 0; font: inherit; padding: .55rem .75rem; color: inherit;
  background: var(--ground); border: 1px solid var(--edge); border-radius: .5rem;
}
input[aria-invalid="true"] { border-color: var(--bad); }
button {
  font: inherit; font-weight: 600; padding: .55rem 1.1rem; border: 1px solid var(--accent); border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); cursor: pointer;
}
button.quiet { background: none; color: var(--accent); padding: .25rem .75rem; font-size: .9rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#numbers:focus { outline: none; }
.message { margin: 0 0 1rem; padding: .7rem 1rem; border-left: 4px solid var(--bad); background: var(--card);
  color: var(--bad); font-weight: 600; }
.message:empty { display: none; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); }
.wide { grid-column: 1 / -1; }
.value { font-size: 1.5rem; font-weight: 650; line-height: 1.35; }
#budget .value { font-size: 2.25rem; }
.value small { font-size: 1rem; font-weight: 400; color: var(--muted); }
progress {
  appearance: none; display: block; width: 100%; height: .8rem; margin: .6rem 0 .7rem; border: 1px solid var(--edge);
  border-radius: .4rem; overflow: hidden; background: var(--ground); color: var(--accent);
}
progress::-webkit-progress-bar { background: var(--ground); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
[data-mood="warn"] .value { color: var(--warn); }
[data-mood="bad"] .value { color: var(--bad); }
footer { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; justify-content: space-between;
  margin-top: 1.25rem; font-size: .9rem; }
`;
