import { DemoFolder } from './demo-folder.js';
import { Ending } from './ending.js';
import { HELP, optionsOf } from './options.js';
import { DemoRefusal } from './refusal.js';

const DATA = 'data/demo';

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Runs the demo until it is to end; gives the exit code. */
async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) return (process.stdout.write(HELP), 0);
  const folder = DemoFolder.take(DATA, say);
  const ending = new Ending();
  ending.listen(say);
  // Not before: the provider's package has its own words at the start.
  const { Demo } = await import('./demo.js');
  new Demo(options, folder, ending, say).start().catch((error: Error) => ending.fail(error));
  const failure = await ending.wanted;
  await ending.endAll();
  folder.release();
  if (failure) throw failure;
  return 0;
}

// The terminal may have gone, or the reader of a pipe: the demo ends for other reasons than that.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(error instanceof DemoRefusal ? error.exitCode : 1);
  },
);
