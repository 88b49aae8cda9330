// Reads JSON lines {"url"} on standard input, and runs the published audits of GraphQL over HTTP on each.
// Writes one JSON line: [{"id","name","status","reason"}].
import { createInterface } from 'node:readline';
import { serverAudits } from 'graphql-http';

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const { url } = JSON.parse(line);
  const results = [];
  for (const audit of serverAudits({ url, fetchFn: fetch })) {
    const { status, reason } = await audit.fn();
    results.push({ id: audit.id, name: audit.name, status, reason: reason ?? null });
  }
  process.stdout.write(`${JSON.stringify(results)}\n`);
}
