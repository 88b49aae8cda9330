// The licences of what is bundled, as one text. A licence that is not permissive fails the build.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'OFL-1.1', '(MPL-2.0 OR Apache-2.0)'];


export function notices(folder, metafiles) {
  const packages = new Set();
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      const match = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
      if (match) {
        packages.add(match[1]);
      }
    }
  }
  const sections = [...packages].sort().map((path) => notice(join(folder, path)));
  const head =
    'The explorer of the Trivium router holds the following software and fonts, each under its own licence.\n';
  return [head, ...new Set(sections)].join(`\n${'='.repeat(80)}\n\n`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!PERMISSIVE.includes(license)) {
    throw new Error(`${name} ${version} has the licence ${license}`);
  }
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|thirdpartynotices)(\.(md|txt))?$/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n') + '\n';
}
