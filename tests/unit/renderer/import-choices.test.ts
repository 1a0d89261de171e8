import { expect, test } from 'vitest';
import { withChoice, withColumn } from '../../../renderer/screens/import/choices.ts';

test('a column that is told joins the others, and nothing of the map is left when all are to be recognised', () => {
  const date = withColumn({ decimal: ',' }, 'date', '1');
  expect(date).toEqual({ decimal: ',', columns: { date: '1' } });
  const both = withColumn(date, 'volume', '');
  expect(both).toEqual({ decimal: ',', columns: { date: '1', volume: '' } });
  expect(withColumn(withColumn(both, 'date', null), 'volume', null)).toEqual({ decimal: ',' });
});

test('a damaged file is taken by a word that can be taken back', () => {
  expect(withChoice({}, 'acceptDamage', 'true')).toEqual({ acceptDamage: true });
  expect(withChoice({ acceptDamage: true }, 'acceptDamage', '')).toEqual({});
});
