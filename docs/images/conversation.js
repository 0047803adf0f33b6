"use strict";
// node conversation.js URL PICTURE.png: types the beginning of a referral into the Agents Playground's page and takes a picture of the chat.
const { withPage } = require("../../tests/clients/browser");

const LOG_PANEL = 330;
const HEADER = 48;
const SIZE = { width: 830 + LOG_PANEL, height: 1100 };
const newest = (page) => page.locator(".ac-adaptiveCard").last();

async function say(page, text) {
  await page.locator("[data-lexical-editor=true][role=textbox]").click();
  await page.keyboard.insertText(text);
  await page.getByRole("button", { name: "Send Message" }).click();
}

async function press(page, label) {
  await newest(page).getByRole("button", { name: label, exact: true }).click();
}

const see = (page, text) => page.getByText(text).last().waitFor({ state: "visible" });

async function converse(page) {
  await say(page, "I need to refer a child");
  await see(page, "It helps to have these at hand");
  await press(page, "Begin the referral");
  await see(page, "Please check the details");
  await press(page, "Yes, this is right");
  await see(page, "Is every child in this family safe now?");
  await newest(page).getByText("Yes", { exact: true }).click();
  await press(page, "Answer");
  await see(page, "What is the child's name?");
  await newest(page).getByRole("textbox").fill("Test Child");
  await press(page, "Answer");
  await see(page, "What is the child's date of birth?");
  await newest(page).getByRole("textbox").fill("3/4/19");
}

async function main([url, picture]) {
  await withPage(SIZE, async (page) => {
    page.on("crash", () => console.error("crash"));
    page.setDefaultTimeout(15000);
    await page.goto(url);
    await page.locator("[data-lexical-editor=true][role=textbox]").waitFor();
    await converse(page).catch(async (e) => { await page.screenshot({ path: "/tmp/fail.png" }); throw e; });
    await page.waitForTimeout(500);
    const clip = { x: 0, y: HEADER, width: SIZE.width - LOG_PANEL, height: SIZE.height - HEADER - 100 };
    await page.screenshot({ path: picture, clip });
  });
}

main(process.argv.slice(2));
