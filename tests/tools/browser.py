#!/usr/bin/env python3
"""Opens a report page in a headless Chromium, as a person would, and tells what does not hold.

    browser.py PAGE.html [--axe AXE.js] [--pictures FOLDER]

Needs only the standard library and `chromium`, which is spoken to over a pipe. Exit code 0 when all holds, 1 when
something does not, 2 when the check could not be made. The page needs two findings or more.
"""

import argparse
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Seconds that the browser may take for one answer; it takes none of them unless something is wrong.
PATIENCE = 120


class Browser:
    """One tab of a browser that is spoken to over its debugging pipe."""

    def __init__(self, program, profile):
        their_input, our_output = os.pipe()
        our_input, their_output = os.pipe()

        def pipes():
            # The pipe is expected at 3 and 4; both ends may lie there already, so they are moved away first.
            one, other = os.dup(their_input), os.dup(their_output)
            os.dup2(one, 3)
            os.dup2(other, 4)

        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        flags += ["--disable-background-networking", "--remote-debugging-pipe", "--user-data-dir=" + profile]
        self.process = subprocess.Popen(
            [program, *flags, "about:blank"], preexec_fn=pipes, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(their_input)
        os.close(their_output)
        self.output, self.input = os.fdopen(our_output, "wb", 0), os.fdopen(our_input, "rb", 0)
        self.rest, self.last, self.session, self.events = b"", 0, None, []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    def read(self):
        while b"\0" not in self.rest:
            if not select.select([self.input], [], [], PATIENCE)[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self.input.fileno(), 1 << 16)
            if not part:
                raise EOFError("the browser went away")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.output.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address):
        self.events.clear()
        # A page of the same address but for its fragment would not be loaded again.
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=address)
        # Asked again and again: a page whose scripts are off tells nobody that it is loaded.
        end = time.monotonic() + PATIENCE
        while self.value("location.href + ' ' + document.readyState") != f"{address} complete":
            if time.monotonic() > end:
                raise TimeoutError(f"{address} is not loaded")
            time.sleep(0.02)

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def key(self, key, code, text=None, shift=False):
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
        self.ask("Input.dispatchKeyEvent", type="keyUp", **common)

    def size(self, width, height=900):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def scheme(self, scheme):
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path, whole=False):
        width, height = self.value("[innerWidth, Math.min(document.documentElement.scrollHeight, 12000)]")
        clip = {"clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}} if whole else {}
        data = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **clip)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


