"use strict";
// node page.js URL STEPS.json OUT: drives the Playground's page as a person would and prints, as JSON, what the newest card says after
// each step. Steps: {"say": "…"}, {"fill": {"label": "value"}}, {"choose": {"label": "option"}}, {"press": "label"},
// {"open": "chat's name"}, {"see": "text"}, {"drawn": "what the newest card's picture says"}, {"shot": "name"}.
const fs = require("node:fs");
const path = require("node:path");
const { withPage } = require("./browser");

const WAIT = 30000;
const cards = (page) => page.locator(".ac-adaptiveCard");
const newest = (page) => cards(page).last();
// The assistant may say something of its own accord meanwhile: what is meant is the newest card that has it.
const having = (page, what) => cards(page).filter({ has: what }).last();

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
      const card = having(page, page.getByLabel(label).or(page.getByRole("checkbox", { name: option })));
      const one = card.getByLabel(label).getByText(option);
      const several = card.getByRole("checkbox", { name: option });
      await one.or(several).first().click();
    }
  },
  async press(page, label) {
    const button = page.getByRole("button", { name: label, exact: true });
    await having(page, button).getByRole("button", { name: label, exact: true }).last().click();
  },
  open: (page, name) => page.getByRole("treeitem", { name }).first().click(),
  see: (page, text) => page.getByText(text).last().waitFor({ state: "visible", timeout: WAIT }),
  async drawn(page, words) {
    const picture = having(page, page.getByRole("img", { name: words })).getByRole("img", { name: words }).last();
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
