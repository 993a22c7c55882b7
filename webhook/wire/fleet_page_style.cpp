// How the page looks, and the few lines that filter and sort it. Without a script everything is there, unfiltered; on
// paper everything is open. Colours are checked for a contrast of 4.5 and more by tests/report.
#include "wire/fleet_page.h"

namespace launchgate::fleet_page {

const std::string_view kStyle = R"css(
:root{--bg:#fff;--fg:#1b1f24;--muted:#57606a;--line:#d5dae0;--soft:#f5f7f9;--link:#0a58a8;--focus:#0a58a8;
--bad-bg:#fdecea;--bad:#8c1d18;--warn-bg:#fff4d9;--warn:#664700;--good-bg:#e6f4e8;--good:#1c5a2b;--stop-bg:#e9ecef;--stop:#343b43}
@media (prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e4e8ec;--muted:#a3adb8;--line:#363d46;--soft:#1c2026;--link:#82b9f5;
--focus:#82b9f5;--bad-bg:#3d1a19;--bad:#ffb3ad;--warn-bg:#362a0c;--warn:#f3cf7a;--good-bg:#16301c;--good:#9bdcab;--stop-bg:#2a3038;--stop:#d2d8df}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0 auto;max-width:74rem;padding:1.5rem clamp(.75rem,3vw,2rem) 3rem;background:var(--bg);color:var(--fg);
font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;padding:.5rem .75rem;background:var(--bg);border:1px solid var(--line);z-index:1}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
h3{font-size:1.15rem;margin:0}
h4{font-size:.95rem;margin:1.5rem 0 .4rem}
h5{font-size:.9375rem;margin:0 0 .35rem}
p{margin:.4rem 0}
header p,.muted,caption,dt,footer{color:var(--muted)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1rem 0 0;padding:0}
code,.digest{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
table{width:100%;border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;font-size:.875rem;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.8125rem;color:var(--muted);font-weight:600;border-bottom:1px solid var(--fg)}
tbody th{font-weight:600}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:left}
th button::after{content:" \2195";color:var(--muted)}
th[aria-sort=ascending] button::after{content:" \2191"}
th[aria-sort=descending] button::after{content:" \2193"}
.scroll{overflow-x:auto}
.scroll table{min-width:40rem;overflow-wrap:normal}
.num{text-align:right;white-space:nowrap}
.teams .num{width:7.5rem}
tbody th[scope=row]{width:24%}
@media (max-width:40rem){tbody th[scope=row]{width:36%}}
.teams tbody th,#fleet tbody th{width:auto}
time,th button{white-space:nowrap}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem;margin:0}
.figures div{display:flex;flex-direction:column;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.5rem .7rem}
.figures dd{margin:auto 0 0;font-size:1.5rem;font-weight:600;line-height:1.2}
.figures dt{font-size:.8125rem}
.badge{display:inline-block;padding:.05rem .5rem;border:1px solid currentcolor;border-radius:1rem;font-size:.8125rem;
font-weight:600;white-space:nowrap;line-height:1.45}
.bad,.critical{background:var(--bad-bg);color:var(--bad)}
.warn,.high{background:var(--warn-bg);color:var(--warn)}
.good{background:var(--good-bg);color:var(--good)}
.stop,.plain,.low,.moderate{background:var(--stop-bg);color:var(--stop)}
.critical{border-width:2px}
article{border:1px solid var(--line);border-radius:8px;padding:1rem clamp(.75rem,2vw,1.25rem) 1.25rem;margin:1.5rem 0}
.facts{display:grid;grid-template-columns:fit-content(8.5rem) 1fr;gap:.15rem .9rem;margin:.4rem 0}
.facts dt,.facts dd{margin:0}
.facts dt{font-size:.875rem}
.facts dd{grid-column:2}
.questions{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:.75rem}
.questions li{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem}
.questions p{font-size:.875rem}
.list{margin:.3rem 0;padding-left:1.1rem}
details{margin:.5rem 0}
summary{cursor:pointer;font-weight:600;font-size:.9375rem}
form{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.5rem 0 1rem;padding:.75rem;background:var(--soft);
border:1px solid var(--line);border-radius:6px}
form label{min-width:0;max-width:100%;display:grid;gap:.15rem;font-size:.8125rem;color:var(--muted)}
input,select,form button{font:inherit;color:var(--fg);background:var(--bg);border:1px solid var(--muted);border-radius:4px;padding:.3rem .5rem;min-width:0;max-width:100%}
output{padding:.3rem 0}
footer{margin-top:3rem;font-size:.875rem}
@page{margin:15mm}
@media print{:root{--bg:#fff;--fg:#000;--muted:#444;--line:#999;--soft:#fff;--link:#000;--bad-bg:#fff;--bad:#000;--warn-bg:#fff;
--warn:#000;--good-bg:#fff;--good:#000;--stop-bg:#fff;--stop:#000}
body{max-width:none;padding:0;font-size:9.5pt}
nav,form,.skip{display:none}
article{border:0;padding:0;break-before:page}
h2,h3,h4,h5,summary,caption{break-after:avoid}
tr,.questions li,.figures div{break-inside:avoid}
.scroll{overflow:visible}.scroll table{min-width:0;overflow-wrap:anywhere}#fleet{font-size:8pt}
.questions{display:block}.questions li{margin-bottom:.5rem}
thead{display:table-header-group}
th button::after{content:""}
details::details-content{content-visibility:visible;block-size:auto}
[hidden]{display:revert!important}form[hidden]{display:none!important}}
)css";

const std::string_view kScript = R"js(
(() => {
  const form = document.getElementById('filter'), table = document.getElementById('fleet');
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  if (!form || !table) return;
  const body = table.tBodies[0], rows = [...body.rows], out = form.querySelector('output');
  const show = () => {
    const wanted = (name) => form.elements[name].value, words = wanted('text').trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = row.textContent.toLowerCase().includes(words) &&
          ['team', 'tier', 'state'].every((key) => !wanted(key) || row.dataset[key] === wanted(key));
      row.hidden = document.getElementById(row.dataset.review).hidden = !fits;
      shown += fits;
    }
    out.textContent = `${shown} of ${rows.length} shown`;
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      rows.sort((a, b) => (up ? 1 : -1) * key(a).localeCompare(key(b), 'en', {numeric: true}));
      body.append(...rows);
    });
  });
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(show));
  form.hidden = false;
  show();
})();
)js";

}  // namespace launchgate::fleet_page
