import { Badge, Tooltip } from '@mantine/core';
import type { Decision, LanguageReading } from '../../../shared/domain/index.ts';
import { change, price, REGIME_NAMES } from '../../format/index.ts';
import { modelName } from '../language/queue-text.ts';
import classes from './decision.module.css';
import { EvidenceList } from './EvidenceList.tsx';
import { LanguageScores } from './LanguageScores.tsx';
import { costLine, struckSentence } from './language-text.ts';

const listed = (sentences: readonly string[]) => sentences.map((sentence, i) => ({ code: `${i}`, sentence }));

function Blind({ blind }: { blind: boolean }) {
  const sentence = blind
    ? 'Symbol, dates and price level were hidden from it (BLIND_MODE): it reads the picture and cannot remember the year.'
    : 'It was told symbol, dates and price level (BLIND_MODE is off): it may remember what came after.';
  return (
    <Tooltip label={sentence} multiline w={280}>
      <Badge size="sm" radius={2} tt="none" variant="default" tabIndex={0} data-testid="language-blind">
        {blind ? 'Blind' : 'Not blind'}
      </Badge>
    </Tooltip>
  );
}

function Facts({ decision, language }: { decision: Decision; language: LanguageReading }) {
  const { invalidationPrice } = language;
  return (
    <dl className={classes.facts}>
      <dt>Regime</dt>
      <dd>{REGIME_NAMES[language.regime]}</dd>
      <dt>Wrong at</dt>
      <dd data-testid="language-invalidation">
        {price(invalidationPrice)} {decision.currency} ({change(invalidationPrice / decision.lastClose - 1)} from the
        last close)
      </dd>
    </dl>
  );
}

/** What the language model made of the setup, in its own words, with what it cost. */
export function LanguageOpinion({ decision, language }: { decision: Decision; language: LanguageReading }) {
  return (
    <section aria-label="Language model" className={classes.language} data-testid="language-opinion">
      <div className={classes.row}>
        <h3>{modelName(language.model)} reads</h3>
        <span className={classes.end}>
          <Blind blind={language.blind} />
        </span>
      </div>
      <p className={classes.wrapped} data-testid="language-thesis">
        {language.thesis}
      </p>
      <Facts decision={decision} language={language} />
      <LanguageScores language={language} formula={decision.scores} />
      <EvidenceList title="Evidence for, in its words" sign="+" items={listed(language.evidenceFor)} />
      <EvidenceList title="Evidence against, in its words" sign={'\u2212'} items={listed(language.evidenceAgainst)} />
      <p className="dim" data-testid="language-struck">
        {struckSentence(language.struck)}
      </p>
      {language.picture && (
        <p className="dim" data-testid="language-picture">
          {language.picture.sentence}
        </p>
      )}
      {language.cut && (
        <p className="dim" data-testid="language-cut">
          {language.cut}
        </p>
      )}
      <p className="dim num" data-testid="language-cost">
        {costLine(language)}
      </p>
    </section>
  );
}
