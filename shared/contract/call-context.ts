/** What a host knows of who calls. */
export interface CallContext {
  /** The caller is on another machine. */
  isRemote?: boolean;
}
