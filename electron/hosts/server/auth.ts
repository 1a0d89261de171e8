import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import os from 'node:os';
import { errorSentence } from '../../../shared/errors.ts';
import { monotonic } from './limits.ts';

export type Door = 'page' | 'api' | 'socket';

export interface Refusal {
  status: number;
  code: 'UNAUTHORIZED' | 'MISDIRECTED' | 'FORBIDDEN';
  sentence: string;
}

export interface Gate {
  /** Why a request may not pass, or null. */
  refuse(request: IncomingMessage, door: Door): Refusal | null;
  /** True for the token, and once for each ticket that is not too old. */
  opens(candidate: string): boolean;
  /** A word that opens the page once within two minutes, for a command line that other users of the machine can read. */
  newTicket(): string;
  readonly cookie: string;
}

const TICKET_MS = 120_000;

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

const WRONG_HOST: Refusal = { status: 421, code: 'MISDIRECTED', sentence: 'This server does not answer to that name.' };
const WRONG_ORIGIN: Refusal = { status: 403, code: 'FORBIDDEN', sentence: 'Another site may not use this server.' };
const NO_TOKEN: Refusal = { status: 401, code: 'UNAUTHORIZED', sentence: errorSentence('UNAUTHORIZED') };

/**
 * Who may pass: a Host of our own (against DNS rebinding), no other site's Origin, no other site's fetch metadata
 * but a link to the page, and the token, as the cookie that `/?token=` sets or as a bearer. A socket with the cookie must name its Origin: browsers always do.
 */
export function createGate(token: string, host: string, port: number, now = monotonic): Gate {
  const hosts = ownHosts(host, port);
  const cookieName = `brainnet-${port}`;
  const expected = digest(token);
  const isToken = (candidate: string | null) => candidate !== null && timingSafeEqual(digest(candidate), expected);
  const tickets = new Map<string, number>();
  const takeTicket = (candidate: string) => {
    const expires = tickets.get(candidate) ?? 0;
    tickets.delete(candidate);
    return now() < expires;
  };
  return {
    opens: (candidate) => isToken(candidate) || takeTicket(candidate),
    newTicket() {
      const ticket = newToken();
      tickets.set(ticket, now() + TICKET_MS);
      return ticket;
    },
    cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    refuse(request, door) {
      const { headers } = request;
      const named = headers.host?.toLowerCase() ?? '';
      if (!hosts.has(named)) return WRONG_HOST;
      if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${named}`) return WRONG_ORIGIN;
      if (isForeign(request) && !(door === 'page' && isLink(request))) return WRONG_ORIGIN;
      if (isToken(bearer(headers.authorization))) return null;
      if (!isToken(cookieValue(headers.cookie, cookieName))) return NO_TOKEN;
      return door === 'socket' && headers.origin === undefined ? WRONG_ORIGIN : null;
    },
  };
}

/** True where a browser says that a page of another origin, be it another port of this machine, makes it ask. */
export function isForeign({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** A browser that goes to the page itself, as by a link: not one that loads it into a frame or as a part of another. */
function isLink({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Every Host a browser on this machine (or, bound to all addresses, on its network) may rightly send. */
function ownHosts(host: string, port: number): Set<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', bracketed(host)];
  if (isWildcard(host)) {
    const addresses = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
    names.push(os.hostname(), ...addresses.map(({ address }) => bracketed(address)));
  }
  const withPort = names.map((name) => `${name.toLowerCase()}:${port}`);
  return new Set(port === 80 ? [...withPort, ...names.map((name) => name.toLowerCase())] : withPort);
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Whether the other end of a connection is a program of this machine: at loopback, or at the very address that it asked. */
export function isFromHere({ remoteAddress, localAddress }: Pick<Socket, 'remoteAddress' | 'localAddress'>): boolean {
  const [from, to] = [remoteAddress, localAddress].map((address) => address?.replace(/^::ffff:/i, ''));
  return from !== undefined && (isLoopback(from) || from === to);
}

/** An IPv6 address as it stands in a URL. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function bearer(header: string | undefined): string | null {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

function cookieValue(header: string | undefined, name: string): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}
