import { describe, expect, it } from 'vitest';
import { IntakeMessage } from '#shared/usage/intake/intake-message.ts';

describe('a message of the usage queue', () => {
  it('names objects as the bucket does: percent-encoded, blanks as plus', () => {
    const notice = {
      Records: [
        {
          eventName: 'ObjectCreated:Put',
          s3: { bucket: { name: 'b' }, object: { key: 'raw/2026-11-05/a/b%7Ec+d.json.gz' } },
        },
        { s3: { object: { key: 'raw/%2B46.json.gz', size: 7 } } },
      ],
    };

    expect(IntakeMessage.parse(notice)).toEqual({ objects: ['raw/2026-11-05/a/b~c d.json.gz', 'raw/+46.json.gz'] });
  });

  it.each([[{}], [{ Records: [] }], [{ v: 1 }], [null], ['text']])('is refused when it is none: %j', content => {
    expect(IntakeMessage.safeParse(content).success).toBe(false);
  });
});
