import { describe, expect, test } from 'vitest';
import { maskedMail, maskedName, maskedPhone } from '#shared/access/masked.ts';

describe('what shows whose it is, and to nobody who', () => {
  test.each([
    ['Kim van Example', 'K••• v••• E•••'],
    ['  Åsa   Öhrström ', 'Å••• Ö•••'],
    ['X', 'X•••'],
    ['𝒦im', '𝒦•••'],
    ['', ''],
  ])('name %s', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });

  test.each([
    ['kim@mail.example.com', 'k•••@m•••.com'],
    ['"a@b"@example.org', '"•••@e•••.org'],
    ['k@localhost', 'k•••@l•••'],
    ['nonsense', 'n•••@•••'],
  ])('mail address %s', (address, masked) => {
    expect(maskedMail(address)).toBe(masked);
  });

  test('phone number', () => {
    expect(maskedPhone('+46701234567')).toBe('+46\u00a0•••\u00a067');
  });
});
