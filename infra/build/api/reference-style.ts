/** Of the reference page. Colours reach 4.5:1 on their grounds in both schemes. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --ground: #fff; --box: #f4f6f8; --line: #d0d7de; --accent: #0b5cad }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b1; --ground: #0f1419; --box: #1a212a; --line: #303943; --accent: #6cb2ff } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
a { color: var(--accent) } a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
h1, h2, h3 { line-height: 1.25 } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem }
nav ul { columns: 18rem; padding-left: 1.2rem } nav li { padding: .2rem 0; break-inside: avoid }
code, pre { font: .875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { background: var(--box); border: 1px solid var(--line); border-radius: .4rem; padding: .8rem; overflow-x: auto; white-space: pre }
article { margin: 2.2rem 0; padding-top: .4rem } article h3 { margin-bottom: .2rem }
.call { display: inline-block; background: var(--box); border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .6rem }
summary { cursor: pointer; padding: .5rem 0; font-weight: 600 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .4rem .8rem .4rem 0 }
ul.fields { padding-left: 1.1rem; margin: .2rem 0 } .soft { color: var(--soft) }
`;
