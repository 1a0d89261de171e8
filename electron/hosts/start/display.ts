/** Why no window can be shown here, or null: no display, a continuous integration machine, or a remote shell. */
export function whyNoDisplay(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string | null {
  if (env.CI) return 'this is a CI machine';
  if (env.SSH_CONNECTION || env.SSH_TTY) return 'this is a remote shell';
  const windowing = platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY;
  return windowing ? null : 'there is no display';
}
