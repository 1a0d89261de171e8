import type { PictureUse } from '../../agents/index.ts';
import type { LanguageRound } from './language-judge.ts';

/** What had to be left out of any request of the rounds, each with where it was; null = nothing. */
export function cutOf(rounds: readonly LanguageRound[]): string | null {
  const cuts = rounds.flatMap(({ research, doubt }, number) => {
    const round = number === 0 ? 'the first round' : `round ${number}`;
    return [
      { cut: research.cut, where: `In the reading of ${round}` },
      { cut: doubt.cut, where: `In the question of doubt of ${round}` },
    ].filter(({ cut }) => cut !== null);
  });
  if (cuts.length === 0) return null;
  if (cuts.length === 1 && cuts[0]!.cut === rounds.at(-1)!.research.cut) return cuts[0]!.cut;
  return cuts.map(({ cut, where }) => `${where}: ${cut}`).join(' ');
}

/** What the model saw of the picture in a round; left out where none was to be shown. */
export function pictureOf({ research: { picture }, doubt: { blind } }: LanguageRound): PictureUse | undefined {
  if (!picture?.shown || blind === undefined) return picture;
  return { shown: true, sentence: `${READING_ONLY} ${blind}` };
}

const READING_ONLY =
  'It was shown the picture of the window for its reading, but not when it was asked how far it doubts that.';
