interface Node {
  next: Map<string, Node>;
  ends: boolean;
}

/**
 * A GBNF expression for exactly these texts (at least one, none empty). They share their beginnings, and characters that go
 * on alike share a class, so that ten thousand numbers stay a short rule.
 */
export function alternatives(texts: Iterable<string>): string {
  const root: Node = { next: new Map(), ends: false };
  for (const text of texts) insert(root, text);
  return expression(root);
}

function insert(root: Node, text: string): void {
  let node = root;
  for (const character of text) {
    let next = node.next.get(character);
    if (!next) {
      next = { next: new Map(), ends: false };
      node.next.set(character, next);
    }
    node = next;
  }
  node.ends = true;
}

function expression({ next, ends }: Node): string {
  const byRest = new Map<string, string[]>();
  for (const [character, node] of next) {
    const rest = node.next.size === 0 ? '' : expression(node);
    byRest.set(rest, [...(byRest.get(rest) ?? []), character]);
  }
  const branches = [...byRest].map(([rest, characters]) => `[${characters.map(inClass).join('')}] ${rest}`.trim());
  if (branches.length === 1 && !ends) return branches[0]!;
  return `(${branches.join(' | ')})${ends ? '?' : ''}`;
}

/** Every character by its code point, since a class has signs of its own. */
function inClass(character: string): string {
  const code = character.codePointAt(0)!;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
