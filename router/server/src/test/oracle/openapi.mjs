// Reads JSON lines {"url"} on standard input, and validates the OpenAPI document at each.
// Writes one JSON line each: {"valid","version","errors"}.
import { createInterface } from 'node:readline';
import { Validator } from '@seriousme/openapi-schema-validator';

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const { url } = JSON.parse(line);
  const validator = new Validator();
  const { valid, errors } = await validator.validate(await (await fetch(url)).json());
  process.stdout.write(`${JSON.stringify({ valid, version: validator.version ?? null, errors: errors ?? null })}\n`);
}
