import type { Decision, LanguageReading, Opinions } from '../../../shared/domain/index.ts';
import { printable } from '../../../shared/printable.ts';
import { table } from './table.ts';

/** What each judge says for itself and the rule that joined them; nothing for a decision of the numeric judge alone. */
export function opinionLines(decision: Decision): string[] {
  const { opinions, language } = decision;
  if (!opinions) return [];
  const follows = opinions.follows ? ` It follows the numeric decision ${opinions.follows}.` : '';
  return [
    `Both judges: ${opinions.sentence}${follows}`,
    `- numeric judge: ${said(opinions.numeric)}`,
    `- ${printable(language?.model ?? 'language model')}: ${said(opinions.language)}`,
    ...(language ? readingLines(decision, language) : []),
  ];
}

const said = ({ action, confidence, sentence }: Opinions['numeric']): string =>
  `${action}, C ${confidence.toFixed(3)}: ${printable(sentence)}`;

function readingLines({ scores, currency }: Decision, language: LanguageReading): string[] {
  const { evidenceFor, evidenceAgainst, invalidationPrice, disagreements, struck, picture, cut, blind } = language;
  const rows = (['trend', 'cycle', 'burst'] as const).map((name) => [
    name,
    language.scores[name],
    scores[name],
    disagreements.includes(name) ? 'more than 4 apart' : '',
  ]);
  const words = (head: string, sentences: readonly string[]) =>
    sentences.length === 0 ? [] : [head, ...sentences.map((sentence) => `- ${printable(sentence)}`)];
  return [
    `Its reading, ${blind ? 'blind (no symbol, date or price level)' : 'not blind'}: ${language.regime}; wrong at ${Number(invalidationPrice.toPrecision(6))} ${currency}.`,
    table(['score of 10', 'its own', 'by formula', ''], rows),
    ...words('For it, in its words:', evidenceFor),
    ...words('Against it, in its words:', evidenceAgainst),
    `Numbers struck out because the data does not hold them: ${struck}.`,
    ...(picture ? [printable(picture.sentence)] : []),
    ...(cut ? [printable(cut)] : []),
    `${language.promptTokens} tokens read (${language.reusedTokens} of them before), ${language.generatedTokens} written, in ${(language.ms / 1000).toFixed(1)} s.`,
  ];
}
