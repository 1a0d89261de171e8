const RESETS = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET']);
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name could not be looked up',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'the connection was refused',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no way to it',
};

/** The code of a failed fetch, wherever in the chain of causes it stands; '' where there is none. */
export function failureCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string') return code;
  }
  return '';
}

/** True where the other side dropped a connection that stood, so that another try is worth it. */
export function isReset(error: unknown): boolean {
  return RESETS.has(failureCode(error));
}

/** Why a source could not be reached, in words. */
export function failureProblem(error: unknown): string {
  const code = failureCode(error);
  if (RESETS.has(code)) return 'the connection was reset';
  if (/CERT|SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) return 'its certificate is not trusted';
  return PROBLEMS[code] ?? 'the connection failed';
}
