"use strict";
// Chromium from the system, cut off from every network but this machine.
const { chromium } = require("playwright-core");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

async function withPage(size, work) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true, args: FLAGS });
  try {
    const page = await (await browser.newContext({ viewport: size, locale: "en-GB" })).newPage();
    return await work(page);
  } finally {
    await browser.close();
  }
}

module.exports = { withPage };
