/** JSON, or any text, in plain ASCII without <, > and &: no mark of a model, whatever the text says. */
export function plainJson(json: string): string {
  return json.replace(/[<>&\u007f-\uffff]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
