/** A number of bytes as a person reads it: `412 MB`, in the units that docker uses too. */

const units = ["B", "kB", "MB", "GB", "TB"];

export function bytesText(bytes: number | undefined): string {
  if (bytes === undefined) return "–";
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
