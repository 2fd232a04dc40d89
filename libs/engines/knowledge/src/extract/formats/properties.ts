/** Java properties as `key: value` lines; comments and blank lines stay. */
export function readProperties(text: string): string {
  return text
    .split(/\r\n|[\n\r]/)
    .map((raw) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#') || line.startsWith('!')) return line;
      const equals = line.indexOf('=');
      const end = equals >= 0 ? equals : line.indexOf(':');
      return end < 0 ? `${line}: ` : `${line.slice(0, end).trim()}: ${line.slice(end + 1).trim()}`;
    })
    .join('\n')
    .replace(/\n$/, '');
}
