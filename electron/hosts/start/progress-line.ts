/** "34 % of 112 MB" as it grows: one updating line on a terminal, else a line every tenth. */
export function progressLine(what: string, stream = process.stderr) {
  let shown = -1;
  return ({ transferred, total }: { transferred: number; total: number | null }) => {
    const percent = total ? Math.floor((100 * transferred) / total) : 0;
    const step = stream.isTTY ? percent : Math.floor(percent / 10) * 10;
    if (step === shown) return;
    shown = step;
    const line = total
      ? `${what}: ${step} % of ${Math.round(total / 1e6)} MB`
      : `${what}: ${Math.round(transferred / 1e6)} MB`;
    stream.write(stream.isTTY ? `\r\x1b[K${line}${step === 100 ? '\n' : ''}` : `${line}\n`);
  };
}
