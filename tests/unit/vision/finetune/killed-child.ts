import path from 'node:path';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import { openHeadsStore } from '../../../../electron/engine/vision/finetune/heads-store.ts';
import { bench, REQUEST } from './service.ts';
import { BASE, trained, versionInput } from './versions.ts';

/** A process to be killed: `run` fine-tunes once, `write` keeps version after version, `first` the first one in folder after folder. It says on stdout what is in force. */
const [, , what, dir = ''] = process.argv;
const say = (text: string) => process.stdout.write(`${text}\n`);

if (what === 'run') {
  const { finetune } = bench(dir, 'swing', { bars: 1600 });
  finetune.start(REQUEST);
  for await (const { stage, result } of finetune.follow()) say(result?.version ? `kept ${result.version}` : stage);
} else if (what === 'first') {
  const version = composeVersion(versionInput({ trained: trained(1, undefined, 768), dims: 768 }));
  for (let i = 0; ; i++) say(`kept ${openHeadsStore(path.join(dir, String(i)), BASE).keep(version).content.id}`);
} else {
  const store = openHeadsStore(dir, BASE);
  for (let seed = 0; ; seed++) {
    const input = versionInput({
      trained: trained(seed, undefined, 768),
      dims: 768,
      createdAt: new Date().toISOString(),
    });
    say(`kept ${store.keep(composeVersion(input)).content.id}`);
  }
}
