"use strict";
// node conversation.js URL PICTURE.png STEPS.json: does what a person would in the Agents Playground's page, then takes a picture of the chat.
// Steps: ["say", text], ["press", label], ["see", text], ["fill", value], ["choose", option]; all but the first two act on the newest card.
const fs = require("node:fs");
const { withPage } = require("../../tests/clients/browser");

const SIZE = { width: 1130, height: 1060 };
const CHAT = { x: 0, y: 88, width: 560, height: 870 }; // without the header, the log beside it and the box to type in
const newest = (page) => page.locator(".ac-adaptiveCard").last();

const moves = {
  async say(page, text) {
    await page.locator("[data-lexical-editor=true][role=textbox]").click();
    await page.keyboard.insertText(text);
    await page.getByRole("button", { name: "Send Message" }).click();
  },
  press: (page, label) => newest(page).getByRole("button", { name: label, exact: true }).click(),
  see: (page, text) => page.getByText(text).last().waitFor({ state: "visible" }),
  fill: (page, value) => newest(page).getByRole("textbox").fill(value),
  choose: (page, option) => newest(page).getByText(option, { exact: true }).click(),
};

async function main([url, picture, steps]) {
  await withPage(SIZE, async (page) => {
    page.setDefaultTimeout(15000);
    await page.goto(url);
    await page.locator("[data-lexical-editor=true][role=textbox]").waitFor();
    for (const [move, given] of JSON.parse(fs.readFileSync(steps, "utf8"))) await moves[move](page, given);
    await page.waitForTimeout(500); // the chat scrolls to its newest message
    await page.screenshot({ path: picture, clip: CHAT });
  });
}

main(process.argv.slice(2));
