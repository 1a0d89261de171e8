import type { NetworkState, Settings } from '../../shared/domain/index.ts';
import { type Convnext, createLatencyLog } from './vision/index.ts';

export interface Network {
  /** The network for the device in force; loaded at first use, again after a change of device or the end of its thread. */
  (): Promise<Convnext>;
  /** How it runs now; loads nothing. */
  state(): NetworkState;
  close(): Promise<void>;
}

type Device = Settings['DEVICE'];

/** Keeps one loaded network; a load that failed is not remembered. */
export function createNetwork(load: (device: Device) => Promise<Convnext>, device: () => Device): Network {
  let held: { device: Device; loading: Promise<Convnext> } | null = null;
  let running: Convnext | null = null;
  const latency = createLatencyLog();

  const begin = (wanted: Device): Promise<Convnext> => {
    const before = held?.loading;
    const loading = (async () => {
      await before?.then((network) => network.close()).catch(() => {});
      running = latency.timed(await load(wanted));
      return running;
    })();
    const next = { device: wanted, loading };
    held = next;
    loading.catch(() => {
      if (held === next) held = null;
    });
    return loading;
  };

  const get = async (): Promise<Convnext> => {
    const wanted = device();
    if (held === null || held.device !== wanted) return begin(wanted);
    const current = held;
    const network = await current.loading;
    if (network.alive()) return network;
    return held === current ? begin(wanted) : get();
  };

  return Object.assign(get, {
    state: (): NetworkState => {
      const network = running?.alive() ? running : null;
      return {
        loaded: network !== null,
        executionProvider: network?.executionProvider ?? null,
        fallback: network?.fallback ?? null,
        threads: network?.threads ?? null,
        latency: latency.last(),
      };
    },
    close: async () => {
      await held?.loading.then(
        (network) => network.close(),
        () => {},
      );
    },
  });
}
