export function LeakagePanel() {
  return null;
}
