"use strict";
// node page.js URL STEPS.json OUT: drives the Playground's page as a person would and prints, as JSON, what the newest card says after
// each step. Steps: {"say": "…"}, {"fill": {"label": "value"}}, {"choose": {"label": "option"}}, {"press": "label"},
// {"open": "chat's name"}, {"see": "text"}, {"drawn": "what the newest card's picture says"}, {"shot": "name"}.
const fs = require("node:fs");
const path = require("node:path");
const { withPage } = require("./browser");

const WAIT = 15000;
const newest = (page) => page.locator(".ac-adaptiveCard").last();

const moves = {
  async say(page, text) {
    const composer = page.locator("[data-lexical-editor=true][role=textbox]");
    await composer.click();
    await page.keyboard.insertText(text);
    await page.getByRole("button", { name: "Send Message" }).click();
  },
  async fill(page, fields) {
    for (const [label, value] of Object.entries(fields)) await newest(page).getByLabel(label).fill(value);
  },
  async choose(page, fields) {
    for (const [label, option] of Object.entries(fields)) {
      const one = newest(page).getByLabel(label).getByText(option);
      const several = newest(page).getByRole("checkbox", { name: option });
      await one.or(several).first().click();
    }
  },
  press: (page, label) => newest(page).getByRole("button", { name: label, exact: true }).click(),
  open: (page, name) => page.getByRole("treeitem", { name }).first().click(),
  see: (page, text) => page.getByText(text).last().waitFor({ state: "visible", timeout: WAIT }),
  async drawn(page, words) {
    const picture = newest(page).getByRole("img", { name: words });
    const width = await picture.evaluate((image) => image.decode().then(() => image.naturalWidth));
    if (width < 300) throw new Error(`The picture is ${width} pixels wide.`);
  },
  shot: (page, name) => page.screenshot({ path: path.join(process.argv[4], `${name}.png`) }),
};

async function main([url, stepsFile, out]) {
  const steps = JSON.parse(fs.readFileSync(stepsFile, "utf8"));
  fs.mkdirSync(out, { recursive: true });
  const seen = await withPage({ width: 1700, height: 1000 }, async (page) => {
    page.setDefaultTimeout(WAIT);
    await page.goto(url);
    await page.locator("[data-lexical-editor=true][role=textbox]").waitFor();
    const said = [];
    for (const step of steps) {
      const [[move, given]] = Object.entries(step);
      await moves[move](page, given);
      said.push((await newest(page).count()) ? await newest(page).innerText() : "");
    }
    return said;
  });
  process.stdout.write(JSON.stringify(seen));
}

main(process.argv.slice(2));
