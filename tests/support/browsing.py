"""A person before the screen: one browser context, and what went wrong on its pages."""

import json

from tests.support import chromium
from tests.support.axe import SETTLED

HEIGHT = 800
PATIENCE = 30_000  # milliseconds; two test runs share the machine
BLOCKED = 2  # Chromium's content setting
REFUSED_RESOURCE = "Failed to load resource"
BROKEN_POLICY = """addEventListener('securitypolicyviolation', event =>
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`))"""  # also those that are only reported


def resize(page, width):
    """A window of another width: none of our scripts asks for it (test_public_pages), so the page is laid out as if it
    were opened there."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate(SETTLED)


class Visitor:
    def __init__(self, site, playwright, browser, profile):
        self.site, self.playwright, self.browser, self.profile = site, playwright, browser, profile
        self.complaints = []

    def page(self, width, javascript, cookies):
        """A new page in a context of its own, as wide as `width` pixels."""
        options = {
            "base_url": self.site.url,
            "viewport": {"width": width, "height": HEIGHT},
            "java_script_enabled": javascript,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
        }
        self.context = self.browser.new_context(**options) if cookies else self.without_cookies(options)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(BROKEN_POLICY)
        self.context.on("console", self.on_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"page error: {error.error}"))
        self.context.on("request", self.on_request)
        self.context.on("response", self.on_response)
        return self.context.new_page()

    def without_cookies(self, options):
        """A profile in which cookies are blocked, as a person sets it in the browser; contexts have no such switch."""
        settings = {"profile": {"default_content_setting_values": {"cookies": BLOCKED}}}
        (self.profile / "Default").mkdir(parents=True)
        (self.profile / "Default" / "Preferences").write_text(json.dumps(settings))
        return self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=chromium.find(), args=chromium.FLAGS, **options
        )

    def on_console(self, message):
        """Errors, broken policies among them; a refused page is no error, and its parts are looked at below."""
        if message.type == "error" and not message.text.startswith(REFUSED_RESOURCE):
            self.complaints.append(f"console: {message.text}")

    def on_request(self, request):
        if not request.url.startswith((self.site.url, "data:", "blob:", "about:", "chrome")):
            self.complaints.append(f"outside host: {request.url}")

    def on_response(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status}: {response.url}")

    def leave(self):
        self.context.close()
