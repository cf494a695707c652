"""A real browser on the running platform: people sign in as they would at their desks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright, expect

from tests.platforms import LoadedPlatform

# WebGL in software, for the map; no calls home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000
# Refusals by a service that the client shows in words are logged by the browser as well.
REFUSALS = "Failed to load resource: the server responded with a status of 4"
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        await browser.close()


@dataclass
class Desks:
    """The desks of this test: one browser context for each person, and what went wrong at any of them."""

    browser: Browser
    platform: LoadedPlatform
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def open(self, path: str = "/", locale: str = "en-GB", width: int = 1366, height: int = 768) -> Page:
        """A page at a desk where nobody has signed in."""
        context = await self.browser.new_context(
            base_url=self.platform.base_url, locale=locale, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = await context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"error on the page: {error}"))
        page.on("request", self._requested)
        await page.goto(path)
        return page

    async def sign_in(self, name: str, path: str = "/", **desk: object) -> Page:
        """A page of one of the demo people."""
        page = await self.open(path, **desk)  # type: ignore[arg-type]
        entry = self.platform.credentials[name]
        await page.locator("input[autocomplete=username]").fill(entry["client_id"])
        await page.locator("input[autocomplete=current-password]").fill(entry["client_secret"])
        await page.locator("button[type=submit]").click()
        await expect(page.locator("header nav, header button").first).to_be_attached()
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSALS):
            self.faults.append(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.platform.base_url, "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")


@pytest.fixture
async def desks(browser: Browser, platform: LoadedPlatform) -> AsyncIterator[Desks]:
    """Desks to sign in at; afterwards, no page may have failed, broken the content security policy or asked another host."""
    desks = Desks(browser, platform)
    yield desks
    for context in desks.contexts:
        await context.close()
    assert desks.faults == []
