/** ISO 7064, MOD 97-10, as IBANs and creditor references have it. Letters count from A = 10 to Z = 35. */
export function mod97(text: string): number {
  let rest = 0;
  for (const sign of text) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** The digit that makes the sum of Luhn's formula (ISO/IEC 7812-1) a multiple of ten, for the end of the digits. */
export function luhnDigit(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((all, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
      return all + (value > 9 ? value - 9 : value);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** Modulo 10 recursive, as Swiss references have it (Swiss Implementation Guidelines QR-bill 2.3, annex B). */
export function recursiveDigit(digits: string): string {
  const table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
  const carry = Array.from(digits).reduce((from, digit) => table[(from + Number(digit)) % 10] ?? 0, 0);
  return String((10 - carry) % 10);
}
