const rectangle = (width: number, height: number) => `M${-width / 2} ${-height / 2}h${width}v${height}h${-width}z`;

/**
 * The sign in the middle of a Swiss QR code, in millimetres around its centre, the lowest part first: 7 mm on a code of 46
 * (Swiss Implementation Guidelines QR-bill 2.3, 6.4.2; the picture `CH-Kreuz_7mm` of SIX).
 */
export const SWISS_CROSS = {
  code: 46,
  parts: [
    { colour: '#fff', path: rectangle(7, 7) },
    { colour: '#000', path: rectangle(6, 6) },
    { colour: '#fff', path: rectangle(1.166, 3.888) },
    { colour: '#fff', path: rectangle(3.888, 1.166) },
  ],
} as const;
