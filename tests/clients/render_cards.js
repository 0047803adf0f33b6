"use strict";
// node render_cards.js CARDS.json OUT: draws every card in light, dark and high contrast and prints what is wrong with each as JSON:
// elements and properties the renderer does not know, axe-core's violations, and inputs without a visible label of their own.
const fs = require("node:fs");
const path = require("node:path");
const { withPage } = require("./browser");

const themes = {
  light: { page: "#ffffff", text: "#242424", subtle: "#616161", attention: "#b10e1c", accent: "#444791", rows: "#f0f0f0" },
  dark: { page: "#1f1f1f", text: "#ffffff", subtle: "#d6d6d6", attention: "#f9a8ac", accent: "#9ea2ff", rows: "#3d3d3d" },
  contrast: { page: "#000000", text: "#ffffff", subtle: "#ffffff", attention: "#ffff00", accent: "#1aebff", rows: "#000000" },
};

function hostConfig(theme) {
  const shade = (colour) => ({ default: colour, subtle: colour });
  const colours = {
    default: { default: theme.text, subtle: theme.subtle },
    accent: shade(theme.accent),
    attention: shade(theme.attention),
    good: shade(theme.text),
    warning: shade(theme.text),
    dark: shade(theme.text),
    light: shade(theme.text),
  };
  const style = { backgroundColor: theme.page, foregroundColors: colours };
  return {
    fontFamily: "Segoe UI, Carlito, sans-serif",
    containerStyles: { default: style, emphasis: style },
    actions: { maxActions: 6, actionsOrientation: "vertical" },
    textBlock: { headingLevel: 2 },
    inputs: { label: { inputSpacing: "small", requiredInputs: { suffix: " *", suffixColor: "default" } }, errorMessage: { color: "attention" } },
  };
}

function draw({ card, host, theme }) {
  document.body.innerHTML = "<main></main>";
  const sheet = `body{margin:12px;background:${theme.page};color:${theme.text}} h1,p{margin:0}
    input,textarea,select{background:${theme.page};color:${theme.text};border:1px solid ${theme.subtle};font:inherit;width:100%;box-sizing:border-box}
    input[type=radio],input[type=checkbox]{width:auto} textarea{min-height:80px}
    ::placeholder{color:${theme.subtle};opacity:1} button{font:inherit;padding:6px 12px;background:${theme.rows};color:${theme.text};border:1px solid ${theme.subtle}}`;
  document.head.querySelectorAll("style").forEach((old) => old.remove());
  document.head.appendChild(Object.assign(document.createElement("style"), { textContent: sheet }));
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.hostConfig = new AdaptiveCards.HostConfig(host);
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  parsed.parse(card, context);
  document.querySelector("main").appendChild(parsed.render());
  const events = [];
  for (let at = 0; at < context.eventCount; at++) events.push(context.getEventAt(at).message);
  const valid = parsed.validateProperties().validationEvents.map((event) => event.message);
  const labelled = (field) => (field.getAttribute("aria-labelledby") || "").split(" ").some((id) => (document.getElementById(id) || {}).innerText);
  const named = (field) => labelled(field) || Boolean(field.labels && field.labels.length && field.labels[0].innerText);
  const bare = [...document.querySelectorAll("input,textarea,select")].filter((field) => !named(field)).map((field) => field.outerHTML);
  const links = [...document.querySelectorAll("main a,main img,main script,main iframe")].map((found) => found.outerHTML);
  // The renderer keeps a global regular expression for `lang`, so it takes every other one: its fault, not the card's.
  const told = [...events, ...valid].filter((message) => message !== 'Invalid value "en" for property "lang".');
  return { events: told, bare, links, text: document.body.innerText, headings: document.querySelectorAll("[role=heading]").length };
}

async function main([cardsFile, out]) {
  const cards = JSON.parse(fs.readFileSync(cardsFile, "utf8"));
  fs.mkdirSync(out, { recursive: true });
  const report = {};
  await withPage({ width: 640, height: 900 }, async (page) => {
    await page.setContent('<!doctype html><html lang="en-GB"><head><title>Cards</title></head><body></body></html>');
    for (const script of ["adaptivecards/dist/adaptivecards.js", "axe-core/axe.min.js"]) {
      await page.addScriptTag({ path: path.join(__dirname, "node_modules", script) });
    }
    for (const [name, card] of Object.entries(cards)) {
      report[name] = {};
      for (const [shade, theme] of Object.entries(themes)) {
        const drawn = await page.evaluate(draw, { card, host: hostConfig(theme), theme });
        const seen = await page.evaluate(() => axe.run("main"));
        drawn.axe = seen.violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(" | ").slice(0, 400)}`);
        drawn.checked = seen.passes.length;
        await page.screenshot({ path: path.join(out, `${name}-${shade}.png`), fullPage: true });
        report[name][shade] = drawn;
      }
    }
  });
  process.stdout.write(JSON.stringify(report));
}

main(process.argv.slice(2));
