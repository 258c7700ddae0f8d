// Prints how practice differs from the recorded head office: no argument gives the counts of every section, a section's
// number its differences, a second argument only the exchanges whose name contains it, 'whole' as third both answers whole;
// 'ratchet' writes the counts of today where they are better than those kept.
import { writeFileSync } from 'node:fs';
import ratchet from './ratchet.json' with { type: 'json' };
import { type Counts, countsOf, isNoWorse, replayRecordings } from './replay.ts';

const [wanted, filter = '', mode] = process.argv.slice(2);
const short = (value: unknown): string => {
  const text = value === undefined ? '(absent)' : JSON.stringify(value);
  return text.length > 240 ? `${text.slice(0, 240)}...` : text;
};

const kept: Record<string, Omit<Counts, 'equal'>> = { ...ratchet };
for (const [section, played] of replayRecordings()) {
  if (wanted === 'ratchet') {
    const { status, shape, missing, notCompared } = countsOf(played);
    const before = kept[section];
    if (before === undefined || isNoWorse({ status, shape, missing }, before)) kept[section] = { status, shape, missing, notCompared };
    continue;
  }
  if (wanted === undefined) {
    process.stdout.write(`${section.padEnd(24)} ${JSON.stringify(countsOf(played))}\n`);
    continue;
  }
  if (!section.startsWith(wanted)) continue;
  for (const { exchange, name, answer, differences, verdict } of played) {
    if (!name.includes(filter) || (verdict === 'equal' && filter === '')) continue;
    process.stdout.write(`${name} [${verdict}] ${exchange.request.method} ${exchange.request.path} ${exchange.request.user ?? ''}\n`);
    if (mode === 'whole') {
      process.stdout.write(`  asked    ${JSON.stringify(exchange.request.body ?? exchange.request.text)}\n`);
      process.stdout.write(`  recorded ${String(exchange.response.status)} ${JSON.stringify(exchange.response.body)}\n`);
      process.stdout.write(`  practice ${String(answer.status)} ${JSON.stringify(answer.body)}\n`);
    }
    for (const each of differences)
      process.stdout.write(`  ${each.kind} ${each.path}: ${short(each.recorded)} <> ${short(each.practice)}\n`);
  }
  process.stdout.write(`${section} ${JSON.stringify(countsOf(played))}\n`);
}
if (wanted === 'ratchet') writeFileSync(new URL('ratchet.json', import.meta.url), `${JSON.stringify(kept, null, 2)}\n`);
