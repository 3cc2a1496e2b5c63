// Opens reports in headless Chromium, as a reader does, and prints as JSON what it met.
// node inspect.mjs FOLDER_OF_NODE_MODULES CHROMIUM FOLDER_OF_REPORTS
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, executablePath, folder] = process.argv.slice(2);
const require = createRequire(join(modules, "node_modules/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function look(browser, file, colorScheme) {
  // Our own examination is a script, which the page's policy forbids; the pages are opened without it once more.
  const context = await browser.newContext({ bypassCSP: true, colorScheme });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(axe);
  const { violations, incomplete } = await page.evaluate(() => globalThis.axe.run());
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.screenshot({ path: file.replace(/html$/, `${colorScheme}.png`), fullPage: true });
  await context.close();
  const told = ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`;
  const contrast = incomplete.filter(({ id }) => id === "color-contrast");
  return { background, violations: [...violations, ...contrast].map(told) };
}

async function open(browser, file) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("dialog", (dialog) => errors.push(dialog.message()));
  await page.goto(pathToFileURL(file).href);
  const visible = await page.innerText("body");
  const margin = await page.evaluate(() => getComputedStyle(document.body).margin).catch(() => null);
  await page.pdf({ path: file.replace(/html$/, "pdf") });
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await context.close();
  return { requests, errors, visible, margin, wide };
}

const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"];
const browser = await chromium.launch({ executablePath, args });
const found = {};
for (const name of readdirSync(folder).filter((each) => each.endsWith(".html"))) {
  const file = join(folder, name);
  const light = await look(browser, file, "light");
  const dark = await look(browser, file, "dark");
  found[name.replace(/\.html$/, "")] = { ...(await open(browser, file)), light, dark };
}
await browser.close();
process.stdout.write(JSON.stringify(found));