SHOWN = "[...document.querySelectorAll('#findings > tbody > tr')].filter(row => row.offsetParent !== null).length"
ALL = "document.querySelectorAll('#findings > tbody > tr').length"
GROUND = "getComputedStyle(document.body).backgroundColor"
FOCUS = "document.activeElement.id || document.activeElement.tagName"
OVERFLOW = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def check(browser, page, arguments):
    """Yields what was looked at, and whether it held."""
    address = page.as_uri()
    browser.size(1280)
    browser.scheme("light")
    browser.open(address)
    noise = [event for event in browser.events if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
    yield "no error in the console", not noise, noise
    asked = [event["params"]["request"]["url"] for event in browser.events if event["method"] == "Network.requestWillBeSent"]
    outside = [url for url in asked if not url.startswith(("data:", "about:")) and url.split("#")[0] != address]
    yield "nothing is fetched", not outside, outside
    every = browser.value(ALL)
    yield "all findings are shown at first", every > 1 and browser.value(SHOWN) == every, every

    severity = browser.value("document.querySelector('#f-severity').options[1].value")
    wanted = browser.value(f"document.querySelectorAll('#findings > tbody > tr[data-severity={severity}]').length")
    browser.open(f"{address}#severity={severity}")
    yield "the address sets the filters", browser.value(SHOWN) == wanted, (severity, wanted, browser.value(SHOWN))
    word = browser.value("document.querySelector('#findings > tbody > tr:last-child').dataset.code")
    same = browser.value(f"document.querySelectorAll('#findings > tbody > tr[data-code={word}]').length")

    browser.open(address)
    steps = 0
    while browser.value(FOCUS) != "q" and steps < 80:
        browser.key("Tab", 9)
        steps += 1
    yield "Tab leads to the search", browser.value(FOCUS) == "q", browser.value(FOCUS)
    browser.ask("Input.insertText", text=word.lower())
    found = browser.value(SHOWN)
    yield "typing leaves the rows that say so", same <= found < every, (word, same, found, every)
    browser.key("Enter", 13, "\r")
    yield "Enter goes to the results", browser.value(FOCUS) == "shown", browser.value(FOCUS)
    yield "how many are shown is said", browser.value("document.querySelector('#shown').textContent").startswith(f"{found} "), ""
    ring = browser.value("getComputedStyle(document.activeElement).outlineStyle")
    yield "the focus is seen", ring not in ("none", ""), ring
    browser.key("Tab", 9, shift=True)
    browser.key("Enter", 13, "\r")
    browser.value("new Promise(done => setTimeout(done))")
    yield "clearing shows all again", browser.value(SHOWN) == every, browser.value(SHOWN)
    browser.value("document.querySelector('#q').value = 'zzzz'; document.querySelector('#filters').dispatchEvent(new Event('input', {bubbles: true}))")
    yield "no row is a sentence", browser.value(SHOWN) == 0 and len(browser.value("document.querySelector('#shown').textContent")) > 20, ""

    browser.open(address)
    browser.value("document.querySelector('#findings thead th:nth-child(2) button').focus()")
    browser.key("Enter", 13, "\r")
    browser.key("Enter", 13, "\r")
    codes = browser.value("[...document.querySelectorAll('#findings > tbody > tr')].map(row => row.dataset.code)")
    sort = browser.value("document.querySelector('#findings thead th:nth-child(2)').getAttribute('aria-sort')")
    yield "a column is sorted by the keyboard", codes == sorted(codes, reverse=True) and sort == "descending", codes[:5]

    light = browser.value(GROUND)
    browser.value("document.querySelector('#theme').click()")
    dark = browser.value(GROUND)
    browser.value("document.querySelector('#theme').click()")
    yield "the theme is toggled and back", light != dark and browser.value(GROUND) == light, (light, dark)
    browser.value("localStorage.clear()")
    browser.scheme("dark")
    browser.open(address)
    yield "the system's dark theme is followed", browser.value(GROUND) == dark, browser.value(GROUND)
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        for width in (1280, 320):
            browser.size(width)
            browser.open(address)
            inside = browser.value(OVERFLOW)
            yield f"{width} px, {scheme}: the page is not wider than the window", inside[0] <= inside[1], inside
            if arguments.pictures:
                name = f"{scheme}-{width}"
                browser.picture(arguments.pictures / f"{name}.png")
                browser.picture(arguments.pictures / f"{name}-whole.png", True)
            if arguments.axe:
                browser.value("document.querySelectorAll('details').forEach(one => one.open = true)")
                browser.value(arguments.axe.read_text(encoding="utf-8") + ";0")
                result = browser.value("axe.run().then(r => r.violations.map(v => [v.id, v.impact, v.nodes.length, v.nodes[0].html, v.nodes[0].failureSummary]))")
                yield f"{width} px, {scheme}: axe finds nothing", not result, result
    browser.size(1280)
    browser.scheme("light")
    browser.open(address)
    pdf = base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    yield "it is printed", pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") >= 2, len(pdf)
    if arguments.pictures:
        (arguments.pictures / "page.pdf").write_bytes(pdf)
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(address)
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    state = browser.value("[document.querySelector('#filters').hidden, document.querySelector('#theme').hidden, document.querySelectorAll('#findings > tbody > tr').length]")
    yield "without scripts the findings are there and the filters are not", state == [True, True, every], state


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--axe", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        print("chromium is not installed", file=sys.stderr)
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            for what, held, seen in check(browser, arguments.page.resolve(), arguments):
                wrong += not held
                print(("ok: " if held else "WRONG: ") + what + ("" if held else f": {seen}"))
        finally:
            browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
