// Builds what the router serves at /explorer: `node build.mjs FOLDER` writes the folder anew.
// The same packages give the same bytes on every machine: nothing here depends on time or place.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { gzipSync } from 'fflate';
import { notices } from './notices.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2]);

// GraphiQL's style sheet holds that of Monaco, and its fonts in full: those that the page needs
// are files, see `explorer.css`.
const styles = {
  name: 'styles',
  setup({ onLoad }) {
    onLoad({ filter: /\/monaco-editor\/.*\.css$/ }, () => ({ contents: '', loader: 'empty' }));
    onLoad({ filter: /\/graphiql\/dist\/style\.css$/ }, ({ path }) => {
      const face = /@font-face\s*\{[^}]*font-family:\s*["']?(Roboto|Fira Code)["']?\s*;[^}]*\}/g;
      return { contents: readFileSync(path, 'utf8').replaceAll(face, ''), loader: 'css' };
    });
  },
};

const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  outdir: 'unwritten',
  write: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.woff2': 'file' },
  plugins: [styles],
};

// Monaco's workers first: the page names them by the hash of what they are.
const workers = await build({
  ...COMMON,
  entryPoints: [
    { in: 'monaco-editor/esm/vs/editor/editor.worker.js', out: 'worker-editor' },
    { in: 'monaco-editor/esm/vs/language/json/json.worker.js', out: 'worker-json' },
    { in: 'monaco-graphql/esm/graphql.worker.js', out: 'worker-graphql' },
  ],
});
const workerNames = Object.fromEntries(
  names(workers).map((name) => [name.match(/^worker-([a-z]+)-/)[1], name]),
);

const page = await build({
  ...COMMON,
  entryPoints: [{ in: 'src/main.tsx', out: 'main' }],
  splitting: true,
  define: { ...COMMON.define, WORKERS: JSON.stringify(workerNames) },
});

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const assets = [...workers.outputFiles, ...page.outputFiles];
for (const file of assets) {
  write(basename(file.path), file.contents);
}

// The shell is painted while the rest is on its way.
const shell = ['shell.js', 'shell.css'].map((source) => {
  let text = readFileSync(join(HERE, 'src', source), 'utf8');
  for (const extension of ['js', 'css']) {
    text = text.replaceAll(`main.${extension}`, only(names(page), `main-`, `.${extension}`));
  }
  const extension = extname(source);
  const name = `${basename(source, extension)}-${hash(text)}${extension}`;
  write(name, new TextEncoder().encode(text));
  return [source, name];
});
let html = readFileSync(join(HERE, 'src', 'index.html'), 'utf8');
for (const [source, name] of shell) {
  html = html.replaceAll(source, name);
}
writeFileSync(join(target, 'index.html'), html);

const listed = readdirSync(target)
  .filter((name) => name.endsWith('.gz'))
  .map((name) => name.slice(0, -'.gz'.length))
  .sort();
writeFileSync(join(target, 'assets.txt'), listed.map((name) => `${name}\n`).join(''));
writeFileSync(join(target, 'THIRD-PARTY.txt'), notices(HERE, [workers.metafile, page.metafile]));

function names(result) {
  return result.outputFiles.map((file) => basename(file.path));
}

function only(all, start, end) {
  const found = all.filter((name) => name.startsWith(start) && name.endsWith(end));
  if (found.length !== 1) {
    throw new Error(`expected one ${start}*${end}, found ${found}`);
  }
  return found[0];
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase();
}

// Compressed by a program of the lock file: zlib's output differs between versions of Node.
function write(name, bytes) {
  writeFileSync(join(target, `${name}.gz`), gzipSync(bytes, { level: 9, mtime: '1980-01-01T00:00:00Z' }));
}
