import type { Container } from '#shared/catalog/ready/ready-format.ts';
import { READY_FORMATS, refined } from '#shared/catalog/ready-formats.ts';
import type { FileFormat, NumberRules, SourceMapping, UsageSource } from '#shared/catalog/usage-source.ts';
import { type FileEntry, isRow, type Place } from './file-entry.ts';
import { asPosted, asRow } from './json-values.ts';
import type { TakeJson } from './read-ndjson.ts';
import { rowMapper } from './row-mapper.ts';

/** A source, prepared for reading one file of a format. */
export interface PreparedSource {
  readonly container: Container;
  readonly mapping: SourceMapping;
  /** Which columns the mapping wants, in this order. */
  readonly columns: readonly string[];
  /** The catalog has no mapping: the columns are those of a record, and no others. */
  readonly isPlain: boolean;
  readonly takeJson: TakeJson;
  readonly layouts: readonly (readonly string[])[] | undefined;
  readonly take: (place: Place, entries: FileEntry[]) => void;
  readonly end: (entries: FileEntry[]) => void;
}

/** What can be read without knowing anything of the country. */
const NUMBERS: NumberRules = { international: ['00'], shortCodeLength: 6 };

export function preparedSource(source: UsageSource, format: FileFormat, fileId: string): PreparedSource {
  const ready = READY_FORMATS[format];
  const mapping = refined(ready.mapping, source.mapping);
  const isPlain = source.mapping === undefined && (format === 'csv' || format === 'ndjson');
  const numbers = source.numbers ?? (isPlain ? undefined : NUMBERS);
  const { columns, take, end } = rowMapper({ mapping, zone: source.zone, numbers, fileId });
  return {
    container: ready.container,
    mapping,
    columns,
    isPlain,
    // A record as it would be posted goes through as it is, so that nothing of it is passed over.
    takeJson:
      isPlain && numbers === undefined && source.zone === undefined
        ? asPosted(fileId)
        : asRow(columns, {
            onlyWanted: isPlain,
            nulls: mapping.file?.nulls ?? [],
            isPercentEncoded: mapping.file?.percentEncoded === true,
          }),
    layouts: mapping.file?.columns === undefined ? ready.layouts : [mapping.file.columns],
    take: (place, entries) => {
      if (isRow(place)) take(place, entries);
      else entries.push(place);
    },
    end,
  };
}
