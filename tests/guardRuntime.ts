// vitest's global setup: a run under the wrong Node stops here with a sentence instead of a crash in the first database.
import { guardNapi } from '../build/scripts/guardNapi.ts';

export default function guardRuntime(): void {
  guardNapi();
}
