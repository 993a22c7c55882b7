"""Headless Chromium through its DevTools protocol over a pipe: nothing but Python's own library, and no port.

    with Browser() as browser:
        page = browser.page("file:///tmp/report.html", width=1280)
        page.js("document.title")
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading


class Browser:
    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="launchgate-chromium-")
        to_child, self.to = os.pipe()
        self.back, from_child = os.pipe()

        def become():   # Chromium reads commands from descriptor 3 and answers on 4
            copies = os.dup(to_child), os.dup(from_child)
            os.dup2(copies[0], 3)
            os.dup2(copies[1], 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={self.profile}", "--force-color-profile=srgb",
             "about:blank"],
            preexec_fn=become, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self.timer = threading.Timer(180, self.process.kill)   # nothing here may hang
        self.timer.start()
        self.buffer, self.next, self.events = b"", 0, []
        return self

    def __exit__(self, *_):
        self.timer.cancel()
        self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.back)
        shutil.rmtree(self.profile, ignore_errors=True)

    def read(self):
        while b"\0" not in self.buffer:
            more = os.read(self.back, 1 << 20)
            if not more:
                sys.exit("chromium ended")
            self.buffer += more
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **params):
        self.next += 1
        wanted = self.next
        message = {"id": wanted, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def page(self, url, width=1280, height=900, dark=False, script=True):
        return Page(self, url, width, height, dark, script)


class Page:
    def __init__(self, browser, url, width, height, dark, script):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM", "Accessibility"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])
        if not script:
            self.call("Emulation.setScriptExecutionDisabled", value=True)
        self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def mine(self, *methods):
        return [e for e in self.browser.events if e.get("sessionId") == self.session and e["method"] in methods]

    def wait_for(self, method):
        while not self.mine(method):
            answer = self.browser.read()
            if "method" in answer:
                self.browser.events.append(answer)

    def js(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", expression))
        return result["result"].get("value")

    def key(self, name, code, text=None, shift=False):
        for kind in ("rawKeyDown", "char", "keyUp") if text else ("rawKeyDown", "keyUp"):
            extra = {"text": text} if kind == "char" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code,
                      modifiers=8 if shift else 0, **extra)

    def tab(self):
        self.key("Tab", 9)

    def write(self, text):
        self.call("Input.insertText", text=text)

    def complaints(self):
        """What the console said, what threw, and what was asked of a network."""
        self.js("1")   # whatever was on its way has come
        out = [json.dumps(e["params"])[:300] for e in self.mine("Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
        out += [e["params"]["entry"]["text"] for e in self.mine("Log.entryAdded")]
        out += ["request: " + e["params"]["request"]["url"][:200] for e in self.mine("Network.requestWillBeSent")
                if not e["params"]["request"]["url"].startswith("file:")]
        return out

    def accessibility(self):
        return [n for n in self.call("Accessibility.getFullAXTree")["nodes"] if not n.get("ignored")]

    def screenshot(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 8000), "scale": 1})["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def pdf(self, path):
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
