import { chartBody } from './yahoo-fixtures.ts';

const DAY = 86_400_000;

export interface FakeYahoo {
  fetch: typeof fetch;
  /** Paths and words it was asked for. */
  asked: string[];
}

interface Answers {
  symbol: string;
  /** What a search for anything finds. */
  name: string;
  exchange: string;
  /** The last of 300 weekdays it has bars of, UTC ms; nothing traded since. */
  lastDay: number;
}

/** A Yahoo that knows one instrument of New York and answers only what was asked for. */
export function fakeYahoo({ symbol, name, exchange, lastDay }: Answers): FakeYahoo {
  const asked: string[] = [];
  const opens = weekdays(300, lastDay);
  const closed = Math.floor(lastDay / DAY) * DAY + 21 * 3_600_000;
  return {
    asked,
    fetch: async (input) => {
      const url = new URL(String(input instanceof Request ? input.url : input));
      asked.push(`${url.pathname} ${url.searchParams.get('q') ?? ''}`.trim());
      if (url.pathname.endsWith('/search')) return json(searchBody(symbol, name, exchange));
      if (!url.pathname.includes('/chart/')) return new Response('', { status: 404 });
      const [from, to] = [Number(url.searchParams.get('period1')), Number(url.searchParams.get('period2'))];
      const timestamps = opens.map((open) => open / 1000).filter((second) => second >= from && second < to);
      const closes = timestamps.map((second) => 100 + 10 * Math.sin(second / 900_000));
      const meta = { regularMarketTime: closed / 1000, longName: name, fullExchangeName: exchange };
      return json(chartBody({ symbol, timestamps, closes, meta }));
    },
  };
}

const json = (body: unknown) => new Response(JSON.stringify(body));

/** 14:30 UTC of `count` weekdays up to and with the day of `until`. */
function weekdays(count: number, until: number): number[] {
  const days: number[] = [];
  for (let day = Math.floor(until / DAY) * DAY; days.length < count; day -= DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.unshift(day + 14.5 * 3_600_000);
  }
  return days;
}

function searchBody(symbol: string, name: string, exchange: string) {
  const kind = { quoteType: 'EQUITY', typeDisp: 'Equity', isYahooFinance: true, index: 'quotes', score: 20_000 };
  const found = { symbol, shortname: name, longname: name, exchange: 'NMS', exchDisp: exchange, ...kind };
  return {
    ...{ explains: [], count: 1, quotes: [found], news: [], nav: [], lists: [], researchReports: [] },
    ...{ screenerFieldResults: [], totalTime: 20, timeTakenForQuotes: 400, timeTakenForNews: 0 },
    ...{ timeTakenForAlgowatchlist: 400, timeTakenForPredefinedScreener: 400, timeTakenForCrunchbase: 0 },
    ...{ timeTakenForNav: 400, timeTakenForResearchReports: 0 },
    ...{ timeTakenForScreenerField: 0, timeTakenForCulturalAssets: 0, timeTakenForSearchLists: 0 },
  };
}
