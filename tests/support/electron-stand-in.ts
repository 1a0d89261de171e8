import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { vi } from 'vitest';

/** A stand-in for Electron's utility process: what was sent to it, and levers to answer, crash and exit. */
export class UtilityProcessStandIn extends EventEmitter {
  pid: number | undefined = 4242;
  readonly sent: { message: unknown; ports: unknown[] }[] = [];
  readonly args: string[];
  constructor(args: string[]) {
    super();
    this.args = args;
  }
  postMessage(message: unknown, ports: unknown[] = []): void {
    this.sent.push({ message, ports });
  }
  kill(): boolean {
    this.exit();
    return true;
  }
  exit(): void {
    this.pid = undefined;
    this.emit('exit', 1);
  }
}

/** A stand-in for the parts of 'electron' that desktop/ uses; `forks` holds every engine process started. */
export function electronStandIn() {
  const forks: UtilityProcessStandIn[] = [];
  const windows: BrowserWindowStandIn[] = [];
  const app = Object.assign(new EventEmitter(), {
    setName: vi.fn(),
    setPath: vi.fn(),
    quit: vi.fn(),
    enableSandbox: vi.fn(),
    requestSingleInstanceLock: vi.fn(() => true),
    whenReady: vi.fn(async () => {}),
  });
  class BrowserWindowStandIn extends EventEmitter {
    readonly options: Record<string, unknown>;
    readonly webContents = { postMessage: vi.fn() };
    readonly loadURL = vi.fn(async () => {});
    readonly focus = vi.fn();
    readonly show = vi.fn();
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      windows.push(this);
    }
    isDestroyed = () => false;
  }
  class MessageChannelMain {
    readonly port1;
    readonly port2;
    constructor() {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      port2.unref();
      this.port1 = port1;
      this.port2 = port2;
    }
  }
  const session = {
    on: vi.fn(),
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
  };
  const utilityProcess = {
    fork: vi.fn((_entry: string, args: string[]) => {
      const forked = new UtilityProcessStandIn(args);
      forks.push(forked);
      return forked;
    }),
  };
  return {
    forks,
    windows,
    app,
    BrowserWindow: BrowserWindowStandIn,
    MessageChannelMain,
    utilityProcess,
    nativeTheme: { shouldUseDarkColors: true },
    dialog: { showErrorBox: vi.fn() },
    ipcMain: new EventEmitter(),
    ipcRenderer: Object.assign(new EventEmitter(), { send: vi.fn() }),
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() },
    session: { defaultSession: session },
    shell: { openExternal: vi.fn(async () => {}) },
  };
}
