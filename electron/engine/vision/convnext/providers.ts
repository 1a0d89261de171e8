import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { forbidTelemetry } from './telemetry.ts';

export type Device = 'auto' | 'cpu' | 'cuda' | 'coreml' | 'dml';
export type Provider = Exclude<Device, 'auto'>;

const PLATFORM: Record<string, readonly Provider[]> = { linux: ['cuda'], win32: ['cuda', 'dml'], darwin: ['coreml'] };
const NAMES: Record<Provider, string> = { cpu: 'CPU', cuda: 'CUDA', coreml: 'CoreML', dml: 'DirectML' };

/** Execution providers that this build of ONNX Runtime brings, the platform's accelerators first. */
export async function listProviders(): Promise<Provider[]> {
  forbidTelemetry();
  const { listSupportedBackends } = await import('onnxruntime-node');
  const accelerators = PLATFORM[process.platform] ?? [];
  const listed = listSupportedBackends();
  const here = accelerators.filter((name) =>
    listed.some((backend) => backend.name === name && (backend.bundled || (name === 'cuda' && cudaLibrary()))),
  );
  return [...here, 'cpu'];
}

/** CUDA's provider library does not come with the package; it lies beside the binding where a user has added it. */
function cudaLibrary(): boolean {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = path.join(path.dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
  return ['libonnxruntime_providers_cuda.so', 'onnxruntime_providers_cuda.dll'].some((file) =>
    existsSync(path.join(folder, file)),
  );
}

/** What to try for a device, in order; the CPU comes last and always works. */
export function candidates(device: Device, available: readonly Provider[]): Provider[] {
  if (device === 'auto') return [...available];
  return device !== 'cpu' && available.includes(device) ? [device, 'cpu'] : ['cpu'];
}

/** Why another provider than the one asked for runs, in one sentence; null where it is the one asked for. */
export function fallbackSentence(device: Device, available: readonly Provider[], used: Provider): string | null {
  if (device === 'auto' || device === used) return null;
  const reason = available.includes(device)
    ? 'it could not be started on this machine'
    : `this build of ONNX Runtime does not bring it for ${process.platform}`;
  return `${NAMES[device]} was asked for, but ${reason}; the network runs on the ${NAMES[used]} instead.`;
}
