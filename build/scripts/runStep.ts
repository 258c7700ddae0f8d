// Runs one tool as a child process and says how it went. A tool's own words are shown as they come when it is alone, and
// kept back until it fails when several run side by side, so that a good run stays short enough to read.
import { spawn } from 'node:child_process';
import { projectRoot } from './projectRoot.ts';

export interface Step {
  readonly name: string;
  /** Arguments for Node; the first is the script to run. */
  readonly node: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Show the tool's words while it runs. */
  readonly loud?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Many times what the longest step takes on two slow cores: a tool that hangs is a failure, not a reason to wait. */
const stepTimeoutMs = 40 * 60_000;

export function runStep(step: Step): Promise<StepResult> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.node, {
      cwd: projectRoot,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: stepTimeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      if (step.loud === true) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const finish = (passed: boolean): void => {
      const seconds = (performance.now() - began) / 1000;
      console.log(`${passed ? 'ok  ' : 'FAIL'} ${step.name} (${seconds.toFixed(1)} s)`);
      if (!passed && step.loud !== true) console.log(output.trimEnd());
      resolve({ name: step.name, passed, output, seconds });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.on('close', (code, signal) => {
      if (signal !== null) output += `\nEnded by ${signal}.\n`;
      finish(code === 0);
    });
  });
}

/** Runs the steps with at most `atOnce` side by side and answers in the order given. */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<StepResult[]> {
  const results = new Map<Step, StepResult>();
  const waiting = [...steps];
  async function work(): Promise<void> {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.set(step, await runStep(step));
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return steps.flatMap((step) => results.get(step) ?? []);
}
