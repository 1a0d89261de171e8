import { beforeAll, describe, expect, it } from 'vitest';
import { openJournalReader } from '../../../electron/engine/journal-reader.ts';
import { createModelFiles } from '../../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { type CliResult, runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { startFakeLlm } from '../../support/fake-llm-server.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';

describe('both judges on the command line', () => {
  const dataDir = temporaryFolder('judges-cli');
  const env = { BRAINNET_LOG: 'silent', BRAINNET_DATA_DIR: dataDir, MAX_REFINEMENTS: '0' };
  let analyzed: CliResult;
  let joined: Decision;
  beforeAll(async () => {
    const files = createModelFiles({ dataDir, resourceDirs: [], env, clock: systemClock, log: createLog(env) });
    await files.use(terseModelFile());
    await files.close();
    analyzed = await runCli(['analyze', 'AAPL'], env);
    const journal = openJournalReader(dataDir);
    const { decisions } = journal.list({ limit: 10, offset: 0 });
    joined = journal.get(decisions.find(({ judge }) => judge === 'llm')!.id);
    journal.close();
  }, 120_000);

  it('analyze prints the numeric line first, then the one of both with the sentence that joins them', () => {
    const lines = analyzed.stdout.split('\n').filter((line) => line.startsWith('AAPL'));
    expect(analyzed.code).toBe(0);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('  samples: ');
    expect(lines[1]).toContain(`  both: ${joined.opinions!.sentence}`);
  });

  it('counts the holds of what both decided, and names those of the numeric judge', () => {
    const numeric = joined.opinions!.numeric.action === 'hold' ? 1 : 0;
    const both = joined.action === 'hold' ? 1 : 0;
    expect(analyzed.stdout).toContain(
      `1 of 1 decided, ${both} holds (${100 * both} %; 1 decided by both judges, the numeric judge alone holds ${numeric}), 0 failed`,
    );
  });

  it('says once in a run that a model without eyes is given text, and with each decision', async () => {
    const { stderr } = await runCli(['analyze', 'AAPL', 'MSFT'], { ...env, USE_VISION: 'on' });
    const sentence =
      /The language model Phi 3 tiny random, a file of your own cannot read pictures; it is given text instead\./g;
    expect(stderr.match(sentence)).toHaveLength(1);
    expect(stderr).toMatch(/^The language model takes about \d+ s a symbol, as measured\.$/m);
    const journal = openJournalReader(dataDir);
    const { id } = journal.list({ limit: 1, offset: 0 }).decisions[0]!;
    journal.close();
    expect((await runCli(['decision', id], env)).stdout.match(sentence)).toHaveLength(1);
  });

  it('says once that the numeric decision stands where the model cannot finish', async () => {
    const small = await startFakeLlm({ contextTokens: 1000 });
    const served = { ...env, LLM_BACKEND: 'local', OLLAMA_BASE_URL: small.address };
    const { stderr, code } = await runCli(['analyze', 'MSFT'], served);
    small.stop();
    const line = stderr.split('\n').find((text) => text.startsWith('MSFT'))!;
    expect(code).toBe(0);
    expect(line).toMatch(
      /The request has about \d+ tokens, and the language model can read 300; nothing more could be left out: AGENT_MAX_TOKENS and what the model can read must be at least \d+\./,
    );
    expect(line.match(/numeric decision stands/gi)).toHaveLength(1);
  });

  it.each([
    [
      { LLM_BACKEND: 'azure' },
      'LLM_API_KEY is not set, and LLM_BACKEND azure needs it: the key of your Azure account.',
    ],
    [
      { LLM_BACKEND: 'local', OLLAMA_BASE_URL: 'perhaps' },
      'OLLAMA_BASE_URL is perhaps, but it may be an http or https address such as http://localhost:1234.',
    ],
  ])('says before anything else what is wrong with %j, and decides numerically', async (wrong, sentence) => {
    const { stderr, stdout, code } = await runCli(['analyze', 'AAPL', 'MSFT'], { ...env, ...wrong });
    expect(stderr.split(sentence)).toHaveLength(2);
    expect(stderr).toContain(`${sentence} The numeric judge decides.`);
    expect([code, stdout.match(/ samples: /g)?.length]).toEqual([0, 2]);
  });

  it('decision prints both opinions, the reading and what it cost, and nothing of it for the numeric one', async () => {
    const { stdout } = await runCli(['decision', joined.id], env);
    const { opinions, language } = joined;
    expect(stdout).toContain(
      `Both judges: ${opinions!.sentence} It follows the numeric decision ${opinions!.follows}.`,
    );
    expect(stdout).toContain(`- numeric judge: ${opinions!.numeric.action}, C `);
    expect(stdout).toContain('- Phi 3 tiny random, a file of your own: hold, C 0.000: ');
    expect(stdout).toContain(`Its reading, blind (no symbol, date or price level): ${language!.regime}; wrong at `);
    expect(stdout).toContain(`Numbers struck out because the data does not hold them: ${language!.struck}.`);
    expect(stdout).toContain(`${language!.promptTokens} tokens read`);
    const numeric = await runCli(['decision', opinions!.follows!], env);
    expect(numeric.stdout).not.toContain('Both judges');
  });
});
