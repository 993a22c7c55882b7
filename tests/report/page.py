"""The page of `launchgate report`, in headless Chromium: what a reader, a keyboard, a screen reader and a printer get.

    page.py REPORT.html REPORT.json HOSTILE.html SHOTS-FOLDER
"""
import json
import pathlib
import re
import subprocess
import sys

from browser import Browser

report, data_file, hostile, shots = (pathlib.Path(a).resolve() for a in sys.argv[1:5])
data = json.loads(data_file.read_text())
names = [f"{r['namespace']}/{r['name']}" for r in data["reviews"]]
failed = passed = 0


def check(what, ok, seen=""):
    global failed, passed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print(f"FAILED {what}: {seen}")


def prop(node, name):
    return next((p["value"].get("value") for p in node.get("properties", []) if p["name"] == name), None)


def loads(browser):
    page = browser.page(report.as_uri())
    check("no console message, exception or request", not page.complaints(), page.complaints())
    check("title", page.js("document.title") == "Readiness report, 2026-11-24", page.js("document.title"))
    check("the style is applied", page.js("getComputedStyle(document.querySelector('.skip')).position") == "absolute")
    check("every review has an article", page.js("[...document.querySelectorAll('article h3')].map(h => h.textContent)") == names)
    check("five questions each", page.js("[...document.querySelectorAll('article')].every(a => a.querySelectorAll('.questions > li').length === 5)"))
    check("links open nothing that can look back", page.js(
        "[...document.querySelectorAll('a:not([href^=\"#\"])')].every(a => a.protocol === 'https:' && a.rel === 'noopener noreferrer')"))
    check("every #link leads somewhere", page.js("[...document.querySelectorAll('a[href^=\"#\"]')].every(a => document.getElementById(a.hash.slice(1)))"))
    check("ids are distinct", page.js("(ids => new Set(ids).size === ids.length)([...document.querySelectorAll('[id]')].map(e => e.id))"))
    page.screenshot(shots / "wide.png")
    return page


def speaks(page):
    """What a screen reader is given."""
    nodes = page.accessibility()
    roles = [n["role"]["value"] for n in nodes]
    for landmark in ("banner", "navigation", "main", "contentinfo", "search"):
        check(f"one {landmark}", roles.count(landmark) == 1, roles.count(landmark))
    levels = [int(prop(n, "level")) for n in nodes if n["role"]["value"] == "heading"]
    check("one h1, first", levels[:1] == [1] and levels.count(1) == 1, levels[:5])
    jumps = [(a, b) for a, b in zip(levels, levels[1:]) if b > a + 1]
    check("headings in order", not jumps, jumps)
    unnamed = [n["role"]["value"] for n in nodes if n["role"]["value"] in
               ("table", "link", "button", "searchbox", "combobox", "region", "article", "form", "search") and
               not n.get("name", {}).get("value")]
    check("every table, link and control has a name", not unnamed, unnamed)
    check("the language is said", page.js("document.documentElement.lang") == "en")
    check("every table has a caption and scoped heads", page.js(
        "[...document.querySelectorAll('table')].every(t => t.caption && [...t.querySelectorAll('th')].every(h => h.scope))"))
    check("no badge without a word", page.js("[...document.querySelectorAll('.badge')].every(b => /\\w/.test(b.textContent))"))


CONTRAST = """(() => {
  const luminance = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parse = (text) => { const m = text.match(/[\\d.]+/g).map(Number); return m.length === 4 && m[3] === 0 ? null : m.slice(0, 3); };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.offsetParent) continue;
    const [a, b] = [luminance(parse(getComputedStyle(e).color)), luminance(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
  }
  return [...new Set(poor)];
})()"""


