/**
 * Keeps ONNX Runtime from sending anything: its builds ask a telemetry host of its maker unless this variable stands in the environment of
 * the process before the library is loaded. Call it in the main thread; a worker's `process.env` is a copy that native code never sees.
 */
export function forbidTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
