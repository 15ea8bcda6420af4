/** What a text that is no JSON says, in one line: a page's title, the code of a storage's XML, else its beginning. */
export function reasonOfText(text: string): string {
  const [, title] = /<title>([^<]+)/i.exec(text) ?? [];
  const [, code] = /<Code>([^<]+)/.exec(text) ?? [];
  const words = isXml(text) ? text.replaceAll(/<[^>]*>/g, " ") : text;
  return (title ?? code ?? words).replaceAll(/\s+/g, " ").trim().slice(0, 200);
}

function isXml(text: string): boolean {
  return /^\uFEFF?\s*<(\?xml|Error)\b/.test(text);
}
