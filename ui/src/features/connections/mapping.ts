/** A mapping as the document the application reads: which column each field comes from. */

export type Columns = Record<string, string>;

/** A TOML basic string: quotes, backslashes and control characters escaped. */
function quoted(text: string): string {
  const escaped = [...text].map((char) => {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === '\\') return `\\${char}`;
    return code < 0x20 || code === 0x7f ? `\\u${code.toString(16).padStart(4, '0')}` : char;
  });
  return `"${escaped.join('')}"`;
}

/** The TOML document of a mapping. Fields without a column are left out. */
export function mappingToml(name: string, columns: Columns): string {
  const lines = Object.entries(columns)
    .filter(([, column]) => column)
    .map(([field, column]) => `${field} = ${quoted(column)}`);
  return [`name = ${quoted(name)}`, '', '[columns]', ...lines, ''].join('\n');
}

/** The required fields that no column was chosen for. */
export function missing(fields: { name: string; required: boolean }[], columns: Columns): string[] {
  return fields.filter((field) => field.required && !columns[field.name]).map((field) => field.name);
}

/** A name to offer for a mapping: the file's, without its ending and its dates and numbers. */
export function nameFor(file: string): string {
  const stem = file.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, '');
  return (
    stem
      .replace(/[-_ .]*\d[\d\-_. ]*/g, ' ')
      .replace(/[_\s]+/g, ' ')
      .trim() || stem
  );
}
