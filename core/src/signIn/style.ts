/** The look of the pages of a sign-in. Every pair of text and ground has a contrast of at least 4.5 in both schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f2ee; --card: #ffffff; --line: #dcd7cf; --text: #1c1a18; --muted: #5b554e;
  --accent: #0b6b50; --on-accent: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #151312; --card: #201d1b; --line: #3a3532; --text: #f3efea; --muted: #b8b0a7;
    --accent: #62d3a8; --on-accent: #08261c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.25rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
main {
  width: 100%; max-width: 30rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .75rem;
}
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.2; }
p { margin: 0 0 .75rem; overflow-wrap: anywhere; }
.hint, footer { color: var(--muted); font-size: .9rem; }
ul { margin: 0 0 .75rem; padding-left: 1.2rem; }
li { margin-bottom: .25rem; overflow-wrap: anywhere; }
form { margin: .25rem 0 1rem; }
form p { margin-bottom: .5rem; }
a.go, button {
  display: inline-block; margin: .25rem .5rem .25rem 0; padding: .6rem 1.2rem; border-radius: .5rem;
  border: 1px solid var(--accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
}
.go { background: var(--accent); color: var(--on-accent); }
.quiet { background: var(--card); color: var(--accent); }
a:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8rem; }
`;
