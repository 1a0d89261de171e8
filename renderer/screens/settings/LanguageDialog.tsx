import { Modal, Stack } from '@mantine/core';
import { languageOpen } from '../../app/panels.ts';
import { engine, useStore } from '../../engine/index.ts';
import { BACKENDS, BLINDNESS, VISION } from './language-options.ts';
import { SettingChoice } from './SettingChoice.tsx';
import { SettingInput } from './SettingInput.tsx';
import classes from './settings.module.css';
import { TryLanguageModel } from './TryLanguageModel.tsx';

function Server() {
  return (
    <>
      <div className={classes.columns}>
        <SettingInput
          name="OLLAMA_BASE_URL"
          label="Address of the server"
          description="Any server that speaks OpenAI's protocol, for example http://localhost:1234."
          inputMode="url"
        />
        <SettingInput
          name="OLLAMA_MODEL"
          label="Name of its model"
          description="Left empty, the server's Phi-3.5 is taken."
        />
      </div>
      <p className="dim">
        A key, where a server wants one, comes from the environment only (LLM_API_KEY): it is sent to that server, and
        never typed, kept or shown here.
      </p>
    </>
  );
}

function Limits() {
  return (
    <div className={classes.columns}>
      <SettingInput
        name="LLM_BUDGET_SECONDS"
        label="Seconds for a symbol"
        description="After that the numeric decision stands alone."
        inputMode="numeric"
      />
      <SettingInput
        name="LLM_BUDGET_TOKENS"
        label="Tokens for a symbol"
        description="Read and written, over all that it is asked; after that the numeric decision stands alone."
        inputMode="numeric"
      />
      <SettingInput
        name="AGENT_TEMPERATURE"
        label="Temperature"
        description="How freely it words its answers: 0 most steadily, 2 most freely."
        inputMode="decimal"
      />
      <SettingInput
        name="AGENT_MAX_TOKENS"
        label="Tokens for an answer"
        description="Most that it reads and writes for an answer; the oldest memories are left out first."
        inputMode="numeric"
      />
    </div>
  );
}

/** Which language model judges, what it is shown, and how much it may take; in force from the next symbol on. */
export function LanguageDialog() {
  const open = useStore(languageOpen, (value) => value);
  const standing = useStore(engine, (state) => state.languageModel);
  return (
    <Modal opened={open} onClose={() => languageOpen.set(false)} title="Language model" size="lg">
      <Stack gap="lg">
        <section className={classes.part} aria-label="Where it runs">
          <h3>Where it runs</h3>
          <p data-testid="language-standing">{standing}</p>
          <SettingChoice name="LLM_BACKEND" label="Backend" options={BACKENDS} testId="backend" />
          <Server />
          <TryLanguageModel />
        </section>
        <section className={classes.part} aria-label="What it is shown">
          <h3>What it is shown</h3>
          <div className={classes.columns}>
            <SettingChoice name="BLIND_MODE" label="Symbol, dates and prices" options={BLINDNESS} testId="blind" />
            <SettingChoice name="USE_VISION" label="The window" options={VISION} testId="vision" />
          </div>
        </section>
        <section className={classes.part} aria-label="What it may take">
          <h3>What it may take</h3>
          <Limits />
        </section>
        <p className="dim">
          In force from the next symbol on. Decisions that are stored keep what they were made with.
        </p>
      </Stack>
    </Modal>
  );
}
