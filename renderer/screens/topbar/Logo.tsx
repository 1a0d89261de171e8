/** Four cells of a field, as on the favicon. */
export function Logo() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <rect x="1" y="1" width="7" height="7" rx="1" fill="var(--bn-accent)" />
      <rect x="10" y="10" width="7" height="7" rx="1" fill="var(--bn-accent)" />
      <rect x="10" y="1" width="7" height="7" rx="1" fill="var(--bn-up)" />
      <rect x="1" y="10" width="7" height="7" rx="1" fill="var(--bn-down)" />
    </svg>
  );
}