def contrasts(browser):
    for dark in (False, True):
        page = browser.page(report.as_uri(), dark=dark)
        page.js("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        poor = page.js(CONTRAST)
        check(f"contrast of 4.5, {'dark' if dark else 'light'}", not poor, poor)
        if dark:
            page.js("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
            page.screenshot(shots / "dark.png")


def keyboard(browser):
    page = browser.page(report.as_uri())
    wanted = page.js("(() => { let n = 0; for (const e of document.querySelectorAll('a[href],button,input,select,summary,[tabindex=\"0\"]')) "
                     "if (e.checkVisibility()) e.dataset.stop = n++; return n; })()")
    reached, hidden = set(), []
    for _ in range(wanted + 5):
        page.tab()
        stop, seen = page.js("(() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);"
                             " return [e.dataset.stop ?? null, r.width > 0 && r.right > 0 && s.outlineStyle !== 'none']; })()")
        if stop is None:
            continue
        reached.add(int(stop))
        if not seen:
            hidden.append(stop)
    check("Tab reaches every control", len(reached) == wanted, f"{len(reached)} of {wanted}")
    check("and the focus is seen on each", not hidden, hidden)
    page = browser.page(report.as_uri())
    page.tab()
    check("the first stop skips the navigation", page.js("document.activeElement.className") == "skip")
    page.key("Enter", 13, "\r")
    check("and leads to the report", page.js("document.activeElement.id") == "main", page.js("document.activeElement.id"))
    page.js("document.querySelector('article details summary').focus()")
    page.key("Enter", 13, "\r")
    check("a key opens the gates that are met", page.js("document.querySelector('article details').open"))


VISIBLE = "[...document.querySelectorAll('{}')].filter(e => e.checkVisibility()).length"


def filters(browser):
    page = browser.page(report.as_uri())
    rows, articles = VISIBLE.format("#fleet tbody tr"), VISIBLE.format("article")
    one = data["reviews"][-1]
    page.js("document.querySelector('#filter input').focus()")
    page.write(one["name"])
    check("words filter the table", page.js(rows) == 1, page.js(rows))
    check("and the reviews", page.js(articles) == 1, page.js(articles))
    check("and it is said", page.js("document.querySelector('output').textContent") == f"1 of {len(names)} shown")
    page.js("document.querySelector('#filter button').click()")
    page.js("new Promise((done) => setTimeout(done, 20))")
    check("all again", page.js(rows) == len(names))
    for key in ("tier", "team", "state"):
        wanted = sum(r[key] == one[key] for r in data["reviews"])
        page.js(f"(s => {{ s.value = {json.dumps(one[key])}; s.dispatchEvent(new Event('input', {{bubbles: true}})); }})(document.querySelector('#filter [name={key}]'))")
        check(f"by {key}", page.js(rows) == wanted, page.js(rows))
        page.js("document.querySelector('#filter button').click(); new Promise((done) => setTimeout(done, 20))")
    page.js("document.querySelectorAll('#fleet th button')[0].click()")
    first = page.js("[...document.querySelectorAll('#fleet tbody th')].map(h => h.textContent)")
    check("a head sorts", first == sorted(names), first)
    check("and it is said how", page.js("document.querySelector('#fleet th').getAttribute('aria-sort')") == "ascending")
    check("without complaint", not page.complaints(), page.complaints())


def without_script(browser):
    page = browser.page(report.as_uri(), script=False)
    nodes = page.accessibility()
    check("without a script every review is there", sum(n["role"]["value"] == "article" for n in nodes) == len(names))
    check("and no filter that does nothing", not any(n["role"]["value"] in ("search", "searchbox") for n in nodes))


def narrow(browser):
    page = browser.page(report.as_uri(), width=360, height=740)
    page.js("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    wide = page.js("document.documentElement.scrollWidth")
    culprits = page.js("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361 && !e.closest('.scroll')).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40)).slice(0, 5)")
    check("nothing overflows at 360 px", wide <= 360 and not culprits, f"{wide} {culprits}")
    page.js("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    page.screenshot(shots / "narrow.png")


def printed(browser):
    for script in (True, False):
        page = browser.page(report.as_uri(), script=script)
        pdf = shots / "report.pdf"
        page.pdf(pdf)
        text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        flat = re.sub(r"\s+", "", text)
        how = "" if script else ", without a script"
        missing = [n for n in names if n not in flat]
        check(f"all reviews are on paper{how}", not missing, missing)
        # What is folded on a screen is open on paper.
        folded = [g["slug"] for r in data["reviews"] for g in r["gates"] if g["result"] == "Pass" and g["slug"] not in flat]
        check(f"and the gates that are met{how}", not folded, folded[:5])
        check(f"the filter is not{how}", "Showall" not in flat)


def hostile_names(browser):
    page = browser.page(hostile.as_uri())
    check("hostile names ask for nothing", not page.complaints(), page.complaints())
    check("and run nothing", page.js("typeof window.owned") == "undefined" and page.js("document.querySelectorAll('script').length") == 1
          and page.js("document.images.length") == 0)
    check("and lead nowhere", page.js("[...document.querySelectorAll('a')].every(a => a.protocol === 'https:' || a.getAttribute('href')[0] === '#')"))
    check("and are there to be read", page.js("document.body.innerText.includes('<script>window.owned=1</script>')"))
    narrow_page = browser.page(hostile.as_uri(), width=360)
    check("and break no line", narrow_page.js("document.documentElement.scrollWidth") <= 360, narrow_page.js("document.documentElement.scrollWidth"))


with Browser() as chromium:
    speaks(loads(chromium))
    contrasts(chromium)
    keyboard(chromium)
    filters(chromium)
    without_script(chromium)
    narrow(chromium)
    printed(chromium)
    hostile_names(chromium)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
