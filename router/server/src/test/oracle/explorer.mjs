// Uses the explorer as a person does, in headless Chromium. Reads JSON lines on standard input:
// {"start": true} starts the subgraphs that the router needs, and answers with their ports;
// {"scene", "url", "folder"} plays a scene of `SCENES`, leaves its screenshots in the folder, and
// answers with what was to be seen.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { startSubgraphs } from './explorer-subgraphs.mjs';

const CHROMIUM = '/usr/bin/chromium';
const PATIENCE = 20_000;

const QUERY = `query Shop {
  me { displayName }
  products {
    name
    seller { displayName }
    reviews { text author { displayName } }
  }
}`;

const DEFERRED = `query Later {
  products {
    name
    ... @defer(label: "opinions") { reviews { text } }
  }
}`;

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const SCENES = {
  async query(explorer) {
    const paint = await explorer.firstPaint();
    const response = await explorer.run(QUERY);
    await explorer.page.click('[aria-label="Show Query plan"]');
    const nodes = await explorer.nodes(5);
    await explorer.page.click('[data-fetch="3"]');
    const details = await explorer.page.innerText('.plan-details');
    await explorer.shot('light');
    await explorer.page.reload();
    await explorer.ready();
    const kept = await explorer.text('operation.graphql');
    return { paint, response, nodes, details, kept };
  },

  async error(explorer) {
    const response = await explorer.run('{ products { name rating } }');
    await explorer.page.click('[aria-label="Show Query plan"]');
    const nodes = await explorer.nodes(2);
    await explorer.shot('error');
    const refused = await explorer.run('{ nothing }', '"errors"');
    await explorer.page.waitForSelector('.plan-hint');
    return { response, nodes, refused, hint: await explorer.page.innerText('.plan-hint') };
  },

  async defer(explorer) {
    await explorer.page.click('[aria-label="Show Query plan"]');
    const first = await explorer.run(DEFERRED, '"name"');
    const last = await explorer.response('"Opinion 1 on 3"');
    const nodes = await explorer.nodes(2);
    await explorer.shot('defer');
    return { first, last, nodes, summary: await explorer.page.innerText('.plan-summary') };
  },

  async subscription(explorer) {
    await explorer.page.click('[aria-label="Show Query plan"]');
    const subscription = 'subscription { productAdded { name reviews { text } } }';
    const events = [];
    for (const number of [1, 2, 3]) {
      const wanted = `"name": "Novelty ${number}"`;
      events.push(await (number === 1 ? explorer.run(subscription, wanted) : explorer.response(wanted)));
    }
    const nodes = await explorer.nodes(2);
    await explorer.shot('subscription');
    const summary = await explorer.page.innerText('.plan-summary');
    await explorer.page.click('.graphiql-execute-button');
    await explorer.page.waitForSelector('[aria-label^="Execute query"]');
    return { events, nodes, summary };
  },

  async logIn(explorer) {
    const { page } = explorer;
    await page.click('.login-button');
    await page.fill('[name=email]', 'ada@example.org');
    await page.fill('[name=password]', 'wrong');
    await page.click('.login-submit');
    const problem = await page.innerText('.login-problem');
    await page.fill('[name=password]', 'correct horse battery');
    await explorer.shot('log-in');
    await page.click('.login-submit');
    await page.waitForFunction(() => document.querySelector('.login-button')?.textContent === 'Ada Lovelace');
    const loggedIn = await explorer.run('{ me { displayName } }');
    await page.click('[aria-label="New tab"]');
    const inNewTab = await explorer.run('{ me { id displayName } }', '"id"');
    await page.click('.login-button');
    await page.click('text=Log out');
    await page.waitForFunction(() => document.querySelector('.login-button')?.textContent === 'Log in');
    await page.keyboard.press('Escape');
    const loggedOut = await explorer.run('{ me { displayName } }');
    return { problem, loggedIn, inNewTab, loggedOut };
  },

  async documentation(explorer) {
    await explorer.page.click('[aria-label="Show Documentation Explorer"]');
    await explorer.page.click('.graphiql-doc-explorer-content >> text="Query"');
    await explorer.page.click('.graphiql-doc-explorer-content >> text="products"');
    await explorer.page.click('.graphiql-doc-explorer-content >> text="Product"');
    const text = await explorer.page.innerText('.graphiql-doc-explorer');
    await explorer.shot('documentation');
    return { text };
  },

  dark: Object.assign(
    async (explorer) => {
      await explorer.run(QUERY);
      await explorer.page.click('[aria-label="Show Query plan"]');
      await explorer.nodes(5);
      await explorer.shot('dark');
      return { background: await explorer.page.evaluate(() => getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor) };
    },
    { colorScheme: 'dark' },
  ),

  phone: Object.assign(
    async (explorer) => {
      await explorer.shot('phone-start');
      await explorer.run(QUERY);
      await explorer.shot('phone');
      await explorer.page.tap('[aria-label="Show Query plan"]');
      await explorer.nodes(5);
      await explorer.page.tap('[data-fetch="1"]');
      await explorer.shot('phone-plan');
      const width = await explorer.page.evaluate(() => document.documentElement.scrollWidth);
      await explorer.page.tap('[aria-label="Hide Query plan"]');
      const editor = await explorer.page.locator('.graphiql-query-editor').boundingBox();
      const answer = await explorer.page.locator('.graphiql-response').boundingBox();
      return { width, editor, answer };
    },
    { options: PHONE },
  ),
};

