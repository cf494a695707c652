"""A real browser on the running platform, and people at their desks."""

import shutil
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

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
    # The pages of a desk share a process, which has read and compiled the client already.
    "--process-per-site",
]
PATIENCE_MS = 20_000
# Refusals by a service that the client shows in words are logged by the browser as well.
REFUSALS = "Failed to load resource: the server responded with a status of 4"
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium: the one without windows, where it is there, since it takes a seventh less to draw a page nobody looks at."""
    program = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        await browser.close()


@dataclass
class Desk:
    """A browser context. Between two tests nothing stays but the browser's cache, and a page that keeps its process alive."""

    context: BrowserContext
    keeper: Page

    @classmethod
    async def set_up(cls, browser: Browser, base_url: str, locale: str) -> "Desk":
        """A new one, in a language."""
        context = await browser.new_context(base_url=base_url, locale=locale, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        keeper = await context.new_page()
        await keeper.goto("/readyz")
        return cls(context, keeper)

    async def clear(self) -> None:
        """Closes its pages and forgets who sat here and what they kept."""
        for page in self.context.pages:
            if page != self.keeper:
                await page.close()
        await self.context.clear_cookies()
        await self.keeper.evaluate("localStorage.clear()")


FreeDesks = defaultdict[str, list[Desk]]


@pytest.fixture(scope="session")
def free_desks() -> FreeDesks:
    """Desks nobody sits at, by language."""
    return defaultdict(list)


@dataclass
class Desks:
    """The desks of this test, one for each page, and what went wrong at any of them."""

    browser: Browser
    platform: LoadedPlatform
    free: FreeDesks
    taken: list[tuple[str, Desk]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def open(self, path: str = "/", **desk: Any) -> Page:
        """A page at a desk where nobody has signed in."""
        page = await self._sit_down(**desk)
        await page.goto(path)
        return page

    async def sign_in(self, name: str, path: str = "/", **desk: Any) -> Page:
        """A page of one of the demo people, who has signed in before."""
        page = await self._sit_down(**desk)
        entry = self.platform.credentials[name]
        signed = await page.request.post("/v1/session", data={key: entry[key] for key in ("client_id", "client_secret")})
        assert signed.status == 201, await signed.text()
        await page.goto(path)
        await expect(page.locator("header nav, header button").first).to_be_attached()
        return page

    async def _sit_down(self, locale: str = "en-GB", width: int = 1366, height: int = 768) -> Page:
        free = self.free[locale]
        desk = free.pop() if free else await Desk.set_up(self.browser, self.platform.base_url, locale)
        self.taken.append((locale, desk))
        page = await desk.context.new_page()
        await page.set_viewport_size({"width": width, "height": height})
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"error on the page: {error}"))
        page.on("request", self._requested)
        return page

    async def leave(self) -> None:
        """Gives all desks back."""
        while self.taken:
            locale, desk = self.taken.pop()
            await desk.clear()
            self.free[locale].append(desk)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSALS):
            self.faults.append(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.platform.base_url, "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")


@pytest.fixture
async def desks(browser: Browser, platform: LoadedPlatform, free_desks: FreeDesks) -> AsyncIterator[Desks]:
    """Desks to sit at; afterwards, no page may have failed, broken the content security policy or asked another host."""
    desks = Desks(browser, platform, free_desks)
    yield desks
    await desks.leave()
    assert desks.faults == []
