/** A number of bytes as a person reads it: `412 MB`, in the units that docker uses too. */

const units = ["bytes", "kB", "MB", "GB", "TB"];

export function bytesText(bytes: number | undefined): string {
  if (bytes === undefined) return "–";
  let [value, power] = [bytes, 0];
  while (Math.round(value) >= 1000 && power < units.length - 1) {
    value /= 1000;
    power += 1;
  }
  return `${power > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