/// One page of the explorer.
class Explorer {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
  }

  async ready() {
    await this.page.waitForSelector('.graphiql-query-editor .view-line');
    // The schema is there once the buttons that need it are.
    await this.page.waitForSelector('.login-button');
  }

  async firstPaint() {
    const entry = await this.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    return Math.round(entry);
  }

  /// What an editor holds, by the name of its text.
  text(name) {
    return this.page.evaluate((end) => model(end).getValue(), name);
  }

  /// Runs an operation.
  ///
  /// @param wanted what the response is to hold
  async run(operation, wanted = '"data"') {
    await this.page.evaluate(([end, text]) => model(end).setValue(text), ['operation.graphql', operation]);
    // What follows the text takes a moment.
    await this.page.waitForTimeout(200);
    await this.page.click('.graphiql-execute-button');
    return this.response(wanted);
  }

  async response(wanted) {
    // Found and read at once: the next part may be on its way.
    const found = await this.page.waitForFunction((part) => {
      const text = model('response.json').getValue();
      return text.includes(part) && text;
    }, wanted);
    return JSON.parse(await found.jsonValue());
  }

  /// What the nodes of the plan say, once each fetch has ended.
  async nodes(count) {
    await this.page.waitForFunction(
      (wanted) => document.querySelectorAll('.plan-done, .plan-failed').length === wanted,
      count,
    );
    return this.page.locator('[data-fetch]').evaluateAll((all) => all.map((node) => node.getAttribute('aria-label')));
  }

  async shot(name) {
    await this.page.waitForTimeout(300);
    await this.page.screenshot({ path: join(this.folder, `${name}.png`) });
  }
}

async function play({ scene, url, folder }) {
  const act = SCENES[scene];
  const context = await contextFor(act.options ?? DESKTOP);
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: act.colorScheme ?? 'light' });
  const complaints = [];
  const elsewhere = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const { host } = new URL(url);
  const check = (address) => {
    const { protocol, host: other } = new URL(address);
    if (protocol !== 'data:' && protocol !== 'blob:' && other !== host) elsewhere.push(address);
  };
  page.on('request', (request) => check(request.url()));
  page.on('worker', (worker) => check(worker.url()));
  page.on('websocket', (socket) => check(socket.url()));
  await page.addInitScript(() => {
    window.model = (end) => __MONACO.editor.getEditors().map((editor) => editor.getModel()).find((it) => it.uri.path.endsWith(end));
  });
  try {
    await page.goto(url);
    const explorer = new Explorer(page, folder);
    await explorer.ready();
    return { ...(await act(explorer)), complaints, elsewhere };
  } catch (failure) {
    await page.screenshot({ path: join(folder, `${scene}-failed.png`) }).catch(() => {});
    return { failure: String(failure), complaints, elsewhere };
  } finally {
    await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
    await page.close();
  }
}

/// Scenes share what the browser has read, but nothing that a page has stored.
const contexts = new Map();
async function contextFor(options) {
  if (!contexts.has(options)) {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(PATIENCE);
    contexts.set(options, context);
  }
  return contexts.get(options);
}

let browser = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const message = JSON.parse(line);
  let answer;
  if (message.start) {
    try {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      answer = { browser: browser.version(), ports: await startSubgraphs() };
    } catch (failure) {
      answer = { missing: String(failure) };
    }
  } else {
    answer = await play(message);
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser?.close();
process.exit();
